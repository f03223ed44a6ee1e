"""Beginning and ending a session: the one way in, and every way out."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

from wenlock.security import context
from wenlock.security.actions import record_event
from wenlock.security.addresses import first_of, network
from wenlock.security.backends import BACKEND, may_sign_in
from wenlock.security.limits import address_of
from wenlock.security.models import Actor

BEGAN, SEEN, PURPOSE, METHOD = "began_at", "seen_at", "purpose", "signed_in_by"
NEXT, NOTICE = "next", "sign_in_notice"
SLIP = 120  # seconds a clock may be put back without ending sessions

# The ways in. Each is two things at once: a device and its lock, a password and a code, or the council's own
# sign-in, which asks for its own second factor.
METHODS = {
    "council-account": "Council account",
    "passkey": "Passkey",
    "password-and-code": "Password and code",
    "demonstration": "Demonstration",
}


class MayNotSignIn(Exception):
    """Whoever this is has left, or is the service account of a job."""


def clock() -> int:
    """Now, in whole seconds of the Unix epoch: the one clock that sessions go by."""
    return int(time.time())


def begin(request: HttpRequest, *, actor: Actor, method: str) -> str:
    """Sign an actor in, in a new session, and give the path to go to. `method` is one of METHODS.

    Called once everything a way in asks for has been shown: nothing else signs anyone in. Needs the open
    transaction of the request. Raises MayNotSignIn.
    """
    if method not in METHODS:
        raise KeyError(method)
    if not may_sign_in(actor) or (method == "demonstration" and not settings.DEMO):
        raise MayNotSignIn(actor.pk)
    onwards = request.session.get(NEXT) or settings.LOGIN_REDIRECT_URL
    request_id = getattr(request, "request_id", None)
    context.enter(actor=actor.pk, purpose="", request_id=request_id)
    login(request, actor, backend=BACKEND)
    request.session[METHOD] = method
    for used in (NEXT, NOTICE):
        request.session.pop(used, None)
    UserSession.objects.create_from_request(request)
    mine = UserSession.objects.filter(session_key=request.session.session_key or "")
    mine.update(ip=first_of(address_of(request)))
    context.enter(actor=actor.pk, purpose=request.session[PURPOSE], request_id=request_id)
    record_event("signed-in", detail={"method": method, "address": network(address_of(request))})
    return str(onwards)


def mark_beginning(*, request: HttpRequest, user: Actor, **signal: Any) -> None:
    """Write into a session when it began and the purpose it opens with; heard whenever Django signs
    somebody in."""
    now = clock()
    with context.acting(actor=user.pk, purpose=""):
        purpose = import_string(settings.FIRST_PURPOSE)(actor=user, at=datetime.fromtimestamp(now, UTC))
    request.session[BEGAN] = request.session[SEEN] = now
    request.session[PURPOSE] = purpose


def end(request: HttpRequest, *, why: str) -> None:
    """End the session of whoever asks, and write why. The session's row is deleted, not only its cookie."""
    actor = request.user
    if isinstance(actor, Actor):
        with context.acting(actor=actor.pk, purpose=request.session.get(PURPOSE, "")):
            record_event("signed-out", detail={"why": why})
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def spent(session: SessionBase, *, now: int) -> str:
    """Why a session may not go on, or "" if it may: `idle`, `too long`, or `unknown` for one with no
    beginning."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if not (isinstance(began, int) and isinstance(seen, int)) or now < seen - SLIP:
        return "unknown"
    if now - seen >= settings.SESSION_IDLE_SECONDS:
        return "idle"
    return "too long" if now - began >= settings.SESSION_ABSOLUTE_SECONDS else ""


def remember_where_to(request: HttpRequest) -> None:
    """Keep the page somebody was on their way to, if it is one of ours."""
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        request.session[NEXT] = wanted


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of somebody's sessions, as they are shown it. `key` names it to nobody but them."""

    key: str
    began_at: datetime
    seen_at: datetime
    method: str
    address: str
    device: str
    current: bool


def open_sessions(*, request: HttpRequest, actor: Actor) -> list[OpenSession]:
    """The sessions an actor has open, the latest seen first; one past its limits is not open."""
    found = []
    for row in UserSession.objects.filter(user_id=actor.pk):
        held = _store(row.session_key)
        if spent(held, now=clock()):
            continue
        found.append(
            OpenSession(
                key=str(row.pk),
                began_at=datetime.fromtimestamp(held[BEGAN], UTC),
                seen_at=datetime.fromtimestamp(held[SEEN], UTC),
                method=METHODS.get(held.get(METHOD, ""), ""),
                address=row.ip,
                device=row.user_agent,
                current=row.session_key == request.session.session_key,
            )
        )
    return sorted(found, key=lambda each: each.seen_at, reverse=True)


def end_all(*, actor: Actor, but: str | None = None, only: str | None = None) -> int:
    """End an actor's sessions and say how many: all, all but the one keyed `but`, or only the row `only`."""
    rows = UserSession.objects.filter(user_id=actor.pk)
    rows = rows.exclude(session_key=but) if but else rows
    rows = rows.filter(pk=only) if only else rows
    ended = list(rows)
    for row in ended:
        row.end()
    return len(ended)


def forget_ended() -> int:
    """Delete what is kept of sessions that have ended, and say how many; a nightly job."""
    engine: Any = import_module(settings.SESSION_ENGINE)
    engine.SessionStore.clear_expired()
    ended = [row for row in UserSession.objects.all() if not row.exists()]
    for row in ended:
        row.delete()
    return len(ended)


def _store(key: str) -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return store
