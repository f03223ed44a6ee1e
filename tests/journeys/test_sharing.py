"""Sharing in a real browser: the police ask about a child, and a school is told with a mother's consent."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.sharing_stage import HARM, HELP, POLICE, SCHOOL, Settled, settled
from tests.journeys.sign_in_fixtures import complaints, faults


@pytest.fixture(scope="module")
def set_up(whole_stage: Stage) -> Settled:
    return settled()


def working_for(page: Page, purpose: str) -> Page:
    """Change the purpose, as a worker does."""
    page.goto("/work/purpose/")
    page.locator(f"input[value={purpose}]").check()
    page.get_by_role("button", name="Save and continue").or_(
        page.locator("main button[type=submit]")
    ).first.click()
    return page


def sound(page: Page, width: int) -> None:
    """Nothing axe can find, and no wider than the screen."""
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def proposed(page: Page, wren: str, body: str, *titles: str, reference: str = "") -> None:
    """Whom with, what and why; then what was found."""
    page.goto(f"{wren}sharing/")
    page.get_by_role("button", name="Share something").click()
    page.get_by_label(f"{body}, Safeguarding desk").first.check()
    page.get_by_role("button", name="Continue").click()
    for title in titles:
        page.get_by_label(title).first.check()
    page.get_by_label("Why is it necessary to share this?").fill("They are looking for her father tonight.")
    page.get_by_label("Their reference").fill(reference)
    page.get_by_role("button", name="See whether it may be shared").click()


def decided(page: Page, address: str, choice: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Decide on it").click()
    page.get_by_label(choice, exact=True).check()
    page.get_by_label("Why?").fill("It is necessary, and no more than they need.")
    page.get_by_role("button", name="Save the decision").click()


def saved(page: Page, folder: Path) -> zipfile.ZipFile:
    """Send it, and the file as the worker has it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Send, and save the file").click()
    kept = folder / "shared.zip"
    waiting.value.save_as(kept)
    return zipfile.ZipFile(io.BytesIO(kept.read_bytes()))


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_police_ask_and_are_told_no_more_than_they_need(
    stage: Stage, set_up: Settled, tmp_path: Path, width: int
) -> None:
    home, wren = set_up.family, f"/work/people/{set_up.family.wren.pk}/"
    page = working_for(stage.open(home.ines, width=width), HARM)
    heard = complaints(page)
    proposed(page, wren, POLICE, "Name: Wren Hollis", "Birth and sex: Wren Hollis", reference="SCH2/417")
    expect(page.get_by_text("It may be shared once somebody else approves it")).to_be_visible()
    sound(page, width)
    address = page.url
    approver = working_for(stage.open(home.orla, width=width), HARM)
    decided(approver, address, "Approve it")
    page.goto(address)
    expect(page.get_by_role("heading", name="It may be shared", exact=True)).to_be_visible()
    sound(page, width)
    packed = saved(page, tmp_path)
    assert sorted(packed.namelist()) == ["shared.html", "shared.json"]
    said = json.loads(packed.read("shared.json"))
    assert (said["to"], said["asked_in"]) == (POLICE, "SCH2/417")
    assert {item["table"] for item in said["items"]} == {"people_name", "people_person"}
    assert "Quillet" not in packed.read("shared.html").decode()
    page.goto(address)
    expect(page.get_by_text("Hash of the content (SHA-256)")).to_be_visible()
    page.get_by_role("button", name="Say what became of the file").click()
    sound(page, width)
    page.get_by_label("Handed over", exact=True).check()
    page.get_by_label("To whom, or why not?").fill("DS Pryce, at the desk")
    today = timezone.localdate()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(part).fill(str(value))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("DS Pryce, at the desk").first).to_be_visible()
    sound(page, width)
    assert heard == []


def test_what_is_decided_against_is_kept_with_its_reason(stage: Stage, set_up: Settled) -> None:
    wren = f"/work/people/{set_up.family.wren.pk}/"
    page = working_for(stage.open(set_up.family.ines, script=False), HARM)
    proposed(page, wren, POLICE, "Name: Wren Hollis")
    decided(page, page.url, "Not to share")
    page.goto(f"{wren}sharing/")
    expect(page.get_by_text("Not shared").first).to_be_visible()
    expect(page.get_by_text("It is necessary, and no more than they need.").first).to_be_visible()


def test_a_school_is_told_with_consent_and_not_once_it_is_withdrawn(
    stage: Stage, set_up: Settled, tmp_path: Path
) -> None:
    home, wren = set_up.family, f"/work/people/{set_up.family.wren.pk}/"
    page = working_for(stage.open(home.ines), HELP)
    page.goto(f"{wren}sharing/consents/give/")
    sound(page, DESK)
    page.get_by_label(f"{SCHOOL}. For: Early help").check()
    page.locator("input[name=categories][value=identity]").check()
    page.get_by_label("Kerry Hollis").check()
    page.get_by_label("With parental responsibility for the child").check()
    page.get_by_label("Spoken").check()
    today = timezone.localdate()
    for part, value in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(part).fill(str(value))
    page.get_by_role("button", name="Record the consent").click()
    expect(page.get_by_text("Given", exact=True).first).to_be_visible()
    approver = working_for(stage.open(home.orla), HELP)
    addresses = []
    for _ in range(2):
        proposed(page, wren, SCHOOL, "Name: Wren Hollis")
        addresses.append(page.url)
        decided(approver, page.url, "Approve it")
    page.goto(addresses[0])
    assert json.loads(saved(page, tmp_path).read("shared.json"))["to"] == SCHOOL
    waiting = stage.open(home.ines)
    working_for(waiting, HELP)
    waiting.goto(addresses[1])
    page.goto(f"{wren}sharing/consents/")
    page.get_by_role("link", name="Withdraw").first.click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("Withdrawn", exact=True).first).to_be_visible()
    waiting.get_by_role("button", name="Send, and save the file").click()
    expect(
        waiting.get_by_text("Consent to this sharing was withdrawn, so it cannot be sent.")
    ).to_be_visible()
    sound(waiting, DESK)


@pytest.mark.parametrize("width", [DESK, 1024, PHONE, 320])
def test_a_keeper_writes_an_address_down_and_cannot_verify_it(
    stage: Stage, set_up: Settled, width: int
) -> None:
    page = stage.open(set_up.family.thea, width=width)
    heard = complaints(page)
    page.goto("/work/recipients/")
    sound(page, width)
    page.get_by_role("button", name="Add an address").click()
    sound(page, width)
    body = f"Larkrise School {width}"
    page.get_by_label("Which recipient of the privacy notice is it?").select_option("education-providers")
    page.get_by_label("What is the body called?").fill(body)
    page.get_by_label("Who or what desk there receives it?").fill("The head teacher")
    page.get_by_label("Where is that?").fill("01743 555 0199")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Somebody else verifies it before anything is sent there.")).to_be_visible()
    expect(page.get_by_role("link", name=f"Change {body}")).to_be_visible()
    expect(page.get_by_role("link", name=f"Verify {body}")).to_have_count(0)
    sound(page, width)
    assert heard == []


@pytest.mark.parametrize("width", [1440, 1280, 1024, 800, 660])
def test_the_longest_menu_never_lies_under_the_search(stage: Stage, set_up: Settled, width: int) -> None:
    page = stage.open(set_up.family.thea, width=width)
    page.goto("/work/")
    box = page.locator(".wl-search").bounding_box()
    assert box is not None
    for item in page.locator(".govuk-service-navigation__item").all():
        place = item.bounding_box()
        assert place is not None
        assert place["x"] + place["width"] <= box["x"] or place["y"] + place["height"] <= box["y"]
