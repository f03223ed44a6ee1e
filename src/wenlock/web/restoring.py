"""`wenlock restore`: from a backup and the recovery key to an installation that has checked and proved itself.

It runs before there are settings to read, since those are in the backup. What needs them is a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import psycopg
from psycopg.conninfo import make_conninfo

from wenlock.backup import restoring
from wenlock.backup.faults import RestoreRefused
from wenlock.backup.manifest import Manifest
from wenlock.backup.recovery import RecoveryKey
from wenlock.backup.restoring import Checked, Target
from wenlock.base.constraints import OWNER, SEALER
from wenlock.base.home import Home, HomeUnusable
from wenlock.base.postgres import ServerRefused, find_binaries
from wenlock.base.server import Server
from wenlock.files.envelope import Unreadable
from wenlock.security import seal_copies, sealing
from wenlock.security.keys import KeyUnusable, read_keys, sealing_key
from wenlock.web.database import DATABASE, password, place

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
FORESEEN = (
    RestoreRefused,
    Unreadable,
    KeyUnusable,
    HomeUnusable,
    ServerRefused,
    sealing.SealingStopped,
    seal_copies.CopyDisagrees,
)
LATEST = "proof.json"  # as wenlock.notice.proof.report keeps it
Say = Callable[[str], None]


@click.command()
@click.argument("source", metavar="FROM", type=FOLDER)
@click.option("--into", type=FOLDER, help="The empty home to fill; WENLOCK_HOME if not said.")
@click.option("--recovery-key", "key_file", type=FILE, help="A file that holds it; else it is asked for.")
@click.option(
    "--signing-key",
    "signers",
    type=FILE,
    multiple=True,
    help="Trust backups signed with this public key too.",
)
@click.option(
    "--administrator",
    metavar="URL",
    envvar="WENLOCK_ADMINISTRATOR_URL",
    help="With DATABASE_URL: how a superuser reaches the server, to make the roles and the database.",
)
def restore(
    source: Path,
    into: Path | None,
    key_file: Path | None,
    signers: tuple[Path, ...],
    administrator: str | None,
) -> None:
    """Restore the backup FROM, or the newest in that folder, into an empty home and database, and prove it.

    Nothing is made before every file of the backup has been checked and opens with the recovery key.
    """
    text = (
        key_file.read_text("ascii", "replace") if key_file else click.prompt("Recovery key", hide_input=True)
    )
    try:
        restored(
            source,
            home=Home(into.expanduser().absolute()) if into else Home.named(),
            recovery=RecoveryKey.read(text),
            signers=signers,
            administrator=administrator,
            say=click.echo,
        )
    except FORESEEN as error:
        raise click.ClickException(str(error)) from error
    except psycopg.OperationalError as error:
        raise click.ClickException(f"The database server does not answer: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror}.") from error


def restored(
    source: Path,
    *,
    home: Home,
    recovery: RecoveryKey,
    signers: tuple[Path, ...] = (),
    administrator: str | None = None,
    say: Say,
) -> None:
    """Restore, check and prove, telling each step. Raises what `FORESEEN` names."""
    began = time.monotonic()
    backup = restoring.check(source, recovery=recovery, signers=read_keys(signers), say=say)
    restoring.begin(home)
    restoring.fill_home(backup, home, say=say)
    with _target(home, administrator, say=say) as target:
        restoring.fill_database(backup, target, say=say)
        say(f"Epoch {_begin_epoch(backup, home)} of the audit trail has begun.")
        restoring.finish(home)
        took = timedelta(seconds=round(time.monotonic() - began))
        _checked(home, say=say)
    for line in told(backup.manifest, at=datetime.now(UTC), took=took):
        say(line)


def told(manifest: Manifest, *, at: datetime, took: timedelta) -> Iterator[str]:
    """What a restore came to: the moment it goes back to, what is lost since, and how long it took."""
    lost = timedelta(seconds=round((at - manifest.begun).total_seconds()))
    yield f"Restored to {manifest.begun:%d/%m/%Y %H:%M:%S} UTC. What was recorded since then is not here: {lost}."
    yield f"Restoring took {took}; the backup had taken {manifest.finished - manifest.begun}."
    if manifest.missing:
        yield f"{manifest.missing} documents had no file when the backup was made."


@contextmanager
def _target(home: Home, administrator: str | None, *, say: Say) -> Iterator[Target]:
    """The server to restore into: the one DATABASE_URL names, or one of our own, up for as long as the block."""

    def secret(role: str) -> str:
        return password(role, home=home)

    if os.environ.get("DATABASE_URL"):
        if not administrator:
            raise RestoreRefused(
                "With DATABASE_URL, say with --administrator how a superuser reaches the server."
            )
        url = administrator
        yield Target(lambda name: make_conninfo(url, dbname=name), place(home).name, find_binaries(), secret)
    elif home.mode is None:
        raise RestoreRefused(
            "This is the backup of a live service, whose database is on a server of its own. "
            "Set DATABASE_URL to one that has no such database yet, and run it again."
        )
    else:
        with Server(home, say=say).running() as server:
            yield Target(lambda name: server.dsn(dbname=name), DATABASE, server.binaries, secret)


def _begin_epoch(backup: Checked, home: Home) -> int:
    """Mark the restore in the trail: the server counts its transactions anew. Gives the number of the epoch."""
    manifest = backup.manifest
    with _as(OWNER, home) as owner, _as(SEALER, home) as sealer:
        return sealing.begin_epoch(
            owner,
            sealer,
            key=sealing_key(home),
            places=seal_copies.places(home, second=os.environ.get("WENLOCK_SEALS_COPY")),
            reason=f"Restored from the backup {manifest.name}, manifest {manifest.digest}",
            at=datetime.now(UTC),
        )


def _as(role: str, home: Home) -> psycopg.Connection[tuple[object, ...]]:
    where = place(home)
    dsn = make_conninfo(
        host=where.host,
        port=where.port,
        dbname=where.name,
        user=role,
        password=password(role, home=home),
        **where.options,
    )
    return psycopg.connect(dsn, autocommit=True)


def _checked(home: Home, *, say: Say) -> None:
    """Verify the trail and prove the notice as an operator would, and say which answers are not as they were."""
    before = _statuses(home)
    for words in (["audit", "verify"], ["prove"]):
        say(f"wenlock {' '.join(words)}")
        done = subprocess.run(
            [sys.executable, "-c", "from wenlock.web.command import main; main()", *words],
            env=os.environ | {"WENLOCK_HOME": str(home.root)},
            capture_output=True,
            text=True,
            check=False,
        )
        lines = (done.stdout + done.stderr).splitlines()
        for line in lines if done.returncode else lines[-2:]:
            say(f"  {line}")
        if done.returncode:
            raise RestoreRefused(
                f"Everything is in place in {home.root}, but `wenlock {' '.join(words)}` found faults: see above."
            )
    after = _statuses(home)
    for code in sorted(before.keys() & after.keys()):
        if before[code] != after[code]:
            say(f"{code} was {before[code]} before the backup and is {after[code]} now.")


def _statuses(home: Home) -> dict[str, str]:
    """The answer for each statement in the newest report kept; none if none was."""
    path = home.reports / LATEST
    report = json.loads(path.read_text("utf-8")) if path.exists() else {"statements": {}}
    return {code: row["status"] for code, row in report["statements"].items()}
