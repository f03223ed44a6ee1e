"""Refusing a sign-in: written in the audit trail, and told to whoever tried in words that help them and
nobody else."""

import logging
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenlock.security.actions import record_event
from wenlock.security.addresses import network
from wenlock.security.limits import address_of

log = logging.getLogger("wenlock.sign_in")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page: what happened, and what to do next."""

    title: str
    paragraphs: tuple[str, ...]


HELP = "If you work for the council, ask the person who looks after this service to set up your account."
PAGES = {
    "council-unknown": Refusal(
        "You do not have an account here",
        ("The council’s sign-in worked, but nobody has set you up to use this service.", HELP),
    ),
    "council-cancelled": Refusal(
        "You did not sign in", ("You gave up at the council’s sign-in, so nothing was done.",)
    ),
    "council-failed": Refusal(
        "The council’s sign-in did not work",
        (
            "You were not signed in. This can happen if you went back, or waited more than ten minutes.",
            "Try again. If it happens a second time, tell the council’s IT service desk.",
        ),
    ),
    "left": Refusal("You cannot sign in", ("This account is closed.", HELP)),
}


def refuse(request: HttpRequest, *, method: str, why: str, page: str, **detail: Any) -> HttpResponse:
    """Write that a sign-in was refused and why, and give the page that says so (403)."""
    reference = str(getattr(request, "request_id", ""))
    note(request, method=method, why=why, reference=reference, **detail)
    return render(
        request, "security/refused.html", {"refusal": PAGES[page], "reference": reference}, status=403
    )


def note(request: HttpRequest, *, method: str, why: str, **detail: Any) -> None:
    """Write that a sign-in was refused. Nothing typed is written: a password may be typed in any box."""
    record_event(
        "sign-in-refused",
        detail={"method": method, "why": why, "address": network(address_of(request)), **detail},
    )
    log.warning("A sign-in by %s was refused: %s", method, why)
