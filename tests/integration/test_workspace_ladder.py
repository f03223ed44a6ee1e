"""Every page of a record climbs one ladder: stranger, other team, reader, right role, restricted, in conflict.

Whoever may not see a person is answered as though there were none: same page, same queries, and a mark in the trail.
"""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.integration.workspace_examples import alike, at_work, said, trail

RECORD = "/work/people/{}/"
PARTS = ["timeline/", "family/", "looked/", "notes/", "notes/write/", "family/keep/", "close/"]
PAGES = [RECORD, *(RECORD + part for part in PARTS), RECORD + "conflict/"]

# Who asks for whom, and why they are refused: the reason is in the trail and nowhere else.
REFUSED = [
    ("noel", "mia", "no legitimate relationship"),
    ("harriet", "mia", "no legitimate relationship"),
    ("bashir", "mia", "no legitimate relationship"),
    ("amara", "tom", "no legitimate relationship"),
    ("amara", "rhea", "restricted record"),
    ("esme", "rhea", "restricted record"),
    ("dilys", "rhea", "restricted record"),
    ("esme", "jay", "conflict of interest"),
]


def get(client: Client, page: str, person: UUID) -> tuple[Any, int]:
    """The answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page.format(person))
    return response, len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_signed_in_is_sent_to_sign_in(page: str, the: Cast) -> None:
    response = Client().get(page.format(the.people.mia.pk))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "whom", "why"), REFUSED)
def test_a_person_one_may_not_see_and_a_person_who_is_not_there_are_answered_alike(
    page: str, who: str, whom: str, why: str, the: Cast
) -> None:
    client = at_work(getattr(the, who))
    client.get("/work/")
    hidden, asked = get(client, page, getattr(the.people, whom).pk)
    nobody, asked_of_nobody = get(client, page, uuid4())
    assert hidden.status_code == nobody.status_code == 404
    assert alike(hidden) == alike(nobody)
    assert asked == asked_of_nobody
    name = next(iter(whom)).upper() + whom[1:]
    assert name not in said(hidden)


@pytest.mark.parametrize(("who", "whom", "why"), REFUSED)
def test_a_refusal_is_written_down_with_its_reason(who: str, whom: str, why: str, the: Cast) -> None:
    actor, person = getattr(the, who), getattr(the.people, whom).pk
    at_work(actor).get(RECORD.format(person))
    event = trail(the, "denied")[-1]
    assert (event.actor_id, event.person_id) == (actor.pk, person)
    assert event.detail == {"wanted": "record", "why": why}


def test_asking_for_nobody_is_written_down_too(the: Cast) -> None:
    at_work(the.amara).get(RECORD.format(uuid4()))
    assert trail(the, "denied")[-1].detail["why"] == "no such record"


def test_a_guessed_address_of_a_child_of_another_team_is_refused_and_written_down(the: Cast) -> None:
    """Abuse test 1."""
    response = at_work(the.bashir).get(RECORD.format(the.people.mia.pk))
    assert response.status_code == 404
    assert "There is nothing to show you here" in said(response)
    assert trail(the, "denied")[-1].person_id == the.people.mia.pk


@pytest.mark.parametrize("page", PAGES[:-2])
def test_the_allocated_worker_sees_every_page(page: str, the: Cast) -> None:
    assert at_work(the.amara).get(page.format(the.people.mia.pk)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_manager_of_the_team_sees_every_page(page: str, the: Cast) -> None:
    assert at_work(the.carys).get(page.format(the.people.mia.pk)).status_code == 200


@pytest.mark.parametrize("page", PAGES[:-1])
def test_those_a_restriction_names_see_every_page(page: str, the: Cast) -> None:
    assert at_work(the.carys).get(page.format(the.people.rhea.pk)).status_code == 200


def test_only_a_role_that_closes_records_is_asked_whether_to(the: Cast) -> None:
    assert at_work(the.amara).get(RECORD.format(the.people.mia.pk) + "close/").status_code == 404
    assert "Close this record" not in said(at_work(the.amara).get(RECORD.format(the.people.mia.pk)))
    assert "Close this record" in said(at_work(the.carys).get(RECORD.format(the.people.mia.pk)))


@pytest.mark.parametrize("part", PARTS)
def test_the_front_door_sees_the_first_page_alone(part: str, the: Cast) -> None:
    client = at_work(the.dilys)
    assert client.get(RECORD.format(the.people.mia.pk)).status_code == 200
    assert client.get(RECORD.format(the.people.mia.pk) + part).status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_the_family_of_ones_children_is_seen_in_summary(part: str, the: Cast) -> None:
    client = at_work(the.amara)
    assert client.get(RECORD.format(the.people.dawn.pk)).status_code == 200
    assert client.get(RECORD.format(the.people.dawn.pk) + part).status_code == 404


@pytest.mark.parametrize("page", ["/work/reviews/", "/work/closed/"])
def test_a_page_for_managers_is_not_there_for_a_worker(page: str, the: Cast) -> None:
    assert at_work(the.carys).get(page).status_code == 200
    refused = at_work(the.amara).get(page)
    assert refused.status_code == 404
    assert said(refused) == said(at_work(the.amara).get(RECORD.format(uuid4())))
    assert trail(the, "denied")[-2].detail["why"] == "role"


@pytest.mark.parametrize(
    "page", ["/work/people/", "/work/purpose/", "/work/emergency-access/", RECORD + "conflict/"]
)
def test_a_form_not_of_this_site_is_refused(page: str, the: Cast) -> None:
    client = at_work(the.amara, confirmed=True, csrf=True)
    assert client.post(page.format(the.people.mia.pk), {"q": "Mia"}).status_code == 403


@pytest.mark.parametrize("page", ["/work/", RECORD, *(RECORD + part for part in PARTS[:4]), "/work/reviews/"])
def test_a_page_that_is_only_read_answers_no_other_method(page: str, the: Cast) -> None:
    client = at_work(the.carys)
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(page.format(the.people.mia.pk)).status_code == 405


def test_a_closed_account_is_out_at_the_next_page(the: Cast) -> None:
    """Abuse test 7."""
    client = at_work(the.amara)
    assert client.get("/work/").status_code == 200
    the.amara.is_active = False
    the.amara.save(update_fields=["is_active"])
    try:
        assert client.get("/work/").status_code == 302
    finally:
        the.amara.is_active = True


def test_no_page_of_a_record_may_be_kept_by_a_browser(the: Cast) -> None:
    for page in PAGES:
        assert at_work(the.carys).get(page.format(the.people.mia.pk))["Cache-Control"] == "no-store"
