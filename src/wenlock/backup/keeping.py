"""How many backups are kept: the older go, and with them the documents that no backup left names."""

from __future__ import annotations

import shutil
from heapq import merge
from itertools import groupby
from pathlib import Path

from wenlock.backup.vault import HALF, MANIFEST, Vault, listed


def prune(vault: Vault, *, keep: int) -> list[Path]:
    """Remove all but the newest `keep` whole backups; those removed. The caller holds the vault's lock."""
    if keep < 1:
        raise ValueError("at least one backup is kept")
    spent = vault.backups()[:-keep]
    for backup in spent:
        (backup / MANIFEST).unlink()  # first of all: from now on it is not a backup
        gone = backup.with_name(f"{HALF}{backup.name}")
        backup.rename(gone)
        shutil.rmtree(gone)
    if spent:
        _sweep(vault)
    return spent


def _sweep(vault: Vault) -> None:
    """Remove the documents that no backup names, a folder at a time: the lists are in one order."""
    lists = ((one.name for one in listed(backup)) for backup in vault.backups())
    named = groupby(merge(*lists), key=lambda name: name[:2])
    prefix, names = next(named, ("", iter(())))
    for folder in sorted(vault.documents.glob("[0-9a-f][0-9a-f]")):
        while prefix and prefix < folder.name:
            prefix, names = next(named, ("", iter(())))
        wanted = set(names) if prefix == folder.name else set()
        for path in folder.glob("????????-*.*"):
            if f"{folder.name}/{path.name}" not in wanted:
                path.unlink()
