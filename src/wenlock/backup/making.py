"""Making a backup: the database at one moment, the documents its rows name, and what the home needs to open them.

Everything is sealed to the recovery key as it is written. The manifest is signed and written last, and only then
does the folder get its name: whatever happens before, there is no backup that could be taken for a whole one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import IO, Any, BinaryIO, cast
from uuid import UUID, uuid5

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from wenlock import __version__
from wenlock.backup import database, homes, recovery
from wenlock.backup import manifest as manifests
from wenlock.backup.manifest import Manifest
from wenlock.backup.recovery import RunKey
from wenlock.backup.vault import MOMENT, Listed, Vault, measured, written
from wenlock.base.home import Home
from wenlock.base.postgres import Binaries
from wenlock.files.envelope import Sealing, seal
from wenlock.security import seal_copies, sealing
from wenlock.security.keys import sealing_key

OFTEN = 1000  # documents between two words of progress
PARTS = UUID("6f1d6c1e-6f7b-5a0e-9a55-3b8a5f2f7c11")  # the parts of a run are named below this

Say = Callable[[str], None]
Now = Callable[[], datetime]


@dataclass(frozen=True)
class Source:
    """What is backed up: a home, and its database as one who passes row security, the owner and the sealer reach it.

    `tables` are those whose rows each have a file in the store; `places` are the copies of the seals.
    """

    home: Home
    superuser: str
    owner: str
    sealer: str
    binaries: Binaries
    authority: str
    tables: Sequence[str]
    places: Sequence[Path]


@dataclass(frozen=True)
class Made:
    """A backup made: where it lies, its manifest, and the versions whose files were not in the store."""

    folder: Path
    manifest: Manifest
    missing: tuple[UUID, ...]


def make(source: Source, *, vault: Vault, public: bytes, now: Now, say: Say) -> Made:
    """Make one backup into a prepared vault, whose lock the caller holds.

    `public` is the recovery key's public half, `now` the clock. Raises BackupRefused.
    """
    begun, key = now(), recovery.for_run(public)
    half = vault.begin(begun)
    vault.keep_share(key)
    note(source, "backup-begun", name=begun.strftime(MOMENT))
    rows = half / "rows"
    postgresql = _database(source, half, key=key, rows=rows, at=begun, say=say)
    count, missing = _documents(source, half, vault=vault, key=key, rows=rows, say=say)
    rows.unlink()
    manifest = manifests.sign(
        Manifest(
            format=manifests.FORMAT,
            name=begun.strftime(MOMENT),
            begun_at=begun.isoformat(),
            finished_at=now().isoformat(),
            wenlock=__version__,
            postgresql=postgresql,
            authority=source.authority,
            recovery_key=recovery.id_of(public),
            key=key.id,
            documents=count,
            missing=len(missing),
            parts={name: measured(half / name) for name in manifests.PARTS},
            signing_key=sealing_key(source.home).public.pem,
        ),
        sealing_key(source.home),
    )
    manifests.write(manifest, half)
    folder = vault.finish(half)
    note(source, "backup-made", name=manifest.name, manifest=manifest.digest, documents=count)
    return Made(folder, manifest, tuple(missing))


def part_id(key: RunKey, name: str) -> UUID:
    """What a part of a run is bound to, so that it opens as no other's."""
    return uuid5(PARTS, f"{key.id}/{name}")


def note(source: Source, kind: str, **detail: object) -> None:
    """Write an act of the installation itself into the audit trail."""
    with psycopg.connect(source.owner) as connection:
        connection.execute("SELECT guard.record_event_v1(%s, NULL, NULL, NULL, %s)", [kind, Jsonb(detail)])


