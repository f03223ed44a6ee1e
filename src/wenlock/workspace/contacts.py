"""The front door's pages: what has come in, one contact whole, whom it is about, what follows, and telling the teller."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.agencies import queries as agencies
from wenlock.agencies.actions import record_agency
from wenlock.base.pages.dates import plain_time
from wenlock.base.pages.forms import remembered
from wenlock.intake import actions, codes, origins, own_words
from wenlock.intake import queries as intake
from wenlock.intake.mailbox.codes import DOUBTFUL, VERIFIED
from wenlock.intake.mailbox.queries import standings
from wenlock.intake.queries import Received
from wenlock.notice import queries as notice
from wenlock.people import queries as people
from wenlock.practice.child_in_need import actions as need
from wenlock.security.queries import NotFound
from wenlock.workspace.contact_forms import (
    NEW,
    DecisionForm,
    FeedbackForm,
    MatchForm,
    MentionForm,
    ScreeningForm,
    TakeForm,
)
from wenlock.workspace.file_pages import NAMES
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.likely import keep_choice, likely
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.words import span

OUTCOMES = {outcome.code: outcome for outcome in codes.OUTCOMES}
WRITTEN = "letter"  # a contact that came on paper, whose scan is asked for next
CHANGES_OVER = timedelta(days=90)  # how far back the time to put changes right is measured


@worker(needs="take-contact")
def listed(request: WorkerRequest) -> HttpResponse:
    """What waits for a decision, the most urgent first, and whom to tell."""
    at = request.frame.at
    context = {
        "waiting": intake.waiting(at=at),
        "untold": intake.untold(at=at),
        "not_told": origins.not_told(at=at),
        "screens": request.frame.may("screen"),
        "changes": intake.changes_told(since=at - CHANGES_OVER, at=at),
        "changes_over": CHANGES_OVER.days,
        "span": span,
        "mailboxes": standings(at=at) if request.frame.may("screen") else [],
    }
    return show(request, "workspace/contacts.html", context)


@worker("GET", "HEAD", "POST", needs="take-contact")
def take(request: WorkerRequest) -> HttpResponse:
    """Take a contact: by telephone, face to face, or from a letter or an e-mail that is at hand.

    What is typed is kept as it is typed, where the browser runs scripts, and by a button where it does not.
    """
    frame = request.frame
    if request.method == "POST" and ("keep" in request.POST or request.headers.get("HX-Request")):
        return _kept_while_taken(request)
    if request.method == "POST" and "again" in request.POST:
        actions.finish_draft(by=frame.actor, at=frame.at)
        return redirect("workspace:contact-take")
    begun = intake.begun_by(frame.actor) if request.method != "POST" else None
    form = _take_form(request, begun[0] if begun else posted(request))
    if begun:
        remembered(form)
    elif (
        request.method == "POST"
        and form.is_valid()
        and (made := attempt(form, lambda: _taken(request, form)))
    ):
        messages.success(request, f"The contact is taken. Its reference is {made.reference}.")
        written = form.cleaned_data["channel"] == WRITTEN
        return redirect("workspace:contact-paper-add" if written else "workspace:contact", contact=made.pk)
    page = form.page(
        title="Take a contact", submit="Take the contact", cancel_url=reverse("workspace:contacts")
    )
    context = {"page": page, "kept_at": begun[1] if begun else None}
    return show(request, "workspace/contact_take.html", context, status=422 if form.errors else 200)


def _take_form(request: WorkerRequest, typed: Any) -> TakeForm:
    today = _today(request)
    return TakeForm(
        typed,
        initial={"received_on": today, "received_time": timezone.localtime(request.frame.at).time()},
        now=request.frame.at,
        channels=notice.named("channel", on=today),
        sources=notice.named("source", on=today),
        agencies=agencies.by_source(on=today),
        bodies=notice.given_by("body", on=today),
    )


def _kept_while_taken(request: WorkerRequest) -> HttpResponse:
    """Keep what is typed as it stands, whether or not it is right yet."""
    mine = request.POST.keys() - {"csrfmiddlewaretoken", "keep"}
    typed = {name: str(request.POST[name]) for name in mine}
    actions.keep_draft(typed=typed, by=request.frame.actor, at=request.frame.at)
    if request.headers.get("HX-Request"):
        return HttpResponse(f"Draft kept at {plain_time(request.frame.at)}.")
    messages.success(request, "Your draft is kept. Nobody else sees it until you take the contact.")
    return redirect("workspace:contact-take")


@worker(needs="take-contact")
def contact(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """One contact: what was told, whom it is about, what came before, and what has been made of it."""
    found = intake.received(contact)
    draft = intake.draft_of(found, author=request.frame.actor)
    return show(
        request, "workspace/contact.html", _context(request, found, ScreeningForm(initial={"text": draft}))
    )


@worker("POST", needs="screen")
def note(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """Keep the worker's screening note: as it is typed, as a draft, or final."""
    found = intake.received(contact, part="screening note")
    form = ScreeningForm(request.POST)
    final = "finish" in request.POST
    if form.is_valid():
        text, frame = form.cleaned_data["text"], request.frame
        kept = attempt(
            form,
            lambda: actions.keep_note(
                contact=found.contact, text=text, by=frame.actor, at=frame.at, final=final
            ),
        )
        if kept and request.headers.get("HX-Request"):
            return HttpResponse(f"Draft kept at {plain_time(frame.at)}.")
        if kept:
            messages.success(request, "Your note is final." if final else "Your draft is kept.")
            return redirect("workspace:contact", contact=contact)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return show(request, "workspace/contact.html", _context(request, found, form), status=422)


