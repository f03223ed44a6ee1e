"""What is due: the late first, why each date is what it is, and saying why one was passed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.clock_stage import Example, reckon, running
from tests.integration.intake_examples import MIA, matched, taken
from tests.integration.workspace_examples import at_work, said
from wenlock.clocks import queries
from wenlock.clocks.models import Breach, Clock
from wenlock.intake import actions as intake
from wenlock.law.clocks_front_door import CONTACT_RECEIVED, CONTACT_SCREENING
from wenlock.security.context import acting

LIST = "/work/due/"
HOUR = timedelta(hours=1)


def came(the: Cast, ago: timedelta) -> Any:
    """A contact about Mia that came so long ago."""
    return taken(the.dilys, about=(MIA,), received_at=timezone.now() - ago)


def clock_of(contact: Any, the: Cast) -> Clock:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return Clock.objects.get(matter_id=contact.pk)


def address(contact: Any, the: Cast) -> str:
    return f"{LIST}{clock_of(contact, the).pk}/"


def screened(contact: Any, the: Cast) -> None:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        intake.decide(
            contact=contact, outcome="information", seen="The call", reason="Advice met it", by=the.dilys,
            at=timezone.now(),
        )  # fmt: skip


def test_the_late_come_first_and_then_the_soonest_each_in_words(the: Cast) -> None:
    soon, later, late = came(the, 22 * HOUR), came(the, HOUR), came(the, 30 * HOUR)
    page = said(at_work(the.dilys).get(LIST))
    places = [page.index(contact.reference) for contact in (late, soon, later)]
    assert places == sorted(places)
    assert "Late by 6 hours" in page
    assert "Due soon" in page
    assert "It began on" in page
    assert page.startswith("What is due 1 late,")


def test_a_line_leads_to_its_matter_and_names_whom_it_is_about(the: Cast) -> None:
    contact = came(the, HOUR)
    matched(contact, the, by=the.dilys)
    page = at_work(the.dilys).get(LIST).content.decode()
    assert f'href="/work/contacts/{contact.pk}/"' in page
    assert "Mia Ashdown" in page


def test_a_matter_with_no_page_of_its_own_leads_to_the_record(the: Cast) -> None:
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    example.happens(CONTACT_RECEIVED, timezone.now())
    with running(CONTACT_SCREENING, on=[example]):
        reckon(example, the.amara)
    page = at_work(the.amara).get(LIST).content.decode()
    assert f'href="/work/people/{the.people.mia.pk}/"' in page


def test_nobody_sees_what_is_due_of_a_matter_that_is_not_theirs(the: Cast) -> None:
    contact = came(the, 30 * HOUR)
    assert contact.reference not in said(at_work(the.bashir).get(LIST))
    assert at_work(the.bashir).get(address(contact, the)).status_code == 404
    assert at_work(the.gwen, purpose="information-rights").get(LIST).status_code == 404


def test_a_list_of_many_asks_the_database_no_more_than_a_list_of_one(the: Cast) -> None:
    def asked(path: str) -> int:
        client = at_work(the.dilys)
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    paths = (LIST, "/work/contacts/")
    matched(came(the, 30 * HOUR), the, by=the.dilys)
    screened(came(the, 40 * HOUR), the)
    one = [asked(path) for path in paths]
    for hours in range(1, 9):
        matched(came(the, hours * HOUR), the, by=the.dilys)
        screened(came(the, 40 * HOUR), the)
    assert [asked(path) for path in paths] == one


def test_what_was_done_late_is_listed_until_somebody_says_why(the: Cast) -> None:
    contact = came(the, 30 * HOUR)
    screened(contact, the)
    client = at_work(the.dilys)
    page = said(client.get(LIST))
    assert "Finished late, and nobody has said why" in page
    assert "Done late by 6 hours" in page
    answer = client.post(
        address(contact, the), {"reason": "too-few-workers", "words": "Two of us were ill."}, follow=True
    )
    assert "Your reason is recorded." in answer.content.decode()
    assert "nobody has said why" not in said(client.get(LIST))
    page = said(client.get(address(contact, the)))
    assert "There were not enough workers." in page
    assert "Two of us were ill." in page
    assert "Dilys Owen" in page


def test_a_reason_without_words_is_asked_for_again(the: Cast) -> None:
    contact = came(the, 30 * HOUR)
    answer = at_work(the.dilys).post(address(contact, the), {"reason": "overlooked", "words": ""})
    assert answer.status_code == 422
    assert "Say in your own words why the time limit was passed" in said(answer)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert not Breach.objects.exists()


def test_no_reason_is_asked_for_what_is_not_late_and_none_is_taken(the: Cast) -> None:
    contact = came(the, HOUR)
    client = at_work(the.dilys)
    assert "<form" not in client.get(address(contact, the)).content.decode().partition("<main")[2]
    answer = client.post(address(contact, the), {"reason": "overlooked", "words": "It was not late."})
    assert answer.status_code == 422
    assert "it has not been passed" in said(answer)


def test_the_page_of_one_tells_the_dates_it_had_before(the: Cast) -> None:
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,))
    came_at = timezone.now().replace(hour=9, minute=0)
    wrong = example.happens(CONTACT_RECEIVED, came_at)
    with running(CONTACT_SCREENING, on=[example]):
        reckon(example, the.amara)
        example.happens(CONTACT_RECEIVED, came_at - HOUR, corrects=wrong)
        reckon(example, the.amara)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        clock = Clock.objects.get(matter_id=example.id)
    page = said(at_work(the.amara).get(f"{LIST}{clock.pk}/"))
    assert "Dates it had before" in page
    assert "by Amara Lewis" in page
    assert "It was said: It began on" in page


def test_the_summary_counts_each_once(the: Cast) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=1)
    for hours in (30, 25, 20, 2, 1):  # due at 6am and 11am that day, at 4pm, and the next
        taken(the.dilys, about=(MIA,), received_at=noon - hours * HOUR)
    screened(came(the, 30 * HOUR), the)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        with CaptureQueriesContext(connection) as captured:
            found = queries.summary(at=noon)
        far = queries.summary(at=noon - timedelta(days=8))
    assert (found.late, found.today, found.this_week, found.owed) == (2, 1, 2, 1)
    assert (far.late, far.today, far.this_week) == (0, 0, 0)
    assert len(captured) == 1


def test_a_teams_children_are_asked_for_alone(the: Cast) -> None:
    matched(came(the, HOUR), the, by=the.dilys)
    came(the, HOUR)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        at = timezone.now()
        assert len(queries.due(at=at)) == 2
        assert len(queries.due(at=at, people=[the.people.mia.pk])) == 1
        assert queries.due(at=at, people=[]) == []


@pytest.mark.parametrize(
    "late, words", [(timedelta(minutes=90), "91 minutes"), (30 * HOUR, "30 hours"), (50 * HOUR, "2 days")]
)
def test_how_late_is_said_as_somebody_would_say_it(late: timedelta, words: str, the: Cast) -> None:
    at = timezone.now()
    taken(the.dilys, received_at=at - 24 * HOUR - late - timedelta(seconds=1))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        (found,) = queries.due(at=at)
    assert found.late_by == words


def test_the_contact_shows_its_time_limits_as_they_are_kept(the: Cast) -> None:
    contact = came(the, 30 * HOUR)
    client = at_work(the.dilys)
    page = said(client.get(f"/work/contacts/{contact.pk}/"))
    assert "Screen a contact Late" in page
    assert "Late by 6 hours. Say why" in page
    assert "The limit is 24 hours: local practice." in page
    assert "Late" in said(client.get("/work/contacts/"))
