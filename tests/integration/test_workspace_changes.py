"""The pages by which a change somebody told of is checked, put right and reported back, and a complaint acknowledged."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.change_examples import HELD, checked, new_number, number_of, put_right, told
from tests.integration.intake_examples import taken
from tests.integration.test_workspace_contacts import call
from tests.integration.workspace_examples import at_work, said
from wenlock.intake import queries
from wenlock.intake.actions import Telling
from wenlock.intake.codes import FACTS
from wenlock.intake.models import Contact
from wenlock.security.context import acting
from wenlock.workspace import told as pages
from wenlock.workspace.words import span

CHECK = {"how": "in-person", "words": "I visited them on Monday", "satisfied": "yes"}
ON = {"on_day": "20", "on_month": "11", "on_year": "2026"}


def address(contact: Any, part: str = "") -> str:
    return f"/work/contacts/{contact.pk}/{part}"


def whose(the: Cast, contact: Any) -> Any:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return contact.mentions.get(position=0).pk


def test_a_change_goes_from_check_to_telling_them(the: Cast) -> None:
    held = number_of(the, the.people.mia)
    contact, browser = told(the), at_work(the.dilys)
    page = said(browser.get(address(contact)))
    assert "Nobody has checked who told us, so nothing can be put right yet." in page
    asked = browser.get(address(contact, "who/"))
    assert f"{HELD}, Mia Ashdown" in said(asked)
    assert (
        browser.post(address(contact, "who/"), CHECK | {"how": "voice", "number": str(held.pk)}).status_code
        == 302
    )
    place = address(contact, f"put-right/{whose(the, contact)}/reach/")
    assert f"The record of Mia Ashdown now has: Phone: {HELD}." in said(browser.get(place))
    answers = {
        "kind": "mobile",
        "value": "07700 900123",
        "instead_of": str(held.pk),
        "reason": "She said so",
    } | ON
    assert browser.post(place, answers).status_code == 302
    page = said(browser.get(address(contact)))
    for words in (
        "Mobile phone: 07700 900123",
        "She said so",
        "Known",
        "By voice",
        "Tell them what came of it",
    ):
        assert words in page
    browser.post(address(contact, "report/"), {"how": "telephone", "words": "We have it now"})
    page = said(browser.get(address(contact)))
    assert "Change dealt with" in page
    assert "We have it now" in page
    assert browser.get(address(contact, "who/")).status_code == 404


@pytest.mark.parametrize("part", ["home", "reach", "name", "birth"])
def test_no_page_puts_anything_right_before_the_check(part: str, the: Cast) -> None:
    contact = told(the)
    place = address(contact, f"put-right/{whose(the, contact)}/{part}/")
    assert at_work(the.dilys).get(place).status_code == 404
    checked(contact, the.dilys, satisfied=False)
    assert at_work(the.dilys).post(place, {"reason": "x"} | ON).status_code == 404


@pytest.mark.parametrize(
    "part, answers, now",
    [
        ("home", {"line": "7 Wren Close", "town": "Wem", "postcode": "sy45aa"}, "Lives elsewhere from 20 November 2026"),
        ("home", {"line": "7 Wren Close", "protected": "on"}, "Lives elsewhere from 20 November 2026"),
        ("name", {"kind": "legal", "given": "Mya", "family": "Ashdown", "how": "wrong"}, "Legal name: Mya Ashdown"),
        ("name", {"kind": "known-as", "given": "May", "family": "", "how": "changed"}, "Known as: May"),
        ("birth", {"on_year": "2015"}, "Born 20 November 2015"),
        ("reach", {"kind": "email", "value": "dawn@home.example"}, "E-mail: dawn@home.example"),
    ],
)  # fmt: skip
def test_each_fact_is_put_right(part: str, answers: dict[str, str], now: str, the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    place = address(contact, f"put-right/{whose(the, contact)}/{part}/")
    assert at_work(the.dilys).get(place).status_code == 200
    done = at_work(the.dilys).post(place, ON | {"reason": "She said so"} | answers)
    assert done.status_code == 302, said(done)
    assert now in said(at_work(the.dilys).get(address(contact)))


@pytest.mark.parametrize(
    "part, answers, problem",
    [
        ("home", {"line": "", "postcode": "SY4"}, "Enter a full postcode"),
        ("name", {"how": "changed", "on_day": "", "on_month": "", "on_year": ""}, "Enter the day the name changed"),
        ("name", {"how": "wrong"}, "Enter a given name or a family name"),
        ("birth", {"on_year": "2099"}, "Date of birth must be on or before"),
        ("reach", {"reason": ""}, "Say why this is right"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for(part: str, answers: dict[str, str], problem: str, the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    place = address(contact, f"put-right/{whose(the, contact)}/{part}/")
    asked = at_work(the.dilys).post(place, {"reason": "x"} | ON | answers)
    assert (asked.status_code, problem in said(asked)) == (422, True), said(asked)


def test_a_number_is_asked_for_where_the_check_was_by_one(the: Cast) -> None:
    asked = at_work(the.dilys).post(address(told(the), "who/"), CHECK | {"how": "called-back"})
    assert "Select the number you knew them by or called" in said(asked)


def test_a_number_that_came_with_the_message_is_not_offered(the: Cast) -> None:
    contact = told(the)
    number_of(the, the.people.mia, value="07700 900123")
    assert "07700 900123" not in said(at_work(the.dilys).get(address(contact, "who/")))


def test_a_change_is_left_as_it_was_and_says_why(the: Cast) -> None:
    contact, browser = told(the), at_work(the.amara)
    assert "Say why it is not changed" in said(browser.post(address(contact, "leave/"), {}))
    assert browser.get(address(contact, "report/")).status_code == 404
    browser.post(address(contact, "leave/"), {"reason": "She is not his mother"})
    page = said(browser.get(address(contact)))
    assert "Not changed" in page
    assert "She is not his mother" in page


def test_a_contact_of_another_kind_has_none_of_these_pages(the: Cast) -> None:
    contact = taken(the.dilys)
    for part in ("who/", "leave/", "report/", "acknowledge/"):
        assert at_work(the.dilys).get(address(contact, part)).status_code == 404
    assert "What is to be put right" not in said(at_work(the.dilys).get(address(contact)))


def test_a_stranger_finds_none_of_these_pages(the: Cast) -> None:
    contact = told(the)
    for stranger in (the.bashir, the.gwen, the.noel):
        assert at_work(stranger).get(address(contact, "who/")).status_code == 404


def test_the_list_says_how_long_changes_took(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    put_right(contact, the.dilys, new_number(the.people.mia))
    page = said(at_work(the.dilys).get("/work/contacts/"))
    assert "1 told: 1 put right, 0 left as it was, 0 waiting. Half were put right within an hour" in page


@pytest.mark.parametrize(
    "hours, words", [(0, "an hour"), (1, "2 hours"), (47, "48 hours"), (48, "3 days"), (240, "11 days")]
)
def test_a_length_of_time_is_said_without_promising_less(hours: int, words: str) -> None:
    assert span(timedelta(hours=hours)) == words


def test_each_fact_has_a_page() -> None:
    assert pages.FORMS.keys() == FACTS.keys()


# ---- Complaints ------------------------------------------------------------------------------------------------


def complained(the: Cast, about: str) -> Any:
    return taken(
        the.dilys, Telling(kind="complaint", complaint_about=about, words="Nobody rang back"), about=()
    )


@pytest.mark.parametrize("about, runs", [("information", True), ("unsure", True), ("service", False)])
def test_the_thirty_days_of_a_complaint_about_information_run_until_it_is_acknowledged(
    about: str, runs: bool, the: Cast
) -> None:
    """DPA 2018 s.164A: thirty days, the day of receipt among them."""
    contact, browser = complained(the, about), at_work(the.dilys)
    page = said(browser.get(address(contact)))
    assert ("Acknowledge a complaint about data protection Running" in page) == runs
    browser.post(
        address(contact, "acknowledge/"),
        {"passed_to": "The complaints manager", "how": "letter", "words": "We have your complaint"},
    )
    page = said(browser.get(address(contact)))
    assert "Passed to The complaints manager" in page
    assert ("Acknowledge a complaint about data protection Done" in page) == runs


def test_a_complainant_who_was_not_told_is_not_acknowledged(the: Cast) -> None:
    contact = complained(the, "information")
    at_work(the.dilys).post(
        address(contact, "acknowledge/"),
        {"passed_to": "Gwen Price", "how": "not-told", "why_not": "No address"},
    )
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        clocks = {clock.name: clock for clock in queries.clocks_of(contact.pk, at=timezone.now())}
    assert clocks["Acknowledge a complaint about data protection"].is_open


def test_a_complaint_says_who_answers_it(the: Cast) -> None:
    asked = at_work(the.dilys).post(
        address(complained(the, "service"), "acknowledge/"), {"how": "letter", "words": "x"}
    )
    assert "Say who answers it" in said(asked)


@pytest.mark.parametrize("about, kept", [("information", "information"), ("", "unsure")])
def test_a_complaint_by_telephone_is_the_same_record_as_one_by_the_website(
    about: str, kept: str, the: Cast
) -> None:
    """N92: a call makes what the form makes, with its clock."""
    answers = call(kind="complaint", complaint_about=about, teller="family", source="family")
    taken_by_hand = at_work(the.dilys).post("/work/contacts/take/", answers)
    assert taken_by_hand.status_code == 302
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        contact = Contact.objects.get()
        clocks = {clock.name: clock for clock in queries.clocks_of(contact.pk, at=timezone.now())}
    assert contact.complaint_about == kept
    assert clocks["Acknowledge a complaint about data protection"].is_open


def test_what_is_no_complaint_is_of_nothing(the: Cast) -> None:
    at_work(the.dilys).post("/work/contacts/take/", call(complaint_about="information"))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert Contact.objects.get().complaint_about == ""


# ---- Questions -------------------------------------------------------------------------------------------------


def test_a_question_is_answered_and_the_answer_is_kept_with_how_it_was_sent(the: Cast) -> None:
    contact = taken(
        the.dilys, Telling(kind="question", words="When does the hub open?", teller="family"), about=()
    )
    browser = at_work(the.dilys)
    assert "Answer the question" in said(browser.get(address(contact)))
    asked = browser.post(address(contact, "answer/"), {"how": "email"})
    assert (asked.status_code, "Say what you told them" in said(asked)) == (422, True)
    done = browser.post(address(contact, "answer/"), {"how": "email", "words": "At nine"})
    assert done.status_code == 302, said(done)
    page = said(browser.get(address(contact)))
    for words in ("Question answered", "By email", "At nine"):
        assert words in page
    assert browser.get(address(contact, "answer/")).status_code == 404


def test_what_is_no_question_is_not_answered(the: Cast) -> None:
    assert at_work(the.dilys).get(address(taken(the.dilys), "answer/")).status_code == 404
