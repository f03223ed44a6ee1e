"""In front of the interface: no cookie in or out, no session, the key asked for once, and every fault in one shape."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wenlock.partners.problems import Refused, as_problem, problem
from wenlock.partners.queries import Caller, known

log = logging.getLogger("wenlock.partners")

Handler = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/"


class PartnersLink:
    """Know the key before the transaction of the request begins, and count the call.

    Counted inside it, two calls by one key would wait for each other until the first was done.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.handle(request)
        request.META.pop("HTTP_COOKIE", None)  # a worker's session is never used here
        try:
            request.caller = caller(request)  # type: ignore[attr-defined]
        except Exception as error:  # whatever is broken, a system is answered in the one shape
            log.error("A key could not be asked for: %s", type(error).__name__)
            return problem(Refused("unavailable", wait=30))
        response = as_problem(self.handle(request))
        response.cookies.clear()
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def caller(request: HttpRequest) -> Caller | None:
    """The key a request carries as `Authorization: Bearer`, if it opens anything now."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return known(secret, at=timezone.now()) if scheme.lower() == "bearer" else None
