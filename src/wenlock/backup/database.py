"""The database as one stream: out of `pg_dump` and into `pg_restore`, never on the disk in the clear."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, BinaryIO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from wenlock.backup.faults import BackupRefused, RestoreRefused
from wenlock.base.postgres import Binaries
from wenlock.files.envelope import PIECE

# Nobody is signed in after a restore: the table of sessions goes, its rows stay behind.
LEFT_OUT = ("--exclude-table-data=public.django_session",)


def dump(*, superuser: str, snapshot: str, binaries: Binaries, target: IO[bytes]) -> None:
    """Write the database as a snapshot has it to `target`, compressed, in pg_dump's custom format.

    `superuser` is a connection string of one who passes row security. Raises BackupRefused.
    """
    command = [binaries.tool("pg_dump"), "--format=custom", f"--snapshot={snapshot}", *LEFT_OUT]
    with _running(command, superuser, stdout=subprocess.PIPE) as (process, complaints):
        assert process.stdout
        while piece := process.stdout.read(PIECE):
            target.write(piece)
        if process.wait() != 0:
            raise BackupRefused(f"The database was not read. {_first(complaints)}")


def load(source: BinaryIO, *, superuser: str, binaries: Binaries) -> None:
    """Fill an empty database from what `dump` wrote, wholly or not at all. Raises RestoreRefused."""
    command = [binaries.tool("pg_restore"), "--exit-on-error", "--single-transaction"]
    with _running(command, superuser, stdin=subprocess.PIPE) as (process, complaints):
        assert process.stdin
        try:
            with process.stdin:
                while piece := source.read(PIECE):
                    process.stdin.write(piece)
        except BrokenPipeError:
            pass  # it has ended already, and says why
        if process.wait() != 0:
            raise RestoreRefused(f"The database was not filled, and is empty. {_first(complaints)}")


@contextmanager
def _running(
    command: Sequence[str], dsn: str, *, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """Run a program against a database; the password goes by its environment, where no list of processes shows it."""
    known = conninfo_to_dict(dsn)
    secret = {"PGPASSWORD": str(known.pop("password"))} if "password" in known else {}
    environment = {"HOME": "/", "PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **secret}
    whole = [*command, "--no-password", f"--dbname={make_conninfo('', **known)}"]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            whole, cwd="/", env=environment, stdin=stdin, stdout=stdout, stderr=complaints
        )
        try:
            yield process, complaints
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def _first(complaints: IO[bytes]) -> str:
    """The first line a program complained in: those after it may quote a row."""
    complaints.seek(0)
    return complaints.readline(500).decode("utf-8", "replace").strip() or "It did not say why."
