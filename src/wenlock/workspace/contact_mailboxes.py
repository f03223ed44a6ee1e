"""The council's mailboxes as the front door sees them: what was received, filed and rejected, and taking one after all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from wenlock.intake.mailbox import queries, wanting
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import worker


@worker(needs="screen")
def listed(request: WorkerRequest) -> HttpResponse:
    """Each mailbox with its count, and the e-mails that were not filed with why."""
    context = {"mailboxes": queries.standings(at=request.frame.at), "not_filed": queries.not_filed()}
    return show(request, "workspace/contact_mailboxes.html", context)


@worker("POST", needs="screen")
def want(request: WorkerRequest, email: UUID) -> HttpResponse:
    """Ask for an e-mail that was rejected."""
    frame = request.frame
    wanting.want(email=queries.rejected(email), by=frame.actor, at=frame.at)
    messages.success(
        request, "The e-mail is asked for. It is among the contacts when the mailbox is next read."
    )
    return redirect("workspace:contact-mailboxes")
