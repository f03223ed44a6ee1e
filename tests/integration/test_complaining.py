"""N91 to N96 as far as a complaint is sent: taken as it was written, with its clock, and with who else can help."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.portal_examples import page, text
from tests.integration.tell_examples import reference, send, taken, waiting
from wenlock.intake.queries import clocks_of
from wenlock.portal import telephones
from wenlock.portal.authority import authority_file
from wenlock.portal.views.tell import elsewhere
from wenlock.security.context import acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

WRONG = {"words": "My file was sent to my neighbour", "wanted": "Say sorry, and get it back"}


@pytest.mark.parametrize(
    "about, kept, runs",
    [
        ("information", "information", True),
        ("service", "service", False),
        ("", "unsure", True),
        ("?", "unsure", True),
    ],
)
def test_a_complaint_is_taken_and_one_of_information_has_thirty_days_to_be_acknowledged(
    about: str, kept: str, runs: bool, the: Cast
) -> None:
    """DPA 2018 s.164A, in force from 19 June 2026: thirty days beginning with the day of receipt."""
    said = reference(
        send("complaint", complaint_about=about, teller="family", teller_name="Dawn Ashdown", **WRONG)
    )
    contact, mentions = taken(the)
    assert (contact.reference, contact.kind, contact.complaint_about) == (said, "complaint", kept)
    assert contact.words == f"{WRONG['words']}\n\n[What they would like us to do: {WRONG['wanted']}]"
    assert mentions == []
    assert [each.reference for each in waiting(the)] == [said]
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        clocks = {clock.name: clock for clock in clocks_of(contact.pk, at=timezone.now())}
    clock = clocks.get("Acknowledge a complaint about data protection")
    assert (clock is not None) == runs
    if clock:
        received = timezone.localdate(contact.provenance.received_at)
        assert isinstance(clock.due, date)
        assert (clock.due - received).days == 29


def test_the_child_it_is_about_is_named_apart(the: Cast) -> None:
    send("complaint", words="x", given="Mia", family="Ashdown")
    _, (child,) = taken(the)
    assert (child.given, child.mentioned_as) == ("Mia", "child")


@pytest.mark.parametrize("answers", [{"complaint_about": "service"}, {"teller": "family", "wanted": " "}])
def test_a_complaint_of_nothing_is_asked_again(answers: dict[str, Any], the: Cast) -> None:
    answer = send("complaint", **answers)
    assert answer.status_code == 422
    assert "Write what happened" in answer.content.decode()
    assert waiting(the) == []


def test_what_somebody_wants_alone_is_a_complaint(the: Cast) -> None:
    assert send("complaint", wanted="Ring me back").status_code == 303


@pytest.mark.parametrize("address", ["/tell-us/complaint/", "/complaints/", "sent"])
def test_a_page_of_complaints_says_who_else_can_help_as_policy_has_it(address: str, client: Client) -> None:
    if address == "sent":
        address = send("complaint", **WRONG)["Location"]
    shown = page(client, address)
    declared = authority_file()["independent"]
    for code in ("advocate", "ombudsman"):
        assert declared[code]["name"] in text(shown)
        assert declared[code]["line"] in text(shown)
    assert {"tel:03031231113", "https://ico.org.uk/", "mailto:casework@ico.org.uk"} <= set(
        shown.xpath("//main//a/@href")
    )


def test_the_page_of_complaints_leads_to_the_form(client: Client) -> None:
    assert "/tell-us/complaint/" in page(client, "/complaints/").xpath("//main//a/@href")


def test_who_else_can_help_is_read_and_a_row_that_has_ended_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = {"name": "Somebody", "line": "01632 960183", "review_on": date(2099, 1, 1)}
    declared = {"independent": {"advocate": row, "ombudsman": row | {"until": date(2026, 1, 1)}, "other": 7}}
    monkeypatch.setattr(telephones, "authority_file", lambda: declared)
    assert list(telephones.independent(on=timezone.localdate())) == ["advocate"]
    monkeypatch.setattr(telephones, "authority_file", dict)
    assert elsewhere(None) == {"regulator": (), "independent": {}}


def test_who_complains_is_told_that_somebody_else_answers(client: Client) -> None:
    said = text(page(client, send("complaint", **WRONG)["Location"]))
    assert "somebody who was not part of what happened" in said
    assert "the law gives us 30 days" in said
