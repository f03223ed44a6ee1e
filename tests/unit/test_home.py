"""Where an installation keeps its things, and who else can read them."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wenlock.base import home as home_module
from wenlock.base.home import LONGEST_SOCKET, Home, HomeUnusable


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").prepare()


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_wenlock_home_is_where_it_says(tmp_path: Path) -> None:
    assert Home.find(environ={"WENLOCK_HOME": str(tmp_path)}).root == tmp_path


def test_a_relative_wenlock_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home.find(environ={"WENLOCK_HOME": "here"}).root == tmp_path / "here"


def test_a_source_tree_keeps_its_home_in_var() -> None:
    root = Path(home_module.__file__).resolve().parents[3]
    assert Home.find(environ={}).root == root / "var"


def test_an_installed_package_keeps_its_home_with_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "__file__", "/usr/lib/python3/dist-packages/wenlock/base/home.py")
    assert Home.find(environ={}).root == Path("~/.local/share/wenlock").expanduser()


def test_finding_a_home_makes_nothing(tmp_path: Path) -> None:
    Home.find(environ={"WENLOCK_HOME": str(tmp_path / "home")})
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", ["documents", "exports", "reports", "seals", "secrets"])
def test_every_folder_is_closed_to_others_whatever_the_umask(tmp_path: Path, name: str) -> None:
    before = os.umask(0)
    try:
        home = Home(tmp_path / "home").prepare()
    finally:
        os.umask(before)
    assert permissions(getattr(home, name)) == 0o700


def test_the_home_itself_cannot_be_listed_by_others(home: Home) -> None:
    assert permissions(home.root) & 0o066 == 0


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o750)
    assert permissions(Home(tmp_path / "home").prepare().root) == 0o750


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(home: Home) -> None:
    made = home.secret("signing-key")
    assert len(made) >= 43  # 256 bits in URL-safe base 64
    assert home.secret("signing-key") == made
    assert permissions(home.secrets / "signing-key") == 0o600


def test_two_secrets_differ(home: Home) -> None:
    assert home.secret("one") != home.secret("two")


def test_processes_that_ask_together_get_one_secret(home: Home) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(lambda _: home.secret("contested"), range(64)))
    assert len(answers) == 1
    assert [path.name for path in home.secrets.iterdir()] == ["contested"]


def test_a_secret_that_others_can_read_is_refused(home: Home) -> None:
    home.secret("signing-key")
    (home.secrets / "signing-key").chmod(0o640)
    with pytest.raises(HomeUnusable, match="chmod 600"):
        home.secret("signing-key")


@pytest.mark.parametrize("name", ["../wenlock", "", "a/b", ".hidden", "Upper", "a\n"])
def test_a_secret_cannot_be_named_out_of_its_folder(home: Home, name: str) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        home.secret(name)


def test_settings_survive_and_leave_each_other_alone(home: Home) -> None:
    home.keep(mode="demo")
    home.keep(database='/a "quoted" place\\with everything: é\n')
    assert home.settings() == {"mode": "demo", "database": '/a "quoted" place\\with everything: é\n'}
    assert home.mode == "demo"


def test_a_reader_never_sees_half_a_settings_file(home: Home) -> None:
    home.keep(mode="demo", note="x" * 100_000)
    with ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(home.keep, note=letter * 100_000) for letter in "abcdefgh"]
        reads = [pool.submit(home.settings) for _ in range(40)]
    assert all(read.result()["mode"] == "demo" and len(read.result()["note"]) == 100_000 for read in reads)
    assert all(write.result() is None for write in writes)


def test_a_new_home_has_no_mode(home: Home) -> None:
    assert home.mode is None


def test_a_mode_that_does_not_exist_is_neither_kept_nor_believed(home: Home) -> None:
    with pytest.raises(ValueError, match="mode"):
        home.keep(mode="live")
    (home.root / "wenlock.toml").write_text('mode = "live"\n')
    with pytest.raises(HomeUnusable, match="demo or trial"):
        _ = home.mode


@pytest.mark.parametrize("text", ["mode = ", "mode = 3\n", "\x00"])
def test_a_spoilt_settings_file_is_named_in_the_refusal(home: Home, text: str) -> None:
    (home.root / "wenlock.toml").write_text(text)
    with pytest.raises(HomeUnusable, match=r"wenlock\.toml"):
        home.settings()


def test_a_usual_home_keeps_its_socket_beside_its_data(home: Home) -> None:
    assert home.sockets == home.root / "postgresql" / "run"


def test_a_home_too_deep_for_a_socket_keeps_it_in_a_short_place(tmp_path: Path) -> None:
    deep, other = Home(tmp_path / ("d" * 100)), Home(tmp_path / ("e" * 100))
    assert len(os.fsencode(deep.sockets / ".s.PGSQL.5432")) <= LONGEST_SOCKET
    assert deep.sockets != other.sockets


def test_the_length_of_a_socket_path_is_counted_in_bytes(tmp_path: Path) -> None:
    room = LONGEST_SOCKET - len(os.fsencode(tmp_path / "x" / "postgresql" / "run" / ".s.PGSQL.5432")) + 1
    assert Home(tmp_path / ("e" * room)).sockets.is_relative_to(tmp_path)
    assert not Home(tmp_path / ("é" * room)).sockets.is_relative_to(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another user's folder")
def test_another_users_home_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    os.chown(tmp_path / "home", 65534, 65534)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(HomeUnusable, match="WENLOCK_HOME"):
        Home(tmp_path / "home").prepare()
