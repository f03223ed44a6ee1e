"""Test 38 of the security reference, N87 to N89: nothing that needs consent is set before it, and a no takes effect."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone
from lxml import html

from tests.integration.portal_examples import compiled, published, seen_by_the_site
from tests.integration.tell_examples import PAGES
from tests.integration.test_portal_cookies import LATER
from wenlock.portal.cookies import CHOICE
from wenlock.portal.views import pages

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

HERE = {"origin": "http://testserver"}
COUNT = "marchford_count"


@pytest.fixture
def with_a_choice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Marchford's notice in force, which declares a cookie that needs consent; each page tries to set it, and another."""
    published(compiled(authority="marchford"), on=LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
    whole = pages.render

    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = whole(request, *args, **kwargs)
        response.set_cookie(COUNT, "17")
        response.set_cookie("_ga", "GA1.2.secret")
        return response

    monkeypatch.setattr(pages, "render", counting)
    with seen_by_the_site():
        yield


def set_by(answer: Any) -> set[str]:
    """The cookies an answer sets; one that it deletes is not set."""
    return {name for name, cookie in answer.cookies.items() if cookie["max-age"] != 0}


def asks(answer: Any) -> bool:
    return bool(
        html.fromstring(answer.content.decode()).xpath("//*[contains(@class, 'govuk-cookie-banner')]")
    )


def chosen(client: Client, answer: str, **more: str) -> Any:
    return client.post("/cookies/", {"choice": answer, **more}, headers=HERE)


@pytest.mark.parametrize("address", ["/", "/privacy-notice/", "/cookies/", "/complaints/", "/accessibility/"])
def test_nothing_that_needs_consent_is_set_before_a_choice(
    address: str, client: Client, with_a_choice: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="wenlock.cookies"):
        assert set_by(client.get(address)) == set()
    assert caplog.messages == [
        f"A cookie that needs consent was not set without it: {COUNT}",
        "A cookie that the notice does not declare was not set: _ga",
    ]
    assert "secret" not in caplog.text


def test_a_yes_lets_what_was_agreed_to_be_set_and_nothing_else(client: Client, with_a_choice: None) -> None:
    answer = chosen(client, "yes", back="/complaints/")
    assert (answer.status_code, answer["Location"], set_by(answer)) == (303, "/complaints/", {CHOICE})
    assert set_by(client.get("/complaints/")) == {COUNT}


def test_a_no_deletes_what_was_set_and_sets_no_more_of_it(client: Client, with_a_choice: None) -> None:
    chosen(client, "yes")
    client.get("/")
    assert client.cookies[COUNT].value == "17"
    answer = chosen(client, "no")
    assert answer.cookies[COUNT]["max-age"] == 0
    assert set_by(client.get("/")) == set()


def test_a_cookie_left_by_a_choice_that_is_gone_is_deleted(client: Client, with_a_choice: None) -> None:
    client.cookies[COUNT] = "17"
    assert client.get("/").cookies[COUNT]["max-age"] == 0


@pytest.mark.parametrize("kept", ["yes", "yes-00000000", "perhaps", "no-00000000", "yes-yes-yes", "'; DROP"])
def test_a_choice_about_something_else_is_no_choice(kept: str, client: Client, with_a_choice: None) -> None:
    client.cookies[CHOICE] = kept
    answer = client.get("/")
    assert set_by(answer) == set()
    assert asks(answer)


def test_everybody_is_asked_until_they_have_chosen_and_can_change_their_mind(
    client: Client, with_a_choice: None
) -> None:
    assert asks(client.get("/"))
    for answer, says in (("yes", "You said yes"), ("no", "You said no")):
        chosen(client, answer)
        assert not asks(client.get("/"))
        page = client.get("/cookies/")
        assert says in page.content.decode()
        tree = html.fromstring(page.content.decode())
        assert tree.xpath("//input[@name='choice'][@checked]/@value") == [answer]


@pytest.mark.parametrize("address", PAGES)
def test_where_people_tell_us_something_nobody_is_asked_and_nothing_is_set(
    address: str, client: Client, with_a_choice: None
) -> None:
    for answer in ("", "yes"):
        if answer:
            chosen(client, answer)
        shown = client.get(address)
        assert not asks(shown)
        assert not shown.cookies


@pytest.mark.parametrize(
    "origin", [None, "null", "https://elsewhere.example", "http://testserver.elsewhere.example"]
)
def test_another_site_cannot_choose_for_somebody(
    origin: str | None, client: Client, with_a_choice: None
) -> None:
    headers = {"origin": origin} if origin else {}
    answer = client.post("/cookies/", {"choice": "yes"}, headers=headers)
    assert answer.status_code == 403
    assert CHOICE not in answer.cookies


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""]
)
def test_a_choice_leads_nowhere_else(back: str, client: Client, with_a_choice: None) -> None:
    assert chosen(client, "yes", back=back)["Location"] == "/cookies/"


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_what_is_no_answer_keeps_nothing(answer: str, client: Client, with_a_choice: None) -> None:
    assert set_by(chosen(client, answer)) == set()


def test_where_nothing_needs_consent_nobody_is_asked_and_the_page_says_so(client: Client) -> None:
    for address in ("/", "/cookies/", "/sign-in/"):
        assert not asks(client.get(address))
    assert "None needs your consent, so you are not asked." in client.get("/cookies/").content.decode()
    assert set_by(chosen(client, "yes")) == set()
