"""What every page that takes a file in or gives one out does alike."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from wenlock.files import scanning, store
from wenlock.files.envelope import Damaged, KeyMissing
from wenlock.files.kept import Opened
from wenlock.files.sniffing import FORMATS, Refused
from wenlock.security.actions import record_event
from wenlock.security.middleware import PlainFile
from wenlock.workspace.document_forms import FileForm
from wenlock.workspace.document_uploads import UploadRequest
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt

log = logging.getLogger("wenlock.documents")
NAMES = {kind.media_type: kind.name.partition(" ")[2] for kind in FORMATS.values()}
Posted = tuple[QueryDict, MultiValueDict[str, UploadedFile]] | tuple[None, None]


def posted_with_files(request: UploadRequest) -> Posted:
    """What was sent with a form and its files; (None, None) when none was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def keep_file(form: FileForm, act: Callable[[], object], *, person: UUID | None = None) -> bool:
    """Whether the act was done; if not, the reason stands at the file, and a refused file is written down."""
    try:
        return attempt(form, act) is not None
    except Refused as refusal:
        record_event("document-refused", person=person, detail={"why": refusal.code})
        form.add_error("file", refusal.advice)
    except (scanning.CheckerSilent, store.NotStored, KeyMissing) as error:
        form.add_error("file", error.advice)
    return False


def give_out(
    request: WorkerRequest, opened: Callable[[], Opened], template: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse | PlainFile:
    """A kept file to be saved; or, when it does not open, the page `template`, with the `advice` and that context."""
    try:
        file = opened()
    except (KeyMissing, Damaged) as error:
        log.error("A kept file does not open: %s", error)
        # A damaged file leaves its mark in the trail, so that page may not be one that is rolled back.
        status = 503 if isinstance(error, KeyMissing) else 409
        return show(request, template, context() | {"advice": error.advice}, status=status)
    return PlainFile(file.stream, name=file.file_name, media_type=file.media_type, size=file.size)
