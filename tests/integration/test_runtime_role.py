"""What can be done with the runtime role's own password and nothing between: the database alone refuses."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from tests.cast import PURPOSE, Cast, recall
from tests.integration.audit_examples import act, value
from tests.sweeps.catalogue import ours
from wenlock.base.server import Server
from wenlock.notice.provenance import obtained
from wenlock.people.models import Name, Person
from wenlock.practice.case import actions as case
from wenlock.practice.case.models import Note, NoteSubject
from wenlock.security.context import acting
from wenlock.web.database import DATABASE, password

Connection = psycopg.Connection[Any]
Unlock = pytest.FixtureRequest


@pytest.fixture
def app(server: Server, django_db_setup: None) -> Iterator[Connection]:
    """A connection of the runtime role, with no Django round it; nothing of it is kept."""
    dsn = server.dsn(user="wenlock_app", dbname=DATABASE, password=password("wenlock_app", home=server.home))
    with psycopg.connect(dsn) as made:
        yield made
        made.rollback()


@pytest.fixture
def superuser(server: Server, django_db_setup: None) -> Iterator[Connection]:
    """A superuser's transaction, thrown away."""
    with psycopg.connect(server.dsn(dbname=DATABASE)) as made:
        yield made
        made.rollback()


FORBIDDEN = (
    # Row security and triggers stay as they are.
    "DROP POLICY people_person_seen_by_relationship ON people_person",
    "ALTER POLICY people_person_seen_by_relationship ON people_person USING (true)",
    "CREATE POLICY all_mine ON people_person USING (true)",
    "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE people_person DISABLE TRIGGER ALL",
    "DROP TRIGGER case_note_final_is_final ON case_note",
    "SET session_replication_role = replica",
    # Nobody else may be become.
    "SET ROLE wenlock_owner",
    "SET ROLE wenlock_guard",
    "SET ROLE wenlock_door",
    "SET ROLE wenlock_returns",
    "SET SESSION AUTHORIZATION postgres",
    "ALTER ROLE wenlock_app BYPASSRLS",
    "GRANT wenlock_guard TO wenlock_app",
    "SELECT rolpassword FROM pg_authid",
    # Nothing is made, emptied or dropped.
    "CREATE TABLE public.mine (id int)",
    "CREATE TABLE guard.mine (id int)",
    "CREATE TEMP TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE VIEW public.mine AS SELECT * FROM people_person",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION guard.actor() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'",
    "ALTER FUNCTION guard.people(text) SECURITY INVOKER",
    "TRUNCATE people_person CASCADE",
    "DROP TABLE people_person",
    # Nothing leaves by the server's own hand.
    "COPY people_person TO PROGRAM 'cat'",
    "COPY people_person TO '/tmp/people'",
    "COPY people_name FROM PROGRAM 'id'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    # The key, the trail, the grants and the ledger are written by their own functions.
    "SELECT * FROM guard.context_key",
    "UPDATE guard.context_key SET key = '0'",
    "UPDATE guard.epoch SET number = 2",
    "INSERT INTO security_auditevent (at, xid, epoch, kind, detail) VALUES (now(), 1, 1, 'read', '{}')",
    "UPDATE security_auditevent SET kind = 'x'",
    "DELETE FROM security_auditevent",
    "TRUNCATE security_auditevent",
    "INSERT INTO security_seal SELECT * FROM security_seal",
    "UPDATE security_seal SET rows = 0",
    "INSERT INTO security_grant SELECT * FROM security_grant",
    "UPDATE security_grant SET level = 3",
    "INSERT INTO sharing_disclosure SELECT * FROM sharing_disclosure",
    "INSERT INTO sharing_outgoing SELECT * FROM sharing_outgoing",
    "INSERT INTO notice_purpose SELECT * FROM notice_purpose",
    "UPDATE notice_version SET in_force_until = '2000-01-01'",
    "UPDATE council_role SET capabilities = '{restrict}'",
    "INSERT INTO people_correction SELECT * FROM people_correction",
)


@pytest.mark.parametrize("attempt", FORBIDDEN)
def test_the_runtime_role_is_refused(app: Connection, attempt: str) -> None:
    act(app, by=recall().esme.pk)  # the widest reach there is
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(attempt)


