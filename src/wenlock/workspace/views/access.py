"""Opening and closing: a protected address shown, a conflict declared, a record closed to all but a few and opened again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.council import queries as council
from wenlock.people import queries as people
from wenlock.people.actions import reveal_address
from wenlock.people.queries import Opened
from wenlock.people.record import homes_of
from wenlock.practice.case import queries as case
from wenlock.security import actions
from wenlock.security import queries as security
from wenlock.security.queries import NotFound
from wenlock.security.step_up import step_up_required
from wenlock.workspace.forms import ClosingForm, ConflictForm, ReopeningForm, RevealForm
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker


@worker("GET", "HEAD", "POST", needs="reveal-address")
def reveal(request: WorkerRequest, person: UUID, address: UUID) -> HttpResponse:
    """Show a protected address to this worker for ten minutes, with a reason."""
    opened = people.person_for(request.frame.actor, person, wanted="summary", part="address")
    if not any(home.address == address and home.protected for home in homes_of(person)):
        raise NotFound
    return _reveal(request, opened, address)


@step_up_required
def _reveal(request: WorkerRequest, opened: Opened, address: UUID) -> HttpResponse:
    frame, form = request.frame, RevealForm(posted(request))
    back = reverse("workspace:person", args=[opened.id])
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        shown = attempt(
            form,
            lambda: reveal_address(
                address=address, person=opened.id, reason=reason, by=frame.actor, at=frame.at
            ),
        )
        if shown:
            messages.success(request, "The protected address is shown to you for ten minutes.")
            return redirect(f"{back}#addresses")
    page = form.page(title="Show a protected address", submit="Show the address", cancel_url=back)
    return _ask(request, page, "workspace/reveal.html", person=opened)


@worker("GET", "HEAD", "POST")
def conflict(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Declare one's own conflict of interest: from then on the record is not there for whoever declared it."""
    frame = request.frame
    opened = people.person_for(frame.actor, person, part="conflict")
    form = ConflictForm(posted(request))
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        declared = attempt(
            form,
            lambda: actions.declare_conflict(
                actor=frame.actor, person=person, kind=kind, by=frame.actor, at=frame.at
            ),
        )
        if declared:
            messages.success(
                request, "You have declared a conflict of interest. You can no longer see that record."
            )
            return redirect("workspace:home")
    back = reverse("workspace:person", args=[person])
    page = form.page(title="Declare a conflict of interest", submit="Declare it", cancel_url=back)
    return _ask(request, page, "workspace/conflict.html", person=opened)


@worker("GET", "HEAD", "POST", needs="restrict")
def close(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Close a record to all but the workers named."""
    frame = request.frame
    opened = people.person_for(frame.actor, person, wanted="full", part="restriction")
    today = timezone.localdate(frame.at)
    form = ClosingForm(posted(request), workers=_nameable(request, person), on=today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        named = council.workers(actors=[UUID(name) for name in said["names"]])
        closed = attempt(
            form,
            lambda: actions.restrict(
                person=person,
                reason=said["reason"],
                names=named,
                review_on=said["review_on"],
                by=frame.actor,
                at=frame.at,
            ),
        )
        if closed:
            messages.success(request, "The record is closed to everybody but the workers you named.")
            return redirect("workspace:closed")
    back = reverse("workspace:person", args=[person])
    page = form.page(title="Close this record", submit="Close the record", cancel_url=back)
    return _ask(request, page, "workspace/close.html", person=opened)


@worker(needs="restrict")
def closed(request: WorkerRequest) -> HttpResponse:
    """The records closed now, those to look at again first."""
    rows = security.restrictions_in_force(at=request.frame.at)
    known = people.briefs({row.person for row in rows})
    today = timezone.localdate(request.frame.at)
    context = {"rows": [(row, known.get(row.person), row.review_on < today) for row in rows]}
    return show(request, "workspace/closed.html", context)


@worker("GET", "HEAD", "POST", needs="restrict")
def reopen(request: WorkerRequest, restriction: UUID) -> HttpResponse:
    """End a restriction. A manager may end one on a record they cannot see themself."""
    frame = request.frame
    row, told = security.restriction(restriction=restriction, at=frame.at)
    form = ReopeningForm(posted(request))
    said = request.method == "POST" and form.is_valid()
    ended = attempt(form, lambda: actions.end_restriction(restriction=row, at=frame.at)) if said else None
    if ended:
        messages.success(request, "The record is open again to the workers whose work reaches it.")
        return redirect("workspace:closed")
    page = form.page(title="Open this record again", submit="Open it", cancel_url=reverse("workspace:closed"))
    return _ask(
        request, page, "workspace/reopen.html", told=told, known=people.briefs([told.person]).get(told.person)
    )


def _nameable(request: WorkerRequest, person: UUID) -> dict[str, str]:
    """Whom a manager may name: their team and those who work with the person, themself excepted."""
    frame = request.frame
    workers = dict(council.team_mates(actor=frame.actor, at=frame.at))
    for one in case.working_with(people=[person], at=frame.at):
        if one.worker_id and one.worker_id != frame.actor.pk:
            workers[one.worker_id] = one.worker
    return {str(key): name for key, name in sorted(workers.items(), key=lambda item: item[1])}


def _ask(request: WorkerRequest, page: object, template: str, **context: object) -> HttpResponse:
    wrong = bool(page.form.errors)  # type: ignore[attr-defined]
    return show(request, template, {"page": page, **context}, status=422 if wrong else 200)
