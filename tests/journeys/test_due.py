"""What is due in a real browser: the late first, why each date is what it is, and saying why one was passed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.cast import PURPOSE
from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.family import Family
from tests.journeys.sign_in_fixtures import complaints, faults
from wenlock.intake import actions as intake
from wenlock.intake.actions import Named, Telling
from wenlock.security.context import acting


def came(family: Family, hours: int, *, decided: bool = False) -> Any:
    """A contact about Wren that came so many hours ago."""
    at, by = timezone.now(), family.orla
    with acting(actor=by.pk, purpose=PURPOSE):
        contact = intake.take_contact(
            telling=Telling(kind="concern", words="She was cold.", teller="professional", danger="today"),
            about=[Named(given="Wren", family="Hollis")], channel="telephone", source="family",
            purpose=PURPOSE, by=by, at=at, received_at=at - timedelta(hours=hours),
        )  # fmt: skip
        intake.match(mention=contact.mentions.get(), person=family.wren.pk, by=by, at=at)
        if decided:
            intake.decide(
                contact=contact, outcome="information", seen="The call", reason="Advice met it", by=by, at=at
            )
    return contact


@pytest.mark.parametrize("width", [DESK, PHONE, 320])
@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_somebody_finds_what_is_late_and_says_why(width: int, script: bool, stage: Stage) -> None:
    for hours in (30, 22, 2):
        came(stage.family, hours)
    late = came(stage.family, 80, decided=True)
    page = stage.open(stage.family.orla, width=width, script=script)
    heard = complaints(page)
    page.goto("/work/due/")
    expect(page.get_by_text("Late by 6 hours").first).to_be_visible()
    page.get_by_text("Why this date").first.click()
    expect(page.get_by_text("It began on").first).to_be_visible()
    if script:
        assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    owed = page.get_by_role("table", name="Finished late, and nobody has said why")
    owed.get_by_role("link", name=f"Say why it was late: Screen a contact, Contact {late.reference}").click()
    page.get_by_label("Somebody’s safety was seen to first").check()
    page.get_by_label("In your own words").fill("A brother of hers was seen to that night.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if script:
        assert faults(page) == []
    page.get_by_role("button", name="Record the reason").click()
    expect(page.get_by_text("Your reason is recorded.")).to_be_visible()
    expect(
        page.get_by_role("link", name=f"Say why it was late: Screen a contact, Contact {late.reference}")
    ).to_have_count(0)
    assert heard == []
