"""Sharing from a record: with whom, what and why; what was found of it; the decision, the file, and the ledger."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.base.sentences import sentences
from wenlock.files.envelope import Damaged, KeyMissing
from wenlock.people import queries as people
from wenlock.people.queries import Opened
from wenlock.security.queries import NotFound
from wenlock.sharing import proposal_queries as proposals
from wenlock.sharing import proposing, recipient_queries, weighing
from wenlock.sharing.actions import SharingRefused
from wenlock.sharing.choosing import Choice, choices
from wenlock.sharing.codes import NEEDS_REGIME
from wenlock.sharing.packing import pack
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.sharing_forms import AnswerForm, ChooseForm, ReceiptForm, WhereForm
from wenlock.workspace.views.record import head


@worker()
def listed(request: WorkerRequest, person: UUID) -> HttpResponse:
    """What was shared of somebody and what was decided not to be, the newest first."""
    opened = _opened(request, person)
    context = head(request, opened, "Sharing") | {
        "entries": proposals.shared_about(person=person),
        "waiting": [one for one in proposals.proposals_about(person=person) if not one.sent],
        "may_share": request.frame.may("share"),
    }
    return show(request, "workspace/sharing.html", context)


@worker("GET", "HEAD", "POST", needs="share")
def where(request: WorkerRequest, person: UUID) -> HttpResponse:
    """With whom, and what for: the rules of the purpose now open, at each destination that is verified."""
    opened = _opened(request, person)
    places = _places(request)
    form = WhereForm(posted(request), places=places)
    if request.method == "POST" and form.is_valid():
        destination, _, rule = form.cleaned_data["where"].partition(":")
        return redirect("workspace:share-choose", person=person, destination=destination, rule=rule)
    page = form.page(
        title="Share something from this record",
        submit="Continue",
        cancel_url=reverse("workspace:sharing", args=[person]),
    )
    status = 422 if form.errors else 200
    return show(
        request,
        "workspace/share_where.html",
        {"page": page, "person": opened, "places": places},
        status=status,
    )


@worker("GET", "HEAD", "POST", needs="share")
def choose(request: WorkerRequest, person: UUID, destination: UUID, rule: str) -> HttpResponse:
    """What of the record, and why; what is proposed is weighed at once, and kept whatever is found."""
    opened, today = _opened(request, person), timezone.localdate(request.frame.at)
    place, allowed = recipient_queries.destination_row(destination), weighing.rule_in_force(rule, on=today)
    if allowed is None or allowed.recipient != place.recipient:
        raise NotFound
    open_to_it = choices(person=person, rule=allowed)
    form = ChooseForm(
        posted(request), choices=open_to_it, needs_regime=allowed.recipient == NEEDS_REGIME, on=today
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _proposed(request, person, place.pk, rule, form, open_to_it))
        if made:
            return redirect("workspace:proposal", person=person, proposal=made.pk)
    page = form.page(
        title="Choose what to share",
        submit="See whether it may be shared",
        cancel_url=reverse("workspace:sharing", args=[person]),
    )
    context = {"page": page, "person": opened, "place": place, "rule": allowed, "choices": open_to_it}
    return show(request, "workspace/share_choose.html", context, status=422 if form.errors else 200)


@worker()
def proposal(request: WorkerRequest, person: UUID, proposal: UUID) -> HttpResponse:
    """One proposal: what would go, all that was found, what was decided, and what there is to do next."""
    return _show(request, person, proposal)


@worker("GET", "HEAD", "POST")
def decide(request: WorkerRequest, person: UUID, proposal: UUID) -> HttpResponse:
    """Approve what another proposed, or decide not to share; a decision not to is open to whoever sees it."""
    opened, frame = _opened(request, person), request.frame
    row = proposals.proposal_about(person=person, proposal=proposal)
    if hasattr(row, "answer"):
        raise NotFound
    others = row.proposed_by_id != frame.actor.pk
    form = AnswerForm(posted(request), may_approve=others and frame.may("approve-sharing"))
    if request.method == "POST" and form.is_valid():
        said, today = form.cleaned_data, timezone.localdate(frame.at)
        made = attempt(
            form, lambda: proposing.answer(proposal=row, **said, on=today, by=frame.actor, at=frame.at)
        )
        if made:
            messages.success(request, "Your decision is kept with the record.")
            return redirect("workspace:proposal", person=person, proposal=proposal)
    back = reverse("workspace:proposal", args=[person, proposal])
    page = form.page(title="Decide on this sharing", submit="Save the decision", cancel_url=back)
    context = {"page": page, "person": opened, "one": row, "chosen": proposals.chosen_in(row)}
    return show(request, "workspace/share_decide.html", context, status=422 if form.errors else 200)


@worker("POST", needs="share")
def send(request: WorkerRequest, person: UUID, proposal: UUID) -> HttpResponse:
    """Let it out by the one door, and give the file to be handed over; or say which rule stood in the way."""
    _opened(request, person)
    row = proposals.proposal_about(person=person, proposal=proposal)
    try:
        with transaction.atomic():
            sent = proposing.send(proposal=row.pk)
            packed = pack(sent, documents=proposals.documents_in(row))
    except SharingRefused as refusal:
        return _show(request, person, proposal, wrong=sentences().get(refusal.code, str(refusal)))
    except (KeyMissing, Damaged) as error:
        return _show(request, person, proposal, wrong=error.advice)
    name = f"shared-{str(sent.entry)[:8]}.zip"
    response = HttpResponse(packed, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@worker("GET", "HEAD", "POST", needs="share")
def receipt(request: WorkerRequest, person: UUID, proposal: UUID) -> HttpResponse:
    """Say what became of a file that was made: to whom it was handed over, or why it never was."""
    opened, frame = _opened(request, person), request.frame
    row = proposals.proposal_about(person=person, proposal=proposal)
    if not hasattr(row, "disclosure"):
        raise NotFound
    form = ReceiptForm(posted(request), on=timezone.localdate(frame.at))
    if request.method == "POST" and form.is_valid():
        kept = attempt(
            form,
            lambda: proposing.say_what_became(
                disclosure=row.disclosure.pk, **form.cleaned_data, by=frame.actor, at=frame.at
            ),
        )
        if kept:
            messages.success(request, "What became of it is kept with the record.")
            return redirect("workspace:sharing", person=person)
    back = reverse("workspace:proposal", args=[person, proposal])
    page = form.page(title="What became of the file", submit="Save", cancel_url=back)
    return show(
        request,
        "workspace/share_receipt.html",
        {"page": page, "person": opened},
        status=422 if form.errors else 200,
    )


def _opened(request: WorkerRequest, person: UUID) -> Opened:
    return people.person_for(request.frame.actor, person, wanted="full", part="sharing")


def _show(request: WorkerRequest, person: UUID, proposal: UUID, *, wrong: str = "") -> HttpResponse:
    opened, today = _opened(request, person), timezone.localdate(request.frame.at)
    row = proposals.proposal_about(person=person, proposal=proposal)
    answered = getattr(row, "answer", None)
    approved = answered is not None and answered.outcome == "approved"
    entry = next((one for one in proposals.shared_about(person=person) if one.proposal == row.pk), None)
    decision = weighing.weigh(proposal=row, on=today, to_send=approved) if entry is None else None
    context = head(request, opened, "Sharing") | {
        "one": row,
        "answered": answered,
        "approved": approved,
        "entry": entry,
        "decision": decision,
        "chosen": proposals.chosen_in(row),
        "purpose_named": proposals.purpose_of(row.rule, on=today),
        "weighings": proposals.weighings_of(row),
        "may_share": request.frame.may("share"),
        "may_decide": answered is None,
        "wrong": wrong,
    }
    return show(request, "workspace/proposal.html", context, status=409 if wrong else 200)


def _places(request: WorkerRequest) -> dict[str, tuple[str, str]]:
    """Each verified destination with each rule of the purpose now open, as what a form sends and what it says."""
    today = timezone.localdate(request.frame.at)
    return {
        f"{place.pk}:{rule.code}": (
            f"{place.body}, {place.post}",
            f"{rule.recipient_name}. For: {rule.purpose_name}. Law: {rule.ground.says}.",
        )
        for rule in weighing.rules_for(purpose=request.frame.purpose, on=today)
        for place in recipient_queries.verified_at(rule)
    }


def _proposed(
    request: WorkerRequest,
    person: UUID,
    destination: UUID,
    rule: str,
    form: ChooseForm,
    open_to_it: list[Choice],
) -> proposing.Proposal:
    said, frame = form.cleaned_data, request.frame
    chosen = [one for one in open_to_it if one.key in said["items"]]
    return proposing.propose(
        person=person,
        destination=destination,
        rule=rule,
        why=said["why"],
        asked_in=said["asked_in"],
        regime=said.get("regime", ""),
        items=[
            one.agreed_by(said.get("originator_agreed", ""), said.get("originator_agreed_on"))
            for one in chosen
        ],
        on=timezone.localdate(frame.at),
        by=frame.actor,
        at=frame.at,
    )
