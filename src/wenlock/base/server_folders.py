"""The folders of our own PostgreSQL server: where they lie, who owns them, and what makes them unfit."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wenlock.base.home import Home, make_folder, replace_file
from wenlock.base.postgres import SHARED, Account, ServerRefused

WAIT_FOR_OTHERS = 180  # seconds for another process that is starting or stopping the same server
LOG_LIMIT = 8_000_000  # bytes; past this the log is cut and the last part kept beside it
LOG_KEPT = 1_000_000
_AWKWARD = set("\"'$`\\\n")  # pg_ctl passes the path through a shell


@contextmanager
def alone(home: Home, *, wait: float = WAIT_FOR_OTHERS) -> Iterator[None]:
    """Hold the home's lock for the block, so that two starters do not race. The system frees it if we die."""
    with open(home.root / ".postgresql.lock", "w") as file:
        deadline = time.monotonic() + wait
        while not _locked(file.fileno()):
            if time.monotonic() > deadline:
                raise ServerRefused(
                    f"Another process has been starting or stopping the database of {home.root} "
                    f"for {wait:.0f} seconds. End it, then try again."
                )
            time.sleep(0.1)
        yield


def choose_place(home: Home, account: Account | None, *, say: Callable[[str], None]) -> None:
    """Settle, once, where the database lives: in the home, or where the server's user can reach it.

    Opening a closed parent folder would expose what else is in it, so as root we go elsewhere instead.
    """
    if "database" in home.settings():
        return
    place = home.root / "postgresql"
    if account and not account.reaches(home.root):
        place = SHARED / home.mark
        say(f"Keeping the database in {place}, because {account.name} cannot reach {home.root}.")
    home.keep(database=str(place))


def make_folders(home: Home, account: Account | None) -> None:
    """Make the folders. The database's own stays ours, so that nothing in it can be swapped for a link."""
    if awkward := _AWKWARD & set(str(home.data)):
        raise ServerRefused(
            f"{home.data} has {' '.join(sorted(awkward))} in it. Set WENLOCK_HOME to a plainer path."
        )
    make_folder(home.database.parent, mode=0o755)
    make_folder(home.database, mode=0o711 if account else 0o700)
    if account and not account.reaches(home.database):
        raise ServerRefused(
            f"{account.name}, who runs the server, cannot reach {home.database}: a folder above it is "
            "closed. Open it to that user, or move the database folder and correct wenlock.toml."
        )
    log = log_of(home)
    log.touch(mode=0o600)
    if account:
        account.owns(log, mode=0o600)
    _make_socket_folder(home.sockets, account)


def remove_folders(home: Home) -> None:
    """Delete the database for good, and what we put beside it; anything else in the folder is left."""
    for folder in (home.data, home.sockets, home.database / "data.new"):
        shutil.rmtree(folder, ignore_errors=True)
    for name in ("server.log", "server.log.1", "server.conf"):
        (home.database / name).unlink(missing_ok=True)
    if home.database.is_dir() and not any(home.database.iterdir()):
        home.database.rmdir()


def log_of(home: Home) -> Path:
    """Return the path of the server's log."""
    return home.database / "server.log"


def end_of_log(home: Home, *, size: int = 1500) -> str:
    """Return the last part of the server's log, `size` bytes at most; empty if there is none."""
    if not log_of(home).exists():
        return ""
    with open(log_of(home), "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - size))
        return file.read().decode("utf-8", errors="replace").strip()


def cap_log(home: Home, *, limit: int = LOG_LIMIT, kept: int = LOG_KEPT) -> None:
    """Cut a log that has grown past the limit; the server appends, so it goes on in the emptied file."""
    log = log_of(home)
    if log.exists() and log.stat().st_size > limit:
        replace_file(log.with_name("server.log.1"), end_of_log(home, size=kept))
        os.truncate(log, 0)


def major_of(data: Path) -> int | None:
    """Return the major version of PostgreSQL that made the data directory; None if there is none yet."""
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None


def _make_socket_folder(folder: Path, account: Account | None) -> None:
    try:
        folder.mkdir(mode=0o700)
        if account:
            account.owns(folder, mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        owner = account.uid if account else os.geteuid()
        if folder.is_symlink() or not folder.is_dir() or found.st_uid != owner or found.st_mode & 0o077:
            raise ServerRefused(f"{folder} is not the server's alone. Remove it, then try again.") from None


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
