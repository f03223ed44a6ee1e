"""The drill: from one server to another, killed on the way, and all of it there in the end."""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tests.cast import recall
from tests.integration.audit_examples import copied, value
from tests.integration.backup_examples import Council, council, events, killed, tables
from wenlock.backup import database
from wenlock.backup.faults import RestoreRefused
from wenlock.backup.making import Made
from wenlock.base.home import Home, HomeUnusable
from wenlock.base.server import Server
from wenlock.files import store
from wenlock.files.envelope import PIECE
from wenlock.notice import queries
from wenlock.notice.models import Version
from wenlock.notice.proof.engine import prove
from wenlock.notice.proof.report import read_latest
from wenlock.security import seal_copies, trail
from wenlock.web.database import password
from wenlock.web.restoring import restored

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from server_examples import passable_folder

LETTERS = (b"Mia drew a house with four windows.", bytes(3 * PIECE + 17))
STAGES = ("The home", "Epoch")  # before there is a server, and when there is a whole one


@dataclass(frozen=True)
class Drill:
    """A council as it was when it was backed up, and where it was restored."""

    council: Council
    made: Made
    documents: dict[Any, bytes]
    rows: dict[str, Any]
    answers: dict[str, str]
    home: Home
    said: list[str]


@pytest.fixture(scope="module")
def drill(
    server: Server,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Drill]:
    """A restore killed at two of its stages, and then left to end."""
    folder = tmp_path_factory.mktemp("drill")
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        passable_folder() as elsewhere,
        copied(server, folder / "home") as copy,
        council(copy, folder / "backups") as ours,
    ):
        documents = {ours.keep_document(content): content for content in LETTERS}
        copy.write_events(3, by=recall().amara.pk)
        with copy.connected("postgres") as superuser:
            rows = tables(superuser)
        answers = proved(ours)
        made = ours.back_up()
        home, said = Home(elsewhere / "second"), list[str]()
        for stage in STAGES:
            killed(lambda say: restore(ours, home, say=say), at=stage)
            with pytest.raises(HomeUnusable, match="cut short"):
                Home.find(environ={"WENLOCK_HOME": str(home.root)})
        try:
            restore(ours, home, say=said.append)
        except RestoreRefused as refused:
            raise AssertionError("\n".join(said)) from refused  # what an operator would have read
        yield Drill(ours, made, documents, rows, answers, home, said)


def restore(ours: Council, home: Home, *, say: Any) -> None:
    restored(ours.folder, home=home, recovery=ours.recovery, say=say)


def proved(ours: Council) -> dict[str, str]:
    """The answer for each statement, in the copy of the database."""
    version = Version.objects.latest("number")
    said = [(row.code, row.says) for row in queries.statements(version)]
    with ours.trail.connected("wenlock_prover", autocommit=False) as prover:
        found = prove(prover, statements=said, key=settings.CONTEXT_KEY)
    return {code: row["status"] for code, row in found.items()}


@pytest.fixture(scope="module")
def second(drill: Drill) -> Iterator[Server]:
    with Server(drill.home).running() as server:
        yield server


def test_every_row_is_as_it_was(drill: Drill, second: Server) -> None:
    with psycopg.connect(second.dsn(dbname="wenlock")) as superuser:
        found = tables(superuser)
    assert found == drill.rows
    assert len([said for said in found.values() if not said.startswith("0 ")]) > 30


def test_every_document_is_as_it_was(drill: Drill, second: Server) -> None:
    with psycopg.connect(second.dsn(dbname="wenlock")) as superuser:
        rows = superuser.execute("SELECT id, size, sha256 FROM case_documentversion").fetchall()
    assert {row[0] for row in rows} == drill.documents.keys()
    for version, size, sha256 in rows:
        with store.opened(version=version, size=size, digest=sha256, home=drill.home) as clear:
            assert clear.read() == drill.documents[version]


def test_the_trail_is_as_it_was_and_goes_on_in_a_new_epoch_that_names_the_backup(
    drill: Drill, second: Server
) -> None:
    with psycopg.connect(second.dsn(dbname="wenlock")) as superuser:
        last = value(superuser, "SELECT max(id) FROM security_auditevent WHERE epoch = 1")
        restored_events = events(superuser, until=last)
        reason = value(superuser, "SELECT detail ->> 'reason' FROM security_auditevent WHERE epoch = 2")
        seals = trail.seals(superuser)
    with drill.council.trail.connected("postgres") as superuser:
        assert events(superuser, until=last) == restored_events
    assert drill.made.manifest.name in reason and drill.made.manifest.digest in reason
    assert seal_copies.read(drill.home.seals / seal_copies.FILE).seals == tuple(seals)
    assert [seal.epoch for seal in seals][-1] == 2


def test_the_trail_verifies_and_the_proof_answers_as_before(drill: Drill) -> None:
    assert "  Everything agrees." in drill.said
    report = read_latest(drill.home)
    assert report is not None
    found = {code: row["status"] for code, row in report["statements"].items()}
    assert len(found) == 96 and found == drill.answers
    assert "green" in found.values()


def test_it_says_what_is_lost_and_how_long_it_took(drill: Drill) -> None:
    moment = f"{drill.made.manifest.begun:%d/%m/%Y %H:%M:%S}"
    assert drill.said[-2].startswith(
        f"Restored to {moment} UTC. What was recorded since then is not here: 0:0"
    )
    assert drill.said[-1].startswith("Restoring took 0:0")


def test_passwords_are_new_and_row_security_holds_from_the_first(drill: Drill, second: Server) -> None:
    for role in ("wenlock_app", "wenlock_owner", "wenlock_prover"):
        secret = password(role, home=drill.home)
        assert secret != password(role, home=drill.council.trail.server.home)
        with psycopg.connect(second.dsn(user=role, dbname="wenlock", password=secret)) as connection:
            bypasses = value(
                connection, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            assert not bypasses
            if role == "wenlock_app":
                assert value(connection, "SELECT count(*) FROM people_person") == 0


def test_nobody_is_signed_in_after_a_restore(drill: Drill, second: Server) -> None:
    with psycopg.connect(second.dsn(dbname="wenlock")) as superuser:
        assert value(superuser, "SELECT count(*) FROM django_session") == 0


def test_nothing_is_restored_over_what_was_restored(drill: Drill, second: Server) -> None:
    with pytest.raises(RestoreRefused, match="not empty"):
        restore(drill.council, drill.home, say=lambda line: None)
    assert Home.find(environ={"WENLOCK_HOME": str(drill.home.root)}).root == drill.home.root


def test_a_database_is_filled_wholly_or_not_at_all(drill: Drill, second: Server) -> None:
    """The stream ends half-way, as it does when the restore is killed."""
    with psycopg.connect(second.dsn(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE half")
    with pytest.raises(RestoreRefused, match="is empty"):
        database.load(half_of(drill), superuser=second.dsn(dbname="half"), binaries=second.binaries)
    with psycopg.connect(second.dsn(dbname="half")) as superuser:
        assert value(superuser, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


def half_of(drill: Drill) -> io.BytesIO:
    """The first half of what is read of the council's database."""
    source, whole = drill.council.source, io.BytesIO()
    with drill.council.trail.connected("postgres") as superuser, superuser.transaction():
        snapshot = value(superuser, "SELECT pg_export_snapshot()")
        database.dump(superuser=source.superuser, snapshot=snapshot, binaries=source.binaries, target=whole)
    return io.BytesIO(whole.getvalue()[: whole.tell() // 2])