def test_row_security_switched_off_gives_an_error_and_no_rows(app: Connection) -> None:
    act(app, by=recall().esme.pk)
    assert value(app, "SELECT count(*) FROM people_person") > 0
    app.execute("SET LOCAL row_security = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        app.execute("SELECT count(*) FROM people_person")


def test_the_statistics_of_a_table_tell_nothing_of_its_rows(app: Connection, superuser: Connection) -> None:
    superuser.execute("ANALYZE people_name")
    superuser.commit()
    seen = "SELECT count(*) FROM pg_stats WHERE schemaname = 'public' AND tablename = 'people_name'"
    assert value(superuser, seen) > 0
    assert value(app, seen) == 0


def borrowed() -> tuple[int, str, int]:
    """The server process Django was lent, the context it finds there, and the people it sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), coalesce(current_setting('wenlock.context', true), '')")
        process, context = cursor.fetchone()
    return process, context, Person.objects.count()


def test_a_pooled_connection_keeps_nothing_of_who_used_it_last(
    django_db_setup: None, django_db_blocker: Unlock
) -> None:
    amara = recall().amara.pk
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        process = borrowed()[0]
        with acting(actor=amara, purpose=PURPOSE):
            assert Person.objects.count() > 0
        connection.close()
        assert borrowed() == (process, "", 0)
        with pytest.raises(ZeroDivisionError), acting(actor=amara, purpose=PURPOSE):
            assert Person.objects.count() > 0
            raise ZeroDivisionError
        connection.close()
        assert borrowed() == (process, "", 0)
        connection.close()


@pytest.mark.parametrize("model", [Person, Name, Note, NoteSubject])
def test_deleting_is_refused_to_the_orm_in_every_way_it_has(the: Cast, model: Any) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        for delete in (
            lambda: model.objects.all()._raw_delete(using="default"),
            lambda: model(pk=uuid4()).delete(),
        ):
            with pytest.raises((ProgrammingError, ProtectedError)) as refused, transaction.atomic():
                delete()
            assert refused.type is ProtectedError or "permission denied" in str(refused.value)


def test_a_childs_names_are_not_deleted_in_bulk(the: Cast) -> None:
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        names = Name.objects.filter(person=the.people.mia)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            names.delete()
        assert names.exists()


def test_no_row_of_any_table_of_ours_can_be_deleted_or_emptied(app: Connection) -> None:
    act(app, by=recall().harriet.pk, purpose="security")
    for model in ours():
        for attempt in (f"DELETE FROM {model._meta.db_table}", f"TRUNCATE {model._meta.db_table} CASCADE"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.transaction():
                app.execute(attempt)


def test_a_final_note_stays_as_it_was_signed(the: Cast) -> None:
    at = timezone.now()
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.amara, at=at)
        note = case.write_note(
            about=[case.About(the.people.mia.pk)],
            kind="telephone",
            title="Telephone call",
            text="As it was said",
            happened_at=at,
            provenance=provenance.pk,
            by=the.amara.pk,
            at=at,
            final=True,
        )
        for change in (
            {"text": "As it should have been"},
            {"title": "Visit"},
            {"final_at": None},
            {"author_id": the.carys.pk},
        ):
            with pytest.raises(IntegrityError, match="kept as it was signed"), transaction.atomic():
                Note.objects.filter(pk=note.pk).update(**change)
        with pytest.raises(IntegrityError, match="kept as it was signed"), transaction.atomic():
            NoteSubject.objects.filter(note=note).update(seen=True)
        correction = case.write_note(
            about=[case.About(the.people.mia.pk)],
            kind="telephone",
            title="Telephone call",
            text="As it should have been",
            happened_at=at,
            provenance=provenance.pk,
            by=the.amara.pk,
            at=at,
            final=True,
            corrects=note,
        )
        assert Note.objects.get(pk=note.pk).text == "As it was said"
        assert Note.objects.get(corrects=note) == correction
        case.retract_note(note=note, because="Written on the wrong record", by=the.amara.pk, at=at)
        with pytest.raises(IntegrityError, match="kept as it was signed"), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(retracted_because="Another reason")


MARKETING = (
    "INSERT INTO notice_purpose SELECT (jsonb_populate_record(p, jsonb_build_object('id', "
    "gen_random_uuid(), 'code', %s::text))).* "
    "FROM notice_purpose p LIMIT 1"
)


@pytest.mark.parametrize("code", ["marketing", "direct-Marketing-of-toys"])
def test_a_purpose_of_marketing_is_refused_even_to_the_owner(superuser: Connection, code: str) -> None:
    superuser.execute("SET LOCAL ROLE wenlock_owner")
    superuser.execute(MARKETING, ["sharing-a-thing-allowed"])  # so it is the word that is refused
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        superuser.execute(MARKETING, [code])
    assert refused.value.diag.constraint_name == "notice_purpose_is_never_marketing"


SOLD = (
    "INSERT INTO sharing_disclosure (id, version_id, rule_id, recipient_id, purpose_id, ground_id, "
    "definition, reference, "
    "fields, people, content_sha256, route, sent_by_id, approved_by_id, approved_at, consideration_pence) "
    "VALUES (gen_random_uuid(), %(version)s, %(rule)s, %(recipient)s, %(purpose)s, %(ground)s, 'CIN', "
    "'2026', "
    "'{UPN}', 1, repeat('0', 64), 'file', %(by)s, %(by)s, now(), %(pence)s)"
)


@pytest.mark.parametrize("pence", [1, 100_000, -1])
def test_information_cannot_be_sold_even_by_the_door(superuser: Connection, pence: int) -> None:
    rule = superuser.execute(
        "SELECT version_id, id, recipient_id, purpose_id, ground_id FROM notice_sharingrule LIMIT 1"
    ).fetchone()
    assert rule
    values = dict(zip(("version", "rule", "recipient", "purpose", "ground"), rule, strict=True))
    values |= {"by": recall().esme.pk, "pence": pence}
    act(superuser, by=recall().esme.pk, purpose="statutory-returns")
    superuser.execute("SET LOCAL ROLE wenlock_door")
    superuser.execute(SOLD, values | {"pence": 0})  # given, it may be entered
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        superuser.execute(SOLD, values)
    assert refused.value.diag.constraint_name == "sharing_disclosure_is_never_sold"
