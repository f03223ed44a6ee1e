"""Emergency access from the page: found exactly, opened for four hours with a reason, shown to all, and reviewed."""

import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import alike, at_work, said, trail
from wenlock.security import actions
from wenlock.security.context import acting
from wenlock.security.models import EmergencyAccess

PAGE = "/work/emergency-access/"
TOM = {
    "find_by": "name", "given": "Tom", "family": "Birch", "born_on_day": "23", "born_on_month": "11",
    "born_on_year": "2013", "reason_code": "immediate-risk", "reason": "A neighbour rang: he is alone in the house",
    "live_risk": "on",
}  # fmt: skip
MIA = TOM | {
    "given": "Mia",
    "family": "Ashdown",
    "born_on_day": "14",
    "born_on_month": "3",
    "born_on_year": "2015",
}
NOBODY = "There is no record that emergency access can open with exactly these details"


def ask(the: Cast, who: str, **changes: str) -> Any:
    return at_work(getattr(the, who), confirmed=True).post(PAGE, TOM | changes)


def opened(the: Cast, who: str = "amara", whom: str = "tom", *, hours_ago: float = 0) -> EmergencyAccess:
    """A use of emergency access made by the action itself."""
    actor = getattr(the, who)
    with acting(actor=actor.pk, purpose=PURPOSE):
        return actions.open_in_emergency(
            person=getattr(the.people, whom).pk, reason_code="out-of-hours", reason="The team cannot be reached",
            live_risk=False, purpose=PURPOSE, by=actor, at=timezone.now() - timedelta(hours=hours_ago),
        )  # fmt: skip


def inserted(the: Cast, **times: Any) -> EmergencyAccess:
    """A use by Amara on Tom with times of its own."""
    access = EmergencyAccess(
        id=uuid4(), actor=the.amara, person_id=the.people.tom.pk, reason_code="immediate-risk",
        reason="Somebody rang at night", live_risk=True, purpose=PURPOSE,
        **{"review_due_on": timezone.localdate(), **times},
    )  # fmt: skip
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        access.save(force_insert=True)
    return access


def test_the_page_asks_first_who_it_is(the: Cast) -> None:
    response = at_work(the.amara).get(PAGE)
    assert response.status_code == 302
    assert response["Location"] == "/confirm/"
    refused = at_work(the.amara).post(PAGE, TOM)
    assert refused["Location"] == "/confirm/"
    assert EmergencyAccess.objects.count() == 0


def test_a_record_opens_for_four_hours_and_every_page_says_so(the: Cast) -> None:
    client = at_work(the.amara, confirmed=True)
    address = f"/work/people/{the.people.tom.pk}/"
    assert client.get(address).status_code == 404
    response = client.post(PAGE, TOM)
    assert response.status_code == 302
    assert response["Location"] == address
    page = client.get(address)
    assert "Tom Birch" in said(page)
    assert "because: emergency access" in said(page)
    for shown in (address, "/work/", "/work/people/"):
        body = client.get(shown).content.decode()
        assert "Emergency access is open" in body, shown
        assert "to Tom Birch until" in body, shown
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        access = EmergencyAccess.objects.get()
    assert access.until_at - access.opened_at == timedelta(hours=4)
    assert access.live_risk
    assert trail(the, "emergency-access")[-1].person_id == the.people.tom.pk


def test_a_number_finds_as_well_as_a_name(the: Cast) -> None:
    response = at_work(the.bashir, confirmed=True).post(
        PAGE, TOM | {"find_by": "number", "scheme": "NHS", "value": "943 476 5919"}
    )
    assert response["Location"] == f"/work/people/{the.people.mia.pk}/"


def test_nobody_several_and_a_conflict_are_answered_alike(the: Cast) -> None:
    """Nor does the page tell of a closed record: emergency access opens that."""
    with acting(actor=the.bashir.pk, purpose=PURPOSE):
        actions.declare_conflict(
            actor=the.bashir, person=the.people.mia.pk, kind="relative", by=the.bashir, at=timezone.now()
        )
    client = at_work(the.bashir, confirmed=True)
    conflict = client.post(PAGE, MIA)
    nobody = client.post(PAGE, MIA | {"born_on_year": "2014"})
    assert conflict.status_code == nobody.status_code == 422
    assert NOBODY in said(conflict)
    assert alike(conflict).replace('value="2015"', 'value="2014"') == alike(nobody)
    assert "Mia Ashdown" not in said(conflict)
    assert EmergencyAccess.objects.count() == 0
    assert [event.actor_id for event in trail(the, "emergency-access-nobody")[-2:]] == [the.bashir.pk] * 2


def test_a_closed_record_opens_in_an_emergency_and_leaves_its_mark(the: Cast) -> None:
    response = ask(
        the, "amara", given="Rhea", family="Stone", born_on_day="5", born_on_month="4", born_on_year="2012"
    )
    assert response["Location"] == f"/work/people/{the.people.rhea.pk}/"
    assert trail(the, "emergency-access")[-1].person_id == the.people.rhea.pk


@pytest.mark.parametrize(
    ("without", "says"),
    [
        ("reason", "Say what has happened"),
        ("reason_code", "Select an answer to “Why do you need it now?”"),
        ("find_by", "Select an answer to “How do you know them?”"),
        ("given", "Enter their given name"),
        ("born_on_year", "Date of birth must include a year"),
    ],
)
def test_it_does_not_open_without_a_reason_and_exactly_who(without: str, says: str, the: Cast) -> None:
    """Abuse test 5."""
    response = ask(the, "amara", **{without: ""})
    assert response.status_code == 422
    assert says in said(response)
    assert EmergencyAccess.objects.count() == 0


