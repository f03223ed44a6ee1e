"""N84 and what else the pages of telling us promise: that each is proved, and that the proof sees it broken."""

import psycopg
import pytest
from django.conf import settings

from wenlock.notice.proof.engine import prove


def proved(connection: psycopg.Connection, code: str) -> dict:
    return prove(connection, statements=[(code, "")], key=settings.CONTEXT_KEY)[code]


@pytest.mark.parametrize("code", ["N84", "N86"])
def test_the_statement_is_carried(code: str, prover: psycopg.Connection) -> None:
    found = proved(prover, code)
    assert found["status"] == "green", found["reason"]


def test_a_change_finished_and_not_reported_back_turns_it_red(superuser: psycopg.Connection) -> None:
    superuser.execute(
        "SET LOCAL session_replication_role = replica"
    )  # no trigger, key or policy refuses what follows
    superuser.execute(
        "INSERT INTO intake_contact (id, reference, kind, words, teller, teller_name, teller_role, teller_reach, "
        "in_confidence, danger, urgency, agreed, complaint_about, people, decided_at, provenance_id, recorded_by_id, "
        "recorded_at) SELECT gen_random_uuid(), 'DRLL-DRLL', 'change', '', 'family', '', '', '', false, 'no', 'routine', "
        "'not-asked', '', '{}', now(), gen_random_uuid(), gen_random_uuid(), now()"
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
