"""Restoring a backup into an empty home and an empty database: everything is checked before anything is made.

The home carries a mark until all is in place. A restore that was cut short is begun again from the start, and until
then nothing else may use the home.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import psycopg

from wenlock.backup import database, homes
from wenlock.backup import manifest as manifests
from wenlock.backup import vault as vaults
from wenlock.backup.faults import RestoreRefused
from wenlock.backup.making import OFTEN, part_id
from wenlock.backup.manifest import Manifest, ManifestFaulty
from wenlock.backup.recovery import RecoveryKey, RunKey, id_of
from wenlock.backup.vault import Listed, Vault
from wenlock.base.home import RESTORING, Home, make_folder
from wenlock.base.postgres import Binaries
from wenlock.base.server import Server
from wenlock.files import envelope, store
from wenlock.files.envelope import PIECE, Unreadable, opened
from wenlock.security import bootstrap
from wenlock.security.keys import PublicKey
from wenlock.security.roles import LOGINS

Say = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """A backup found to be as it was signed, and the key that opens it."""

    folder: Path
    manifest: Manifest
    recovery: RecoveryKey


@dataclass(frozen=True)
class Target:
    """Where a backup goes: how a superuser reaches each database of the server, by name, and ours among them.

    `password` gives a role's password once the home is there.
    """

    superuser: Callable[[str], str]
    name: str
    binaries: Binaries
    password: Callable[[str], str]


def check(folder: Path, *, recovery: RecoveryKey, signers: dict[str, PublicKey], say: Say) -> Checked:
    """Read every file of a backup and compare it with the manifest, signed as the recovery key remembers.

    `signers` are further signing keys to trust, by key id. Raises RestoreRefused at the first thing amiss.
    """
    try:
        found = vaults.newest_in(folder.expanduser().absolute())
        manifest = manifests.read(found, trusted=lambda key: recovery.signed_by(key) or key.key_id in signers)
    except (FileNotFoundError, ManifestFaulty) as error:
        raise RestoreRefused(f"{error} Nothing was restored.") from error
    if manifest.recovery_key != id_of(recovery.public):
        raise RestoreRefused(
            f"This recovery key is {id_of(recovery.public)}, and the backup is sealed to {manifest.recovery_key}. "
            "Nothing was restored."
        )
    say(f"Checking the backup of {manifest.begun:%d/%m/%Y %H:%M} UTC: {manifest.documents:,} documents.")
    for fault in manifests.faults(found, manifest):
        raise RestoreRefused(f"{fault} Nothing was restored.")
    backup = Checked(found, manifest, recovery)
    _try_keys(backup)
    return backup


def _try_keys(backup: Checked) -> None:
    """See that the recovery key opens every file, before anything is made."""
    runs = Runs(backup)
    for name in ("home", "database"):
        runs.part(name).close()
    for one in vaults.listed(backup.folder):
        runs.document(one).close()


def begin(home: Home) -> None:
    """Take an empty home, or one that an earlier restore left half made, and mark it. Raises RestoreRefused."""
    mark = home.root / RESTORING
    if home.root.is_dir() and any(home.root.iterdir()):
        if not mark.exists():
            raise RestoreRefused(
                f"{home.root} is not empty. A backup is restored into an empty home: name another with --into."
            )
        Server(home).remove()
        for path in home.root.iterdir():
            if path != mark:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    make_folder(home.root, mode=0o711 if os.geteuid() == 0 else 0o700)
    mark.touch(mode=0o600)
    home.prepare()


def fill_home(backup: Checked, home: Home, *, say: Say) -> None:
    """Put back settings, keys, seals and reports, then the documents."""
    with Runs(backup).part("home") as source:
        homes.unpack(source, home)
    say("The home: settings, keys, seals and reports.")
    runs = Runs(backup)
    for count, one in enumerate(vaults.listed(backup.folder), start=1):
        with runs.document(one) as source:
            _put(store.path_of(home, one.version), source)
        if count % OFTEN == 0:
            say(f"Documents: {count:,} of {backup.manifest.documents:,}.")
    say(f"Documents: {backup.manifest.documents:,}.")


def fill_database(backup: Checked, target: Target, *, say: Say) -> None:
    """Make roles and database, and fill it. Raises RestoreRefused if there is anything in it."""
    say("The database.")
    with psycopg.connect(target.superuser("postgres"), autocommit=True) as admin:
        bootstrap.make_roles(admin, passwords={role: target.password(role) for role in LOGINS})
        bootstrap.make_database(admin, name=target.name)
    with psycopg.connect(target.superuser(target.name), autocommit=True) as inside:
        if inside.execute(
            "SELECT 1 FROM pg_tables WHERE schemaname IN ('public', 'guard', 'door')"
        ).fetchone():
            raise RestoreRefused(
                f"The database {target.name} is not empty. A backup is restored into an empty one."
            )
    with Runs(backup).part("database") as source:
        database.load(source, superuser=target.superuser(target.name), binaries=target.binaries)
    with psycopg.connect(target.superuser(target.name), autocommit=True) as inside:
        bootstrap.prepare_database(inside)
        inside.execute("ANALYZE")


def finish(home: Home) -> None:
    """Take the mark off: the restored home is whole."""
    (home.root / RESTORING).unlink()


class Runs:
    """The keys of the runs that wrote a backup, each had again from the share it left."""

    def __init__(self, backup: Checked) -> None:
        self._backup, self._vault = backup, Vault(backup.folder.parent)
        self._keys: dict[str, RunKey] = {}

    def part(self, name: str) -> BufferedReader:
        """A part in the clear, to be read. Raises RestoreRefused if the recovery key does not open it."""
        key = self._run(self._backup.manifest.key)
        return _opened(self._backup.folder / name, version=part_id(key, name), run=self._run)

    def document(self, one: Listed) -> BufferedReader:
        """A document as it lay in the home, sealed. Raises RestoreRefused likewise."""
        return _opened(self._vault.documents / one.name, version=one.version, run=self._run)

    def _run(self, name: str) -> RunKey:
        if name not in self._keys:
            try:
                self._keys[name] = self._backup.recovery.of_run(self._vault.share(name))
            except (OSError, ValueError) as error:
                raise RestoreRefused(f"{self._vault.keys / name} is missing or was altered.") from error
        return self._keys[name]


def _opened(path: Path, *, version: UUID, run: Callable[[str], RunKey]) -> BufferedReader:
    file = path.open("rb")
    try:
        return opened(file, version=version, keys=run(envelope.wrapped_by(file).hex()).keys)
    except Unreadable as error:
        file.close()
        raise RestoreRefused(f"{path} does not open: the share of its run's key was altered.") from error
    except BaseException:
        file.close()
        raise


def _put(path: Path, source: BinaryIO) -> None:
    """Write a file safe on the disk; the mark on the home says that it may be half."""
    make_folder(path.parent, mode=0o700)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
        shutil.copyfileobj(source, file, PIECE)
        file.flush()
        os.fsync(file.fileno())
