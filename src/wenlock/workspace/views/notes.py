"""Notes: read, written as a draft or final, corrected by another, and retracted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.base.pages.dates import plain_time
from wenlock.notice import queries as notice
from wenlock.notice.provenance import obtained
from wenlock.people import queries as people
from wenlock.people.queries import Opened
from wenlock.people.record import relatives_of
from wenlock.practice.case import actions
from wenlock.practice.case import queries as case
from wenlock.security.queries import NotFound
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.note_forms import NoteForm, RetractForm, initial
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.views.record import head


@worker()
def notes(request: WorkerRequest, person: UUID) -> HttpResponse:
    """The notes about somebody, the latest happening first; one's own drafts before them."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="notes")
    found = case.notes_about(person=person)
    context = head(request, opened, "Notes") | {
        "notes": [note for note in found if note.final_at],
        "drafts": [note for note in found if not note.final_at],
        "known": people.briefs({one.person for note in found for one in note.about}),
        "may_write": request.frame.may("record"),
    }
    return show(request, "workspace/notes.html", context)


@worker("GET", "HEAD", "POST", needs="record")
def write(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Write a note, as a draft or final."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="note")
    form = _form(
        request,
        _writable(opened.id, opened.name),
        {"about": [str(person)], "happened_on": timezone.localdate(request.frame.at)},
    )
    if request.method == "POST" and form.is_valid():
        final = "finish" in request.POST
        note = attempt(form, lambda: _written(request, form, final=final))
        if note:
            return _done(request, person, note)
    return _ask(request, opened, form, title="Write a note")


@worker("GET", "HEAD", "POST", needs="record")
def draft(request: WorkerRequest, person: UUID, note: UUID) -> HttpResponse:
    """Go on with one's own draft. What is typed is kept as it is typed, where the browser runs scripts."""
    if request.method == "POST" and request.headers.get("HX-Request"):
        return _kept_while_typed(request, person, note)
    opened = people.person_for(request.frame.actor, person, wanted="full", part="note")
    row, told = case.note_about(person=person, note=note)
    if told.final_at:
        raise NotFound
    form = _form(request, _writable(person, opened.name), initial(told), how=False)
    if request.method == "POST" and form.is_valid():

        def change() -> Any:
            actions.change_draft(note=row, about=form.said_about(), **form.facts())
            return actions.finish_note(note=row, at=request.frame.at) if "finish" in request.POST else row

        changed = attempt(form, change)
        if changed:
            return _done(request, person, changed)
    return _ask(request, opened, form, title="Your draft note", keeps=request.path)


@worker("GET", "HEAD", "POST", needs="record")
def correct(request: WorkerRequest, person: UUID, note: UUID) -> HttpResponse:
    """Write the note that replaces a final one, which stays readable."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="note")
    row, told = case.note_about(person=person, note=note)
    if not told.stands:
        raise NotFound
    form = _form(request, _writable(person, opened.name), initial(told), finishing=True)
    if request.method == "POST" and form.is_valid():
        newer = attempt(form, lambda: _written(request, form, final=True, corrects=row))
        if newer:
            return _done(request, person, newer)
    return _ask(request, opened, form, title="Correct a note", told=told)


@worker("GET", "HEAD", "POST", needs="record")
def retract(request: WorkerRequest, person: UUID, note: UUID) -> HttpResponse:
    """Retract a final note, with a reason."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="note")
    row, told = case.note_about(person=person, note=note)
    if not told.stands:
        raise NotFound
    form = RetractForm(posted(request))
    back = reverse("workspace:notes", args=[person])
    if request.method == "POST" and form.is_valid():
        frame, because = request.frame, form.cleaned_data["because"]
        if attempt(
            form, lambda: actions.retract_note(note=row, because=because, by=frame.actor.pk, at=frame.at)
        ):
            messages.success(request, "The note is retracted. It stays readable, marked as retracted.")
            return redirect(back)
    page = form.page(title="Retract a note", submit="Retract the note", cancel_url=back)
    context = {"page": page, "person": opened, "told": told}
    return show(request, "workspace/retract.html", context, status=422 if form.errors else 200)


def _form(
    request: WorkerRequest,
    children: dict[UUID, str],
    filled: dict[str, Any],
    *,
    how: bool = True,
    finishing: bool = False,
) -> NoteForm:
    """The form of a note about any of the children."""
    today = timezone.localdate(request.frame.at)
    return NoteForm(
        posted(request),
        initial=filled,
        children=children,
        now=request.frame.at,
        finishing=finishing or "finish" in request.POST,
        told=(notice.named("channel", on=today), notice.named("source", on=today)) if how else None,
    )


def _writable(person: UUID, name: str) -> dict[UUID, str]:
    """Whom a note may be about: the person, and those of the family whose record is open in full."""
    family = relatives_of(person)
    full = people.open_in_full(family)
    return {person: name} | {key: brief.name for key, brief in family.items() if key in full}


def _kept_while_typed(request: WorkerRequest, person: UUID, note: UUID) -> HttpResponse:
    """Keep a draft as it stands, and say when; nothing for one that cannot be kept yet. No record is shown, so no look
    is written down."""
    row, told = case.note_about(person=person, note=note)
    form = _form(request, _writable(person, ""), initial(told), how=False)
    if told.final_at or not form.is_valid():
        return HttpResponse(status=204)
    if attempt(form, lambda: actions.change_draft(note=row, about=form.said_about(), **form.facts())) is None:
        return HttpResponse(status=204)
    return HttpResponse(f"Draft kept at {plain_time(request.frame.at)}.")


def _written(request: WorkerRequest, form: NoteForm, *, final: bool, corrects: Any = None) -> Any:
    frame, said = request.frame, form.cleaned_data
    provenance = obtained(
        channel=said["channel"],
        source=said["source"],
        purpose=frame.purpose,
        by=frame.actor,
        at=frame.at,
        received_at=said["happened_at"],
    )
    return actions.write_note(
        about=form.said_about(),
        provenance=provenance.pk,
        by=frame.actor.pk,
        at=frame.at,
        final=final,
        corrects=corrects,
        **form.facts(),
    )


def _done(request: WorkerRequest, person: UUID, note: Any) -> HttpResponse:
    if note.final_at:
        messages.success(request, "The note is final.")
        return redirect("workspace:notes", person=person)
    messages.success(request, "Your draft is saved. Nobody else sees it until you make it final.")
    return redirect("workspace:draft", person=person, note=note.pk)


def _ask(
    request: WorkerRequest,
    opened: Opened,
    form: NoteForm,
    *,
    title: str,
    told: case.Written | None = None,
    keeps: str = "",
) -> HttpResponse:
    page = form.page(title=title, cancel_url=reverse("workspace:notes", args=[opened.id]))
    context = {"page": page, "person": opened, "told": told, "may_draft": told is None, "keeps": keeps}
    return show(request, "workspace/write.html", context, status=422 if form.errors else 200)
