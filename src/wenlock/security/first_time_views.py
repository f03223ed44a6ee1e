"""A local account's first sign-in: the operator's code, then a passkey, or a password and an app."""

import base64
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from wenlock.security import enrolment, sessions
from wenlock.security.forms import FirstTimeForm, NewPasswordForm
from wenlock.security.limits import limited, within
from wenlock.security.models import Actor
from wenlock.security.refusals import note
from wenlock.security.views import View, for_strangers

ENROLLING = "enrolling"


@require_http_methods(["GET", "POST"])
@for_strangers
@limited("login")
def first_time(request: HttpRequest) -> HttpResponse:
    """Ask for the code; one that is right opens the next page, in this browser alone."""
    form = FirstTimeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actor = None
        if within(request, "enrol", key=form.cleaned_data["email"]):
            actor = enrolment.actor_with_code(**form.cleaned_data, at=timezone.now())
        if actor:
            request.session.cycle_key()
            request.session[ENROLLING] = {"actor": str(actor.pk), "code": enrolment.awaits(actor)}
            return redirect("security:first_time_choose")
        note(request, method="enrolment", why="address or code")
        form.add_error(
            None,
            "The email address or code is not right, or the code was used or is more than 24 hours old. "
            "After 5 tries you must wait 5 minutes.",
        )
    page = form.page(title="Sign in for the first time", submit="Continue", cancel_url="/sign-in/")
    return render(request, "base/form_page.html", {"page": page}, status=422 if form.is_bound else 200)


def with_code(view: View) -> View:
    """A page for the holder of an unspent code, given to the view as `actor`; anyone else is asked for
    theirs."""

    @for_strangers
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        held = request.session.get(ENROLLING) or {"actor": None, "code": ""}
        actor = enrolment.actor_awaiting(key=held["actor"], code=held["code"], at=timezone.now())
        if actor is None:
            request.session.pop(ENROLLING, None)
            return redirect("security:first_time")
        return view(request, *args, actor=actor, **kwargs)

    return shown


@require_GET
@with_code
def choose(request: HttpRequest, *, actor: Actor) -> HttpResponse:
    """Passkey, or password and app."""
    return render(request, "security/first_time_choose.html", {"name": actor.get_short_name()})


@require_http_methods(["GET", "POST"])
@with_code
@limited("login")
def passkey(request: HttpRequest, *, actor: Actor) -> HttpResponse:
    """What to ask the device for, for the page's script; and the new passkey."""
    if request.method == "GET":
        return JsonResponse(webauthn.begin_registration(actor, passwordless=True))
    form = SignupWebAuthnForm(request.POST, user=actor)
    if not form.is_valid():
        page = {"name": actor.get_short_name(), "problem": "The passkey was not made. Try again."}
        return render(request, "security/first_time_choose.html", page, status=422)
    enrolment.enrol_passkey(actor=actor, credential=form.cleaned_data["credential"], name="Passkey")
    return _done(request)


@require_http_methods(["GET", "POST"])
@with_code
@limited("login")
def password(request: HttpRequest, *, actor: Actor) -> HttpResponse:
    """A password and an authenticator app, both at once."""
    form = NewPasswordForm(request.POST if request.method == "POST" else None, actor=actor)
    secret = totp.get_totp_secret(regenerate=False)
    if form.is_valid():
        if totp.validate_totp_code(secret, form.cleaned_data["code"]):
            enrolment.enrol_password(actor=actor, password=form.cleaned_data["password"], secret=secret)
            totp.clear_totp_secret(request)
            return _done(request)
        form.add_error("code", "The code is not the one the app shows now")
    page = form.page(title="Set your password and authenticator app", submit="Finish")
    return render(
        request,
        "security/first_time_password.html",
        {"page": page, "picture": _picture(actor, secret), "secret": _grouped(secret)},
        status=422 if form.is_bound else 200,
    )


def _done(request: HttpRequest) -> HttpResponse:
    request.session.pop(ENROLLING, None)
    request.session[sessions.NOTICE] = "enrolled"
    return redirect("security:sign_in")


def _picture(actor: Actor, secret: str) -> str:
    drawn = get_adapter().build_totp_svg(get_adapter().build_totp_url(actor, secret))
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def _grouped(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
