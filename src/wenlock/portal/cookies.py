"""Only the cookies the notice declares are ever set: any other is taken off the response and logged."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("wenlock.cookies")


class RegisteredCookiesOnly:
    """Strip what the register does not name. The names are those of the settings, under the notice's codes."""

    def __init__(self, handle: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handle(request)
        for name in [name for name in response.cookies if name not in registered()]:
            log.warning("A cookie that the notice does not declare was not set: %s", name)
            del response.cookies[name]
        return response


def registered() -> frozenset[str]:
    """The names of the cookies this site may set: the session, and the mark that a form was ours."""
    return frozenset({settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"})
