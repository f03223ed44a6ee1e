"""The papers of a contact: the scan of a letter added, and any of them downloaded."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.base.pages.fields import DateField
from wenlock.base.pages.looks import Look
from wenlock.files import scanning
from wenlock.intake import papers
from wenlock.intake import queries as intake
from wenlock.security.middleware import PlainFile
from wenlock.workspace.document_forms import FileForm
from wenlock.workspace.document_uploads import UploadRequest, takes_a_file
from wenlock.workspace.file_pages import give_out, keep_file, posted_with_files
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import worker

SCANS = "A PDF or a picture is best. Up to 100 MB."


class PaperForm(FileForm):
    """The scan of a letter. `latest` is today: a letter is not dated later."""

    dated_on = DateField(
        label="Date on the letter",
        required=False,
        help_text="Leave it blank if it has none. For example, 27 3 2026",
    )
    looks: Mapping[str, Look] = {}
    field_order = ("dated_on", "file")

    def __init__(self, *args: object, latest: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["dated_on"].latest = latest  # type: ignore[attr-defined]
        self.fields["file"].label, self.fields["file"].help_text = "Choose the scan", SCANS


@takes_a_file
@worker("GET", "HEAD", "POST", needs="take-contact")
def add(request: UploadRequest, contact: UUID) -> HttpResponse:
    """Keep the scan of a letter with its contact."""
    found, frame = intake.received(contact, part="papers"), request.frame
    form = PaperForm(
        *posted_with_files(request),
        latest=timezone.localdate(frame.at),
        too_big=request.uploads.too_big,
    )

    def act() -> object:
        file = form.cleaned_data["file"]
        return papers.add_paper(
            contact=found.contact, kind="scan", stream=file, file_name=file.name,
            dated_on=form.cleaned_data["dated_on"], by=frame.actor, at=frame.at,
        )  # fmt: skip

    if form.is_valid() and keep_file(form, act):
        messages.success(request, "The scan is kept with the contact.")
        return redirect("workspace:contact", contact=contact)
    form.ask_again()
    page = form.page(
        title="Add the scan of the letter",
        submit="Keep the scan",
        cancel_url=reverse("workspace:contact", args=[contact]),
    )
    context = {"page": page, "found": found, "checked": scanning.checker() is not None}
    return show(request, "workspace/contact_paper_add.html", context, status=422 if form.errors else 200)


@worker(needs="take-contact")  # type: ignore[arg-type]
def download(request: WorkerRequest, contact: UUID, paper: UUID) -> HttpResponse | PlainFile:
    """Give out one paper, decrypted on its way to the browser, which saves it and does not show it."""
    found = intake.received(contact, part="paper")
    return give_out(
        request,
        lambda: papers.open_paper(found=found, paper=paper),
        "workspace/contact_paper_closed.html",
        lambda: {"found": found},
    )
