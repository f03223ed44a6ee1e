"""Signing in, in a real browser: by passkey, by password and code, by the council's account, and by one
click."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.integration.oidc_examples import Provider, provider
from tests.integration.sign_in_examples import PASSWORD, code_now, issued
from tests.journeys.browsing import chromium
from tests.journeys.sign_in_fixtures import complaints, faults, give_key, site
from wenlock.demo import cast
from wenlock.security import staff
from wenlock.security.models import Actor


@pytest.fixture(scope="module")
def address(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with django_db_blocker.unblock(), site() as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    if not path:
        pytest.skip("There is no Chromium: run `make browser`, or say where it is in WENLOCK_BROWSER.")
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=arguments)
        yield made
        made.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    cache.clear()
    made = browser.new_context(base_url=address)
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def perry(address: str) -> Iterator[Actor]:
    """A worker of this test's own, who has left when it is over: what a browser sees must be committed."""
    actor = staff.add(name="Perry Vane", email=f"perry-{uuid4().hex[:8]}@wenlock.example")
    yield actor
    staff.leave(actor=Actor.objects.get(pk=actor.pk), at=timezone.now())


def enter_code(page: Page, actor: Actor) -> None:
    """Go in with a one-time code, as far as the choice."""
    code = issued(actor)
    page.goto("/sign-in/")
    page.get_by_text("one-time code for my first sign-in").click()
    page.get_by_label("Email address").fill(actor.email)
    page.get_by_label("One-time code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/choose/")


def test_a_passkey_is_made_signs_in_and_confirms_under_our_own_scripts(
    context: BrowserContext, page: Page, perry: Actor
) -> None:
    heard = complaints(page)
    give_key(context, page)
    enter_code(page, perry)
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/sign-in/")
    assert page.get_by_text("You are set up").is_visible()
    page.goto("/sign-in/?next=/my-sessions/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Where you are signed in").wait_for()
    assert page.get_by_text("Passkey", exact=True).is_visible()
    page.goto("/confirm/")
    page.get_by_role("button", name="Confirm with your passkey").click()
    page.wait_for_url("**/work/")
    assert not [line for line in heard if "404" not in line]
    assert Actor.objects.get(pk=perry.pk).password.startswith("!")


def test_a_passkey_whose_holder_does_not_show_themself_signs_nobody_in(
    context: BrowserContext, page: Page, perry: Actor
) -> None:
    speaking, device = give_key(context, page)
    enter_code(page, perry)
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/sign-in/")
    speaking.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").get_by_text("could not do that").wait_for()
    page.goto("/my-sessions/")
    assert "/sign-in/" in page.url


def test_a_leavers_passkey_signs_nobody_in(context: BrowserContext, page: Page, perry: Actor) -> None:
    give_key(context, page)
    enter_code(page, perry)
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/sign-in/")
    Actor.objects.filter(pk=perry.pk).update(is_active=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="You cannot sign in").wait_for()
    page.goto("/my-sessions/")
    assert "/sign-in/" in page.url


def test_a_password_and_an_app_are_set_up_and_sign_in(page: Page, perry: Actor) -> None:
    heard = complaints(page)
    enter_code(page, perry)
    page.get_by_role("button", name="Set a password and app").click()
    assert page.locator("img.wl-qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    secret = page.locator("[data-secret]").inner_text().replace(" ", "")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("Code from the app").fill(code_now(secret))
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/sign-in/")
    page.goto("/sign-in/?next=/my-sessions/")
    page.get_by_text("Sign in with a password and a code").click()
    page.get_by_label("Email address").fill(perry.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(code_now(secret))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Where you are signed in").wait_for()
    assert not heard


def test_the_councils_account_signs_in(page: Page, perry: Actor, settings: Any) -> None:
    heard = complaints(page)
    with provider() as council:
        known(council, perry, settings)
        page.goto("/sign-in/?next=/my-sessions/")
        page.get_by_role("button", name="Sign in with your council account").click()
        page.fill("input[name=sub]", "perry-at-council")
        page.get_by_role("button", name="Authorize").click()
        page.get_by_role("heading", name="Where you are signed in").wait_for()
    assert page.get_by_text("Council account").is_visible()
    assert not [line for line in heard if "my-sessions" in line or "Content Security Policy" in line]


def known(council: Provider, actor: Actor, settings: Any) -> None:
    """Let the provider and the worker know each other."""
    for name, value in council.settings().items():
        setattr(settings, name, value)
    council.knows("perry-at-council")
    Actor.objects.filter(pk=actor.pk).update(staff_subject=f"{council.issuer}|perry-at-council")


def test_a_visitor_becomes_each_worker_by_one_click_confirms_and_signs_out(page: Page, address: str) -> None:
    heard = complaints(page)
    worker = cast.worker("joan")
    if not Actor.objects.filter(email=worker.email).exists():
        staff.add(name=worker.name, email=worker.email)
    page.goto("/sign-in/?next=/confirm/")
    page.get_by_role("button", name=f"Sign in as {worker.name}").click()
    page.get_by_role("heading", name="Confirm it is you").wait_for()
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/work/")
    page.goto("/my-sessions/")
    assert page.get_by_text("Demonstration", exact=True).first.is_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/signed-out/")
    page.goto("/my-sessions/")
    assert "/sign-in/" in page.url
    assert not [line for line in heard if "404" not in line]


def test_every_page_of_signing_in_can_be_used_by_everyone(page: Page, perry: Actor) -> None:
    found = []
    enter_code(page, perry)
    found += faults(page)
    page.goto("/sign-in/first-time/password/")
    page.get_by_role("button", name="Finish").click()
    found += faults(page)
    for path in ("/sign-in/", "/sign-in/password/", "/sign-in/first-time/", "/signed-out/"):
        page.goto(path)
        found += faults(page)
    worker = cast.worker("joan")
    if not Actor.objects.filter(email=worker.email).exists():
        staff.add(name=worker.name, email=worker.email)
    page.goto("/sign-in/")
    page.get_by_role("button", name=f"Sign in as {worker.name}").click()
    for path in ("/my-sessions/", "/confirm/"):
        page.goto(path)
        found += faults(page)
    assert not found
