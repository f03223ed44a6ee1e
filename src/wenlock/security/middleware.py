"""Between the session and the page: how long a session lasts, and in whose name the database is asked."""

from collections.abc import Callable
from functools import partial
from typing import BinaryIO
from uuid import uuid4

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from wenlock.security import context, sessions

Handler = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """End a session fifteen minutes after its last page, or eight hours after it began, whichever is first.

    A session with no beginning, or of somebody who has left, is ended too: what cannot be timed is not
    trusted.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = sessions.clock()
        if request.user.is_authenticated:
            why = sessions.spent(request.session, now=now)
            if why:
                self._end(request, why)
            else:
                request.session[sessions.SEEN] = now
        elif SESSION_KEY in request.session:
            self._end(request, "no longer valid")
        return self.handle(request)

    @staticmethod
    def _end(request: HttpRequest, why: str) -> None:
        sessions.end(request, why=why)
        # After the flush this is a new session of nobody's, which the sign-in page reads and forgets.
        request.session[sessions.NOTICE] = why


class PlainFile(StreamingHttpResponse):
    """A file to be downloaded, never shown by the browser, and given out piece by piece.

    It holds an open file and no rows, so it may outlive the transaction. `size` is in bytes.
    """

    PIECE = 1 << 18

    def __init__(self, stream: BinaryIO, *, name: str, media_type: str, size: int) -> None:
        super().__init__(iter(partial(stream.read, self.PIECE), b""), content_type=media_type)
        self._resource_closers.append(stream.close)  # type: ignore[attr-defined]
        self.headers["Content-Length"] = str(size)
        self.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        self.headers["X-Content-Type-Options"] = "nosniff"
        self.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        self.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        self.headers["Cache-Control"] = "no-store"


class Acting:
    """Wrap the page in one transaction that carries who acts and for what purpose; nobody signed in, no
    context.

    Streaming would read rows after the transaction is over, so a streamed page is refused; a PlainFile has
    none.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4()  # type: ignore[attr-defined]
        with transaction.atomic():
            if request.user.is_authenticated:
                context.enter(
                    actor=request.user.pk,
                    purpose=request.session.get("purpose", ""),
                    request_id=request.request_id,  # type: ignore[attr-defined]
                )
            else:
                context.leave()
            response = self.handle(request)
            streamed = isinstance(response, StreamingHttpResponse) and not isinstance(response, PlainFile)
            if streamed and request.user.is_authenticated:
                raise TypeError("A page about people cannot be streamed: its transaction would be over.")
            # A page that failed keeps nothing of what it did; a refusal keeps its mark in the audit trail.
            transaction.set_rollback(response.status_code >= 500)
        return self._private(request, response)

    @staticmethod
    def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.user.is_authenticated or request.path.startswith("/work"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
