"""A child's own words in a real browser: read as they were written, answered, and told back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.sign_in_fixtures import complaints, faults
from tests.journeys.writing import WORDS, wren_wrote


@pytest.mark.parametrize("width", [DESK, PHONE, 320])
def test_a_worker_reads_what_a_child_wrote_and_says_what_was_done(width: int, stage: Stage) -> None:
    wren_wrote(stage.family)
    page = stage.open(stage.family.ines, width=width)
    heard = complaints(page)
    page.goto(f"/work/people/{stage.family.wren.pk}/")
    quoted = page.locator("blockquote").first
    assert quoted.inner_text() == WORDS
    page.get_by_role("link", name="Everything they have written, and what was done").click()
    page.get_by_role("link", name="Say what was done").first.click()
    assert page.locator("blockquote").inner_text() == WORDS
    page.get_by_label("What was done about it?").fill("Finn goes with her from now on")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Finn goes with her from now on").first).to_be_visible()
    expect(page.get_by_text("has not been told yet").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []
    assert faults(page) == []


def test_the_front_door_reads_them_whole_and_finds_who_wrote_them(stage: Stage) -> None:
    wren_wrote(stage.family, words="  two  spaces,\n\tand a tab")
    page = stage.open(stage.family.orla)
    page.goto("/work/contacts/")
    page.get_by_role("row", name="Mind Of My Own").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="In the child’s own words")).to_be_visible()
    assert faults(page) == []
