"""Where a worker begins: what to do next, their children, their team's, and the purpose they work for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.intake import queries as intake
from wenlock.people import queries as people
from wenlock.practice.case import queries as case
from wenlock.practice.case.chronology import Standing
from wenlock.practice.child_in_need import queries as child_in_need
from wenlock.practice.protection import queries as protection
from wenlock.security import queries as security
from wenlock.security.actions import record_event
from wenlock.workspace.forms import PurposeForm
from wenlock.workspace.frame import ELSEWHERE, Frame, WorkerRequest, exists, show
from wenlock.workspace.pages import posted, worker

TEAM_SHOWN = 60  # a team's own list: more than this is a service's, and is found by searching


@dataclass(frozen=True)
class Child:
    """A line of a caseload: the child, where they stand, who works with them, and when they were last seen."""

    brief: people.Brief
    standing: Standing | None
    role: str
    since: datetime
    workers: tuple[str, ...]
    warned: bool
    last_seen: date | None


@dataclass(frozen=True)
class Task:
    """Something to do next, in words, with where to do it. `urgent` things are late or a risk."""

    says: str
    href: str
    urgent: bool = False


@worker()
def home(request: WorkerRequest) -> HttpResponse:
    """What waits for this worker. Twenty-odd queries, however many children they have."""
    frame, today = request.frame, timezone.localdate(request.frame.at)
    mine, team = _caseloads(frame, today)
    waiting = security.emergency_to_review(by=frame.actor, at=frame.at) if frame.may("review-access") else []
    recent = security.recently_read(actor=frame.actor, at=frame.at)
    known = people.briefs([person for person, _ in recent])
    drafts = case.drafts(actor=frame.actor)
    context = {
        "today": today,
        "tasks": _tasks(frame, mine, team, drafts, waiting),
        "mine": mine,
        "team": team[:TEAM_SHOWN],
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


def _caseloads(frame: Frame, today: date) -> tuple[list[Child], list[Child]]:
    """The worker's own children, and their team's, from the index of who works with whom."""
    own, teams = case.caseload(actor=frame.actor, at=frame.at), case.team_cases(at=frame.at)
    everyone = {one.person for one in (*own, *teams)}
    known = people.briefs(everyone)
    standings = {**child_in_need.standings(everyone), **protection.standings(everyone)}
    warned, seen = people.warned(everyone, on=today), child_in_need.last_seen(everyone)
    workers: dict[UUID, tuple[str, ...]] = {}
    for one in case.working_with(people=everyone, at=frame.at):
        if one.worker:
            workers[one.person] = (*workers.get(one.person, ()), one.worker)

    def child(one: case.Case) -> Child:
        return Child(
            brief=known[one.person],
            standing=standings.get(one.person),
            role=one.role,
            since=one.since,
            workers=tuple(dict.fromkeys(workers.get(one.person, ()))),
            warned=one.person in warned,
            last_seen=seen.get(one.person),
        )

    def once(cases: list[case.Case]) -> list[Child]:
        first = {one.person: one for one in reversed(cases) if one.person in known}
        return sorted((child(one) for one in first.values()), key=lambda each: each.brief.name.casefold())

    return once(own), once(teams)


def _tasks(
    frame: Frame,
    mine: list[Child],
    team: list[Child],
    drafts: list[case.Written],
    waiting: list[security.Opening],
) -> list[Task]:
    """What to do next, the late first."""
    tasks = []
    contacts = intake.how_many_wait() if frame.may("screen") else 0
    if contacts:
        said = f"Decide on {_counted(contacts, 'contact')} that came in"
        tasks.append(Task(said, reverse("workspace:contacts")))
    late = sum(one.overdue for one in waiting)
    if waiting:
        said = f"Review {_counted(len(waiting), 'use')} of emergency access"
        tasks.append(
            Task(said + (f": {late} overdue" if late else ""), reverse("workspace:reviews"), urgent=late > 0)
        )
    alone = [child for child in team if not child.workers]
    if alone and frame.may("allocate"):
        tasks.append(
            Task(
                f"{_counted(len(alone), 'child', 'children')} in your team without an allocated worker",
                "#team",
                True,
            )
        )
    unseen = [child for child in mine if child.standing and child.last_seen is None]
    if unseen:
        tasks.append(
            Task(f"{_counted(len(unseen), 'child', 'children')} of yours without a recorded visit", "#mine")
        )
    for draft in drafts[:5]:
        person = next((one.person for one in draft.about), None)
        if person:
            tasks.append(
                Task(
                    f"Finish your draft note: {draft.title or 'without a title'}",
                    reverse("workspace:draft", args=[person, draft.id]),
                )
            )
    return sorted(tasks, key=lambda task: not task.urgent)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
