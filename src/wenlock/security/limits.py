"""Where somebody comes from, and how often they may try, from one address and at one account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


def limited(action: str) -> Callable[[View], View]:
    """A view that answers 429 to too many posts from one address; the rates are in ACCOUNT_RATE_LIMITS."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if within(request, action):
                return view(request, *args, **kwargs)
            return render(request, "security/too_many.html", status=429)

        return guarded

    return decorate


def address_of(request: HttpRequest) -> str:
    """The address a request came from, past our own proxies and no further."""
    return str(get_adapter(request).get_client_ip(request))


def within(request: HttpRequest, action: str, *, key: str = "") -> bool:
    """Whether one more try is within the rate. `key` is the account tried, for rates that go by account."""
    return bool(ratelimit.consume(request, action=action, key=key.lower() or None))
