"""Where a worker begins: what to do next, their children, their team's, and the purpose they work for."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.clocks import queries as clocks
from wenlock.intake import queries as intake
from wenlock.intake.clocks import SCREENING
from wenlock.intake.codes import URGENCIES
from wenlock.people import queries as people
from wenlock.people.saved import saved_searches
from wenlock.security import queries as security
from wenlock.security.actions import record_event
from wenlock.workspace.caseloads import Child, caseloads
from wenlock.workspace.drafts import begun
from wenlock.workspace.forms import PurposeForm
from wenlock.workspace.frame import ELSEWHERE, Frame, WorkerRequest, exists, show
from wenlock.workspace.pages import posted, worker
from wenlock.workspace.views.due import RECORD, lines

SOONEST = 5  # of what is due: the rest have a page
TEAM_SHOWN = 60  # a team's own list: more than this is a service's, and is found by searching


@dataclass(frozen=True)
class Task:
    """Something to do next, in words, with where to do it. `urgent` things are late or a risk."""

    says: str
    href: str
    urgent: bool = False


@worker()
def home(request: WorkerRequest) -> HttpResponse:
    """What waits for this worker. Fewer than forty queries, however many children they have."""
    frame, today = request.frame, timezone.localdate(request.frame.at)
    mine, team = caseloads(frame, today)
    waiting = security.emergency_to_review(by=frame.actor, at=frame.at) if frame.may("review-access") else []
    recent = security.recently_read(actor=frame.actor, at=frame.at)
    known = people.briefs([person for person, _ in recent])
    context = {
        "today": today,
        "tasks": _tasks(frame, mine, team, waiting),
        "door": intake.at_the_door(at=frame.at) if frame.may("screen") else None,
        "urgencies": URGENCIES,
        **(_due(frame) if frame.may(RECORD) else {}),
        "drafts": begun(frame),
        "saved": saved_searches(owner=frame.actor) if frame.may("search") else (),
        "mine": mine,
        "team": sorted(team, key=lambda child: bool(child.workers))[:TEAM_SHOWN],
        "team_left_out": max(len(team) - TEAM_SHOWN, 0),
        "teams": list(dict.fromkeys(place.team for place in frame.places)),
        "recent": [(known[person], at) for person, at in recent if person in known],
        "emergencies": [(frame.known.get(person), person, until) for person, until in frame.emergencies],
        "imports": next((path for text, path, needs in _elsewhere() if frame.may(needs)), ""),
    }
    return show(request, "workspace/home.html", context)


@worker("GET", "HEAD", "POST")
def purpose(request: WorkerRequest) -> HttpResponse:
    """Choose the purpose to work for. It decides which children are seen and what may be recorded."""
    form = PurposeForm(
        posted(request), purposes=request.frame.purposes, initial={"purpose": request.frame.purpose}
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["purpose"]
        record_event("purpose-changed", detail={"to": chosen})
        request.session["purpose"] = chosen
        messages.success(request, f"You are now working for this purpose: {request.frame.purposes[chosen]}.")
        return redirect("workspace:home")
    page = form.page(
        title="What are you working on?", submit="Work for this purpose", cancel_url=reverse("workspace:home")
    )
    return show(request, "workspace/purpose.html", {"page": page}, status=422 if form.errors else 200)


def _elsewhere() -> list[tuple[str, str, str]]:
    return [page for page in ELSEWHERE if page[2] == "import" and exists(page[1])]


def _due(frame: Frame) -> dict[str, Any]:
    """What is due, but for contacts to be screened where the page lists those."""
    besides = (SCREENING,) if frame.may("screen") else ()
    soonest = clocks.due(at=frame.at, besides=besides, limit=SOONEST)
    return {"due": clocks.summary(at=frame.at), "soonest": lines(soonest)}


def _tasks(frame: Frame, mine: list[Child], team: list[Child], waiting: list[security.Opening]) -> list[Task]:
    """What to do next that no list on the page shows, the late first."""
    tasks = []
    late = sum(one.overdue for one in waiting)
    if waiting:
        said = f"Review {_counted(len(waiting), 'use')} of emergency access"
        tasks.append(
            Task(said + (f": {late} overdue" if late else ""), reverse("workspace:reviews"), urgent=late > 0)
        )
    alone = [child for child in team if not child.workers]
    if alone and frame.may("allocate"):
        said = f"{_counted(len(alone), 'child', 'children')} in your team without an allocated worker"
        tasks.append(Task(said, "#team", urgent=True))
    unseen = [child for child in mine if child.standing and child.last_seen is None]
    if unseen:
        said = f"{_counted(len(unseen), 'child', 'children')} of yours without a recorded visit"
        tasks.append(Task(said, "#mine"))
    return sorted(tasks, key=lambda task: not task.urgent)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