@worker("GET", "HEAD", "POST", needs="screen")
def add(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """Add somebody the contact is about."""
    found = _open(contact)
    form = MentionForm(posted(request), today=_today(request))
    if request.method == "POST" and form.is_valid():
        named = form.person.named(form.cleaned_data)
        if named and attempt(form, lambda: actions.add_mention(contact=found.contact, named=named)):
            return redirect("workspace:contact", contact=contact)
    return _ask(request, found, form, title="Add somebody", submit="Add them")


@worker("GET", "HEAD", "POST", needs="screen")
def find(request: WorkerRequest, contact: UUID, mention: UUID) -> HttpResponse:
    """Find the record of somebody a contact is about, or begin one. The search proposes; the worker decides."""
    found, frame = _open(contact), request.frame
    named = _mention(found, mention)
    typed = request.POST.get("q", "").strip()[:200] or _as_typed(named)
    offered = likely(typed, _as_typed(named), today=_today(request))
    looking = "look" in request.POST
    form = MatchForm(
        None if looking else posted(request), found=offered, may_begin=frame.may("record-person")
    )
    if request.method == "POST" and not looking and form.is_valid():
        chosen = form.cleaned_data["person"]

        def decided() -> Any:
            if chosen == NEW:
                begun = actions.begin_record(mention=named, by=frame.actor, at=frame.at)
                keep_choice(person=begun, instead_of=offered, by=frame.actor, at=frame.at)
                return begun
            return actions.match(mention=named, person=UUID(chosen), by=frame.actor, at=frame.at)

        if attempt(form, decided):
            messages.success(request, "A record is begun." if chosen == NEW else "The record is matched.")
            return redirect("workspace:contact", contact=contact)
    page = form.page(
        title=f"Find the record of {named}" if str(named) else "Find the record", submit="Choose"
    )
    context = {
        "page": page,
        "found": found,
        "named": named,
        "typed": typed,
        "offered": offered,
        "today": _today(request),
    }
    return show(request, "workspace/contact_find.html", context, status=422 if form.errors else 200)


@worker("POST", needs="screen")
def undo(request: WorkerRequest, contact: UUID, mention: UUID) -> HttpResponse:
    """Take a match back."""
    found = _open(contact)
    named = _mention(found, mention)
    if named.person_id:
        actions.unmatch(mention=named)
        messages.success(request, "The match is taken back. Find the right record, or begin one.")
    return redirect("workspace:contact", contact=contact)


@worker("GET", "HEAD", "POST", needs="screen")
def decide(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """Decide what follows. A referral opens an episode for each child, in the same transaction."""
    found = _open(contact)
    form = DecisionForm(posted(request))
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, lambda: _decided(request, found, form.cleaned_data)):
        messages.success(request, "The decision is recorded. Tell whoever made contact.")
        return redirect("workspace:contact-tell", contact=contact)
    return _ask(request, found, form, title="Decide what follows", submit="Record the decision")


@worker("GET", "HEAD", "POST", needs="screen")
def tell(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """Record what whoever made contact was told."""
    found = intake.received(contact)
    if found.decision is None or found.feedback is not None:
        raise NotFound
    form, frame = FeedbackForm(posted(request)), request.frame
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: actions.tell(contact=found.contact, by=frame.actor, at=frame.at, **said)):
            messages.success(request, "What they were told is recorded. The contact is finished.")
            return redirect("workspace:contact", contact=contact)
    return _ask(request, found, form, title="Tell whoever made contact", submit="Record it")


def _taken(request: WorkerRequest, form: TakeForm) -> Any:
    frame, said = request.frame, form.cleaned_data
    agency = form.cleaned_data["agency"] or _added(request, said)
    contact = actions.take_contact(
        telling=form.telling(agency), about=form.about(), channel=said["channel"], source=said["source"],
        purpose=frame.purpose, by=frame.actor, at=frame.at, received_at=said["received_at"],
        place=said["place"],
    )  # fmt: skip
    actions.finish_draft(by=frame.actor, at=frame.at)
    return contact


def _added(request: WorkerRequest, said: dict[str, Any]) -> UUID | None:
    """The body whose name was written because it was not listed; None where none was."""
    if not said["new_agency"]:
        return None
    frame = request.frame
    return record_agency(
        source=said["source"],
        name=said["new_agency"],
        official_code=said["new_number"],
        by=frame.actor,
        at=frame.at,
    ).pk


def _decided(request: WorkerRequest, found: Received, said: dict[str, Any]) -> Any:
    frame = request.frame
    decision = actions.decide(
        contact=found.contact, outcome=said["outcome"], seen=said["seen"], reason=said["reason"],
        by=frame.actor, at=frame.at,
    )  # fmt: skip
    children = (each.person_id for each in found.mentions if each.mentioned_as == "child" and each.person_id)
    for child in children if said["outcome"] == "referral" else ():
        need.record_referral(
            person=child, referred_on=_today(request), source=said["referral_source"], need=said["need"],
            referrer=found.contact.teller_name, by=frame.actor.pk, at=frame.at,
            provenance=found.contact.provenance_id,
        )  # fmt: skip
    return decision


def _context(request: WorkerRequest, found: Received, form: ScreeningForm) -> dict[str, Any]:
    """What the page of one contact shows."""
    contact, at = found.contact, request.frame.at
    known = people.briefs(found.people)
    giver = origins.latest_giver(contact)
    return {
        "found": found,
        "contact": contact,
        "known": known,
        "giver": people.briefs([giver.person_id]).get(giver.person_id) if giver and giver.person_id else None,
        "agency": giver.agency if giver and giver.agency_id else contact.agency,
        "handling": intake.handling(contact),
        "own_words": own_words.in_contact(contact.pk),
        "to_tell": origins.to_tell(contact, at=at, died={key: one.died_on for key, one in known.items()}),
        "informs": request.frame.may("screen") or request.frame.may("record"),
        "teams": people.teams_holding(found.people),
        "before": intake.about(found.people, at=at, besides=contact.pk),
        "clocks": intake.clocks_of(contact.pk, at=at),
        "form": form,
        "screens": request.frame.may("screen") and found.decision is None,
        "tells": request.frame.may("screen") and found.decision is not None and found.feedback is None,
        "outcome": OUTCOMES[found.decision.outcome] if found.decision else None,
        "codes": codes,
        "sender_is": VERIFIED[found.email.verified] if found.email else "",
        "sender_is_doubtful": found.email is not None and found.email.verified in DOUBTFUL,
        "format_names": NAMES,
        "scan_is_owed": contact.provenance.channel.code == WRITTEN and not found.papers,
        "today": _today(request),
        "records": request.frame.may("record"),
        "putting_right": contact.kind == "change" and not found.decision and request.frame.may("record"),
    }


def _ask(request: WorkerRequest, found: Received, form: Any, *, title: str, submit: str) -> HttpResponse:
    page = form.page(title=title, submit=submit, cancel_url=_address(found))
    context = {"page": page, "found": found}
    return show(request, "workspace/contact_form.html", context, status=422 if form.errors else 200)


def _open(contact: UUID) -> Received:
    """A contact not decided on yet; any other is not found, since nothing more is done with it."""
    found = intake.received(contact)
    if found.decision is not None:
        raise NotFound
    return found


def _mention(found: Received, mention: UUID) -> Any:
    try:
        return next(each for each in found.mentions if each.pk == mention)
    except StopIteration as error:
        raise NotFound from error


def _as_typed(named: Any) -> str:
    born = f" {named.born_on:%d/%m/%Y}" if named.born_on else ""
    return f"{named}{born}".strip()


def _today(request: WorkerRequest) -> date:
    return timezone.localdate(request.frame.at)


def _address(found: Received) -> str:
    return reverse("workspace:contact", args=[found.contact.pk])
