"""The data officer's day in a real browser: a census brought in, a broken one refused, a child of it found and read."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.integration.cin_stage import cin_examples
from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.sign_in_fixtures import complaints, faults


@pytest.fixture
def census(tmp_path: Path) -> Path:
    """A census file of three children."""
    file = tmp_path / "cin-2026.xml"
    file.write_bytes(cin_examples.full())
    return file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The same with a date that is none."""
    file = tmp_path / "broken.xml"
    file.write_bytes(cin_examples.full().replace(b"2025-09-02", b"2025-09-32"))
    return file


def bring_in(page: Page, file: Path) -> None:
    page.goto("/work/")
    if (menu := page.get_by_role("button", name="Menu")).is_visible():
        menu.click()
    page.get_by_role("link", name="Imports").first.click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Bring in the file").click()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_census_is_brought_in_and_its_children_found_by_their_number_and_read(
    script: bool, census: Path, stage: Stage
) -> None:
    page = stage.open(stage.family.vera, script=script)
    bring_in(page, census)
    expect(page.get_by_role("heading", level=1)).to_have_text("Brought in: cin-2026.xml")
    box = page.get_by_role("searchbox", name="Search for a person by name, date of birth or number")
    box.fill("WEN0001")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 people found")
    page.get_by_role("row", name="27 March 2015").get_by_role("link", name="WEN0001").click()
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_text("Child protection plan began").first).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_pages_of_imports_and_returns_shut_nobody_out(width: int, census: Path, stage: Stage) -> None:
    page = stage.open(stage.family.vera, width=width)
    heard = complaints(page)
    bring_in(page, census)
    page.wait_for_url("**/work/import/*-*/")
    for address in (page.url, "/work/import/", "/work/returns/"):
        page.goto(address)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert heard == []


def test_a_broken_census_is_refused_with_line_and_reason(broken: Path, stage: Stage) -> None:
    page = stage.open(stage.family.vera)
    bring_in(page, broken)
    expect(page.get_by_role("heading", level=1)).to_have_text("The file was refused")
    line = cin_examples.line_of(broken.read_bytes(), b"2025-09-32")
    expect(page.get_by_role("row", name=str(line)).first).to_be_visible()
    assert faults(page) == []


def test_a_census_is_brought_in_without_a_mouse(census: Path, stage: Stage) -> None:
    page = stage.open(stage.family.vera)
    page.goto("/work/import/")
    page.get_by_role("button", name="Bring in the file").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Choose the census file").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_file"
    page.locator("input[type=file]").set_input_files(census)
    page.get_by_role("button", name="Bring in the file").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Brought in: cin-2026.xml")
