"""A browser before the site: where Chromium is, and somebody's session in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.cast import PURPOSE
from tests.journeys.family import Family, move_in
from tests.journeys.sign_in_fixtures import site
from wenlock.security import sessions, step_up
from wenlock.security.backends import BACKEND
from wenlock.security.models import Actor

ROOT = Path(__file__).resolve().parents[2]
DESK, PHONE = 1280, 375


@dataclass
class Stage:
    """The site as a browser finds it, the people of the journeys, and the pages that are open."""

    address: str
    family: Family
    browser: Browser
    opened: list[BrowserContext] = field(default_factory=list)

    def open(self, actor: Actor, *, width: int = DESK, confirmed: bool = False, script: bool = True) -> Page:
        """A page of somebody signed in. `confirmed`: they have just shown again who they are."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        context.set_default_timeout(10_000)
        key = _signed_in(actor, confirmed=confirmed)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}])
        self.opened.append(context)
        return context.new_page()

    def close(self) -> None:
        """Close what was opened."""
        while self.opened:
            self.opened.pop().close()


@contextmanager
def staged(browser_path: str) -> Iterator[Stage]:
    """The site in a thread of this process, with what is committed, and Chromium before it."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # A browser run as root has no sandbox to enter; anybody else's keeps it.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        yield Stage(address, family(), browser)
        browser.close()


def chromium() -> str:
    """Where the browser is: WENLOCK_BROWSER, or what set-up found; "" when there is none."""
    found = ROOT / ".tools" / "browser"
    path = os.environ.get("WENLOCK_BROWSER") or (found.read_text().strip() if found.is_file() else "")
    return path if path and Path(path).exists() else ""


@cache
def family() -> Family:
    """The family of the journeys, committed once in a run."""
    return move_in()


def _signed_in(actor: Actor, *, confirmed: bool) -> str:
    """The key of a new session of an actor's."""
    now = int(timezone.now().timestamp())
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(actor.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: actor.get_session_auth_hash(),
            sessions.BEGAN: now,
            sessions.SEEN: now,
            sessions.PURPOSE: PURPOSE,
            **({step_up.CONFIRMED: now} if confirmed else {}),
        }
    )
    session.create()
    return str(session.session_key)
