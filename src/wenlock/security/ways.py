"""Ways to sign in or confirm by one click, which a demonstration adds; a real installation has none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class OneClick:
    """A button: what it says, what is told beneath it, and where it posts."""

    text: str
    says: str
    action: str


Offer = Callable[[HttpRequest], Iterable[OneClick]]
SIGN_IN: list[Offer] = []
CONFIRM: list[Offer] = []


def offered(offers: list[Offer], request: HttpRequest) -> tuple[OneClick, ...]:
    """Every button on offer for the page asked for."""
    return tuple(click for offer in offers for click in offer(request))
