"""What of a request is read at all: its key, its size, its media type, and JSON that has one meaning."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.security import HttpBearer

from wenlock.partners.codes import LARGEST
from wenlock.partners.problems import Refused
from wenlock.partners.queries import Caller


class PartnersKey(HttpBearer):
    """Authorization: Bearer, and the secret of a key."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, whom `middleware` has known already; then whether the body is one we read at all."""
        caller: Caller | None = getattr(request, "caller", None)
        if caller and request.method == "POST":
            _readable(request)
        return caller


class StrictJson(Parser):
    """JSON that can be read in one way only: no name twice, no NaN, no number beyond bounds, nothing after its end."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return json.loads(
                request.body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_such_number
            )
        except (ValueError, RecursionError) as error:
            raise Refused("not-json") from error


def _readable(request: HttpRequest) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Refused("too-large")
    charset = (request.content_params or {}).get("charset", "utf-8")
    if request.content_type != "application/json" or charset.lower() not in ("utf-8", "utf8"):
        raise Refused("media-type")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice")
    return made


def _no_such_number(text: str) -> float:
    raise ValueError(f"{text} is not JSON")
