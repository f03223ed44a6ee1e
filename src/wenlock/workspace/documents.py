"""The documents of a record: listed, added, given a new version, and downloaded."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.files import scanning
from wenlock.notice import queries as notice
from wenlock.notice.provenance import obtained
from wenlock.people import queries as people
from wenlock.people.queries import Opened
from wenlock.people.record import relatives_of
from wenlock.practice.case import document_queries as papers
from wenlock.practice.case import documents
from wenlock.security.middleware import PlainFile
from wenlock.security.queries import NotFound
from wenlock.workspace.document_forms import DocumentForm, FileForm
from wenlock.workspace.document_uploads import UploadRequest, takes_a_file
from wenlock.workspace.file_pages import NAMES, give_out, keep_file, posted_with_files
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import worker
from wenlock.workspace.views.record import head


@worker()
def listed(request: WorkerRequest, person: UUID) -> HttpResponse:
    """The documents about somebody, the latest added first, with every version."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="documents")
    found = papers.documents_about(person=person)
    context = head(request, opened, "Documents") | {
        "documents": found,
        "known": people.briefs({one for paper in found for one in paper.about}),
        "format_names": NAMES,
        "may_add": request.frame.may("record"),
    }
    return show(request, "workspace/documents.html", context)


@takes_a_file
@worker("GET", "HEAD", "POST", needs="record")
def add(request: UploadRequest, person: UUID) -> HttpResponse:
    """Keep a file as a new document."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="documents")
    today = timezone.localdate(request.frame.at)
    form = DocumentForm(
        *posted_with_files(request),
        initial={"about": [str(person)]},
        people=_writable(opened),
        on=today,
        told=(notice.named("channel", on=today), notice.named("source", on=today)),
        too_big=request.uploads.too_big,
    )
    if form.is_valid() and _kept(form, person, lambda: _keep(request, form)):
        messages.success(request, "The document is kept.")
        return redirect("workspace:documents", person=person)
    return _ask(request, opened, form, title="Add a document", submit="Keep the document")


@takes_a_file
@worker("GET", "HEAD", "POST", needs="record")
def add_version(request: UploadRequest, person: UUID, document: UUID) -> HttpResponse:
    """Keep a file as the next version of a document."""
    frame = request.frame
    opened = people.person_for(frame.actor, person, wanted="full", part="documents")
    paper = papers.document_about(person=person, document=document)
    form = FileForm(*posted_with_files(request), too_big=request.uploads.too_big)

    def act() -> object:
        file = form.cleaned_data["file"]
        return documents.add_version(
            document=document, stream=file, file_name=file.name, by=frame.actor, at=frame.at
        )

    if form.is_valid() and _kept(form, person, act):
        messages.success(request, "The new version is kept. The one before it is still there.")
        return redirect("workspace:documents", person=person)
    return _ask(request, opened, form, title="Add a new version", submit="Keep the version", paper=paper)


@worker()  # type: ignore[arg-type]
def download(request: WorkerRequest, person: UUID, document: UUID, version: UUID) -> HttpResponse | PlainFile:
    """Give out one version, decrypted on its way to the browser, which saves it and does not show it."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="document")
    paper = papers.document_about(person=person, document=document)
    if version not in {one.id for one in paper.versions}:
        raise NotFound
    return give_out(
        request,
        lambda: documents.open_version(version=version),
        "workspace/documents_closed.html",
        lambda: head(request, opened, "Documents") | {"paper": paper},
    )


def _writable(opened: Opened) -> dict[UUID, str]:
    """Whom a document may be about: the person, and those of the family whose record is open in full."""
    family = relatives_of(opened.id)
    full = people.open_in_full(family)
    return {opened.id: opened.name} | {key: brief.name for key, brief in family.items() if key in full}


def _keep(request: WorkerRequest, form: DocumentForm) -> object:
    frame, said = request.frame, form.cleaned_data
    provenance = obtained(
        channel=said["channel"], source=said["source"], purpose=frame.purpose, by=frame.actor, at=frame.at
    )
    file = said["file"]
    return documents.keep_document(
        stream=file, file_name=file.name, provenance=provenance, by=frame.actor, at=frame.at, **form.facts()
    )


def _kept(form: FileForm, person: UUID, act: Callable[[], object]) -> bool:
    """Whether the act was done; if not, the reason stands at the file."""
    try:
        return keep_file(form, act, person=person)
    except documents.SameAsBefore as error:
        form.add_error("file", error.advice)
        return False


def _ask(
    request: WorkerRequest,
    opened: Opened,
    form: FileForm,
    *,
    title: str,
    submit: str,
    paper: papers.Paper | None = None,
) -> HttpResponse:
    form.ask_again()
    page = form.page(title=title, submit=submit, cancel_url=reverse("workspace:documents", args=[opened.id]))
    context = {"page": page, "person": opened, "paper": paper, "checked": scanning.checker() is not None}
    return show(request, "workspace/documents_add.html", context, status=422 if form.errors else 200)
