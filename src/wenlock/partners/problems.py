"""Answering with a problem: one shape for every fault, and no word of what was sent."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wenlock.partners.codes import BY_CODE, FIELD_FAULTS, WRONG_TYPE

MEDIA_TYPE = "application/problem+json"
# What Django itself answered, before or instead of a view.
OURS = {404: "not-found", 405: "method-not-allowed"}


class Refused(Exception):
    """The request is refused, by the code of `codes.KINDS`; `wait` is in seconds, for what may be sent again."""

    def __init__(self, code: str, *, wait: int = 1, errors: Iterable[Mapping[str, str]] = ()) -> None:
        super().__init__(code)
        self.code, self.wait, self.errors = code, wait, tuple(errors)


def problem(refused: Refused) -> HttpResponse:
    """The answer to a refused request."""
    kind = BY_CODE[refused.code]
    said: dict[str, Any] = {
        "type": f"{reverse('partners:interface')}#{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "code": kind.code,
        "errors": [dict(error) for error in refused.errors],
    }
    response = HttpResponse(json.dumps(said), content_type=MEDIA_TYPE, status=kind.status)
    if kind.retry:
        response.headers["Retry-After"] = str(refused.wait)
    if kind.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def as_problem(response: HttpResponse) -> HttpResponse:
    """The answer as it is, or in our own shape when Django has made a page of a fault."""
    if response.status_code < 400 or response.headers.get("Content-Type", "") == MEDIA_TYPE:
        return response
    code = "unavailable" if response.status_code >= 500 else OURS.get(response.status_code, "bad-request")
    made = problem(Refused(code))
    if "Allow" in response.headers:
        made.headers["Allow"] = response.headers["Allow"]
    return made


def faults(found: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """What is wrong with which fields, by code: never with what value."""
    return [
        {"field": _place(each["loc"]), "code": FIELD_FAULTS.get(str(each["type"]), WRONG_TYPE)}
        for each in found
    ]


def _place(loc: tuple[Any, ...]) -> str:
    where, *rest = (str(part) for part in loc)
    return ".".join(rest[1:]) if where == "body" else ".".join((where, *rest))


def of(request: HttpRequest) -> str:
    """What an authenticated request asked for, in one word: the name of its operation."""
    match = request.resolver_match
    return str(match.url_name) if match else "nothing"
