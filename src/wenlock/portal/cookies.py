"""Only the cookies the notice in force declares are ever set: any other is taken off the response and logged.

Law: PECR, regulation 6 and Schedule A1. A cookie that would need consent is never set: no page asks for it.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from wenlock.notice import published
from wenlock.notice.declared import Cookie
from wenlock.portal.frame import in_force

log = logging.getLogger("wenlock.cookies")

Handler = Callable[[HttpRequest], HttpResponse]
HOST = "__Host-"  # browsers accept this prefix over TLS alone


class RegisteredCookiesOnly:
    """Strip what the register does not name."""

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handle(request)
        if response.cookies:
            allowed = registered(request)
            for name in [name for name in response.cookies if name not in allowed]:
                log.warning("A cookie that the notice does not declare was not set: %s", name)
                del response.cookies[name]
        return response


def registered(request: HttpRequest) -> frozenset[str]:
    """The names of the cookies that may be set: those of the notice in force that need no consent.

    With no notice to ask, only the two without which nobody could sign in to publish one.
    """
    version = in_force(request)
    try:
        if version:
            return _names(version.id)
    except DatabaseError:
        log.exception("The register of cookies could not be read.")
    return frozenset({settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME})


@lru_cache(maxsize=32)
def _names(version: UUID) -> frozenset[str]:
    return frozenset(
        name_here(cookie) for cookie in published.content(version).cookies if cookie.class_ == "exempt"
    )


def name_here(cookie: Cookie) -> str:
    """The name a declared cookie has on this installation: without TLS, it cannot have the prefix."""
    return cookie.name if settings.BEHIND_TLS else cookie.name.removeprefix(HOST)
