"""Our own database server: it starts, survives, refuses and keeps quiet."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from server_examples import ask, passable_folder, postmaster

from wenlock.base import server_folders as folders
from wenlock.base.home import Home, HomeUnusable
from wenlock.base.postgres import (
    NoPostgreSQL,
    ServerRefused,
    find_binaries,
)
from wenlock.base.server import PASSWORD, Server, throwaway


@pytest.fixture(scope="module")
def up() -> Iterator[Server]:
    """A server for the tests that only ask."""
    with throwaway() as server:
        yield server


@pytest.fixture
def place() -> Iterator[Path]:
    with passable_folder() as folder:
        yield folder


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("listen_addresses", ""),
        ("password_encryption", "scram-sha-256"),
        ("data_checksums", "on"),
        ("max_connections", "100"),
        ("timezone", "UTC"),
        ("server_encoding", "UTF8"),
    ],
)
def test_the_server_is_set_as_we_promise(up: Server, setting: str, value: str) -> None:
    assert ask(up, f"select current_setting('{setting}')") == value


def test_names_are_ordered_the_same_whatever_the_c_library(up: Server) -> None:
    if up.binaries.major < 17:
        pytest.skip("PostgreSQL orders by itself from 17")
    assert ask(up, "select datlocale from pg_database where datname = 'template1'") == "C.UTF-8"


def test_letters_beyond_english_are_letters(up: Server) -> None:
    assert ask(up, "select upper('zoë') = 'ZOË' and 'Zoë' ~ '^[[:alpha:]]+$'") is True


def test_no_one_comes_in_without_the_password(up: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(up.dsn(password="guess"))
    with pytest.raises(ValueError, match="password is needed"):
        up.dsn(user="somebody")


def test_the_data_and_the_socket_are_closed_to_others(up: Server) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in (up.home.data, up.home.sockets)} == {0o700}


def test_the_password_is_nowhere_but_in_its_secret(up: Server) -> None:
    secret = up.home.secret(PASSWORD).encode()
    holding = [path for path in up.home.root.rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert holding == [up.home.secrets / PASSWORD]


def test_the_log_does_not_repeat_what_a_family_said(up: Server) -> None:
    with psycopg.connect(up.dsn(), autocommit=True) as connection:
        connection.execute("create table said (words text primary key)")
        connection.execute("insert into said values ('unforgettable')")
        for statement in (
            "insert into said values ('unforgettable')",
            "select 'unforgettable'::integer",
            "do $$ begin raise warning 'unforgettable'; end $$",
            "do $$ begin raise exception 'unforgettable'; end $$",
        ):
            try:
                connection.execute(statement.encode())
            except psycopg.Error:
                continue
    log = folders.log_of(up.home).read_text()
    assert "ready to accept connections" in log
    assert "unforgettable" not in log


def test_starting_what_is_up_changes_nothing(up: Server) -> None:
    before = postmaster(up)
    assert Server(up.home, durable=False).start() is False
    assert postmaster(up) == before


def test_running_leaves_up_what_it_did_not_start(up: Server) -> None:
    with Server(up.home, durable=False).running() as again:
        assert again.alive()
    assert up.alive()


def test_running_stops_what_it_started(place: Path) -> None:
    with Server(Home(place / "home"), durable=False).running() as server:
        assert server.alive()
    assert not server.alive()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(place: Path) -> None:
    server = Server(Home(place / "home"))
    server.start()
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("create table kept (n integer primary key)")
    acknowledged = 0
    for _ in range(2):
        acknowledged = write_until_killed(server, after=acknowledged)
        assert server.start() is True
        found = ask(server, "select count(*) from kept where n <= " + str(acknowledged))
        assert found == acknowledged
        acknowledged = int(str(ask(server, "select max(n) from kept")))


def write_until_killed(server: Server, *, after: int) -> int:
    """Commit one row after another, kill the postmaster meanwhile, and return the last row acknowledged."""
    acknowledged = after
    killer = threading.Timer(0.4, os.kill, (postmaster(server), signal.SIGKILL))
    killer.start()
    try:
        while True:
            with psycopg.connect(server.dsn(), autocommit=True) as connection:
                for _ in range(50):
                    connection.execute("insert into kept values (%s)", (acknowledged + 1,))
                    acknowledged += 1
    except psycopg.OperationalError:
        killer.join()
    assert acknowledged > after
    return acknowledged


def test_two_starters_do_not_race(place: Path) -> None:
    home = Home(place / "home")
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: Server(home, durable=False).start(), range(4)))
    assert sorted(started) == [False, False, False, True]


def test_a_starter_that_waits_too_long_says_what_to_do(place: Path) -> None:
    home = Home(place / "home").prepare()
    with (
        folders.alone(home),
        pytest.raises(ServerRefused, match="End it, then try again"),
        folders.alone(home, wait=0.2),
    ):
        pass


def test_data_of_another_major_version_is_refused_and_left_alone(place: Path) -> None:
    home = Home(place / "home")
    with Server(home, durable=False).running():
        pass
    (home.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(ServerRefused, match=r"made by PostgreSQL 14.*PG_BINDIR"):
        Server(home, durable=False).start()
    (home.data / "PG_VERSION").write_text(f"{find_binaries().major}\n")
    assert Server(home, durable=False).start() is True


def test_binaries_of_the_datas_own_version_are_preferred() -> None:
    every = {
        binaries.major for major in range(15, 19) if (binaries := find_binaries(major=major, environ={}))
    }
    assert all(find_binaries(major=major, environ={}).major == major for major in every)


def test_a_machine_without_postgresql_is_told_what_to_install(place: Path) -> None:
    with pytest.raises(NoPostgreSQL, match="set PG_BINDIR"):
        Server(Home(place / "home"), environ={"PG_BINDIR": str(place)}).start()


def test_a_lost_password_is_named(place: Path) -> None:
    home = Home(place / "home")
    with Server(home, durable=False).running():
        pass
    (home.secrets / PASSWORD).unlink()
    with pytest.raises(ServerRefused, match="from a backup"):
        Server(home, durable=False).start()


def test_a_database_half_made_is_made_again(place: Path) -> None:
    home = Home(place / "home").prepare()
    (home.database / "data.new").mkdir(parents=True)
    (home.database / "data.new" / "PG_VERSION").write_text("18\n")
    home.database.chmod(0o711)
    with Server(home, durable=False).running() as server:
        assert ask(server, "select 1") == 1


@pytest.mark.parametrize("name", ["two words", "Ludlow, Craven Arms", "é" * 60, "semi;colon & (brackets) #"])
def test_a_home_with_an_awkward_name_is_served(place: Path, name: str) -> None:
    with Server(Home(place / name), durable=False).running() as server:
        assert ask(server, "select 1") == 1


def test_a_name_that_a_shell_would_read_is_refused(place: Path) -> None:
    with pytest.raises(ServerRefused, match="plainer path"):
        Server(Home(place / "a$(b)"), durable=False).start()


def test_a_socket_folder_that_somebody_else_made_is_refused(place: Path) -> None:
    home = Home(place / ("d" * 100)).prepare()
    home.sockets.mkdir(mode=0o777)
    try:
        home.sockets.chmod(0o777)
        with pytest.raises(ServerRefused, match="Remove it"):
            Server(home, durable=False).start()
    finally:
        home.sockets.rmdir()


def test_the_server_outlives_its_starter_and_does_not_hear_its_interrupt(place: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from wenlock.base.home import Home;"
        "from wenlock.base.server import Server;"
        "Server(Home(Path(sys.argv[1])), durable=False).start(); print('up', flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", script, str(place / "home")], stdout=subprocess.PIPE, start_new_session=True
    )
    assert starter.stdout
    assert starter.stdout.readline() == b"up\n"
    os.killpg(starter.pid, signal.SIGINT)
    starter.wait(timeout=10)
    starter.stdout.close()
    time.sleep(0.2)
    server = Server(Home(place / "home"), durable=False)
    assert server.alive()
    assert os.getpgid(postmaster(server)) == postmaster(server)


def test_a_log_that_has_grown_is_cut_and_its_end_kept(place: Path) -> None:
    home = Home(place / "home").prepare()
    home.database.mkdir()
    folders.log_of(home).write_text("early\n" + "x" * 900 + "\nlate")
    folders.cap_log(home, limit=5000, kept=100)
    assert folders.log_of(home).stat().st_size > 900
    folders.cap_log(home, limit=500, kept=100)
    assert folders.log_of(home).read_text() == ""
    assert (home.database / "server.log.1").read_text().endswith("late")
    assert len((home.database / "server.log.1").read_text()) <= 100


def test_an_unusable_home_is_said_before_anything_is_started(place: Path) -> None:
    home = Home(place / "home").prepare()
    (home.root / "wenlock.toml").write_text("mode = ")
    with pytest.raises(HomeUnusable):
        Server(home).start()
    (home.root / "wenlock.toml").unlink()
