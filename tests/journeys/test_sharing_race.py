"""Consent withdrawn between approval and sending stops the sending, whichever connection comes first, many times over.

It needs no browser: it stands among the journeys because two connections can only meet over what is committed.
"""

import threading
import time
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from tests.journeys.sharing_stage import HELP, Settled, consent_of_kerry, proposal_to_the_school, settled
from wenlock.base.server import Server
from wenlock.security.context import signed_context
from wenlock.web.database import DATABASE, password

TIMES = 40
WITHDRAW = "UPDATE sharing_consent SET withdrawn_at = now(), withdrawn_by = 'giver', withdrawal_recorded_by_id = %s WHERE id = %s"
SEND = "SELECT entry FROM door.send_v1(%s)"


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Any:
    """What is committed, once."""
    with django_db_blocker.unblock():
        yield settled()
        connections.close_all()


class Worker:
    """A connection of the runtime role's own, with Ines working for early help on it."""

    def __init__(self, server: Server, stage: Settled) -> None:
        self.actor = stage.family.ines.pk
        key = password("wenlock_app", home=server.home)
        self.own = psycopg.connect(server.dsn(user="wenlock_app", dbname=DATABASE, password=key))

    def act(self, query: str, *values: object) -> None:
        """One statement in the transaction now open, signed for."""
        token = signed_context(
            actor=self.actor, purpose=HELP, request_id=uuid4(), expires_at=int(time.time()) + 60,
            key=settings.CONTEXT_KEY,
        )  # fmt: skip
        self.own.execute("SELECT set_config('wenlock.context', %s, true)", [token])
        self.own.execute(query, values)

    def withdraw(self, consent: UUID) -> None:
        """Withdraw, and leave it to the caller to commit."""
        self.act(WITHDRAW, self.actor, consent)

    def send(self, proposal: UUID) -> str:
        """Send and commit; "" if it went, else the code with which the door refused."""
        try:
            self.act(SEND, proposal)
            self.own.commit()
        except psycopg.Error as error:
            self.own.rollback()
            return str(error.diag.constraint_name)
        return ""


@pytest.fixture
def two(server: Server, stage: Settled) -> Any:
    """Two workers, each on a connection."""
    pair = Worker(server, stage), Worker(server, stage)
    yield pair
    for worker in pair:
        worker.own.close()


def test_a_withdrawal_on_its_way_is_waited_for_and_wins(two: tuple[Worker, Worker], stage: Settled) -> None:
    first, second = two
    consent, proposal = consent_of_kerry(stage), proposal_to_the_school(stage)
    first.withdraw(consent.pk)
    answers: list[str] = []
    sending = threading.Thread(target=lambda: answers.append(second.send(proposal)))
    sending.start()
    sending.join(timeout=1)
    assert answers == []  # it waits
    first.own.commit()
    sending.join()
    assert answers == ["share_consent_not_withdrawn"]


def test_a_withdrawal_that_comes_while_it_goes_waits_until_it_has_gone(
    two: tuple[Worker, Worker], stage: Settled
) -> None:
    first, second = two
    consent, proposal = consent_of_kerry(stage), proposal_to_the_school(stage)
    first.act(SEND, proposal)
    withdrawing = threading.Thread(target=lambda: second.withdraw(consent.pk))
    withdrawing.start()
    withdrawing.join(timeout=1)
    assert withdrawing.is_alive()
    first.own.commit()
    withdrawing.join()
    second.own.commit()
    found = first.own.execute("SELECT 1").fetchone()
    assert found == (1,)


def test_a_withdrawal_taken_back_stops_nothing(two: tuple[Worker, Worker], stage: Settled) -> None:
    first, second = two
    consent, proposal = consent_of_kerry(stage), proposal_to_the_school(stage)
    first.withdraw(consent.pk)
    first.own.rollback()
    assert second.send(proposal) == ""


def test_whoever_is_first_nothing_ever_goes_after_a_withdrawal(
    two: tuple[Worker, Worker], stage: Settled, server: Server
) -> None:
    first, second = two
    outcomes: set[bool] = set()
    with psycopg.connect(server.dsn(dbname=DATABASE), autocommit=True) as reader:
        for turn in range(TIMES):
            consent, proposal = consent_of_kerry(stage), proposal_to_the_school(stage)
            went = _at_once(first, second, consent.pk, proposal, turn)
            told = reader.execute(
                "SELECT d.approved_at < c.withdrawn_at FROM sharing_consent c LEFT JOIN sharing_disclosure d "
                "ON d.proposal_id = %s WHERE c.id = %s",
                [proposal, consent.pk],
            ).fetchone()
            # In the ledger just when the door said so, and then before the withdrawal took hold.
            assert told == ((True,) if went else (None,))
            outcomes.add(went)
    assert outcomes == {True, False}, "the race must be won both ways to have been one"


def _at_once(first: Worker, second: Worker, consent: UUID, proposal: UUID, turn: int) -> bool:
    """Withdraw and send at the same moment; whether it went."""
    answers: list[str] = []
    gate = threading.Barrier(2)

    def withdrawing() -> None:
        gate.wait()
        time.sleep(turn % 4 * 0.01)  # so that each is first in some of the turns
        first.withdraw(consent)
        first.own.commit()

    def sending() -> None:
        gate.wait()
        time.sleep((turn + 2) % 4 * 0.01)
        answers.append(second.send(proposal))

    threads = [threading.Thread(target=withdrawing), threading.Thread(target=sending)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers[0] in ("", "share_consent_not_withdrawn")
    return answers[0] == ""