def _database(source: Source, half: Path, *, key: RunKey, rows: Path, at: datetime, say: Say) -> str:
    """Write the database and the home as they are at one moment, and into `rows` which documents it names.

    Gives the version of the server. The moment is one at which nobody seals, so that seals and copy agree.
    """
    with (
        psycopg.connect(source.superuser) as connection,
        psycopg.connect(source.sealer, autocommit=True) as sealer,
    ):
        _seal(sealer, source, at=at, say=say)
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with sealing.alone(sealer):
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
            copy = source.home.seals / seal_copies.FILE
            copied = copy.stat().st_size if copy.exists() else 0
        assert snapshot
        say("The home: settings, keys, seals and reports.")
        _write(half / "home", key, lambda to: homes.pack(source.home, to, seals=copied))
        _list_rows(connection, source.tables, rows)
        say("The database.")
        _write(
            half / "database",
            key,
            lambda to: database.dump(
                superuser=source.superuser, snapshot=snapshot[0], binaries=source.binaries, target=to
            ),
        )
        say(f"The database: {(half / 'database').stat().st_size:,} bytes, compressed and encrypted.")
        return connection.info.parameter_status("server_version") or ""


def _seal(sealer: psycopg.Connection[Any], source: Source, *, at: datetime, say: Say) -> None:
    """Seal the trail up to now. One that cannot be sealed is backed up as it is: nobody gains by having no copy."""
    try:
        sealing.seal(sealer, key=sealing_key(source.home), places=source.places, at=at)
    except (sealing.SealingStopped, seal_copies.CopyDisagrees) as error:
        say(f"The audit trail was not sealed: {error}")


def _list_rows(connection: psycopg.Connection[Any], tables: Sequence[str], rows: Path) -> None:
    """Write down each document the snapshot has a row for, in the order of versions, and where its file lies."""
    each = [sql.SQL("SELECT id, stored_as FROM public.{}").format(sql.Identifier(table)) for table in tables]
    with rows.open("w", encoding="utf-8") as file, connection.cursor("documents") as cursor:
        cursor.itersize = 5000
        for version, stored_as in cursor.execute(sql.SQL(" UNION ALL ").join(each) + sql.SQL(" ORDER BY id")):
            file.write(f"{version} {stored_as}\n")


def _documents(
    source: Source, half: Path, *, vault: Vault, key: RunKey, rows: Path, say: Say
) -> tuple[int, list[UUID]]:
    """Add the documents that are not in the vault yet, and list all; how many, and those without a file."""
    count, new, missing = 0, 0, list[UUID]()
    with rows.open(encoding="utf-8") as wanted, (half / "documents").open("w", encoding="ascii") as lines:
        for prefix, group in groupby(wanted, key=lambda line: line[:2]):
            held = vault.held(prefix)
            for version, stored_as in (_row(line) for line in group):
                one = held.get(version)
                if one is None:
                    try:
                        one = _add(source.home.documents / stored_as, version, vault=vault, key=key)
                        new += 1
                    except FileNotFoundError:
                        missing.append(version)
                        continue
                lines.write(one.line)
                count += 1
                if count % OFTEN == 0:
                    say(f"Documents: {count:,}, of them {new:,} new.")
        lines.flush()
        os.fsync(lines.fileno())
    say(f"Documents: {count:,}, of them {new:,} new.")
    return count, missing


def _row(line: str) -> tuple[UUID, str]:
    version, _, stored_as = line.rstrip("\n").partition(" ")
    return UUID(version), stored_as


def _add(path: Path, version: UUID, *, vault: Vault, key: RunKey) -> Listed:
    """Seal a document, as it lies sealed in the home, once more: to the recovery key."""
    with path.open("rb") as file:
        return vault.add(version, lambda to: seal(file, to, version=version, keys=key.keys))


def _write(path: Path, key: RunKey, write: Callable[[IO[bytes]], None]) -> None:
    """Write a part of the backup, sealed, as `write` gives it."""

    def whole(target: BinaryIO) -> None:
        sealing = Sealing(target, version=part_id(key, path.name), keys=key.keys)
        write(cast(IO[bytes], sealing))
        sealing.finish()

    written(path, whole)
