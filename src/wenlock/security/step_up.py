"""Asking again who it is, before a dangerous act: an export, a protected address, a policy made active.

Decorate the view with `step_up_required`. Whoever has not confirmed within five minutes is asked at
/confirm/ and comes back; what they had typed is kept, encrypted, and put before them to send again.

Spec: OWASP ASVS 5.0 7.5.3.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import escape_leading_slashes

from wenlock.security import sessions
from wenlock.security.actions import record_event
from wenlock.security.envelopes import EnvelopeBroken, enclose, opened

CONFIRMED, ASIDE = "confirmed_at", "set_aside"
USE = "what was typed"
SECONDS_ASIDE = 30 * 60  # longer than anyone takes to find a phone; then the words are forgotten

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class SetAside:
    """What somebody was doing when asked: the path, and what they had typed, or None for a page only looked
    at.

    `files` says that files were chosen, which cannot be kept and must be chosen again.
    """

    path: str
    typed: QueryDict | None
    files: bool


def step_up_required(view: View) -> View:
    """The view, shown only to somebody who has confirmed within five minutes who they are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs) if is_fresh(request) else _ask(request)

    return guarded


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever asks has confirmed within five minutes, in this session."""
    at = request.session.get(CONFIRMED)
    return isinstance(at, int) and 0 <= sessions.clock() - at < settings.STEP_UP_SECONDS


def confirm(request: HttpRequest, *, method: str) -> None:
    """Note that whoever asks has shown again who they are, and how. `method` is one of `sessions.METHODS`,
    or "code"."""
    request.session[CONFIRMED] = sessions.clock()
    record_event("step-up", detail={"method": method})


def set_aside(request: HttpRequest) -> SetAside | None:
    """What was set aside in this session, and is now forgotten; None when nothing was, or too long ago."""
    kept = request.session.pop(ASIDE, None)
    if not kept or sessions.clock() - kept["at"] > SECONDS_ASIDE:
        return None
    try:
        typed = QueryDict(opened(kept["typed"], use=USE)) if kept["typed"] else None
    except EnvelopeBroken:
        return None
    return SetAside(path=kept["path"], typed=typed, files=kept["files"])


def _ask(request: HttpRequest) -> HttpResponse:
    typed = ""
    path = request.get_full_path()
    if request.headers.get("HX-Request"):
        # A fragment is no page to come back to: the page it is part of is.
        shown = urlsplit(request.headers.get("HX-Current-URL", "")).path
        path = escape_leading_slashes(shown) or settings.LOGIN_REDIRECT_URL
    elif request.method == "POST":
        words = request.POST.copy()
        words.pop("csrfmiddlewaretoken", None)
        typed = enclose(words.urlencode(), use=USE)
    request.session[ASIDE] = {
        "path": path,
        "typed": typed,
        "files": bool(request.FILES),
        "at": sessions.clock(),
    }
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse("security:confirm")})
    return redirect("security:confirm")
