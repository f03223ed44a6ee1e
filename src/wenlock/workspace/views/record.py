"""One person's record: the summary, the timeline, and who has looked."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from wenlock.base.pages.pictures import Mark, Span
from wenlock.council import queries as council
from wenlock.intake import own_words
from wenlock.people import codes
from wenlock.people import queries as people
from wenlock.people.queries import Level, Opened
from wenlock.people.record import record_of
from wenlock.practice.case import queries as case
from wenlock.practice.case.chronology import Chronology, together
from wenlock.practice.child_in_need import queries as child_in_need
from wenlock.practice.protection import queries as protection
from wenlock.security import queries as security
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import worker
from wenlock.workspace.words import RELATIONSHIPS, by_what, looked_at, unusual

PAGE = 50
LATEST = 2  # of a child's own words, on the summary


@worker()
def summary(request: WorkerRequest, person: UUID) -> HttpResponse:
    """What is held of somebody, as far as the worker's level opens it."""
    opened = people.person_for(request.frame.actor, person)
    context = head(request, opened, "Summary")
    if opened.level is Level.INDEX:
        return show(request, "workspace/person_index.html", context)
    cases = case.working_with(people=[person], at=request.frame.at)
    context |= {
        "record": record_of(opened, on=timezone.localdate(request.frame.at)),
        "cases": cases,
        "full": opened.level is Level.FULL,
        "written": own_words.of_child(person)[:LATEST] if opened.level is Level.FULL else [],
        "sex": codes.label(codes.SEXES, opened.sex),
        "relationship": RELATIONSHIPS.get(opened.relationship, ""),
    }
    return show(request, "workspace/person.html", context)


@worker()
def timeline(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Everything that happened, drawn, as a list and as a table."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="timeline")
    story = together(
        (
            child_in_need.chronology(person=person),
            protection.chronology(person=person),
            case.chronology(person=person),
        )
    )
    context = head(request, opened, "Timeline") | {
        "story": story,
        "spans": [Span(one.lane, one.label, one.began_on, one.ended_on) for one in story.lasted],
        "marks": _marks(story),
    }
    return show(request, "workspace/timeline.html", context)


@worker()
def looked(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Who has looked at the record, when, and for what purpose."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="looked")
    number = _page_number(request.GET.get("page", ""))
    found, total = security.looks(person=person, since=(number - 1) * PAGE, count=PAGE)
    roles = council.roles_of([look.worker_id for look in found if look.worker_id], at=request.frame.at)
    context = head(request, opened, "Who has looked") | {
        "looks": [
            {
                "at": look.at,
                "who": look.worker,
                "role": ", ".join(filter(None, (_role(look, roles), by_what(look.detail)))),
                "purpose": request.frame.named.get(look.purpose, "No purpose"),
                "what": looked_at(look),
                "unusual": unusual(look),
            }
            for look in found
        ],
        "number": number,
        "last": max(-(-total // PAGE), 1),
        "total": total,
    }
    return show(request, "workspace/looked.html", context)


def _role(look: security.Look, roles: dict[UUID, str]) -> str:
    return roles.get(look.worker_id, "") if look.worker_id else ""


def _page_number(typed: str) -> int:
    """The page asked for; the first for anything that is not one."""
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1


def head(request: WorkerRequest, opened: Opened, here: str) -> dict[str, object]:
    """What the top of every page of a record shows: whose it is, where to go, and whom to ask."""
    parts = [
        ("Summary", "person"),
        ("Family", "family"),
        ("Timeline", "timeline"),
        ("Own words", "own_words"),
        ("Notes", "notes"),
        ("Documents", "documents"),
        ("Sharing", "sharing"),
        ("Who has looked", "looked"),
    ]
    full = opened.level is Level.FULL
    today = timezone.localdate(request.frame.at)
    return {
        "person": opened,
        "today": today,
        "age": opened.age(on=today),
        "holding": people.teams_holding([opened.id]).get(opened.id, ()),
        "parts": [
            {"text": text, "href": reverse(f"workspace:{name}", args=[opened.id]), "current": text == here}
            for text, name in parts
            if full or name == "person"
        ],
    }


def _marks(story: Chronology) -> list[Mark]:
    """The turning points, for the drawing."""
    return [Mark(one.on, one.title) for one in reversed(story.happened) if one.turning]
