"""This installation as something to be backed up, and its nightly run."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo

from wenlock.backup import keeping, making, recovery
from wenlock.backup import manifest as manifests
from wenlock.backup.faults import BackupRefused
from wenlock.backup.making import Made, Say, Source
from wenlock.backup.manifest import ManifestFaulty
from wenlock.backup.vault import Vault
from wenlock.base.postgres import find_binaries
from wenlock.base.server import Server
from wenlock.files.kept import KeptFile
from wenlock.security import sealer
from wenlock.security.keys import trusted_keys

FOLDER = (
    "WENLOCK_BACKUPS"  # the folder of the nightly run, and of the commands when they are not told another
)
KEPT = "WENLOCK_BACKUPS_KEPT"
SUPERUSER = (
    "WENLOCK_BACKUP_URL"  # with DATABASE_URL: how somebody who passes row security reaches the database
)
NIGHTS = 14  # backups kept when nobody says how many
FRESH = timedelta(hours=26)  # a nightly backup older than this was missed


def folder() -> Path | None:
    """Where backups go, if the operator has said so."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def kept() -> int:
    """How many backups the nightly run keeps. Raises BackupRefused if the setting is no such number."""
    said = os.environ.get(KEPT, str(NIGHTS))
    if not said.isdecimal() or int(said) < 1:
        raise BackupRefused(f'{KEPT} is "{said}". Write how many backups to keep: 1 or more.')
    return int(said)


def source() -> Source:
    """This installation: whoever reads its database must see every row, which none of its own roles may."""
    return Source(
        home=settings.HOME,
        superuser=_superuser(),
        owner=_as("owner"),
        sealer=_as("sealer"),
        binaries=find_binaries() if os.environ.get("DATABASE_URL") else Server(settings.HOME).binaries,
        authority=settings.AUTHORITY,
        tables=sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, KeptFile)),
        places=sealer.places(),
    )


def back_up(*, to: Path, keep: int | None, now: Callable[[], datetime], say: Say) -> Made:
    """Make a backup into a folder and keep the newest `keep`, or all. Raises BackupRefused."""
    public = recovery.public_half(settings.HOME)
    vault = Vault.of(to, public=public).prepare()
    with vault.alone():
        made = making.make(source(), vault=vault, public=public, now=now, say=say)
        gone = keeping.prune(vault, keep=keep) if keep else []
    for backup in gone:
        say(f"Removed the backup {backup.name}.")
    return made


def amiss(*, at: datetime, to: Path, say: Say) -> list[str]:
    """What is wrong with the newest backup in a folder, in words: none, too old, or not as it was written.

    Reads every file of it. The recovery key is not needed, and whether it opens the backup is not asked.
    """
    whole = Vault.of(to, public=recovery.public_half(settings.HOME)).backups()
    if not whole:
        return [f"There is no whole backup in {to}."]
    trusted = trusted_keys(settings.HOME)
    try:
        manifest = manifests.read(whole[-1], trusted=lambda key: key.key_id in trusted)
    except ManifestFaulty as error:
        return [str(error)]
    say(f"The newest backup is of {manifest.begun:%d/%m/%Y %H:%M} UTC: {manifest.documents:,} documents.")
    found = [f"It is older than {FRESH // timedelta(hours=1)} hours."] if at - manifest.begun > FRESH else []
    if manifest.missing:
        found.append(f"{manifest.missing} documents had no file when it was made, and are not in it.")
    return [*found, *manifests.faults(whole[-1], manifest)]


def _superuser() -> str:
    if not os.environ.get("DATABASE_URL"):
        return Server(settings.HOME).dsn(dbname=connections["owner"].settings_dict["NAME"])
    try:
        return os.environ[SUPERUSER]
    except KeyError:
        raise BackupRefused(
            f"Row security hides rows from every role of Wenlock. Set {SUPERUSER} to the address of the "
            "database with a role that passes it: see docs/how-to/backup.md."
        ) from None


def _as(alias: str) -> str:
    values = connections[alias].get_connection_params()
    # Django's own cursors and adapters are for its models.
    ours = {name: value for name, value in values.items() if name not in ("cursor_factory", "context")}
    return make_conninfo("", **ours)
