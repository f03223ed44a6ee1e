"""N85: outcomes are weighed by somebody, one by one (abuse test 36)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import taken, website
from tests.integration.workspace_examples import at_work, said, trail
from wenlock.base.identifiers import new_id
from wenlock.intake import actions
from wenlock.intake.models import Decision
from wenlock.people.shared import MOST_IN_A_MINUTE
from wenlock.security.context import acting

SAID: dict[str, Any] = {"outcome": "information", "seen": "The record", "reason": "Advice met the need"}


def decided_on(contact: Any, the: Cast) -> Any:
    return at_work(the.dilys).post(f"/work/contacts/{contact.pk}/decide/", SAID)


def test_many_decisions_in_a_minute_are_refused_flagged_and_nothing_typed_is_lost(the: Cast) -> None:
    contacts = [taken(the.dilys) for _ in range(MOST_IN_A_MINUTE + 1)]
    answers = [decided_on(contact, the) for contact in contacts]
    assert [answer.status_code for answer in answers] == [302] * MOST_IN_A_MINUTE + [422]
    assert "Wait a minute" in said(answers[-1])
    assert "Advice met the need" in said(answers[-1])
    assert [event.detail for event in trail(the, "refused")] == [{"rule": "decision_is_at_a_human_pace"}]
    assert trail(the, "refused")[0].actor_id == the.dilys.pk


def test_many_decisions_in_one_statement_are_refused_together(the: Cast) -> None:
    contacts = [taken(the.dilys) for _ in range(MOST_IN_A_MINUTE + 1)]
    rows = [
        Decision(id=new_id(), contact=each, decided_by=the.dilys, decided_at=timezone.now(), **SAID)
        for each in contacts
    ]
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        with pytest.raises(IntegrityError, match="weighed"), transaction.atomic():
            Decision.objects.bulk_create(rows)
        assert not Decision.objects.exists()


def test_a_decision_dated_back_counts_as_made_now(the: Cast) -> None:
    long_ago = timezone.now() - timedelta(days=1)
    contacts = [taken(the.dilys) for _ in range(MOST_IN_A_MINUTE + 1)]
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        for contact in contacts[:-1]:
            actions.decide(contact=contact, by=the.dilys, at=long_ago, **SAID)
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.decide(contact=contacts[-1], by=the.dilys, at=long_ago, **SAID)


def test_another_workers_decisions_do_not_count(the: Cast) -> None:
    contacts = [taken(the.dilys) for _ in range(MOST_IN_A_MINUTE + 1)]
    for contact in contacts[:-1]:
        decided_on(contact, the)
    answer = at_work(the.esme).post(f"/work/contacts/{contacts[-1].pk}/decide/", SAID)
    assert answer.status_code == 302


def test_a_service_account_decides_nothing(the: Cast) -> None:
    contact = taken(the.dilys)
    by = website()
    with acting(actor=by.pk, purpose=actions.PURPOSE), pytest.raises(DatabaseError), transaction.atomic():
        actions.decide(contact=contact, by=by, at=timezone.now(), **SAID)
    with acting(actor=the.dilys.pk, purpose=PURPOSE), pytest.raises(DatabaseError), transaction.atomic():
        actions.decide(contact=contact, by=by, at=timezone.now(), **SAID)
