"""What surrounds every worker's page: who is at work and why, what they may do, and emergency access in use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from wenlock.base.pages.dates import plain_time
from wenlock.council import queries as council
from wenlock.intake import queries as intake
from wenlock.notice import queries as notice
from wenlock.people.queries import Brief, briefs
from wenlock.security import queries as security
from wenlock.security.models import Actor

# Pages of other contexts, shown in the menu to those who may use them, once the page exists.
ELSEWHERE = (("Imports", "/work/import/", "import"), ("Returns", "/work/returns/", "approve-return"))

# Contexts whose pages a worker meets in the same frame.
FRAMED = ("returns", "security")


@dataclass(frozen=True)
class Frame:
    """The worker, the purpose that is open, and what follows from the two.

    `places` are the teams and roles that work for that purpose; `purposes` are those the worker may open and `named`
    all that the notice has, code to name.
    `emergencies` are the people emergency access is open to, each with when it ends.
    """

    actor: Actor
    at: datetime
    purpose: str
    purposes: Mapping[str, str]
    named: Mapping[str, str]
    places: tuple[council.Place, ...]
    emergencies: tuple[tuple[UUID, datetime], ...]
    known: Mapping[UUID, Brief] = field(default_factory=dict)

    def may(self, capability: str) -> bool:
        """Whether a role held for the open purpose gives the capability. The database decides; this is for the page."""
        return any(capability in place.capabilities for place in self.places)

    @property
    def roles(self) -> str:
        """The roles held for the open purpose, in words."""
        return ", ".join(dict.fromkeys(place.role for place in self.places))


class WorkerRequest(HttpRequest):
    """A request by somebody signed in, to a page made with `worker`."""

    user: Actor
    frame: Frame


def frame_of(request: HttpRequest) -> Frame:
    """The frame of a request by somebody signed in. Six queries, one more for those who screen, and two while emergency access is open."""
    actor, at = request.user, timezone.now()
    assert isinstance(actor, Actor)
    places, named = council.places(actor=actor, at=at), _named(at)
    mine = {code for place in places for code in place.purposes}
    purpose = request.session.get("purpose", "")
    emergencies = tuple(security.open_in_emergency_now(actor=actor, at=at))
    return Frame(
        actor=actor,
        at=at,
        purpose=purpose,
        purposes={code: name for code, name in named.items() if code in mine},
        named=named,
        places=tuple(place for place in places if purpose in place.purposes),
        emergencies=emergencies,
        known=briefs([person for person, _ in emergencies]) if emergencies else {},
    )


def _named(at: datetime) -> dict[str, str]:
    try:
        return notice.purposes(on=timezone.localdate(at))
    except notice.NoNoticeInForce:
        return {}


def show(
    request: WorkerRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A worker's page: a template that extends `base/worker.html`, in its frame."""
    return render(request, template, {**surroundings(request), **(context or {})}, status=status)


def surroundings(request: WorkerRequest) -> dict[str, Any]:
    """The variables of `base/worker.html`."""
    frame = request.frame
    return {
        "frame": frame,
        "nav": list(_menu(request)),
        "search_url": reverse("workspace:search") if frame.may("search") else "",
        "search_method": "post",
        "search_text": "",
        "actor_name": frame.actor.name,
        "actor_role": frame.roles,
        "purpose": frame.purposes.get(frame.purpose, ""),
        "purpose_url": reverse("workspace:purpose") if set(frame.purposes) - {frame.purpose} else "",
        "account_url": reverse("security:my_sessions"),
        "sign_out_url": reverse("security:sign_out"),
        "alerts": list(filter(None, (_emergency(frame), _cannot_wait(frame)))),
        "messages": get_messages(request),
    }


def around_others(request: HttpRequest) -> dict[str, Any]:
    """The same for the pages of contexts below this one, which cannot ask for it: a context processor."""
    match = request.resolver_match
    if match is None or match.app_name not in FRAMED or not isinstance(getattr(request, "user", None), Actor):
        return {}
    request.frame = frame_of(request)  # type: ignore[attr-defined]
    return surroundings(request)  # type: ignore[arg-type]


def _menu(request: WorkerRequest) -> Any:
    frame = request.frame
    pages = [("Home", reverse("workspace:home"), "")]
    pages += [("People", reverse("workspace:search"), "search")]
    pages += [("What is due", reverse("workspace:due"), "record")]
    pages += [("Contacts", reverse("workspace:contacts"), "take-contact")]
    pages += [(text, path, needs) for text, path, needs in ELSEWHERE if exists(path)]
    pages += [
        ("Duplicates", reverse("workspace:duplicates"), "merge-people"),
        ("Reviews", reverse("workspace:reviews"), "review-access"),
        ("Closed records", reverse("workspace:closed"), "restrict"),
        ("Recipients", reverse("workspace:recipients"), "keep-recipients"),
    ]
    pages += [("Emergency access", reverse("workspace:emergency"), "open-in-emergency")]
    for text, path, needs in pages:
        if not needs or frame.may(needs):
            here = request.path == path
            yield {
                "text": text,
                "href": path,
                "current": here,
                "active": not here and path != "/work/" and request.path.startswith(path),
            }


def exists(path: str) -> bool:
    """Whether there is a page at a path."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _cannot_wait(frame: Frame) -> dict[str, str] | None:
    """The banner of contacts to act on now, on every page of those who screen until the last is decided on."""
    number = intake.waits_now() if frame.may("screen") else 0
    if not number:
        return None
    return {
        "title": "Act now",
        "text": f"{number} {'contact says' if number == 1 else 'contacts say'} that somebody is in danger now.",
        "href": reverse("workspace:contacts"),
        "link_text": "See what has come in",
    }


def _emergency(frame: Frame) -> dict[str, str] | None:
    """The banner of emergency access in use, on every page until the last of it ends."""
    if not frame.emergencies:
        return None
    person, until = frame.emergencies[0]
    known = frame.known.get(person)
    more = f", and {len(frame.emergencies) - 1} more" if len(frame.emergencies) > 1 else ""
    return {
        "title": "Emergency access is open",
        "text": f"to {known.name if known else 'a record'} until {plain_time(until)}{more}. Everything you open is shown to a manager.",
        "href": reverse("workspace:person", args=[person]),
        "link_text": "Open the record",
    }
