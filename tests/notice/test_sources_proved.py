"""Where information comes from, proved: which statements are carried whole, and which say what is still to come."""

from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from wenlock.intake.proofs.attempts import contact
from wenlock.notice.proof.engine import prove
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proofs.information import begun_child

GREEN = ("N7", "N10", "N14", "N15", "N16", "N17", "N18", "N20", "N21", "N23", "N24")
AMBER = {"N19": "sharing", "N22": "rights", "N25": "sharing", "N26": "partner", "N27": "still to be shown"}


def proved(prover: psycopg.Connection, code: str) -> dict:
    return prove(prover, statements=[(code, "")], key=settings.CONTEXT_KEY)[code]


@pytest.mark.parametrize("code", GREEN)
def test_a_source_or_way_in_is_carried_whole(code: str, prover: psycopg.Connection) -> None:
    found = proved(prover, code)
    assert found["status"] == "green", found["reason"]


@pytest.mark.parametrize("code", AMBER)
def test_what_is_still_to_come_is_said(code: str, prover: psycopg.Connection) -> None:
    found = proved(prover, code)
    assert (found["status"], AMBER[code] in found["reason"]) == ("amber", True), found["reason"]


@pytest.mark.parametrize("came, status", [("2026-01-05", "red"), ("now", "green")])
def test_somebody_not_told_within_a_month_turns_the_statement_red(
    came: str, status: str, superuser: psycopg.Connection
) -> None:
    with superuser.transaction(force_rollback=True):
        stage = Stage(superuser, key=settings.CONTEXT_KEY)
        actor, _, child = begun_child(stage)
        taken = contact(stage, actor, {"source": "family", "received_at": came})
        named = {
            "id": uuid4(),
            "contact_id": taken,
            "position": 0,
            "mentioned_as": "child",
            "given": "Attempt",
        }
        empty = dict.fromkeys(("family", "age_said", "relationship", "where"), "")
        stage.insert("intake_mention", {(f'"{name}"'): value for name, value in (named | empty).items()})
        stage.run("RESET ROLE")
        stage.run(
            "UPDATE intake_mention SET person_id = %s, matched_by_id = %s, matched_at = now() WHERE contact_id = %s",
            [child, actor, taken],
        )
        found = proved(superuser, "N14")
    assert found["status"] == status, found["reason"]
    assert ("1 not told in time" in str(found["census"])) == (status == "red")


@pytest.mark.parametrize(
    "code, table, trigger",
    [
        ("N20", "intake_contact", "intake_contact_names_its_body"),
        ("N17", "intake_contact", "intake_contact_carries_its_tags"),
        ("N17", "intake_contact", "intake_contact_never_changed"),
        ("N23", "intake_contact", "intake_contact_fits_its_purpose"),
        ("N10", "intake_contact", "intake_contact_says_who_met"),
        ("N21", "intake_giver", "intake_giver_fits_the_source"),
        ("N26", "intake_ownwords", "intake_ownwords_under_an_agreement"),
        ("N26", "intake_ownwords", "intake_ownwords_never_changed"),
        ("N14", "intake_informed", "intake_informed_is_about_them"),
    ],
)
def test_a_refuser_that_is_switched_off_turns_its_statement_red(
    code: str, table: str, trigger: str, superuser: psycopg.Connection
) -> None:
    with superuser.transaction(force_rollback=True):
        superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        assert proved(superuser, code)["status"] == "red"
    assert proved(superuser, code)["status"] != "red"
