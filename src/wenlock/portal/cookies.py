"""Only what the notice in force declares is set: anything else is taken off the answer, and logged without its value.

Law: PECR, regulation 6 and Schedule A1. A cookie that needs consent is set only on a browser that keeps a yes.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wenlock.notice.declared import Cookie
from wenlock.portal.frame import in_force

log = logging.getLogger("wenlock.cookies")

Handler = Callable[[HttpRequest], HttpResponse]
HOST = "__Host-"  # browsers accept this prefix over TLS alone
CHOICE = "cookie-choice"  # the cookie that keeps what somebody chose: declared, or nothing can be chosen
CHOICE_LASTS = 182 * 24 * 60 * 60  # seconds: half a year, then they are asked again
UNDECLARED = "A cookie that the notice does not declare was not set: %s"
NOT_AGREED = "A cookie that needs consent was not set without it: %s"


@dataclass(frozen=True)
class Register:
    """The names that may be set on this installation: whatever anybody chose, and only with their consent."""

    exempt: frozenset[str]
    consent: frozenset[str] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether there is anything to choose, and a way of keeping what was chosen."""
        return bool(self.consent) and CHOICE in self.exempt

    def mark(self) -> str:
        """Eight hex digits of what is asked about: a choice made of other cookies is none of these."""
        return sha256(" ".join(sorted(self.consent)).encode()).hexdigest()[:8]

    def said(self, request: HttpRequest) -> str:
        """What somebody chose: "yes", "no", or "" when they have not, or not about these."""
        answer, _, mark = request.COOKIES.get(CHOICE, "").partition("-")
        return answer if self.asks and answer in ("yes", "no") and mark == self.mark() else ""

    def allows(self, request: HttpRequest) -> frozenset[str]:
        """The names that may be set in answer to this request."""
        return self.exempt | self.consent if self.said(request) == "yes" else self.exempt


class RegisteredCookiesOnly:
    """Strip what the register does not name, and what needs a consent that was not given or was taken back."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handle(request)
        sent = request.COOKIES  # read after: the pages of telling us are sent none
        if not response.cookies and not sent:
            return response
        kept = register(request)
        allowed = kept.allows(request)
        for name in [name for name in response.cookies if name not in allowed]:
            if not (name in kept.consent and _takes_back(response, name)):
                log.warning(NOT_AGREED if name in kept.consent else UNDECLARED, name)
                del response.cookies[name]
        forget(response, (name for name in kept.consent - allowed if name in sent))
        return response


def choose(response: HttpResponse, kept: Register, *, yes: bool) -> None:
    """Keep a choice on the browser that the response goes to; with a no, what was set by an earlier yes is deleted."""
    response.set_cookie(
        CHOICE, f"{'yes' if yes else 'no'}-{kept.mark()}", max_age=CHOICE_LASTS, secure=settings.BEHIND_TLS,
        httponly=True, samesite="Lax",
    )  # fmt: skip
    if not yes:
        forget(response, kept.consent)


def forget(response: HttpResponse, names: Iterable[str]) -> None:
    """Have the browser delete these."""
    for name in names:
        response.delete_cookie(name, samesite="Lax")


def question(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page: what to ask of whoever has not chosen. Nothing, where nothing needs consent.

    The pages of telling us do not ask: no cookie is read or set there. Neither does the page of cookies, which is all
    about it.
    """
    kept = register(request)
    page = reverse("portal:cookies")
    asks = kept.asks and not kept.said(request) and not request.path.startswith(("/tell-us/", page))
    return {"cookie_question": {"action": page, "back": request.path} if asks else None}


def register(request: HttpRequest) -> Register:
    """What the notice in force declares. With no notice to ask, only the two without which nobody could sign in."""
    version = in_force(request)
    try:
        if version:
            return _register(version.notice.cookies)
    except DatabaseError:
        log.exception("The register of cookies could not be read.")
    return Register(frozenset({settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}))


@lru_cache(maxsize=32)
def _register(declared: tuple[Cookie, ...]) -> Register:
    names = {
        kind: frozenset(name_here(cookie) for cookie in declared if cookie.class_ == kind)
        for kind in ("exempt", "consent")
    }
    return Register(**names)


def _takes_back(response: HttpResponse, name: str) -> bool:
    return response.cookies[name]["max-age"] == 0


def name_here(cookie: Cookie) -> str:
    """The name a declared cookie has on this installation: without TLS, it cannot have the prefix."""
    return cookie.name if settings.BEHIND_TLS else cookie.name.removeprefix(HOST)