def test_a_reason_of_one_word_is_not_one(the: Cast) -> None:
    response = ask(the, "amara", reason="risk")
    assert response.status_code == 422
    assert "must be 10 characters or more" in said(response)


def test_the_database_refuses_what_the_page_would_not_ask(the: Cast) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), acting(actor=the.amara.pk, purpose=PURPOSE):
        actions.open_in_emergency(
            person=the.people.tom.pk, reason_code="immediate-risk", reason="", live_risk=True, purpose=PURPOSE,
            by=the.amara, at=timezone.now(),
        )  # fmt: skip


def test_after_its_time_it_is_over(the: Cast) -> None:
    """Abuse test 5. Four hours in a moment: the end is asked of the clock at every statement."""
    now = timezone.now()
    inserted(the, opened_at=now, until_at=now + timedelta(seconds=1.5))
    client = at_work(the.amara)
    address = f"/work/people/{the.people.tom.pk}/"
    assert client.get(address).status_code == 200
    time.sleep(1.6)
    assert client.get(address).status_code == 404
    assert "Emergency access is open" not in client.get("/work/").content.decode()


def test_it_is_given_back_early_and_is_still_reviewed(the: Cast) -> None:
    ask(the, "amara")
    page = f"/work/people/{the.people.tom.pk}/"
    assert at_work(the.amara).get(page).status_code == 200
    at_work(the.amara).post(f"{PAGE}{the.people.tom.pk}/end/")
    assert at_work(the.amara).get(page).status_code == 404
    assert "Emergency access is open" not in said(at_work(the.amara).get("/work/"))
    assert "Amara" in said(at_work(the.carys).get("/work/reviews/"))


def test_nobody_ends_anothers_and_what_is_not_open_is_not_found(the: Cast) -> None:
    ask(the, "amara")
    assert at_work(the.bashir).post(f"{PAGE}{the.people.tom.pk}/end/").status_code == 404
    assert at_work(the.amara).get(f"/work/people/{the.people.tom.pk}/").status_code == 200
    assert at_work(the.amara).post(f"{PAGE}{the.people.mia.pk}/end/").status_code == 404


def test_it_cannot_be_opened_for_longer(the: Cast) -> None:
    now = timezone.now()
    with pytest.raises(DatabaseError, match="four_hours_at_most"), transaction.atomic():
        inserted(the, opened_at=now, until_at=now + timedelta(hours=4, seconds=1))


@pytest.mark.parametrize("who", ["esme", "femi", "gwen", "harriet", "noel"])
def test_a_role_without_it_is_not_asked(who: str, the: Cast) -> None:
    purpose = {"gwen": "information-rights", "harriet": "security"}.get(who, PURPOSE)
    client = at_work(getattr(the, who), purpose=purpose, confirmed=True)
    assert client.get(PAGE).status_code == client.post(PAGE, TOM).status_code == 404
    assert EmergencyAccess.objects.count() == 0


def test_a_manager_sees_it_at_once_and_reviews_it(the: Cast) -> None:
    access = opened(the)
    client = at_work(the.carys)
    assert "Review 1 use of emergency access" in said(client.get("/work/"))
    page = said(client.get("/work/reviews/"))
    for words in (
        "Amara Lewis",
        "Emergency duty: the allocated team cannot be reached",
        "The team cannot be reached",
    ):
        assert words in page
    assert "Outside your teams" in page
    assert "Tom" not in page
    address = f"/work/reviews/{access.pk}/"
    incomplete = client.post(address, {"justified": "no"})
    assert incomplete.status_code == 422
    assert "Say why you think so" in said(incomplete)
    assert (
        client.post(address, {"justified": "no", "review": "The team was on call all night"}).status_code
        == 302
    )
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        access.refresh_from_db()
    assert (access.justified, access.reviewed_by_id) == (False, the.carys.pk)
    assert "Nothing to review" in said(client.get("/work/reviews/"))
    assert client.get(address).status_code == 404


def test_nobody_reviews_their_own(the: Cast) -> None:
    access = opened(the, "carys", "tom")
    client = at_work(the.carys)
    assert "Nothing to review" in said(client.get("/work/reviews/"))
    address = f"/work/reviews/{access.pk}/"
    assert client.get(address).status_code == client.get(f"/work/reviews/{uuid4()}/").status_code == 404
    assert client.post(address, {"justified": "yes", "review": "I had to look"}).status_code == 404


def test_what_is_overdue_comes_first_and_says_so(the: Cast) -> None:
    opened(the, "dilys")
    now = timezone.now()
    inserted(the, opened_at=now, until_at=now, review_due_on=timezone.localdate() - timedelta(days=1))
    client = at_work(the.carys)
    assert "Now Review 2 uses of emergency access: 1 overdue" in said(client.get("/work/"))
    page = said(client.get("/work/reviews/"))
    assert page.index("Amara Lewis") < page.index("Dilys Owen")
    assert page.count("Overdue") == 1


@pytest.mark.parametrize(("times", "flagged"), [(5, False), (6, True)])
def test_more_than_five_in_a_month_is_flagged(times: int, flagged: bool, the: Cast) -> None:
    """Abuse test 6."""
    for _ in range(times):
        opened(the)
    page = said(at_work(the.carys).get("/work/reviews/"))
    assert (f"Amara Lewis has used emergency access {times} times in the last 30 days" in page) is flagged
