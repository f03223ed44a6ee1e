"""N8: green while what is received is accounted for, and red the moment an e-mail is dropped in silence."""

import psycopg
import pytest
from django.conf import settings

from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.proofs import mailbox as proofs
from wenlock.notice.proof.engine import prove

FOUND = (
    "INSERT INTO intake_email (id, mailbox, uidvalidity, uid, size, arrived_at, recorded_at, recorded_by_id, sha256, "
    "message_id, sender, sender_name, subject, headers, verified, reason) SELECT gen_random_uuid(), 'door', 1, 1, 9, "
    "now(), now() - interval '{age}', id, '', '', '', '', '', '', '', '' FROM security_actor WHERE kind = 'service' LIMIT 1"
)
PULLED = (
    "INSERT INTO intake_pull (id, mailbox, began_at, ended_at, came, received, filed, rejected, waiting, missing, fault, "
    "recorded_by_id) SELECT gen_random_uuid(), 'door', now() - interval '{age}', now() - interval '{age}', 0, {missing}, 0, 0, 0, {missing}, "
    "'{fault}', id FROM security_actor WHERE kind = 'service' LIMIT 1"
)


def n8(connection: psycopg.Connection) -> tuple[str, str]:
    found = prove(connection, statements=[("N8", "")], key=settings.CONTEXT_KEY)["N8"]
    return found["status"], found["reason"]


def written(connection: psycopg.Connection, row: str) -> None:
    """Write a row past every trigger, as no part of the system can."""
    connection.execute("SET session_replication_role = replica")
    connection.execute(row)
    connection.execute("SET session_replication_role = origin")


def test_n8_is_proved(prover: psycopg.Connection) -> None:
    assert n8(prover) == ("green", "")


def test_an_email_that_waits_is_no_fault_until_an_hour_has_gone(superuser: psycopg.Connection) -> None:
    written(superuser, FOUND.format(age="59 minutes"))
    assert n8(superuser) == ("green", "")
    written(superuser, FOUND.replace("1, 1, 9", "1, 2, 9").format(age="61 minutes"))
    status, reason = n8(superuser)
    assert (status, "an hour later are neither filed nor rejected (1)" in reason) == ("red", True)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("", "red"),
        (PULLED.format(age="5 hours", missing=0, fault=""), "green"),
        (PULLED.format(age="7 hours", missing=0, fault=""), "red"),
        (PULLED.format(age="1 hour", missing=1, fault=""), "red"),
        (PULLED.format(age="1 hour", missing=0, fault="unreachable"), "red"),
    ],
    ids=["never read", "read", "not read", "missing", "away"],
)
def test_a_mailbox_that_is_declared_is_read_and_accounted_for(
    row: str, status: str, superuser: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = Mailbox(name="door", host="mx.example", user="door", addresses=())
    monkeypatch.setattr(proofs, "declared", lambda: {"door": door})
    if row:
        written(superuser, row)
    assert n8(superuser)[0] == status
