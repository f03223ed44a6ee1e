"""Telling Children's Services something in a real browser: on a small phone, by keyboard, and with no script."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, Route, expect

from tests.cast import PURPOSE
from tests.integration.tell_examples import FORMS, PAGES
from tests.journeys.browsing import DESK, Stage
from tests.journeys.sign_in_fixtures import complaints, faults
from tests.journeys.test_public_pages import NARROWEST, runs_off
from wenlock.council.actions import join_team, make_team
from wenlock.intake.models import Contact
from wenlock.security.context import acting
from wenlock.security.models import Actor

AWAY = "https://www.bbc.co.uk/weather"
WIDTHS = {"desk": DESK, "the narrowest phone": NARROWEST}
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])

Visit = Callable[..., Page]


@pytest.fixture
def visit(stage: Stage) -> Iterator[Visit]:
    """Open a page as a stranger; the weather is only a sign that they have left."""
    cache.clear()

    def open_page(address: str, *, width: int = DESK, script: bool = True) -> Page:
        context = stage.browser.new_context(
            base_url=stage.address, viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        context.set_default_timeout(10_000)
        stage.opened.append(context)

        def weather(route: Route) -> None:
            route.fulfill(body="<title>Weather</title>", content_type="text/html")

        context.route(f"{AWAY}**", weather)
        page = context.new_page()
        page.heard = complaints(page)  # type: ignore[attr-defined]
        page.goto(address)
        return page

    yield open_page
    cache.clear()


@pytest.fixture(scope="module")
def reader(whole_stage: Stage) -> Actor:
    """A worker of the front door, who sees what came in."""
    from django.utils import timezone

    door = make_team(code="journeys-door", name="Front door", purposes=[PURPOSE], using="owner")
    worker = Actor(name="Uma Doyle", email="uma.doyle@journeys.invalid")
    worker.set_unusable_password()
    worker.save(force_insert=True)
    join_team(actor=worker, team=door, role="front-door", at=timezone.now(), by=None, using="owner")
    return worker


def came_in(reader: Actor, words: str) -> list[str]:
    """The references of the contacts with these words."""
    with acting(actor=reader.pk, purpose=PURPOSE):
        return list(Contact.objects.filter(words=words).values_list("reference", flat=True))


def shown_reference(page: Page) -> str:
    page.wait_for_url("**/tell-us/sent/**")
    return page.locator(".wl-reference").inner_text()


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_telling_us_shuts_nobody_out(visit: Visit, address: str, width: int) -> None:
    page = visit(address, width=width)
    for fold in page.locator("main details > summary").all():
        fold.click()
    for choice in page.get_by_label("Somebody who works with children or families").all():
        choice.check()
    assert faults(page) == []
    assert not runs_off(page)
    assert page.heard == []  # type: ignore[attr-defined]
    assert page.locator("h1").count() == 1
    assert page.context.cookies() == []


@SCRIPT
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_a_child_asks_for_help_from_the_home_page(
    visit: Visit, reader: Actor, script: bool, width: int
) -> None:
    words = f"I am scared, {width} {script}"
    page = visit("/", script=script, width=width)
    page.get_by_role("main").get_by_role("link", name="tell us", exact=True).first.click()
    page.get_by_role("link", name="I am a child or young person and I want help").click()
    page.get_by_label("What is happening?").fill(words)
    page.get_by_label("How old are you?").fill("11")
    page.get_by_role("button", name="Send").click()
    assert [shown_reference(page)] == came_in(reader, words)
    assert page.get_by_role("heading", name="What happens next").is_visible()
    assert words not in page.content()
    assert not runs_off(page)
    assert page.context.cookies() == []
    if script:
        assert faults(page) == []


@SCRIPT
def test_a_neighbour_tells_of_two_children_without_script_or_with_it(
    visit: Visit, reader: Actor, script: bool
) -> None:
    page = visit("/tell-us/concern/", script=script, width=NARROWEST)
    page.get_by_label("What are you worried about?").fill(f"Crying at night {script}")
    page.get_by_role("group", name="Who you are worried about").get_by_label("First name").fill("Sam")
    page.get_by_text("Add a second child").click()
    page.get_by_role("group", name="Second child").get_by_label("First name").fill("Alex")
    page.get_by_label("A neighbour, a friend or a member of the public").check()
    page.get_by_role("button", name="Send this to Children’s Services").click()
    assert [shown_reference(page)] == came_in(reader, f"Crying at night {script}")


def test_a_child_asks_for_help_with_the_keyboard_alone(visit: Visit, reader: Actor) -> None:
    page = visit("/tell-us/help/")
    page.get_by_label("What is happening?").focus()
    page.keyboard.type("By keyboard")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    page.keyboard.press("Enter")
    assert [shown_reference(page)] == came_in(reader, "By keyboard")


def test_the_way_out_is_the_second_stop_of_the_keyboard(visit: Visit) -> None:
    page = visit("/tell-us/help/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Leave this page"
    page.keyboard.press("Enter")
    expect(page).to_have_url(AWAY)


def test_two_clicks_in_haste_are_one_message(visit: Visit, reader: Actor) -> None:
    page = visit("/tell-us/help/", script=False)
    page.get_by_label("What is happening?").fill("Twice")
    page.get_by_role("button", name="Send").dblclick()
    assert [shown_reference(page)] == came_in(reader, "Twice")


def test_many_at_once_from_one_page_are_one_message(visit: Visit, reader: Actor) -> None:
    page = visit("/tell-us/help/")
    landed = page.evaluate(
        """async () => {
          const body = new URLSearchParams(new FormData(document.querySelector("main form")));
          body.set("words", "At once");
          const send = () => fetch(location.href, { method: "POST", body }).then((answer) => answer.text());
          const pages = await Promise.all([1, 2, 3, 4, 5].map(send));
          return pages.map((text) => text.match(/wl-reference">([^<]+)/)[1]);
        }"""
    )
    assert set(landed) == set(came_in(reader, "At once"))
    assert len(set(landed)) == 1


@SCRIPT
@pytest.mark.parametrize("address", FORMS)
def test_the_way_out_leads_away_at_once(visit: Visit, address: str, script: bool) -> None:
    page = visit(address, script=script)
    page.get_by_role("button", name="Leave this page").click()
    expect(page).to_have_url(AWAY)


@pytest.mark.parametrize("how", ["the button", "the Shift key, three times"])
def test_with_script_the_way_back_does_not_lead_to_the_page_left(visit: Visit, how: str) -> None:
    page = visit("/accessibility/")
    page.goto("/tell-us/help/")
    page.get_by_label("What is happening?").fill("I am scared")
    if how == "the button":
        page.get_by_role("button", name="Leave this page").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(page).to_have_url(AWAY)
    page.go_back()
    expect(page).to_have_url(re.compile("/accessibility/$"))


@SCRIPT
def test_who_sends_nothing_is_asked_again(visit: Visit, script: bool) -> None:
    page = visit("/tell-us/concern/", script=script, width=NARROWEST)
    page.get_by_label("A parent, carer or relative").check()
    page.get_by_role("button", name="Send this to Children’s Services").click()
    page.get_by_role("link", name="Write what you are worried about").click()
    assert page.evaluate("location.hash") == "#id_words" or page.locator("#id_words:focus").count() == 1
    assert page.get_by_label("A parent, carer or relative").is_checked()
    assert not runs_off(page)
    if script:
        assert faults(page) == []
