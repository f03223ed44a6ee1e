"""The public's pages in a real browser: wide and narrow, with and without scripts, by eye and by ear."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Route

from tests.integration.portal_examples import changed, left, proof_of, published, seen_by_the_site
from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.sign_in_fixtures import complaints, faults
from wenlock.notice import published as versions
from wenlock.portal import queries

PLAIN = [
    *("/", "/privacy-notice/", "/privacy-notice/versions/", "/privacy-notice/versions/1/"),
    *(
        "/privacy-notice/compare/",
        "/proof/",
        "/proof/?status=red",
        "/proof/N28/",
        "/proof/N80/",
        "/proof/regulator/",
    ),
    *("/cookies/", "/complaints/", "/accessibility/"),
]
WIDTHS = {"desk": DESK, "phone": PHONE}
NARROWEST = 320  # as a page of 1280 is when enlarged to 400%

Visit = Callable[..., Page]


@pytest.fixture
def visit(stage: Stage) -> Iterator[Visit]:
    """Open a page as a stranger, with a proof to be read."""
    left(proof_of(versions.in_force(on=timezone.localdate()), N29a="amber", N80="red"))

    def open_page(address: str, *, width: int = DESK, script: bool = True) -> Page:
        context = stage.browser.new_context(
            base_url=stage.address, viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        context.set_default_timeout(10_000)
        stage.opened.append(context)
        page = context.new_page()
        page.heard = complaints(page)  # type: ignore[attr-defined]
        page.goto(address)
        return page

    yield open_page
    queries.report_file().unlink(missing_ok=True)


def runs_off(page: Page) -> bool:
    """Whether the page is wider than the window."""
    found: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return found


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("address", PLAIN)
def test_a_public_page_shuts_nobody_out(visit: Visit, address: str, width: int) -> None:
    page = visit(address, width=width)
    assert faults(page) == []
    assert not runs_off(page)
    assert page.heard == []  # type: ignore[attr-defined]
    assert page.locator("h1").count() == 1
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    assert not runs_off(page)


def test_reading_every_public_page_leaves_no_cookie(visit: Visit) -> None:
    page = visit("/")
    for address in PLAIN:
        page.goto(address)
    assert page.context.cookies() == []


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_stranger_goes_from_the_home_page_to_one_promise_and_its_evidence(
    visit: Visit, script: bool
) -> None:
    page = visit("/", script=script)
    page.get_by_role("main").get_by_role("link", name="Proof").click()
    page.get_by_role("navigation", name="Show statements").get_by_role("link", name="Not proved").click()
    page.get_by_role("link", name="N80").click()
    assert page.get_by_role("heading", name="N80").is_visible()
    assert page.get_by_role("cell", name="provenance_is_in_the_notice").is_visible()
    page.get_by_role("link", name="See it in the notice").click()
    page.wait_for_url("**/privacy-notice/#N80")
    assert page.locator("#N80").is_visible()


def test_the_contents_lead_to_their_sections(visit: Visit) -> None:
    page = visit("/privacy-notice/")
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Under 13").click()
    page.wait_for_url("**#under-13")
    place = page.locator("#under-13").bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 200


def test_the_skip_link_is_first_and_leads_to_the_notice(visit: Visit) -> None:
    page = visit("/privacy-notice/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_the_council_colours_the_page(visit: Visit) -> None:
    page = visit("/")
    colour = page.evaluate(
        "getComputedStyle(document.querySelector('.govuk-generic-header')).backgroundColor"
    )
    assert colour == "rgb(0, 89, 79)"


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_comparison_is_read_by_eye_and_by_ear(
    visit: Visit, client: Client, tmp_path: Path, width: int
) -> None:
    # Another version, if committed, would stay for the rest of the run: so the browser is given the page.
    later = timezone.localdate() + timedelta(days=9)
    edits = (
        ('says = "Friends"', 'says = "Friends and neighbours"'),
        ("needs_consent = true", "needs_consent = false"),
    )
    published(changed(tmp_path, *edits), on=later)
    with seen_by_the_site():
        answer = client.get("/privacy-notice/compare/?from=1&to=2")
    page = visit("/", width=width)

    def give(route: Route) -> None:
        route.fulfill(body=answer.content.decode(), content_type="text/html; charset=utf-8")

    page.route("**/privacy-notice/compare/**", give)
    page.goto("/privacy-notice/compare/?from=1&to=2")
    page.get_by_text("Show the words as a table").click()
    assert faults(page) == []
    assert not runs_off(page)
    assert page.locator("ins", has_text="neighbours").text_content() == "[added: and neighbours]"
    assert page.get_by_role("cell", name="It does not need consent.").is_visible()
