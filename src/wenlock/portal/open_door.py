"""The pages where people tell us something: nobody is known there, no cookie is set, and no fault loses their words."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wenlock.portal.views import tell

log = logging.getLogger("wenlock.front_door")

Handler = Callable[[HttpRequest], HttpResponse]
PREFIX = "/tell-us/"


class OpenDoor:
    """Stand round everything that could refuse a child or lose what they wrote.

    The request comes in without its cookies, so that a broken session refuses nobody and a worker's is never used; the
    answer goes out without any. A fault below, of the database or ours, becomes the page with the words still on it.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.handle(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.handle(request)
        if response.status_code == 400 or (response.status_code >= 500 and not hasattr(response, "told")):
            response = self._still_standing(request, response)
        response.cookies.clear()
        return response

    @staticmethod
    def _still_standing(request: HttpRequest, failed: HttpResponse) -> HttpResponse:
        try:
            return tell.unavailable(request, status=400 if failed.status_code == 400 else 503)
        except Exception:  # whatever else is broken, the page of last resort has the number to call
            log.exception("The page could not be drawn in spite of a fault.")
            return failed
