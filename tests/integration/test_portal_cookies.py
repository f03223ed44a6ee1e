"""Cookies: what is set is what the notice in force declares, and nothing else."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.integration.portal_examples import changed, compiled, page, published, seen_by_the_site, text
from wenlock.portal import cookies
from wenlock.portal.cookies import RegisteredCookiesOnly, name_here, register

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

LATER = timezone.localdate() + timedelta(days=9)


def setting(*names: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page that sets cookies."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        for name in names:
            response.set_cookie(name, "1")
        return response

    return answer


def kept(*names: str) -> set[str]:
    """Which of the cookies a page tries to set are set."""
    return set(RegisteredCookiesOnly(setting(*names))(RequestFactory().get("/")).cookies)


def test_declared_cookies_are_set() -> None:
    assert kept("session", "csrf", "messages") == {"session", "csrf", "messages"}


@pytest.mark.parametrize("name", ["_ga", "analytics", "__Host-session", "Session", "session2", "sessionid"])
def test_a_cookie_that_is_not_declared_is_taken_off_and_logged(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="wenlock.cookies"):
        assert kept("session", name) == {"session"}
    assert caplog.messages == [f"A cookie that the notice does not declare was not set: {name}"]


def test_the_register_is_that_of_the_notice_in_force_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(changed(tmp_path, ('name = "messages"', 'name = "notes"')), on=LATER)
    with seen_by_the_site():
        assert kept("messages", "notes") == {"messages"}
        monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
        assert kept("messages", "notes") == {"notes"}


def test_a_cookie_that_needs_consent_is_never_set(monkeypatch: pytest.MonkeyPatch) -> None:
    published(compiled(authority="marchford"), on=LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
    with seen_by_the_site():
        assert "marchford_count" not in kept("marchford_count", "_ga")


def test_with_no_notice_only_the_two_needed_to_sign_in_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: LATER - timedelta(days=9000))
    assert kept("session", "csrf", "messages", "_ga") == {"session", "csrf"}


def test_over_tls_the_names_are_the_declared_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = {cookie.name for cookie in compiled().notice.cookies}
    assert {name_here(cookie) for cookie in compiled().notice.cookies} == {"session", "csrf", "messages"}
    monkeypatch.setattr(settings, "BEHIND_TLS", True)
    assert {name_here(cookie) for cookie in compiled().notice.cookies} == declared
    cookies._register.cache_clear()
    assert register(RequestFactory().get("/")).exempt == {"__Host-session", "__Host-csrf", "messages"}
    cookies._register.cache_clear()


def test_the_settings_use_the_names_that_shropshire_declares() -> None:
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= register(
        RequestFactory().get("/")
    ).exempt


def test_the_page_of_cookies_is_the_register(client: Client) -> None:
    shown = page(client, "/cookies/")
    names = [row.xpath("string(th)").strip() for row in shown.xpath("(//tbody)[1]/tr")]
    assert names == ["session", "csrf", "messages"]
    for cookie in compiled().notice.cookies:
        assert cookie.purpose in text(shown)
        assert cookie.lasts in text(shown)


def test_the_page_says_what_this_browser_holds(client: Client) -> None:
    client.cookies.load({"messages": "1", "stray": "1"})
    shown = page(client, "/cookies/")
    held = {
        row.xpath("string(th)").strip(): row.xpath("string(td[last()])").strip()
        for row in shown.xpath("(//tbody)[1]/tr")
    }
    assert held == {"session": "No", "csrf": "No", "messages": "Yes"}
    assert "Your browser also sent stray." in text(shown)


def test_a_cookie_that_needs_consent_is_said_not_to_be_set_without_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(compiled(authority="marchford"), on=LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
    with seen_by_the_site():
        shown = page(client, "/cookies/")
    (row,) = shown.xpath("//tbody/tr[th[contains(., 'count')]]")
    assert "only if you agree" in row.text_content()
    assert [cell.text_content().strip() for cell in row.xpath("td")][-2:] == ["No", "No"]


def test_the_prefix_is_only_taken_from_the_front() -> None:
    cookie = replace(compiled().notice.cookies[0], name="a__Host-b")
    assert name_here(cookie) == "a__Host-b"
