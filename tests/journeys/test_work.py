"""A worker's day in a real browser: without a mouse, without scripts, on a phone; and every page through axe."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.sign_in_fixtures import complaints, faults


def pages(stage: Stage) -> dict[str, list[str]]:
    """Every kind of page, by who sees it."""
    wren = f"/work/people/{stage.family.wren.pk}/"
    return {
        "ines": [
            "/work/", "/work/people/", "/work/purpose/", "/work/emergency-access/", wren, wren + "timeline/",
            wren + "family/", wren + "family/?size=larger", wren + "family/keep/", wren + "looked/", wren + "notes/", wren + "notes/write/", wren + "conflict/",
            wren + "documents/", wren + "documents/add/",
            f"{wren}addresses/{stage.family.refuge}/reveal/", f"/work/people/{stage.family.kerry.pk}/",
        ],
        "orla": ["/work/", "/work/reviews/", "/work/closed/", wren + "close/"],
    }  # fmt: skip


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("who", ["ines", "orla"])
def test_no_page_has_a_fault_axe_can_find_or_is_wider_than_the_screen(
    who: str, width: int, stage: Stage
) -> None:
    page = stage.open(getattr(stage.family, who), width=width, confirmed=True)
    heard = complaints(page)
    for address in pages(stage)[who]:
        assert page.goto(address).status == 200, address
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert heard == []


@pytest.mark.parametrize("width", [1440, 1280, 1024, 800, 660])
def test_the_menu_never_lies_under_the_search(width: int, stage: Stage) -> None:
    page = stage.open(stage.family.orla, width=width)
    page.goto("/work/")
    box = page.locator(".wl-search").bounding_box()
    assert box is not None
    for item in page.locator(".govuk-service-navigation__item").all():
        place = item.bounding_box()
        assert place is not None
        beside = place["x"] + place["width"] <= box["x"]
        assert beside or place["y"] + place["height"] <= box["y"]


def search(page: Page, typed: str) -> None:
    box = page.get_by_role("searchbox", name="Search for a person by name, date of birth or number")
    box.fill(typed)
    box.press("Enter")


def test_a_child_is_found_by_a_misspelt_name_and_the_address_says_nothing(stage: Stage) -> None:
    page = stage.open(stage.family.ines)
    page.goto("/work/")
    search(page, "Ren Holis")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 person found")
    assert "holis" not in page.url.lower()
    assert "hollis" not in page.url.lower()
    page.get_by_role("link", name="Wren Hollis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wren Hollis")
    expect(page.get_by_text("Her father must not learn where she lives")).to_be_visible()
    expect(page.get_by_text("Protected address", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 person found")


@pytest.mark.parametrize("script", [True, False])
def test_a_note_is_written_as_a_draft_and_made_final(script: bool, stage: Stage) -> None:
    page = stage.open(stage.family.ines, script=script)
    page.goto(f"/work/people/{stage.family.finn.pk}/notes/write/")
    title = f"Visit to school, {'with' if script else 'without'} scripts"
    page.get_by_label("What kind of note is it?").select_option("visit")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What happened?").fill("Finn read me his book.")
    page.get_by_label("Was Finn Hollis seen?").select_option("alone")
    page.get_by_label("How did the information come?").select_option("face-to-face")
    page.get_by_label("Who did it come from?").select_option("self")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your draft note")
    page.get_by_label("What happened?").fill("Finn read me his book, twice.")
    page.get_by_role("button", name="Make it final").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_text("Finn read me his book, twice.").first).to_be_visible()


def test_a_draft_is_kept_while_it_is_typed(stage: Stage) -> None:
    page = stage.open(stage.family.ines)
    heard = complaints(page)
    page.goto(f"/work/people/{stage.family.finn.pk}/notes/write/")
    page.get_by_label("What kind of note is it?").select_option("telephone")
    page.get_by_label("How did the information come?").select_option("telephone")
    page.get_by_label("Who did it come from?").select_option("family")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_label("What happened?").press_sequentially("His mother rang: ")
    expect(page.get_by_role("status")).to_contain_text("Draft kept at")
    page.reload()
    assert page.get_by_label("What happened?").input_value().startswith("H")
    assert heard == []


def test_emergency_access_is_opened_shown_on_every_page_and_reviewed(stage: Stage) -> None:
    page = stage.open(stage.family.ines, confirmed=True)
    page.goto("/work/emergency-access/")
    page.get_by_label("Full name and date of birth").check()
    page.get_by_label("Given name").fill("Otis")
    page.get_by_label("Family name").fill("Vale")
    for part, typed in (("Day", "30"), ("Month", "7"), ("Year", "2014")):
        page.get_by_label(part).fill(typed)
    page.get_by_label("A child may be at immediate risk of harm").check()
    page.get_by_label("What has happened?").fill("Police are at the door with him now")
    page.get_by_label("A child is at risk right now").check()
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Otis Vale")
    for address in ("/work/", "/work/people/", f"/work/people/{stage.family.wren.pk}/timeline/"):
        page.goto(address)
        expect(page.get_by_role("region", name="Emergency access is open")).to_contain_text("Otis Vale")
    assert faults(page) == []
    manager = stage.open(stage.family.orla)
    manager.goto("/work/reviews/")
    manager.get_by_role("link", name="Review Ines Duarte").first.click()
    manager.get_by_label("Yes").check()
    manager.get_by_label("Why?").fill("Police asked, and the team was not on call")
    assert faults(manager) == []
    manager.get_by_role("button", name="Record the review").click()
    expect(manager.get_by_text("Your review is recorded")).to_be_visible()


def test_a_protected_address_is_shown_for_a_reason(stage: Stage) -> None:
    page = stage.open(stage.family.orla, confirmed=True)
    page.goto(f"/work/people/{stage.family.kerry.pk}/")
    expect(page.get_by_text("Quillet")).to_have_count(0)
    page.get_by_role("link", name="Show it").click()
    page.get_by_label("Why do you need to see this address?").fill("A visit is due today, with police")
    page.get_by_role("button", name="Show the address").click()
    expect(page.get_by_text("Flat 2, 9 Quillet Lane, Oswestry, SY11 9ZZ")).to_be_visible()


def test_the_way_to_a_record_needs_no_mouse(stage: Stage) -> None:
    page = stage.open(stage.family.ines)
    page.goto("/work/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Alt+Shift+S")
    page.keyboard.type("3 August 2009")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("No people found")
    page.keyboard.press("Alt+Shift+S")
    page.keyboard.press("Control+A")
    page.keyboard.type("22 May 2016")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 person found")


def test_an_error_leads_to_its_question(stage: Stage) -> None:
    page = stage.open(stage.family.ines)
    page.goto(f"/work/people/{stage.family.wren.pk}/notes/write/")
    page.get_by_role("button", name="Make it final").click()
    expect(page).to_have_title("Error: Write a note – Children’s services – Shropshire Council")
    page.get_by_role("link", name="Enter a title").click()
    expect(page.get_by_label("Title")).to_be_focused()
    assert faults(page) == []


def test_a_record_out_of_reach_and_no_record_look_the_same(stage: Stage) -> None:
    page = stage.open(stage.family.piers)
    told = []
    for person in (stage.family.wren.pk, "0b5c1d2e-3f40-4a51-8b62-9c73ad84be95"):
        assert page.goto(f"/work/people/{person}/").status == 404
        told.append(page.get_by_role("main").inner_text())
    assert told[0] == told[1]
    assert faults(page) == []


def test_the_drawn_timeline_has_its_table(stage: Stage) -> None:
    page = stage.open(stage.family.ines)
    page.goto(f"/work/people/{stage.family.wren.pk}/timeline/")
    picture = page.get_by_role("img", name="Timeline of this child’s care").first
    expect(picture).to_be_visible()
    page.get_by_text("Show this as a table").click()
    expect(page.get_by_role("row", name="Child protection plan Neglect")).to_be_visible()


def width_of(page: Page) -> float:
    return float(page.get_by_role("img", name="Genogram of Wren Hollis").bounding_box()["width"])  # type: ignore[index]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_family_is_drawn_and_its_table_leads_to_the_records(width: int, stage: Stage) -> None:
    page = stage.open(stage.family.ines, width=width)
    heard = complaints(page)
    page.goto(f"/work/people/{stage.family.wren.pk}/")
    page.get_by_role("link", name="Family", exact=True).click()
    picture = page.get_by_role("img", name="Genogram of Wren Hollis")
    expect(picture).to_be_visible()
    table = page.get_by_role("table", name="Everybody in the family")
    above = table.bounding_box()["y"] < picture.bounding_box()["y"]  # type: ignore[index]
    assert above == (width == PHONE)
    expect(table.get_by_role("row", name="Brenda Hollis")).to_contain_text("Grandparent")
    table.get_by_role("link", name="Leon Price").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leon Price")
    assert heard == []


def test_a_drawing_is_made_larger_and_moved_with_the_keyboard(stage: Stage) -> None:
    page = stage.open(stage.family.ines)
    page.goto(f"/work/people/{stage.family.wren.pk}/family/")
    page.get_by_role("button", name="Fit to the page").focus()
    page.keyboard.press("Tab")
    box = page.get_by_role("region", name="Drawing of the family. It scrolls.")
    expect(box).to_be_focused()
    fitted = width_of(page)
    for _ in range(4):
        page.keyboard.press("+")
    assert width_of(page) > 2 * fitted
    before = box.evaluate("box => box.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("([box, before]) => box.scrollLeft > before", arg=[box.element_handle(), before])
    page.keyboard.press("-")
    page.keyboard.press("0")
    assert width_of(page) == pytest.approx(fitted, abs=1)
    page.get_by_role("button", name="Larger").click()
    assert width_of(page) > fitted
    assert page.evaluate("document.documentElement.scrollWidth") <= DESK


@pytest.mark.parametrize("script", [True, False])
def test_a_genogram_is_kept_for_a_court_and_read_again(script: bool, stage: Stage) -> None:
    page = stage.open(stage.family.ines, script=script)
    page.goto(f"/work/people/{stage.family.wren.pk}/family/")
    if not script:
        usual = width_of(page)
        page.get_by_role("link", name="Show the drawing larger").click()
        assert width_of(page) > 1.5 * usual
    page.get_by_role("button", name="Keep this genogram as it is today").click()
    page.get_by_label("For a court").check()
    page.get_by_label("Why is it kept?").fill(f"Hearing {'with' if script else 'without'} scripts")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="The family as it was on")).to_be_visible()
    expect(page.get_by_text("Kept by Ines Duarte")).to_be_visible()
    assert width_of(page) > 300
    if script:  # axe is itself a script
        assert faults(page) == []
