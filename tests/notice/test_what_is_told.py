"""N84 and what else the pages of telling us promise: that each is proved, and that the proof sees it broken."""

import psycopg
import pytest
from django.conf import settings

from wenlock.notice.proof.engine import prove
from wenlock.portal import cookies
from wenlock.portal.proofs import cookies as proofs
from wenlock.portal.views import plain


def proved(connection: psycopg.Connection, code: str) -> dict:
    return prove(connection, statements=[(code, "")], key=settings.CONTEXT_KEY)[code]


@pytest.mark.parametrize("code", ["N84", "N86", "N87", "N88"])
def test_the_statement_is_carried(code: str, prover: psycopg.Connection) -> None:
    found = proved(prover, code)
    assert found["status"] == "green", found["reason"]


def test_a_change_finished_and_not_reported_back_turns_it_red(superuser: psycopg.Connection) -> None:
    superuser.execute(
        "SET LOCAL session_replication_role = replica"
    )  # no trigger, key or policy refuses what follows
    superuser.execute(
        "INSERT INTO intake_contact (id, reference, kind, words, teller, teller_name, teller_role, teller_reach, "
        "in_confidence, giver_unknown, originator_code, tags, present, danger, urgency, agreed, complaint_about, people, "
        "decided_at, provenance_id, recorded_by_id, recorded_at) SELECT gen_random_uuid(), 'DRLL-DRLL', 'change', '', "
        "'family', '', '', '', false, false, '', '{}', '', 'no', 'routine', 'not-asked', '', '{}', now(), gen_random_uuid(), gen_random_uuid(), now()"
    )
    superuser.execute(
        "INSERT INTO intake_change (id, contact_id, fact, outcome, says, reason, decided_by_id, decided_at) "
        "SELECT gen_random_uuid(), id, '', 'declined', '', 'x', gen_random_uuid(), now() FROM intake_contact "
        "WHERE reference = 'DRLL-DRLL'"
    )
    superuser.execute("SET LOCAL session_replication_role = origin")
    found = proved(superuser, "N84")
    assert found["status"] == "red"
    assert [row["exceptions"] for row in found["census"]] == [0, 1]


def test_the_age_of_consent_is_that_of_the_notice_in_force_and_the_highest_where_there_is_none(
    superuser: psycopg.Connection,
) -> None:
    def age() -> int:
        superuser.execute("SET LOCAL ROLE wenlock_guard")
        (found,) = superuser.execute("SELECT guard.online_consent_age_v1()").fetchone()
        superuser.execute("RESET ROLE")
        return found

    assert age() == 13
    superuser.execute("SET LOCAL session_replication_role = replica")
    superuser.execute("UPDATE notice_onlineconsentage SET age = 15")
    assert age() == 15
    superuser.execute("UPDATE notice_onlineconsentage SET since = guard.today() + 1")
    assert age() == 16


@pytest.mark.parametrize("code", ["N89", "N90", "N92", "N93", "N95", "N96"])
def test_the_statement_waits_for_a_person_alone(code: str, prover: psycopg.Connection) -> None:
    found = proved(prover, code)
    assert found["status"] == "amber", found["reason"]


@pytest.mark.parametrize("code", ["N91", "N94"])
def test_a_contact_past_the_day_it_must_be_looked_at_is_red(code: str, prover: psycopg.Connection) -> None:
    found = proved(prover, code)
    assert found["status"] == "red"
    assert found["census"][0]["ok"] is False
    assert all(row["ok"] for row in (*found["census"][1:], *found["probe"], *found["structure"]))


@pytest.mark.parametrize("code", ["N87", "N88"])
def test_a_register_nobody_keeps_to_turns_it_red(
    code: str, prover: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cookies.RegisteredCookiesOnly, "__call__", lambda self, request: self.handle(request))
    assert proved(prover, code)["status"] == "red"


@pytest.mark.parametrize("order", ["last", "gone"])
def test_a_register_kept_to_too_early_turns_it_red(
    order: str, prover: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [each for each in settings.MIDDLEWARE if each != proofs.ENFORCER]
    monkeypatch.setattr(settings, "MIDDLEWARE", others + ([proofs.ENFORCER] if order == "last" else []))
    assert proved(prover, "N87")["status"] == "red"


def test_a_page_unlike_the_register_turns_it_red(
    prover: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        plain, "_cookie_row", lambda *args: ["session", "To follow you", "For ever", "", "", ""]
    )
    assert proved(prover, "N89")["status"] == "red"


def test_a_complaint_of_information_left_for_a_month_turns_it_red(superuser: psycopg.Connection) -> None:
    superuser.execute("SET LOCAL session_replication_role = replica")
    superuser.execute(
        "INSERT INTO intake_contact (id, reference, kind, words, teller, teller_name, teller_role, teller_reach, "
        "in_confidence, giver_unknown, originator_code, tags, present, danger, urgency, agreed, complaint_about, people, "
        "provenance_id, recorded_by_id, recorded_at) SELECT gen_random_uuid(), 'DRLL-DRLL', 'complaint', '', 'family', "
        "'', '', '', false, false, '', '{}', '', 'no', 'routine', 'not-asked', 'unsure', '{}', gen_random_uuid(), gen_random_uuid(), now() - interval '31 days'"
    )
    superuser.execute("SET LOCAL session_replication_role = origin")
    assert proved(superuser, "N92")["status"] == "red"


def test_whoever_refuses_a_child_help_turns_it_red(superuser: psycopg.Connection) -> None:
    superuser.execute(
        "ALTER TABLE intake_mention ADD CONSTRAINT old_enough CHECK (age_said <> '11') NOT VALID"
    )
    found = proved(superuser, "N86")
    assert found["status"] == "red"
    assert "refuse a child of eleven who asks for help" in found["reason"]
