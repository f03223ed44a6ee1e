"""The one door, asked in the database with the application bypassed: each refusal has its own code and
leaves no trace.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings

from tests.cast import Cast
from wenlock.base.server import Server
from wenlock.returns.cin.definition import fields
from wenlock.security.context import signed_context
from wenlock.web.database import DATABASE

RETURNS = "statutory-returns"
GOOD: dict[str, Any] = {
    "rule": "dfe-cin",
    "definition": "cin",
    "reference": "CIN 2026/001",
    "fields": ["Child/ChildIdentifiers/LAchildID", "Child/CINdetails/CINreferralDate"],
    "children": 3,
    "sha256": "0" * 64,
    "file_name": "cin.xml",
}
LEDGER = "SELECT (SELECT count(*) FROM sharing_disclosure) + (SELECT count(*) FROM sharing_outgoing)"


class Door:
    """A superuser's connection that takes the runtime role to ask the door, and is undone at the end."""

    def __init__(self, inside: psycopg.Connection[Any]) -> None:
        self.inside = inside

    def act(self, actor: UUID | None, purpose: str = RETURNS) -> None:
        """Who asks, and for what; None for nobody."""
        token = ""
        if actor:
            expires = int(time.time()) + 60
            key = settings.CONTEXT_KEY
            token = signed_context(
                actor=actor, purpose=purpose, request_id=uuid4(), expires_at=expires, key=key
            )
        self.inside.execute("SELECT set_config('wenlock.context', %s, true)", [token])

    def ask(self, **changes: Any) -> UUID:
        """Ask the door as the runtime role; the ledger's key."""
        asked = list((GOOD | changes).values())
        self.inside.execute("SET LOCAL ROLE wenlock_app")
        found = self.inside.execute(
            "SELECT door.disclose_return_v1(%s, %s, %s, %s, %s, %s, %s)", asked
        ).fetchone()
        self.inside.execute("RESET ROLE")
        assert found
        return UUID(str(found[0]))

    def refuses(self, **changes: Any) -> str:
        """The code with which the door refuses; nothing is written."""
        before = self.inside.execute(LEDGER).fetchone()
        with pytest.raises(psycopg.Error) as refused, self.inside.transaction():
            self.ask(**changes)
        assert self.inside.execute(LEDGER).fetchone() == before
        return str(refused.value.diag.constraint_name)

    def alter(self, table: str, change: str) -> None:
        """Change policy as nobody can but a superuser: what a later day would make of it."""
        self.inside.execute("SET LOCAL session_replication_role = replica")
        self.inside.execute(f"UPDATE {table} SET {change}")
        self.inside.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture
def door(server: Server, the: Cast) -> Iterator[Door]:
    """The door, with the data officer asking for statutory returns."""
    with psycopg.connect(server.dsn(dbname=DATABASE)) as inside:
        opened = Door(inside)
        opened.act(the.femi.pk)
        yield opened
        inside.rollback()


@contextmanager
def asked_by(door: Door, actor: UUID | None, purpose: str = RETURNS) -> Iterator[None]:
    """Somebody else asks."""
    door.act(actor, purpose)
    yield


def test_what_is_lawful_is_entered_with_all_that_makes_it_so(door: Door, the: Cast) -> None:
    entry = door.ask()
    row = door.inside.execute(
        "SELECT r.code, p.code, g.instrument || ' ' || g.provision, d.fields, d.people, d.content_sha256, "
        "d.approved_by_id, o.file_name, o.left_at "
        "FROM sharing_disclosure d JOIN notice_recipient r ON r.id = d.recipient_id "
        "JOIN notice_purpose p ON p.id = d.purpose_id JOIN notice_ground g ON g.id = d.ground_id "
        "JOIN sharing_outgoing o ON o.disclosure_id = d.id WHERE d.id = %s",
        [entry],
    ).fetchone()
    assert row is not None
    assert row[:2] == ("dfe", RETURNS)
    assert "83" in row[2]
    assert row[3:] == (GOOD["fields"], 3, GOOD["sha256"], the.femi.pk, "cin.xml", None)


