"""What a child wrote in an application comes by the partner's link: letter for letter, once, under an agreement (N26)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.own_words_examples import WORDS, agreed
from tests.integration.partner_examples import Partner, a_partner, an_agency, approved, issued, row_of
from wenlock.intake.actions import Telling, take_contact
from wenlock.intake.models import Contact, OwnWords
from wenlock.partners.codes import OWN_WORDS, READ_OWN, SEND
from wenlock.partners.models import Sent
from wenlock.security.context import acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def body(**changes: Any) -> dict[str, Any]:
    """What a child wrote an hour ago."""
    return {
        "id": "momo-1", "words": WORDS, "written_at": (timezone.now() - timedelta(hours=1)).isoformat(),
        "form": "This is me", "child": {"first_name": "Mia", "surname": "Ashdown", "date_of_birth": "2015-03-14"},
    } | changes  # fmt: skip


def send(partner: Partner, said: dict[str, Any] | None = None, *, repeat: str = "") -> Any:
    return partner.client.post(
        "/api/v1/own-words", said or body(), content_type="application/json",
        headers=partner.headers | {"Idempotency-Key": repeat or str(uuid4())},
    )  # fmt: skip


@pytest.fixture
def application(the: Cast) -> Partner:
    """The application's key, with an agreement in force."""
    agreement = agreed(the)
    return a_partner(the, agreement.agency_id, scopes=[OWN_WORDS, READ_OWN])


def kept(the: Cast) -> list[OwnWords]:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return list(OwnWords.objects.all())


def test_the_words_are_kept_letter_for_letter_and_somebody_looks_today(
    the: Cast, application: Partner
) -> None:
    answer = send(application)
    assert answer.status_code == 201
    [row] = kept(the)
    assert row.words == WORDS
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        contact = Contact.objects.get(pk=answer.json()["id"])
    assert (contact.reference, contact.urgency, contact.teller) == (
        answer.json()["reference"],
        "today",
        "child",
    )


def test_the_same_request_and_the_same_id_are_one(the: Cast, application: Partner) -> None:
    said = body()
    first = send(application, said, repeat="request-one").json()
    assert send(application, said, repeat="request-one").json() == first
    assert send(application, said, repeat="request-two").json() == first
    assert len(kept(the)) == 1


def test_nothing_is_taken_without_an_agreement_and_the_answer_says_so(the: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    over = agreed(the, from_on=date(2026, 1, 1), until_on=yesterday)
    answer = send(a_partner(the, over.agency_id, scopes=[OWN_WORDS]))
    assert (answer.status_code, answer.json()["code"]) == (403, "no-agreement")
    assert kept(the) == []


def test_a_school_sends_no_childs_own_words_in_this_way(the: Cast) -> None:
    answer = send(a_partner(the, an_agency(the), scopes=[OWN_WORDS]))
    assert (answer.status_code, answer.json()["code"]) == (403, "no-agreement")


def test_a_key_for_contacts_alone_sends_none(the: Cast) -> None:
    answer = send(a_partner(the, agreed(the).agency_id, scopes=[SEND]))
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_a_key_for_own_words_alone_sends_no_contact_even_past_the_page(the: Cast) -> None:
    key = row_of(the, approved(the, issued(the, agreed(the).agency_id, scopes=[OWN_WORDS])))
    with acting(actor=key.actor_id, purpose="safeguarding"):
        contact = take_contact(
            telling=Telling(kind="concern", agency=key.agency_id), about=[], channel="other-electronic", medium="app",
            source="mind-of-my-own", purpose="safeguarding", by=key.actor, at=timezone.now(),
        )  # fmt: skip
        sent = Sent(
            id=uuid4(), key=key, contact=contact, reference=contact.reference, mark="0" * 64, said="0" * 64,
            recorded_by=key.actor, recorded_at=timezone.now(),
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="not for this"), transaction.atomic():
            sent.save(force_insert=True)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("written_at", "2099-01-01T00:00:00Z", "later-than-now"),
        ("written_at", "2026-11-20T10:00:00", "not-a-date"),
        ("written_at", 0, "not-a-date"),
        ("written_at", "0001-01-01T00:00:00+23:59", "not-a-date"),
        ("id", "", "too-short"),
        ("id", "one two", "not-allowed-characters"),
        ("words", "", "too-short"),
        ("words", "a\x00b", "not-allowed-characters"),
        ("danger", "no", "not-in-the-list"),
        ("more", "x", "unknown-field"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_taken(
    field: str, value: object, code: str, the: Cast, application: Partner
) -> None:
    answer = send(application, body(**{field: value}))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": field, "code": code}]
    assert kept(the) == []


def test_somebody_in_danger_now_comes_at_once(the: Cast, application: Partner) -> None:
    answer = send(application, body(danger="now"))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert Contact.objects.get(pk=answer.json()["id"]).urgency == "immediate"
