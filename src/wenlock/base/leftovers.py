"""What a killed PostgreSQL leaves behind, and when it may be swept away."""

from __future__ import annotations

from pathlib import Path

from wenlock.base.home import PORT

_PROC = Path("/proc")
_SIGNS = ("lock file", "pre-existing shared memory block", "is another postmaster")


def are_mentioned_in(log: str) -> bool:
    """Say whether the log blames what an earlier server left, which goes away, and no lasting fault."""
    return any(sign in log.lower() for sign in _SIGNS)


def clear(*, data: Path, sockets: Path) -> None:
    """Remove the lock files of a postmaster that is certainly gone, and only then.

    PostgreSQL believes any living pid, and a container whose first process does not bury the dead keeps the
    killed postmaster's for ever. The lock also protects against backends that outlive their postmaster, so it
    stays while any process is still at work in the data directory, and where that cannot be told.
    """
    lock = data / "postmaster.pid"
    pid = _pid_in(lock)
    if pid is None or not _PROC.is_dir() or _is_postgres(pid) or _someone_works_in(data):
        return
    lock.unlink(missing_ok=True)
    (sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def _pid_in(lock: Path) -> int | None:
    try:
        return int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_postgres(pid: int) -> bool:
    """Say whether the pid is a living PostgreSQL. The name is in brackets, and may hold brackets itself."""
    try:
        name, rest = (_PROC / str(pid) / "stat").read_text().rsplit(")", 1)
    except (FileNotFoundError, ProcessLookupError):
        return False
    return rest.split()[0] not in "ZX" and "(postgres" in name


def _someone_works_in(data: Path) -> bool:
    for process in _PROC.glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == data.resolve():
                return True
        except OSError:
            continue  # gone meanwhile, dead, or another user's: the server's processes are never that to us
    return False
