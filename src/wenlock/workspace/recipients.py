"""Where information may be sent, verified by a second person, and the agreements it is sent under."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.base.pages.forms import PageForm
from wenlock.security.queries import NotFound
from wenlock.sharing import recipient_queries as kept
from wenlock.sharing import recipients as actions
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.recipient_forms import AgreementForm, ChangeForm, DestinationForm, SureForm, VerifyForm

KEEPS = "keep-recipients"


@worker(needs=KEEPS)
def listed(request: WorkerRequest) -> HttpResponse:
    """Every destination and agreement, and whether the ledger, the outbox and the receipts add up."""
    today = timezone.localdate(request.frame.at)
    context = {
        "places": kept.destinations(on=today),
        "agreements": kept.agreements(on=today),
        "sums": kept.reconciled(),
        "me": request.frame.actor.name,
    }
    return show(request, "workspace/recipients.html", context)


@worker("GET", "HEAD", "POST", needs=KEEPS)
def add(request: WorkerRequest) -> HttpResponse:
    """Write down where a body of a recipient is reached."""
    frame = request.frame
    form = DestinationForm(posted(request), recipients=kept.recipients(on=timezone.localdate(frame.at)))

    def act() -> object:
        said = form.cleaned_data
        return actions.write_destination(**said, route="file", by=frame.actor, at=frame.at)

    told = "It is written down. Somebody else verifies it before anything is sent there."
    return _ask(request, form, act, title="Add where information may be sent", submit="Add it", told=told)


@worker("GET", "HEAD", "POST", needs=KEEPS)
def change(request: WorkerRequest, destination: UUID) -> HttpResponse:
    """Change where a body is reached: nothing is sent there until somebody else verifies it."""
    row = kept.destination_row(destination)
    form = ChangeForm(posted(request), initial={"post": row.post, "value": row.value})
    return _ask(
        request, form, lambda: actions.change_destination(destination=row, **form.cleaned_data),
        title="Change where it is sent", submit="Save the change", about=f"{row.body}, {row.post}",
        told="It is changed. Somebody else verifies it before anything is sent there.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs=KEEPS)
def verify(request: WorkerRequest, destination: UUID) -> HttpResponse:
    """Say how one made sure that a destination somebody else wrote is right."""
    frame, row = request.frame, kept.destination_row(destination)
    if row.verified_at or row.changed_by_id == frame.actor.pk:
        raise NotFound
    form = VerifyForm(posted(request))

    def act() -> object:
        return actions.verify_destination(
            destination=row, how=form.cleaned_data["how"], by=frame.actor, at=frame.at
        )

    return _ask(
        request, form, act, title="Verify where it is sent", submit="It is right",
        about=f"{row.body}, {row.post}: {row.value}", told="It is verified.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs=KEEPS)
def stop(request: WorkerRequest, destination: UUID) -> HttpResponse:
    """Send nothing there any more."""
    row, form = kept.destination_row(destination), SureForm(posted(request))
    return _ask(
        request, form, lambda: actions.end_destination(destination=row, at=request.frame.at),
        title="Send nothing there any more", submit="Stop sending", about=f"{row.body}, {row.post}",
        told="Nothing is sent there any more.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs=KEEPS)
def agree(request: WorkerRequest) -> HttpResponse:
    """Write down an agreement."""
    frame = request.frame
    form = AgreementForm(posted(request), recipients=kept.recipients(on=timezone.localdate(frame.at)))
    return _ask(
        request, form, lambda: actions.write_agreement(**form.cleaned_data, by=frame.actor, at=frame.at),
        title="Add an agreement", submit="Add it", told="The agreement is written down.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs=KEEPS)
def stop_agreement(request: WorkerRequest, agreement: UUID) -> HttpResponse:
    """End an agreement early, from today."""
    row, form = kept.agreement_row(agreement), SureForm(posted(request))
    today = timezone.localdate(request.frame.at)
    return _ask(
        request, form, lambda: actions.end_agreement(agreement=row, on=today),
        title="End this agreement", submit="End it today", about=row.reference, told="The agreement is ended.",
    )  # fmt: skip


def _ask(
    request: WorkerRequest,
    form: PageForm,
    act: Callable[[], object],
    *,
    title: str,
    submit: str,
    told: str,
    about: str = "",
) -> HttpResponse:
    done = attempt(form, act) if request.method == "POST" and form.is_valid() else None
    if done:
        messages.success(request, told)
        return redirect("workspace:recipients")
    page = form.page(title=title, submit=submit, cancel_url=reverse("workspace:recipients"))
    context = {"page": page, "about": about}
    return show(request, "workspace/recipient_form.html", context, status=422 if form.errors else 200)
