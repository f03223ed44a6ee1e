"""Protected addresses shown, conflicts declared, records closed and opened, and the purpose that is open."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.workspace_examples import alike, at_work, said, trail
from wenlock.people.models import AddressReveal
from wenlock.security.context import acting
from wenlock.security.models import Restriction


def reveal(the: Cast, whom: str = "mia") -> str:
    return f"/work/people/{getattr(the.people, whom).pk}/addresses/{the.people.refuge.pk}/reveal/"


def test_a_protected_address_asks_first_who_it_is(the: Cast) -> None:
    """Abuse test 15."""
    client = at_work(the.amara)
    assert client.get(reveal(the))["Location"] == "/confirm/"
    assert client.post(reveal(the), {"reason": "Taking her to hospital now"})["Location"] == "/confirm/"
    assert AddressReveal.objects.count() == 0


def test_a_protected_address_is_shown_with_a_reason_to_whoever_gave_it_alone(the: Cast) -> None:
    client = at_work(the.amara, confirmed=True)
    response = client.post(reveal(the), {"reason": "Taking her to hospital now"})
    assert response.status_code == 302
    page = said(client.get(f"/work/people/{the.people.mia.pk}/"))
    assert "Flat 4, 12 Larkrise Court, Ludlow, SY8 1ZZ" in page
    assert "Protected: do not share" in page
    assert "Larkrise" not in said(at_work(the.carys).get(f"/work/people/{the.people.mia.pk}/"))
    assert "Protected address shown" in said(
        at_work(the.carys).get(f"/work/people/{the.people.mia.pk}/looked/")
    )
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        shown = AddressReveal.objects.get()
    assert (shown.revealed_to_id, shown.reason) == (the.amara.pk, "Taking her to hospital now")
    assert shown.until_at - shown.revealed_at == timedelta(minutes=10)


@pytest.mark.parametrize("reason", ["", "need it"])
def test_a_protected_address_is_not_shown_without_a_reason(reason: str, the: Cast) -> None:
    response = at_work(the.amara, confirmed=True).post(reveal(the), {"reason": reason})
    assert response.status_code == 422
    assert AddressReveal.objects.count() == 0


def test_a_protected_address_is_not_there_for_whoever_has_no_work_with_the_person(the: Cast) -> None:
    for who in ("bashir", "dilys", "noel", "femi"):
        client = at_work(getattr(the, who), confirmed=True)
        assert client.get(reveal(the)).status_code == 404
        assert client.post(reveal(the), {"reason": "I would like to know"}).status_code == 404
    elsewhere = f"/work/people/{the.people.lee.pk}/addresses/{the.people.refuge.pk}/reveal/"
    assert at_work(the.amara, confirmed=True).get(elsewhere).status_code == 404
    open_one = f"/work/people/{the.people.lee.pk}/addresses/{the.people.lees.pk}/reveal/"
    assert at_work(the.amara, confirmed=True).get(open_one).status_code == 404


def test_a_conflict_once_declared_takes_the_record_away(the: Cast) -> None:
    """Abuse test 3."""
    client = at_work(the.amara)
    record = f"/work/people/{the.people.mia.pk}/"
    assert "Say" not in said(client.get(record + "conflict/"))
    incomplete = client.post(record + "conflict/", {"kind": "neighbour"})
    assert incomplete.status_code == 422
    assert client.post(record + "conflict/", {"kind": "neighbour", "sure": "on"})["Location"] == "/work/"
    home = client.get("/work/")
    assert "You have declared a conflict of interest" in said(home)
    assert "Mia" not in said(home)
    assert alike(client.get(record)) == alike(client.get(f"/work/people/{uuid4()}/"))
    assert trail(the, "denied")[-2].detail["why"] == "conflict of interest"


def test_the_front_door_may_declare_a_conflict_too(the: Cast) -> None:
    record = f"/work/people/{the.people.mia.pk}/"
    client = at_work(the.dilys)
    assert client.post(record + "conflict/", {"kind": "relative", "sure": "on"}).status_code == 302
    assert client.get(record).status_code == 404


def closing(the: Cast, **changes: Any) -> dict[str, Any]:
    later = timezone.localdate() + timedelta(days=90)
    return {
        "reason": "A colleague’s niece", "names": [str(the.amara.pk)], "review_on_day": later.day,
        "review_on_month": later.month, "review_on_year": later.year, **changes,
    }  # fmt: skip


def test_a_record_is_closed_to_all_but_those_named_and_opened_again(the: Cast) -> None:
    record = f"/work/people/{the.people.jay.pk}/"
    manager = at_work(the.carys)
    assert at_work(the.femi).get(record).status_code == 200
    assert manager.post(record + "close/", closing(the)).status_code == 302
    assert at_work(the.amara).get(record).status_code == 200
    for who in ("femi", "dilys", "carys"):
        assert at_work(getattr(the, who)).get(record).status_code == 404, who
    page = said(manager.get("/work/closed/"))
    assert "A colleague’s niece Amara Lewis Carys Morgan" in page
    assert "Jay" not in page
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        restriction = Restriction.objects.get(reason="A colleague’s niece")
    again = f"/work/closed/{restriction.pk}/open/"
    assert manager.post(again, {}).status_code == 422
    assert manager.post(again, {"sure": "on"}).status_code == 302
    assert at_work(the.femi).get(record).status_code == 200
    assert manager.get(again).status_code == 404


def test_nobody_names_themself_and_nobody_who_is_not_of_the_work(the: Cast) -> None:
    record = f"/work/people/{the.people.jay.pk}/close/"
    for name in (the.carys.pk, the.noel.pk, uuid4()):
        response = at_work(the.carys).post(record, closing(the, names=[str(name)]))
        assert response.status_code == 422
    assert "Select at least one worker" in said(at_work(the.carys).post(record, closing(the, names=[])))
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        assert not Restriction.objects.filter(person_id=the.people.jay.pk).exists()


def test_a_record_is_closed_for_a_year_at_most(the: Cast) -> None:
    far = timezone.localdate() + timedelta(days=400)
    response = at_work(the.carys).post(
        f"/work/people/{the.people.jay.pk}/close/",
        closing(the, review_on_day=far.day, review_on_month=far.month, review_on_year=far.year),
    )
    assert response.status_code == 422
    assert "Look at this again on must be on or before" in said(response)


def test_a_manager_in_conflict_is_not_told_that_the_record_is_closed(the: Cast) -> None:
    at_work(the.carys).post(f"/work/people/{the.people.jay.pk}/close/", closing(the))
    assert "A colleague’s niece" in said(at_work(the.carys).get("/work/closed/"))
    # Esme's conflict is with Jay.
    assert "A colleague’s niece" not in said(at_work(the.esme).get("/work/closed/"))
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        restriction = Restriction.objects.get(reason="A colleague’s niece")
    assert at_work(the.esme).get(f"/work/closed/{restriction.pk}/open/").status_code == 404


def test_the_purpose_decides_whose_record_is_there(the: Cast) -> None:
    client = at_work(the.amara)
    page = client.get("/work/").content.decode()
    assert "Services to children in need" in page
    assert 'href="/work/purpose/"' in page
    assert client.post("/work/purpose/", {"purpose": "safeguarding"}).status_code == 302
    assert client.session["purpose"] == "safeguarding"
    assert trail(the, "purpose-changed")[-1].detail == {"to": "safeguarding"}
    assert client.get(f"/work/people/{the.people.mia.pk}/").status_code == 404
    assert "Mia" not in said(client.get("/work/"))


@pytest.mark.parametrize("purpose", ["fostering", "statutory-returns", "marketing", ""])
def test_a_purpose_that_is_not_of_ones_teams_cannot_be_opened(purpose: str, the: Cast) -> None:
    client = at_work(the.amara)
    assert client.post("/work/purpose/", {"purpose": purpose}).status_code == 422
    assert client.session["purpose"] == PURPOSE


def test_somebody_with_one_purpose_is_not_offered_another(the: Cast) -> None:
    page = at_work(the.gwen, purpose="information-rights").get("/work/").content.decode()
    assert "/work/purpose/" not in page


def test_a_session_without_a_purpose_opens_with_the_first_of_ones_team(the: Cast) -> None:
    client = at_work(the.amara, purpose="")
    assert "Mia Ashdown" in said(client.get("/work/"))
    assert client.session["purpose"] == PURPOSE


def test_somebody_in_no_team_is_told_whom_to_ask(the: Cast) -> None:
    page = said(at_work(the.noel).get("/work/"))
    assert "You are not in a team yet" in page
    assert "Ask your manager" in page


def test_home_lists_ones_own_children_and_ones_teams(the: Cast) -> None:
    page = said(at_work(the.amara).get("/work/"))
    assert "Your children" in page
    assert "Mia Ashdown (Mimi)" in page
    manager = said(at_work(the.carys).get("/work/"))
    assert "Rhea Stone 14 Nothing open Nobody yet" in manager
    assert "1 child in your team without an allocated worker" in manager
    assert "Rhea" not in page


def test_home_lists_the_records_one_opened_lately(the: Cast) -> None:
    client = at_work(the.esme)
    assert "Tom" not in said(client.get("/work/"))
    client.get(f"/work/people/{the.people.tom.pk}/")
    assert "Records you opened lately Tom Birch" in said(client.get("/work/"))


def search(the: Cast, who: str, typed: str) -> Any:
    return at_work(getattr(the, who)).post("/work/people/", {"q": typed}, follow=True)


def test_a_search_leads_to_an_address_that_says_nothing_of_anybody(the: Cast) -> None:
    response = search(the, "amara", "Mya Ashdon 14/3/2015")
    place = response.redirect_chain[-1][0]
    assert place.startswith("/work/people/found/")
    assert len(place) == len("/work/people/found/") + 17
    page = said(response)
    assert "1 person found" in page
    assert "You searched by name and date of birth" in page
    assert "Mia Ashdown (Mimi) 14 March 2015, 11 years old Assessment team East" in page
    assert (
        "Sounds like the name you typed. Mia is another spelling of the name you typed. Date of birth matches."
        in page
    )
    assert 'value="Mya Ashdon 14/3/2015"' in response.content.decode()


def test_what_was_typed_is_not_readable_in_the_session(the: Cast) -> None:
    client = at_work(the.amara)
    client.post("/work/people/", {"q": "Mya Ashdon"})
    kept = str(dict(client.session.items()))
    assert "Ashdon" not in kept
    assert "Mia" not in kept


def test_a_list_of_people_found_loses_whoever_may_not_be_seen_any_more(the: Cast) -> None:
    client = at_work(the.amara)
    place = client.post("/work/people/", {"q": "Mia Ashdown"})["Location"]
    assert "1 person found" in said(client.get(place)) or "people found" in said(client.get(place))
    client.post(f"/work/people/{the.people.mia.pk}/conflict/", {"kind": "relative", "sure": "on"})
    assert "Mimi" not in said(client.get(place))


def test_a_list_is_not_there_for_anybody_else(the: Cast) -> None:
    place = at_work(the.amara).post("/work/people/", {"q": "Mia Ashdown"})["Location"]
    assert at_work(the.carys).get(place).status_code == 404


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter a name"),
        ("   ", "Enter a name"),
        ("2015", "Add a name"),
        ("x" * 201, "200 characters or fewer"),
    ],
)
def test_too_little_or_too_much_is_told_in_words(typed: str, says: str, the: Cast) -> None:
    response = search(the, "amara", typed)
    assert response.status_code == 422
    assert says in said(response)


def test_nobody_found_does_not_say_that_nobody_is_known(the: Cast) -> None:
    hidden, unknown = search(the, "amara", "Tom Birch"), search(the, "amara", "Zed Unheard")
    assert "This does not mean that nobody is known" in said(hidden)
    assert said(hidden) == said(unknown)


def test_a_name_in_an_address_is_not_searched_for(the: Cast) -> None:
    response = at_work(the.amara).get("/work/people/", {"q": "Mia Ashdown"})
    assert "Mia" not in said(response)


@pytest.mark.parametrize("who", ["gwen", "harriet", "noel"])
def test_searching_is_not_there_for_a_role_that_does_not(who: str, the: Cast) -> None:
    purpose = {"gwen": "information-rights", "harriet": "security"}.get(who, PURPOSE)
    client = at_work(getattr(the, who), purpose=purpose)
    assert client.get("/work/people/").status_code == 404
    assert client.post("/work/people/", {"q": "Mia"}).status_code == 404
    assert 'role="search"' not in client.get("/work/").content.decode()
