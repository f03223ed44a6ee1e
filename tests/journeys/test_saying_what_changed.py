"""A change and a complaint in a real browser, from whoever sends it to whoever answers it; and cookies that do not come out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESK, PHONE, Stage
from tests.journeys.sign_in_fixtures import complaints, faults
from tests.journeys.test_public_pages import NARROWEST, runs_off
from wenlock.portal import cookies
from wenlock.portal.cookies import CHOICE, Register
from wenlock.portal.views import pages

BOTH = pytest.mark.parametrize(
    "width, script",
    [(DESK, True), (NARROWEST, True), (NARROWEST, False)],
    ids=["desk", "phone", "without scripts"],
)
COUNT = "count_visits"
Visit = Callable[..., Page]


@pytest.fixture
def visit(stage: Stage) -> Iterator[Visit]:
    """Open a page as a stranger."""
    cache.clear()

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
    cache.clear()


def whole(page: Page, *, width: int, script: bool) -> None:
    """The page shuts nobody out, keeps to its width, and has set nothing."""
    assert not runs_off(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if script:
        assert faults(page) == []


@BOTH
def test_a_change_is_told_signed_out_and_put_right_by_whoever_knows_the_teller(
    visit: Visit, stage: Stage, width: int, script: bool
) -> None:
    page = visit("/tell-us/", width=width, script=script)
    page.get_by_role("link", name="Something you hold about me has changed").click()
    page.get_by_label("What has changed?").fill("Wren has a new telephone number")
    whose = page.get_by_role("group", name="Whose information it is")
    whose.get_by_label("First name").fill("Wren")
    whose.get_by_label("Last name").fill("Hollis")
    page.get_by_label("A parent, carer or relative").check()
    page.get_by_role("button", name="Send this").click()
    page.wait_for_url("**/tell-us/sent/**")
    reference = page.locator(".wl-reference").inner_text()
    whole(page, width=width, script=script)
    assert page.context.cookies() == []

    page = stage.open(stage.family.orla, width=max(width, PHONE), script=script)
    heard = complaints(page)
    page.goto("/work/contacts/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("Find the record of whoever this is about.")).to_be_visible()
    page.get_by_role("link", name="Find the record of Wren Hollis").click()
    page.get_by_label("Wren Hollis").check()
    page.get_by_role("button", name="Choose").click()
    page.get_by_role("button", name="Check who told us").click()
    page.get_by_label("In person, by a worker who knows them").check()
    page.get_by_label("What did you ask, or see?").fill("I saw her mother at home")
    page.get_by_label("Yes", exact=True).check()
    whole(page, width=max(width, PHONE), script=script)
    page.get_by_role("button", name="Record the check").click()
    page.get_by_role("link", name="Telephone number or email address of Wren Hollis").click()
    page.get_by_label("Mobile phone").check()
    page.get_by_label("Number or address").fill("07700 900456")
    for part, typed in (("Day", "20"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_label("Why is this right?").fill("Her mother showed me")
    whole(page, width=max(width, PHONE), script=script)
    page.get_by_role("button", name="Put it right").click()
    expect(page.get_by_role("cell", name="Mobile phone: 07700 900456")).to_be_visible()
    whole(page, width=max(width, PHONE), script=script)
    page.get_by_role("button", name="Tell them what came of it").click()
    page.get_by_label("By telephone").check()
    page.get_by_label("What did you tell them?").fill("We have the new number")
    page.get_by_role("button", name="Record it and finish").click()
    expect(page.get_by_text("The change is finished.")).to_be_visible()
    expect(page.get_by_text("We have the new number")).to_be_visible()
    assert heard == []


@BOTH
def test_a_complaint_is_sent_signed_out_and_acknowledged(
    visit: Visit, stage: Stage, width: int, script: bool
) -> None:
    page = visit("/complaints/", width=width, script=script)
    whole(page, width=width, script=script)
    page.get_by_role("button", name="Complain on this website").click()
    whole(page, width=width, script=script)
    page.get_by_label("How you used information about me or my child").check()
    page.get_by_label("What happened?").fill("A letter about us went to the wrong house")
    page.get_by_label("What would you like us to do?").fill("Get it back")
    page.get_by_role("button", name="Send this").click()
    page.wait_for_url("**/tell-us/sent/**")
    reference = page.locator(".wl-reference").inner_text()
    expect(page.get_by_text("the law gives us 30 days")).to_be_visible()
    expect(page.get_by_role("heading", name="Local Government and Social Care Ombudsman")).to_be_visible()
    whole(page, width=width, script=script)
    assert page.context.cookies() == []

    page = stage.open(stage.family.orla, width=max(width, PHONE), script=script)
    heard = complaints(page)
    page.goto("/work/contacts/")
    page.get_by_role("link", name=reference).click()
    expect(
        page.get_by_role("heading", name="Acknowledge a complaint about data protection Running")
    ).to_be_visible()
    page.get_by_role("button", name="Acknowledge the complaint").click()
    page.get_by_label("Who answers it?").fill("The data protection officer")
    page.get_by_label("By letter").check()
    page.get_by_label("What did you tell them?").fill("We have your complaint")
    whole(page, width=max(width, PHONE), script=script)
    page.get_by_role("button", name="Record it").click()
    expect(
        page.get_by_role("heading", name="Acknowledge a complaint about data protection Done")
    ).to_be_visible()
    assert heard == []


# ---- Cookies ---------------------------------------------------------------------------------------------------


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that has a cookie to agree to, and pages that try to set it, and one that nobody declared."""
    register = Register(frozenset({"session", "csrf", "messages", CHOICE}), frozenset({COUNT}))
    monkeypatch.setattr(cookies, "_register", lambda declared: register)
    drawn = pages.render

    def sets(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = drawn(request, *args, **kwargs)
        response.set_cookie(COUNT, "1")
        response.set_cookie("_ga", "1")
        return response

    monkeypatch.setattr(pages, "render", sets)


def held(page: Page) -> set[str]:
    """The names of the cookies the browser keeps."""
    return {cookie["name"] for cookie in page.context.cookies()}


@BOTH
def test_a_cookie_that_needs_consent_comes_with_a_yes_and_goes_with_a_no(
    visit: Visit, counting: None, width: int, script: bool
) -> None:
    page = visit("/complaints/", width=width, script=script)
    assert held(page) == set()
    banner = page.get_by_role("region", name="Cookies")
    expect(banner).to_be_visible()
    whole(page, width=width, script=script)
    banner.get_by_role("button", name="Yes").click()
    page.wait_for_url("**/complaints/")
    expect(page.get_by_role("region", name="Cookies")).to_have_count(0)
    assert held(page) == {CHOICE, COUNT}
    page.goto("/cookies/")
    expect(page.get_by_text("You said yes to the")).to_be_visible()
    whole(page, width=width, script=script)
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Keep my choice").click()
    expect(page.get_by_text("You said no to the")).to_be_visible()
    assert held(page) == {CHOICE}


def test_what_a_page_or_a_script_of_somebody_else_sets_does_not_come_out(
    visit: Visit, counting: None
) -> None:
    """Test 38 of the security reference: what nobody declared never reaches the browser, nor runs in it."""
    page = visit("/complaints/")
    page.context.route(
        "https://elsewhere.example/**",
        lambda route: route.fulfill(body="document.cookie = 'third=1'", content_type="text/javascript"),
    )
    page.evaluate("""() => {
        const inline = document.createElement('script'); inline.textContent = "document.cookie = 'inline=1'";
        const theirs = document.createElement('script'); theirs.src = 'https://elsewhere.example/count.js';
        document.head.append(inline, theirs);
    }""")
    page.wait_for_timeout(300)
    page.goto("/privacy-notice/")
    assert held(page) == set()
    refused = [said for said in page.heard if "Content Security Policy" in said]  # type: ignore[attr-defined]
    assert len(refused) == 2


@pytest.mark.parametrize("address", ["/tell-us/", "/tell-us/complaint/", "/tell-us/change/"])
def test_nobody_is_asked_about_cookies_where_they_tell_us_something(
    address: str, visit: Visit, counting: None
) -> None:
    page = visit(address)
    assert page.get_by_role("region", name="Cookies").count() == 0
    assert held(page) == set()
