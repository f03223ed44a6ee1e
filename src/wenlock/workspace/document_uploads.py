"""Files on their way in: sealed as they arrive, so that nothing in the clear ever touches the disk."""

import os
import tempfile
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from wenlock.base.identifiers import new_id
from wenlock.files.envelope import Keys, Sealing, opened
from wenlock.files.sniffing import MOST
from wenlock.security import context
from wenlock.workspace.frame import WorkerRequest

FAR_TOO_BIG = 4 * MOST  # bytes of a whole request: past this the rest is not even listened to
View = Callable[..., HttpResponse]


class UploadRequest(WorkerRequest):
    """A request to a page made with `takes_a_file`."""

    uploads: "SealedUploads"


class SealedUploads(FileUploadHandler):
    """Keeps an upload in an anonymous file, under a key that is gone with the request; stops at the limit.

    `too_big` says that a file was larger than is kept: it is then not among the files of the request.
    """

    too_big = False
    declared = 0

    def handle_raw_input(
        self, input_data: Any, META: dict[str, str], content_length: int, *args: Any, **kwargs: Any
    ) -> None:
        self.declared = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.declared > FAR_TOO_BIG:
            self.too_big = True
            raise StopUpload(connection_reset=True)
        self.file = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        self.keys, self.mark, self.received = Keys([os.urandom(32)]), new_id(), 0
        self.sealing = Sealing(self.file, version=self.mark, keys=self.keys)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > MOST:
            self.too_big = True
            raise SkipFile
        self.sealing.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile:
        self.sealing.finish()
        self.file.flush()
        stream = opened(self.file, version=self.mark, keys=self.keys)
        return UploadedFile(stream, self.file_name, self.content_type, file_size, self.charset)


def takes_a_file(view: View) -> View:
    """Receive what is posted to the page through SealedUploads, as `request.uploads`.

    How files are received must be said before anything reads the post, and the check against forged posts
    reads it: so that check is put off, and made here.
    """

    @csrf_protect
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A large file on a slow line outlasts the context it began under.
        context.enter(
            actor=request.user.pk,  # type: ignore[arg-type]
            purpose=request.session.get("purpose", ""),
            request_id=request.request_id,  # type: ignore[attr-defined]
        )
        return view(request, *args, **kwargs)

    @csrf_exempt
    @wraps(view)
    def received(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:  # and so nothing of theirs is received
            return view(request, *args, **kwargs)
        request.uploads = SealedUploads(request)  # type: ignore[attr-defined]
        request.upload_handlers = [request.uploads]  # type: ignore[attr-defined]
        return checked(request, *args, **kwargs)

    return received
