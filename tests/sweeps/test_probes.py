"""Asking for what may not be known: a refusal is the same whether the thing is hidden or was never there."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast, recall
from tests.integration.audit_examples import act
from tests.sweeps import catalogue
from tests.sweeps.catalogue import Connection, tables
from wenlock.base.server import Server
from wenlock.notice.provenance import obtained
from wenlock.people.actions import record
from wenlock.practice.child_in_need.models import Episode, Plan
from wenlock.security.context import acting
from wenlock.security.models import Actor
from wenlock.web.database import DATABASE, password

REFUSED = "42501"
SOMEBODY_WHO_HAS = ("amara", "carys", "dilys", "esme", "femi", "noel")

# Rows that everybody who may insert what hangs on them may see.
TOLD_TO_ALL = {
    "notice_provenance": "seen by everybody at work",
    "returns_importbatch": "seen by everybody who brings files in",
    "security_restriction": "seen by everybody who may restrict",
}


@pytest.fixture
def app(server: Server, django_db_setup: None) -> Iterator[Connection]:
    """A connection of the runtime role; nothing of it is kept."""
    dsn = server.dsn(user="wenlock_app", dbname=DATABASE, password=password("wenlock_app", home=server.home))
    with psycopg.connect(dsn) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def superuser(server: Server, django_db_setup: None) -> Iterator[Connection]:
    with psycopg.connect(server.dsn(dbname=DATABASE)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def cast(django_db_setup: None) -> Cast:
    return recall()


def answer(app: Connection, table: str, **values: UUID) -> tuple[str, str]:
    """The state and sentence the database answers an insert with, ids blotted out; ("", "") if taken."""
    columns, marks = ", ".join(values), ", ".join(f"%({name})s" for name in values)
    try:
        with app.transaction(force_rollback=True):
            app.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
            app.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error as error:
        # The row itself is shown back to whoever sent it: it is theirs.
        sentence = str(error.diag.message_primary)
        for value in values.values():
            sentence = sentence.replace(str(value), "ID")
        return str(error.sqlstate), sentence
    return "", ""


def about_somebody(superuser: Connection) -> set[str]:
    """The tables whose rows say whom they are about, by `person_id`."""
    return {table for table, column in catalogue.person_columns(superuser) if column == "person_id"}


def insertable(app: Connection) -> set[str]:
    return set(
        catalogue.flat(
            app,
            "SELECT relname::text FROM pg_class WHERE relname = ANY (%s) AND has_table_privilege(oid, "
            "'INSERT')",
            tables(),
        )
    )


def test_every_policy_can_be_asked(app: Connection, cast: Cast) -> None:
    """Policies that ask each other without end are found when a statement is planned, not when made."""
    act(app, by=cast.amara.pk)
    for table in tables():
        for privilege, statement in (
            ("SELECT", f"SELECT count(*) FROM {table}"),
            ("INSERT", f"INSERT INTO {table} (id) VALUES (gen_random_uuid())"),
        ):
            if app.execute("SELECT has_table_privilege(%s, %s)", [table, privilege]).fetchone() == (True,):
                app.execute(f"EXPLAIN {statement}")
    changeable = catalogue.rows(
        app,
        "SELECT table_name::text, min(column_name)::text FROM information_schema.column_privileges "
        "WHERE grantee = current_user AND privilege_type = 'UPDATE' AND table_name = ANY (%s) GROUP BY 1",
        tables(),
    )
    assert len(changeable) > 20
    for table, column in changeable:
        app.execute(f"EXPLAIN UPDATE {table} SET {column} = {column}")


def test_policies_that_ask_each_other_are_caught(superuser: Connection) -> None:
    superuser.execute(
        "CREATE POLICY case_notesubject_of_a_note_seen ON case_notesubject FOR INSERT TO wenlock_app "
        "WITH CHECK (EXISTS (SELECT 1 FROM case_note n WHERE n.id = note_id))"
    )
    superuser.execute("SET LOCAL ROLE wenlock_app")
    with pytest.raises(psycopg.errors.InvalidObjectDefinition, match="infinite recursion"):
        superuser.execute("EXPLAIN INSERT INTO case_notesubject (id) VALUES (gen_random_uuid())")


@pytest.mark.parametrize("who", SOMEBODY_WHO_HAS)
def test_a_hidden_person_and_nobody_are_refused_alike_in_every_table(
    app: Connection, superuser: Connection, cast: Cast, who: str
) -> None:
    hidden = {
        "amara": cast.people.tom,
        "carys": cast.people.tom,
        "dilys": cast.people.rhea,
        "femi": cast.people.rhea,
    }
    person = hidden.get(who, cast.people.rhea).pk
    act(app, by=getattr(cast, who).pk)
    assert app.execute("SELECT count(*) FROM people_person WHERE id = %s", [person]).fetchone() == (0,)
    asked, with_a_person = 0, about_somebody(superuser)
    for table, column in catalogue.person_columns(superuser):
        if table not in insertable(app):
            continue
        besides = column != "person_id" and table in with_a_person
        values = {"id": uuid4()} | ({"person_id": cast.people.mia.pk} if besides else {})
        told = answer(app, table, **values, **{column: person})
        assert told == answer(app, table, **values, **{column: uuid4()}), f"{table}.{column}"
        # Told by privilege, policy or an empty column, before any foreign key is asked.
        assert told[0] in (REFUSED, psycopg.errors.NotNullViolation.sqlstate), f"{table}.{column}: {told}"
        asked += 1
    assert asked > 20


def test_where_a_foreign_key_leads_to_a_person_the_policy_answers_first(
    app: Connection, superuser: Connection, cast: Cast
) -> None:
    """A refusal for an empty column alone would leave the key to answer once every column is filled."""
    keys = catalogue.rows(
        superuser,
        "SELECT f.conrelid::regclass::text, a.attname::text FROM pg_constraint f "
        "JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] "
        "WHERE f.contype = 'f' AND f.confrelid = 'people_person'::regclass",
    )
    act(app, by=cast.amara.pk)
    assert len(keys) > 20
    own = {model._meta.db_table: model._meta.pk.column for model in catalogue.ours()}
    with_a_person = about_somebody(superuser)
    for table, column in keys:
        besides = column != "person_id" and table in with_a_person
        values = {own[table]: uuid4()} | ({"person_id": cast.people.mia.pk} if besides else {})
        assert answer(app, table, **values, **{column: cast.people.tom.pk})[0] == REFUSED, f"{table}.{column}"


def test_a_conflict_of_interest_is_refused_like_anybody_hidden(
    app: Connection, superuser: Connection, cast: Cast
) -> None:
    act(app, by=cast.esme.pk)
    for table, column in catalogue.person_columns(superuser):
        if table in insertable(app) and column == "person_id":
            told = answer(app, table, id=uuid4(), person_id=cast.people.jay.pk)
            assert told == answer(app, table, id=uuid4(), person_id=uuid4()), table


def test_a_row_may_not_hang_on_one_that_cannot_be_seen(
    app: Connection, superuser: Connection, cast: Cast
) -> None:
    """A note, a document, an episode: what row security keeps is not found by a foreign key either."""
    act(app, by=cast.amara.pk)
    keys = catalogue.rows(
        superuser,
        "SELECT f.conrelid::regclass::text, a.attname::text FROM pg_constraint f "
        "JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] "
        "JOIN pg_class t ON t.oid = f.confrelid WHERE f.contype = 'f' AND t.relrowsecurity "
        "AND t.relname <> 'people_person' AND t.relname <> ALL (%s)",
        sorted(TOLD_TO_ALL),
    )
    about_a_person = {table for table, _ in catalogue.person_columns(superuser)}
    hanging = [key for key in keys if key[0] in insertable(app) and key not in same_person(superuser)]
    assert len(hanging) >= 6
    for table, column in hanging:
        person = {"person_id": cast.people.mia.pk} if table in about_a_person else {}
        assert answer(app, table, id=uuid4(), **person, **{column: uuid4()})[0] == REFUSED, (
            f"{table}.{column}"
        )


def same_person(connection: Connection) -> list[tuple[str, str]]:
    """The (table, column) kept to the same person by a trigger; that is asked when the whole row is there."""
    return catalogue.rows(
        connection,
        r"SELECT tgrelid::regclass::text, split_part(encode(tgargs, 'escape'), '\000', 1) FROM pg_trigger "
        "WHERE tgfoid = 'guard.same_person_v1'::regproc",
    )


def test_a_fact_on_a_hidden_episode_and_on_none_are_refused_alike(the: Cast) -> None:
    at = timezone.now()
    with acting(actor=the.bashir.pk, purpose=PURPOSE):
        toms = record(
            Episode,
            person=the.people.tom,
            referred_on=at.date(),
            referral_source="1A",
            **told_by(the.bashir, at),
        )
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        answers = set()
        for episode in (toms.pk, uuid4()):
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                record(
                    Plan,
                    person=the.people.mia,
                    episode_id=episode,
                    began_on=at.date(),
                    **told_by(the.amara, at),
                )
            answers.add(refused.value.__cause__.diag.message_primary)
    assert answers == {"A fact and what it belongs to are about the same person."}


def told_by(by: Actor, at: datetime) -> dict[str, object]:
    provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=by, at=at)
    return {"by": by, "at": at, "provenance": provenance}
