"""The front door in a real browser: a call taken, the child found, a decision made, and the school told."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.sign_in_fixtures import complaints, faults


def take(page: Page, *, by: str = "Telephone") -> None:
    """Take what a school says about Wren: a call, unless it came another way."""
    page.goto("/work/contacts/")
    page.get_by_role("button", name="Take a contact").click()
    page.get_by_label(by, exact=True).check()
    page.get_by_label("Somebody who works with the child").check()
    page.get_by_label("What are they to the child?").select_option(label="Schools")
    listed = page.get_by_label("Which school, surgery, force or office?")
    known = listed.locator("option", has_text="Long Meadow Primary School")
    if known.count():
        listed.select_option(value=known.get_attribute("value"))
    else:
        page.get_by_label("Name of the one that is not listed").fill("Long Meadow Primary School")
    page.get_by_label("Their name", exact=True).fill("Pat Rowe")
    page.get_by_label("Somebody is worried about a child").check()
    page.get_by_label("What did they say?").fill("Wren was not collected from school.\nShe was cold.")
    page.get_by_label("It cannot wait until tomorrow").check()
    first = page.get_by_role("group", name="First person")
    first.get_by_label("Given name").fill("Wren")
    first.get_by_label("Family name").fill("Hollis")
    page.get_by_role("button", name="Take the contact").click()
    expect(page.get_by_text("The contact is taken. Its reference is")).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE, 320])
@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_call_goes_from_taking_to_telling(width: int, script: bool, stage: Stage) -> None:
    page = stage.open(stage.family.orla, width=width, script=script)
    heard = complaints(page)
    take(page)
    page.get_by_role("link", name="Find the record of Wren Hollis").click()
    page.get_by_label("Wren Hollis").check()
    page.get_by_role("button", name="Choose").click()
    expect(page.get_by_role("link", name="Wren Hollis", exact=True)).to_be_visible()
    page.get_by_label("Your screening note").fill("Rang the school: her mother came at five")
    page.get_by_role("button", name="Make it final").click()
    page.get_by_role("button", name="Decide what follows").click()
    page.get_by_label("Information and advice").check()
    page.get_by_label("What did you look at?").fill("The record, and the school's account")
    page.get_by_label("Why?", exact=True).fill("Advice met the need")
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_label("By telephone").check()
    page.get_by_label("What did you tell them?").fill("We have spoken with the family")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The contact is finished.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert heard == []
    if script:
        assert faults(page) == []


def test_a_screening_note_is_kept_while_it_is_typed(stage: Stage) -> None:
    page = stage.open(stage.family.orla)
    take(page)
    page.get_by_label("Your screening note").press_sequentially("Rang the school: ")
    expect(page.get_by_role("status")).to_contain_text("Draft kept at")
    page.reload()
    assert page.get_by_label("Your screening note").input_value().startswith("R")


def test_a_call_is_kept_while_it_is_typed_and_outlives_the_page(stage: Stage) -> None:
    page = stage.open(stage.family.orla)
    page.goto("/work/contacts/take/")
    page.get_by_label("What did they say?").press_sequentially("She said that ")
    expect(page.get_by_role("status")).to_contain_text("Draft kept at")
    page.goto("/work/")
    page.goto("/work/contacts/take/")
    assert page.get_by_label("What did they say?").input_value().startswith("S")
    assert faults(page) == []
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_label("What did they say?")).to_have_value("")


def test_an_error_on_a_long_form_leads_to_its_question_and_keeps_what_was_typed(stage: Stage) -> None:
    page = stage.open(stage.family.orla)
    page.goto("/work/contacts/take/")
    page.get_by_label("Their name", exact=True).fill("Pat Rowe")
    page.get_by_role("button", name="Take the contact").click()
    page.get_by_role("link", name="Write what they said").click()
    expect(page.get_by_label("What did they say?")).to_be_focused()
    expect(page.get_by_label("Their name", exact=True)).to_have_value("Pat Rowe")
    assert faults(page) == []


@pytest.mark.parametrize("width", [DESK, 320])
@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_letter_is_taken_and_its_scan_kept_with_it(
    width: int, script: bool, stage: Stage, tmp_path: Path
) -> None:
    scan = tmp_path / "letter.txt"
    scan.write_text("Dear Sir or Madam, I am worried about the children next door.")
    page = stage.open(stage.family.orla, width=width, script=script)
    heard = complaints(page)
    take(page, by="Letter")
    expect(page.get_by_role("heading", name="Add the scan of the letter")).to_be_visible()
    if script:
        assert faults(page) == []
    page.get_by_role("group", name="Date on the letter").get_by_label("Day").fill("31")
    page.get_by_role("group", name="Date on the letter").get_by_label("Month").fill("2")
    page.get_by_role("group", name="Date on the letter").get_by_label("Year").fill("2026")
    page.locator("input[type=file]").set_input_files(scan)
    page.get_by_role("button", name="Keep the scan").click()
    expect(page.get_by_role("alert")).to_contain_text("Date on the letter must be a real date")
    page.get_by_role("group", name="Date on the letter").get_by_label("Day").fill("27")
    page.locator("input[type=file]").set_input_files(scan)
    page.get_by_role("button", name="Keep the scan").click()
    expect(page.get_by_text("The scan is kept with the contact.")).to_be_visible()
    expect(page.get_by_role("link", name="letter.txt")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all("422" in each for each in heard)  # the browser's word for the page that asks again
    if script:
        assert faults(page) == []