def test_every_field_of_the_definition_may_leave(door: Door) -> None:
    assert door.ask(fields=sorted(fields()))


def test_without_a_rule_nothing_leaves(door: Door) -> None:
    assert door.refuses(rule="a-newspaper") == "disclosure_has_a_rule"
    assert door.refuses(rule="") == "disclosure_has_a_rule"


def test_after_the_law_it_rests_on_has_lapsed_nothing_leaves(door: Door) -> None:
    door.alter("notice_ground", "in_force_until = guard.today()")
    assert door.refuses() == "disclosure_ground_in_force"


def test_law_that_has_never_begun_is_no_ground(door: Door) -> None:
    door.alter("notice_ground", "in_force_from = NULL")
    assert door.refuses() == "disclosure_ground_in_force"


def test_a_rule_out_of_date_lets_nothing_leave(door: Door) -> None:
    door.alter("notice_sharingrule", "in_force_until = guard.today()")
    assert door.refuses() == "disclosure_rule_in_force"


def test_a_rule_not_yet_in_force_lets_nothing_leave(door: Door) -> None:
    door.alter("notice_sharingrule", "in_force_from = guard.today() + 1")
    assert door.refuses() == "disclosure_rule_in_force"


@pytest.mark.parametrize("extra", ["Child/ChildIdentifiers/Surname", "child/childidentifiers/lachildid", ""])
def test_a_field_that_is_no_part_of_the_return_does_not_leave(door: Door, extra: str) -> None:
    assert door.refuses(fields=[*GOOD["fields"], extra]) == "disclosure_within_its_fields"


def test_a_field_of_a_category_the_rule_does_not_have_does_not_leave(door: Door) -> None:
    door.alter("notice_sharingrule", "categories = '{identifiers}'")
    assert door.refuses() == "disclosure_within_its_fields"


def test_another_return_does_not_leave_by_this_rule(door: Door) -> None:
    assert door.refuses(definition="ssda903") == "disclosure_of_its_definition"


def test_a_return_without_fields_is_none(door: Door) -> None:
    assert door.refuses(fields=[]) == "sharing_disclosure_names_its_fields"


def test_a_purpose_that_is_not_open_lets_nothing_leave(door: Door, the: Cast) -> None:
    with asked_by(door, the.femi.pk, "children-in-need"):
        assert door.refuses() == "disclosure_for_its_purpose"


@pytest.mark.parametrize("worker", ["amara", "carys", "gwen", "harriet", "noel"])
def test_somebody_whose_role_approves_nothing_releases_nothing(door: Door, the: Cast, worker: str) -> None:
    with asked_by(door, getattr(the, worker).pk):
        assert door.refuses() == "disclosure_by_an_approver"


def test_nobody_named_releases_nothing(door: Door) -> None:
    with asked_by(door, None):
        assert door.refuses() == "disclosure_names_its_approver"


def test_a_service_account_approves_nothing_even_with_the_role(door: Door, the: Cast) -> None:
    door.alter("security_actor", f"kind = 'service', password = '!' WHERE id = '{the.femi.pk}'")
    assert door.refuses() == "decision_is_a_persons"


def test_the_ledger_and_the_outbox_have_no_other_way_in(door: Door) -> None:
    for table in ("sharing_disclosure", "sharing_outgoing", "sharing_definition"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), door.inside.transaction():
            door.inside.execute("SET LOCAL ROLE wenlock_app")
            door.inside.execute(f"INSERT INTO {table} SELECT * FROM {table}")


def test_what_was_entered_is_never_changed(door: Door) -> None:
    entry = door.ask()
    with pytest.raises(psycopg.Error) as refused, door.inside.transaction():
        door.inside.execute("UPDATE sharing_disclosure SET people = 4 WHERE id = %s", [entry])
    assert refused.value.diag.constraint_name == "sharing_disclosure_never_changed"
