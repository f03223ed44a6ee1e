"""Somebody recorded twice, made one and two again: at a desk, on the narrowest phone, and without scripts."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import PURPOSE
from tests.journeys.browsing import DESK, Stage
from tests.journeys.sign_in_fixtures import faults
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.models import Person
from wenlock.practice.case import actions as case
from wenlock.security.context import acting

NARROWEST = 320


@pytest.fixture(scope="module")
def pair(whole_stage: Stage) -> tuple[Person, Person]:
    """Robin and Robyn Tarn, with a worker of the other team in the one, proposed as one person."""
    by, at = whole_stage.family.thea, timezone.now()
    with acting(actor=by.pk, purpose=PURPOSE):
        source = obtained(channel="telephone", source="schools", purpose=PURPOSE, by=by, at=at)
        how: dict[str, Any] = {"by": by, "at": at, "provenance": source}
        first = people.record_person(given="Robin", family="Tarn", born_on=date(2017, 3, 4), sex="M", **how)
        second = people.record_person(given="Robyn", family="Tarn", born_on=date(2017, 4, 3), sex="U", **how)
        people.identify(person=second, scheme="LA-child-id", value="S000777", **how)
        people.record_address(
            people=[second], lines=["5 Bridge Street", "Ellesmere"], postcode="SY12 0ZZ", **how
        )
        case.allocate(
            person=first.pk,
            role="case-worker",
            purpose=PURPOSE,
            by=by.pk,
            at=at,
            worker=whole_stage.family.piers.pk,
        )
        people.propose_match(
            person=first.pk, other=second.pk, reasons=["The same family name", "Day and month the other way round"],
            by=by, at=at,
        )  # fmt: skip
    return first, second


@pytest.fixture(params=[NARROWEST, DESK])
def page(request: pytest.FixtureRequest, whole_stage: Stage) -> Iterator[Page]:
    yield whole_stage.open(whole_stage.family.thea, width=request.param)
    whole_stage.close()


def test_the_two_are_compared_and_answered_without_scripts(
    pair: tuple[Person, Person], whole_stage: Stage
) -> None:
    page = whole_stage.open(whole_stage.family.thea, script=False)
    page.goto(f"/work/duplicates/{pair[0].pk}/{pair[1].pk}/")
    page.get_by_role("button", name="Merge the two records").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why these are one person")
    whole_stage.close()


def test_two_records_are_merged_and_made_two_again(pair: tuple[Person, Person], page: Page) -> None:
    page.goto("/work/duplicates/")
    sound(page)
    page.get_by_role("link", name="Compare Robin Tarn and Robyn Tarn").click()
    sound(page)
    page.get_by_role("button", name="Merge the two records").click()
    sound(page)
    expect(page.get_by_role("alert")).to_contain_text("Select which date of birth is right")
    page.get_by_role("group", name="Which record stands?").get_by_label("The first: Robin Tarn").check()
    page.get_by_role("group", name="Date of birth: which is right?").get_by_label("4 Mar 2017").check()
    page.get_by_role("group", name="Sex: which is right?").get_by_label("Male").check()
    page.get_by_label("Legal name: Robyn Tarn").uncheck()
    page.get_by_label("They need to see the whole record for their work").check()
    page.get_by_label("Why are these one person?").fill("The school has one child of the name")
    page.get_by_role("button", name="Merge the two records").click()
    expect(page.get_by_role("heading", name="Robin Tarn", exact=True)).to_be_visible()
    expect(page.get_by_text("S000777")).to_be_visible()
    page.goto(f"/work/people/{pair[1].pk}/")
    expect(page.get_by_role("heading", name="Robin Tarn", exact=True)).to_be_visible()
    page.get_by_role("link", name="Records merged into this one").click()
    sound(page)
    page.get_by_role("link", name="Undo this merge").first.click()
    sound(page)
    page.get_by_label("Why are these two people?").fill("They are cousins")
    page.get_by_role("button", name="Make two records again").click()
    expect(page.get_by_text("They are cousins").first).to_be_visible()
    page.goto(f"/work/people/{pair[1].pk}/")
    expect(page.get_by_role("heading", name="Robyn Tarn", exact=True)).to_be_visible()


def sound(page: Page) -> None:
    """The page shuts nobody out and is no wider than its screen."""
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
