"""What is due: every time limit the worker may see, the late first, and why one was passed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wenlock.clocks import actions
from wenlock.clocks import queries as clocks
from wenlock.clocks.queries import Due
from wenlock.intake import queries as intake
from wenlock.intake.clocks import CONTACT
from wenlock.people import queries as people
from wenlock.workspace.due_forms import ReasonForm
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker

RECORD = "record"  # whoever records facts has something to do in time


@dataclass(frozen=True)
class Place:
    """Where a kind of matter is seen: the page of one, and what each is called."""

    page: str
    names: Callable[[Collection[UUID]], Mapping[UUID, str]]


@dataclass(frozen=True)
class Line:
    """A time limit in the list: the clock, what it runs on with the page of it, and whom it is about by name."""

    clock: Due
    matter: str
    href: str
    about: tuple[str, ...]


# The page of each kind of matter. One that is not here leads to the record of whoever it is about.
PLACES = {
    CONTACT: Place(
        "workspace:contact",
        lambda ids: {key: f"Contact {reference}" for key, reference in intake.references(ids).items()},
    ),
}


@worker(needs=RECORD)
def listed(request: WorkerRequest) -> HttpResponse:
    """What is due, the late first, then the soonest; and what was finished late with no reason given."""
    at = request.frame.at
    due, owed = clocks.due(at=at), clocks.owed(at=at)
    told = lines([*due, *owed])
    context = {
        "summary": clocks.summary(at=at),
        "due": told[: len(due)],
        "owed": told[len(due) :],
        "shown": clocks.SHOWN,
    }
    return show(request, "workspace/due.html", context)


@worker("GET", "HEAD", "POST", needs=RECORD)
def clock(request: WorkerRequest, clock: UUID) -> HttpResponse:
    """One time limit: why it is when it is, the dates it had before, and why it was passed."""
    frame = request.frame
    found = clocks.clock(clock, at=frame.at)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = attempt(form, lambda: actions.give_reason(clock=clock, by=frame.actor, at=frame.at, **said))
        if given:
            messages.success(request, "Your reason is recorded.")
            return redirect("workspace:due")
    (line,) = lines([found])
    context = {
        "line": line,
        "clock": found,
        "form": form,
        "reasons": clocks.reasons(clock),
        "replaced": clocks.replaced(clock),
    }
    return show(request, "workspace/due_clock.html", context, status=422 if form.errors else 200)


def lines(found: Iterable[Due]) -> list[Line]:
    """The clocks as a list shows them. A query for each kind of matter, and one or two for the names of people."""
    listed = list(found)
    by_table: dict[str, set[UUID]] = {}
    for each in listed:
        by_table.setdefault(each.matter_table, set()).add(each.matter_id)
    names = {table: PLACES[table].names(ids) for table, ids in sorted(by_table.items()) if table in PLACES}
    known = people.briefs({person for each in listed for person in each.people})
    return [_line(each, names.get(each.matter_table, {}), known) for each in listed]


def _line(each: Due, names: Mapping[UUID, str], known: Mapping[UUID, people.Brief]) -> Line:
    about = [person for person in each.people if person in known]
    if each.matter_id in names:
        href = reverse(PLACES[each.matter_table].page, args=[each.matter_id])
    else:
        href = reverse("workspace:person", args=[about[0]]) if about else ""
    return Line(each, names.get(each.matter_id, ""), href, tuple(known[person].name for person in about))
