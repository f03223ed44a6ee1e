"""Backups made: whole or not at all, of one moment, opened by the recovery key alone."""

import io
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner

from tests.integration.audit_examples import copied, value
from tests.integration.backup_examples import Council, council, killed
from wenlock.backup import commands, database, installation, keeping, restoring, tasks
from wenlock.backup.faults import BackupRefused, RestoreRefused
from wenlock.backup.recovery import RecoveryKey
from wenlock.backup.vault import Vault, listed
from wenlock.base.home import Home
from wenlock.base.server import Server
from wenlock.security.keys import sealing_key
from wenlock.web.restoring import restore

LETTER = b"Mia drew a house with four windows. " * 1000


@pytest.fixture(scope="module")
def original(
    server: Server,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Council]:
    """A council with one document."""
    folder = tmp_path_factory.mktemp("backup")
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        copied(server, folder / "home") as trail,
        council(trail, folder / "backups") as made,
    ):
        made.keep_document(LETTER)
        yield made


@pytest.fixture
def ours(original: Council, tmp_path: Path) -> Council:
    """The council, with a folder of each test's own."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return Council(original.trail, folder, original.recovery)


def everything(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def clear(ours: Council, backup: Path, part: str) -> bytes:
    """A part of a backup as the recovery key opens it."""
    checked = restoring.check(backup, recovery=ours.recovery, signers={}, say=lambda line: None)
    with restoring.Runs(checked).part(part) as source:
        return source.read()


def versions_in(ours: Council, backup: Path) -> list[UUID]:
    """The documents that the database of a backup has rows for."""
    tool, table = ours.source.binaries.tool("pg_restore"), "--table=case_documentversion"
    read = subprocess.run(
        [tool, "--data-only", table, "--file=-"],
        input=clear(ours, backup, "database"),
        capture_output=True,
        check=True,
    )
    return [UUID(found.decode()) for found in re.findall(rb"^([0-9a-f-]{36})\t", read.stdout, re.MULTILINE)]


def test_nothing_of_a_backup_is_in_the_clear(ours: Council) -> None:
    made = ours.back_up()
    secrets = [path.read_bytes() for path in ours.home.secrets.iterdir()]
    for path in everything(ours.folder):
        content = path.read_bytes()
        assert not [word for word in (b"Mia", b"PGDMP", b"secrets/", *secrets) if word in content]
    assert clear(ours, made.folder, "database").startswith(b"PGDMP")
    assert b"secrets/audit-seal" in clear(ours, made.folder, "home")


def test_passwords_of_the_database_and_its_place_stay_behind(ours: Council) -> None:
    ours.home.secret("postgres-superuser")
    ours.home.secret("database-owner")
    packed = clear(ours, ours.back_up().folder, "home")
    assert b"secrets/documents-1" in packed and b"recovery_key" in packed
    for word in (b"postgres-superuser", b"database-owner", b"/elsewhere"):
        assert word not in packed


def test_a_backup_is_in_the_trail_with_the_digest_of_its_manifest(ours: Council) -> None:
    made = ours.back_up()
    with ours.trail.connected("postgres") as superuser:
        found = superuser.execute(
            "SELECT kind, detail FROM security_auditevent WHERE kind LIKE 'backup-%' ORDER BY id DESC LIMIT 2"
        ).fetchall()
    name = made.folder.name
    assert found == [
        (
            "backup-made",
            {"name": name, "manifest": made.manifest.digest, "documents": made.manifest.documents},
        ),
        ("backup-begun", {"name": name}),
    ]
    ours.trail.seal()
    assert ours.trail.verify().problems == ()


def test_a_role_that_row_security_holds_cannot_make_half_a_backup(ours: Council) -> None:
    with ours.trail.connected("postgres") as superuser, superuser.transaction():
        snapshot = value(superuser, "SELECT pg_export_snapshot()")
        for role in ("wenlock_app", "wenlock_owner", "wenlock_prover"):
            with pytest.raises(BackupRefused, match="not read"):
                database.dump(
                    superuser=ours.reached_by(role),
                    snapshot=snapshot,
                    binaries=ours.source.binaries,
                    target=io.BytesIO(),
                )


@pytest.fixture
def apart(ours: Council) -> Iterator[str]:
    """The role that the how-to has an operator make; how it reaches the database."""
    page = Path(__file__).parents[2] / "docs/how-to/backup.md"
    made = page.read_text("utf-8").split("```sql\n")[1].split("```")[0]
    made = made.replace("DATABASE wenlock ", f"DATABASE {ours.trail.database} ")
    with ours.trail.connected("postgres") as superuser:
        superuser.execute(made.encode())
        try:
            yield ours.trail.server.dsn(
                user="wenlock_backup", dbname=ours.trail.database, password="a long password"
            )
        finally:
            superuser.execute("DROP OWNED BY wenlock_backup")
            superuser.execute("DROP ROLE wenlock_backup")


def test_the_role_of_the_how_to_backs_up_every_row_and_changes_none(ours: Council, apart: str) -> None:
    made = ours.back_up(source=replace(ours.source, superuser=apart))
    assert made.manifest.documents >= 1
    everybody = ours.back_up()
    sizes = [backup.manifest.parts["database"].size for backup in (made, everybody)]
    assert sizes[0] == pytest.approx(sizes[1], rel=0.01)
    with psycopg.connect(apart) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("UPDATE people_person SET born_on = NULL")


def test_a_document_kept_while_the_backup_is_made_is_wholly_out_of_it(ours: Council) -> None:
    late = []

    def say(line: str) -> None:
        if line == "The database.":
            late.append(ours.keep_document(b"late"))

    first = ours.back_up(say)
    held = {one.version for one in listed(first.folder)}
    assert late[0] not in held
    rows = versions_in(ours, first.folder)
    assert set(rows) == held and late[0] not in rows
    assert not list(ours.vault.documents.glob(f"*/{late[0]}*"))
    assert {one.version for one in listed(ours.back_up().folder)} == held | {late[0]}


def test_a_document_already_in_the_folder_is_not_copied_again(ours: Council) -> None:
    ours.back_up()
    before = {path: path.stat().st_ino for path in everything(ours.vault.documents)}
    added = ours.keep_document(b"another")
    ours.back_up()
    after = {path: path.stat().st_ino for path in everything(ours.vault.documents)}
    assert before.items() <= after.items()
    assert [path.stem for path in after.keys() - before.keys()] == [str(added)]


def test_a_document_without_its_file_is_told_of_and_the_rest_is_kept(ours: Council) -> None:
    gone = ours.keep_document(b"gone")
    path = next(ours.home.documents.glob(f"*/{gone}"))
    aside = path.rename(path.with_suffix(".aside"))
    made = ours.back_up()
    aside.rename(path)
    assert (made.missing, made.manifest.missing) == ((gone,), 1)
    assert made.manifest.documents >= 1


STAGES = ("The home", "The database.", "The database: ", "Documents: ")


@pytest.mark.parametrize("stage", STAGES)
def test_a_backup_that_was_killed_is_no_backup_and_the_next_is_whole(ours: Council, stage: str) -> None:
    before = ours.back_up()
    killed(ours.back_up, at=stage)
    assert ours.vault.backups() == [before.folder]
    assert len(list(ours.vault.root.glob(".half-*"))) == 1
    made = ours.back_up()
    assert ours.vault.backups() == [before.folder, made.folder]
    assert not list(ours.vault.root.rglob(".half-*"))
    restoring.check(made.folder, recovery=ours.recovery, signers={}, say=lambda line: None)


def test_a_backup_killed_in_the_middle_of_the_database_is_no_backup(
    ours: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = database.dump

    class Dying(io.BytesIO):
        def write(self, piece: Any) -> int:
            os.kill(os.getpid(), signal.SIGKILL)
            return len(piece)

    def die(*, target: Any, **given: Any) -> None:
        target.write(b"PGDMP")
        dump(target=Dying(), **given)

    monkeypatch.setattr(database, "dump", die)
    killed(ours.back_up, at="the write itself")
    assert ours.vault.backups() == []


def test_two_backups_into_one_folder_are_not_made_at_once(ours: Council) -> None:
    with ours.vault.alone(), pytest.raises(BackupRefused, match="Another backup"):
        ours.back_up()


def test_a_folder_that_is_not_there_is_not_made(ours: Council) -> None:
    shutil.rmtree(ours.folder)
    with pytest.raises(BackupRefused, match="Mount the disk"):
        ours.back_up()


def test_older_backups_go_and_with_them_the_documents_only_they_name(ours: Council) -> None:
    extra = ours.keep_document(b"to be disposed of")
    first = ours.back_up()
    with ours.trail.connected("postgres") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("DELETE FROM case_documentversion WHERE id = %s", [extra])
    second, third = ours.back_up(), ours.back_up()
    with ours.vault.alone():
        assert keeping.prune(ours.vault, keep=2) == [first.folder]
    assert ours.vault.backups() == [second.folder, third.folder]
    assert not list(ours.vault.documents.glob(f"*/{extra}*"))
    for left in (second, third):
        restoring.check(left.folder, recovery=ours.recovery, signers={}, say=lambda line: None)


def test_a_trail_that_cannot_be_sealed_is_backed_up_as_it_is(ours: Council) -> None:
    said: list[str] = []
    copy = ours.trail.place
    whole = copy.read_bytes()
    copy.write_bytes(whole + b"altered")
    ours.back_up(said.append)
    copy.write_bytes(whole)
    assert "was not sealed" in said[0]
    assert len(ours.vault.backups()) == 1


# What is not restored


def spoil_database(made: Path, vault: Vault) -> None:
    flip(made / "database", 500)


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def cut_database(made: Path, vault: Vault) -> None:
    (made / "database").write_bytes((made / "database").read_bytes()[:-1])


def swap_parts(made: Path, vault: Vault) -> None:
    (made / "home").write_bytes((made / "database").read_bytes())


def lose_home(made: Path, vault: Vault) -> None:
    (made / "home").unlink()


def lose_document(made: Path, vault: Vault) -> None:
    next(vault.documents.glob("*/*")).unlink()


def swap_documents(made: Path, vault: Vault) -> None:
    one, other = sorted(vault.documents.glob("*/*"))[:2]
    one.write_bytes(other.read_bytes())


def leave_out_a_document(made: Path, vault: Vault) -> None:
    lines = (made / "documents").read_text().splitlines(keepends=True)
    (made / "documents").write_text("".join(lines[1:]))


def take_an_older_manifest(made: Path, vault: Vault) -> None:
    older = vault.backups()[0]
    shutil.copy(older / "manifest.json", made / "manifest.json")


def take_an_older_database(made: Path, vault: Vault) -> None:
    shutil.copy(vault.backups()[0] / "database", made / "database")


def change_the_manifest(made: Path, vault: Vault) -> None:
    path = made / "manifest.json"
    path.write_text(path.read_text().replace('"authority": "shropshire"', '"authority": "elsewhere"'))


def write_nonsense(made: Path, vault: Vault) -> None:
    (made / "manifest.json").write_text("[]")


def lose_the_share(made: Path, vault: Vault) -> None:
    for path in vault.keys.iterdir():
        path.unlink()


def change_the_share(made: Path, vault: Vault) -> None:
    for path in vault.keys.iterdir():
        path.write_text("11" * 32)


SPOILED = [
    (spoil_database, "not as it was written"),
    (cut_database, "cut short"),
    (swap_parts, "not as it was written"),
    (lose_home, "is missing"),
    (lose_document, "is missing"),
    (swap_documents, "not as it was written|cut short"),
    (leave_out_a_document, "cut short"),
    (take_an_older_manifest, "manifest of another backup"),
    (take_an_older_database, "not as it was written|cut short"),
    (change_the_manifest, "altered after it was signed"),
    (write_nonsense, "not the manifest"),
    (lose_the_share, "missing or was altered"),
    (change_the_share, "altered"),
]


@pytest.fixture(scope="module")
def two(original: Council, tmp_path_factory: pytest.TempPathFactory) -> Council:
    """A folder with two backups, to be copied and spoiled."""
    folder = tmp_path_factory.mktemp("two") / "backups"
    folder.mkdir()
    made = Council(original.trail, folder, original.recovery)
    made.keep_document(b"a second")
    made.back_up()
    made.keep_document(b"a third")
    made.back_up()
    return made


@pytest.mark.parametrize(("spoil", "says"), SPOILED)
def test_a_spoiled_backup_is_refused_before_anything_is_made(
    two: Council, tmp_path: Path, spoil: Any, says: str
) -> None:
    shutil.copytree(two.folder, tmp_path / "copy")
    vault = Vault.of(tmp_path / "copy", public=two.recovery.public)
    spoil(vault.backups()[-1], vault)
    with pytest.raises(RestoreRefused, match=says):
        restoring.check(vault.root.parent, recovery=two.recovery, signers={}, say=lambda line: None)


def test_a_backup_is_opened_by_its_own_recovery_key_and_no_other(two: Council) -> None:
    other = RecoveryKey.made(signer=two.trail.key.public)
    with pytest.raises(RestoreRefused, match="sealed to"):
        restoring.check(two.folder, recovery=other, signers={}, say=lambda line: None)


def test_a_backup_signed_by_somebody_else_is_refused_unless_they_are_trusted(
    two: Council, tmp_path: Path
) -> None:
    stranger = sealing_key(Home(tmp_path / "stranger").prepare()).public
    key = RecoveryKey(two.recovery.private, bytes.fromhex(stranger.key_id)[:16])
    with pytest.raises(RestoreRefused, match="not one of this council's"):
        restoring.check(two.folder, recovery=key, signers={}, say=lambda line: None)
    ours = two.trail.key.public
    restoring.check(two.folder, recovery=key, signers={ours.key_id: ours}, say=lambda line: None)


def test_nothing_is_restored_into_a_home_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("kept")
    with pytest.raises(RestoreRefused, match="not empty"):
        restoring.begin(Home(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


# The nightly run and its check


@pytest.fixture
def installed(ours: Council, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Council:
    """The commands and the worker work on the copy."""
    settings.HOME = ours.home
    monkeypatch.setattr(installation, "source", lambda: ours.source)
    monkeypatch.setenv("WENLOCK_BACKUPS", str(ours.folder))
    return ours


def amiss(ours: Council, *, later: timedelta = timedelta()) -> list[str]:
    return installation.amiss(at=datetime.now(UTC) + later, to=ours.folder, say=lambda line: None)


def test_each_night_a_backup_is_made_and_the_oldest_goes(
    installed: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENLOCK_BACKUPS_KEPT", "2")
    for _ in range(3):
        tasks.nightly(0)
    assert len(installed.vault.backups()) == 2
    assert amiss(installed) == []


def test_no_folder_no_nightly_backup(installed: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENLOCK_BACKUPS")
    tasks.nightly(0)
    assert everything(installed.folder) == []


def test_the_nightly_run_fails_where_it_can_be_seen(
    installed: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENLOCK_BACKUPS_KEPT", "none")
    with pytest.raises(BackupRefused, match="1 or more"):
        tasks.nightly(0)
    monkeypatch.setenv("WENLOCK_BACKUPS_KEPT", "3")
    monkeypatch.setenv("WENLOCK_BACKUPS", str(installed.folder / "unmounted"))
    with pytest.raises(BackupRefused, match="Mount the disk"):
        tasks.nightly(0)
    monkeypatch.setenv("WENLOCK_BACKUPS", str(installed.folder))
    gone = installed.keep_document(b"its file will go")
    path = next(installed.home.documents.glob(f"*/{gone}"))
    aside = path.rename(path.with_suffix(".aside"))
    with pytest.raises(BackupRefused, match="1 documents had no file"):
        tasks.nightly(0)
    aside.rename(path)


def test_the_check_tells_of_no_backup_an_old_one_and_a_spoiled_one(installed: Council) -> None:
    assert amiss(installed) == [f"There is no whole backup in {installed.folder}."]
    made = installed.back_up()
    assert amiss(installed) == []
    assert amiss(installed, later=timedelta(hours=27)) == ["It is older than 26 hours."]
    cut_database(made.folder, installed.vault)
    (fault,) = amiss(installed)
    assert "cut short" in fault
    change_the_manifest(made.folder, installed.vault)
    assert amiss(installed) == ["The manifest was altered after it was signed."]


# The commands


def test_the_recovery_key_is_shown_once_and_opens_what_is_sealed_from_then_on(
    installed: Council, tmp_path: Path
) -> None:
    home = Home(tmp_path / "new").prepare()
    shown = CliRunner().invoke(commands.backup, ["key"], obj=home)
    text = next(line for line in shown.output.splitlines() if line.startswith("    "))
    assert RecoveryKey.read(text).public.hex() == home.settings()["recovery_key"]
    kept = b"".join(path.read_bytes() for path in everything(home.root))
    assert not [word for word in text.split() if word.encode() in kept]
    again = CliRunner().invoke(commands.backup, ["key"], obj=home)
    assert (again.exit_code, "already" in again.output) == (1, True)
    other = CliRunner().invoke(commands.backup, ["key", "--new"], obj=home)
    assert other.exit_code == 0 and text not in other.output


def test_the_commands_back_up_and_check_and_exit_1_for_a_fault(installed: Council) -> None:
    run = CliRunner()
    assert run.invoke(commands.backup, ["check"]).exit_code == 1
    made = run.invoke(commands.backup, [])
    assert made.exit_code == 0 and str(installed.vault.backups()[0]) in made.output
    assert run.invoke(commands.backup, ["check"]).output.endswith("It is whole.\n")


def test_without_a_recovery_key_there_is_no_backup(installed: Council, tmp_path: Path, settings: Any) -> None:
    settings.HOME = Home(tmp_path / "new").prepare()
    told = CliRunner().invoke(commands.backup, [])
    assert (told.exit_code, "wenlock backup key" in told.output) == (1, True)


def test_the_restore_refuses_in_a_sentence_and_makes_nothing(two: Council, tmp_path: Path) -> None:
    key, into = tmp_path / "key", tmp_path / "into"
    arguments = [str(two.folder), "--into", str(into), "--recovery-key", str(key)]
    key.write_text("this is no key")
    told = CliRunner().invoke(restore, arguments)
    assert (told.exit_code, "not a recovery key" in told.output) == (1, True)
    key.write_text(two.recovery.text)
    told = CliRunner().invoke(restore, [str(tmp_path), *arguments[1:]])
    assert (told.exit_code, "no whole backup" in told.output) == (1, True)
    assert not into.exists()
