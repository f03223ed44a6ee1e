"""N9 proved: keys, their refusers, and contacts that name the key they came by."""

import psycopg
from django.conf import settings

from wenlock.notice.proof.engine import prove


def proved(connection: psycopg.Connection) -> dict[str, object]:
    return prove(connection, statements=[("N9", "")], key=settings.CONTEXT_KEY)["N9"]


def test_other_electronic_means_are_proved(prover: psycopg.Connection) -> None:
    found = proved(prover)
    assert found["status"] == "green", found["reason"]
    assert len(found["probe"]) == 10


def test_a_contact_by_a_system_that_names_no_key_is_counted(superuser: psycopg.Connection) -> None:
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        "INSERT INTO notice_provenance SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), "
        "'channel_id', h.id))).* FROM notice_provenance p JOIN notice_channel h ON h.code = 'other-electronic' LIMIT 1"
    )
    superuser.execute(
        "INSERT INTO intake_contact (id, reference, kind, words, teller, teller_name, teller_role, teller_reach, "
        "in_confidence, giver_unknown, originator_code, tags, present, danger, urgency, agreed, complaint_about, people, "
        "provenance_id, recorded_by_id, recorded_at) "
        "SELECT gen_random_uuid(), 'AAAA-AAAA', 'concern', '', 'professional', '', '', '', false, false, '', '{}', '', "
        "'no', 'routine', 'not-asked', '', '{}', p.id, a.id, now() FROM notice_provenance p JOIN notice_channel h ON h.id = p.channel_id "
        "AND h.code = 'other-electronic', security_actor a WHERE a.kind = 'service' LIMIT 1"
    )
    superuser.execute("SET session_replication_role = origin")
    found = proved(superuser)
    assert found["status"] == "red"
    (line,) = [row for row in found["census"] if "name no key" in row["says"]]
    assert not line["ok"]
