"""The pages of where a contact came from, and of telling those it is about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.agencies import queries as agencies
from wenlock.agencies.actions import record_agency
from wenlock.intake import origins
from wenlock.intake import queries as intake
from wenlock.intake.queries import Received
from wenlock.people import queries as people
from wenlock.people.queries import Brief
from wenlock.people.record import relatives_of
from wenlock.security.queries import NotFound
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.origin_forms import NEW, TOLD, BodyForm, InformForm, PersonForm
from wenlock.workspace.pages import attempt, posted, worker

ASKED = {"body": "Which one did it come from?", "people": "Who did it come from?"}


@worker("GET", "HEAD", "POST", needs="screen")
def giver(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """Say which body, or who, a contact came from, once it is found out. What the contact says itself stays."""
    found = intake.received(contact, part="contact")
    source = found.contact.provenance.source
    if source.giver not in ("body", "people"):
        raise NotFound
    form = _body_form(request, source.code) if source.giver == "body" else _person_form(request, found)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: _named(request, found, said)):
            messages.success(request, "It is recorded who it came from.")
            return redirect("workspace:contact", contact=contact)
    return _ask(request, found, form, title=ASKED[source.giver], submit="Record it")


@worker("GET", "HEAD", "POST", needs="take-contact")
def told(request: WorkerRequest, contact: UUID, person: UUID) -> HttpResponse:
    """Record that somebody was told that we hold what another said of them, or why they need not be."""
    frame, found = request.frame, intake.received(contact, part="contact")
    who = people.briefs([person]).get(person)
    lines = origins.to_tell(found.contact, at=frame.at, died={})
    if who is None or not any(line.person == person and line.informed is None for line in lines):
        raise NotFound
    form = InformForm(posted(request), today=timezone.localdate(frame.at))
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, lambda: _informed(request, found, person, form.cleaned_data)):
        messages.success(request, f"It is recorded whether {who.name} was told.")
        return redirect("workspace:contact", contact=contact)
    title = f"Has {who.name} been told that we hold this?"
    return _ask(request, found, form, title=title, submit="Record it")


def _body_form(request: WorkerRequest, source: str) -> BodyForm:
    today = timezone.localdate(request.frame.at)
    listed = {str(key): name for key, name in agencies.of_source(source, on=today).items()}
    return BodyForm(posted(request), source=source, agencies=listed)


def _person_form(request: WorkerRequest, found: Received) -> PersonForm:
    """Offers those the contact was matched with, and their relatives."""
    known = people.briefs(found.people)
    for person in found.people:
        known |= relatives_of(person)
    return PersonForm(posted(request), known={str(key): _told_apart(one) for key, one in known.items()})


def _told_apart(one: Brief) -> tuple[str, str]:
    return one.name, f"Born {one.born_on:%-d %B %Y}" if one.born_on else "Birth not recorded"


def _named(request: WorkerRequest, found: Received, said: dict[str, Any]) -> Any:
    frame = request.frame
    if "person" in said:
        return origins.name_giver(
            contact=found.contact, person=UUID(said["person"]), by=frame.actor, at=frame.at
        )
    agency = _added(request, found, said) if said["agency"] == NEW else UUID(said["agency"])
    return origins.name_giver(contact=found.contact, agency=agency, by=frame.actor, at=frame.at)


def _added(request: WorkerRequest, found: Received, said: dict[str, Any]) -> UUID:
    return record_agency(
        source=found.contact.provenance.source.code, name=said["new_agency"],
        official_code=said.get("new_number", ""), by=request.frame.actor, at=request.frame.at,
    ).pk  # fmt: skip


def _informed(request: WorkerRequest, found: Received, person: UUID, said: dict[str, Any]) -> Any:
    frame = request.frame
    if said["answer"] == TOLD:
        return origins.inform(
            contact=found.contact, person=person, told_on=said["told_on"], how=said["how"], by=frame.actor,
            at=frame.at,
        )  # fmt: skip
    return origins.exempt(
        contact=found.contact, person=person, ground=said["ground"], reason=said["reason"], by=frame.actor,
        at=frame.at,
    )  # fmt: skip


def _ask(request: WorkerRequest, found: Received, form: Any, *, title: str, submit: str) -> HttpResponse:
    back = reverse("workspace:contact", args=[found.contact.pk])
    page = form.page(title=title, submit=submit, cancel_url=back)
    context = {"page": page, "found": found}
    return show(request, "workspace/contact_form.html", context, status=422 if form.errors else 200)
