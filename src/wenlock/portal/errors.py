"""Pages for what went wrong before or in spite of a view. They ask the database nothing."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import get_template

from wenlock.portal import frame

log = logging.getLogger("wenlock.pages")

HEALTH = "/healthz"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what came was not a request this site could have been sent."""
    return _page("400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Asked for its health, the site says only that it has none."""
    if request.path == HEALTH:
        return HttpResponse(status=503)
    return _page("500.html", status=500)


def _page(name: str, *, status: int) -> HttpResponse:
    try:
        return HttpResponse(get_template(name).render(frame.without_database()), status=status)
    except Exception:  # whatever else is broken, the reader is told that something is
        log.exception("The page %s could not be drawn.", name)
        return HttpResponseServerError(
            "Sorry, there is a problem with the service. If a child is in danger, call 999."
        )
