"""Signing in and out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenlock.security import council_sign_in, local_sign_in, sessions, ways
from wenlock.security.forms import PasswordAndCodeForm
from wenlock.security.limits import limited
from wenlock.security.refusals import note, refuse

View = Callable[..., HttpResponse]
NOTICES = {
    "idle": "You were signed out because you had not used the service for 15 minutes.",
    "too long": "You were signed out because you had been signed in for 8 hours.",
    "unknown": "You were signed out. Sign in again.",
    "no longer valid": "You were signed out. Sign in again.",
    "enrolled": "You are set up. Sign in now.",
    "passkey": "That passkey was not recognised. Try again, or sign in another way.",
}


def for_strangers(view: View) -> View:
    """A page of signing in: never kept by the browser, and passed over by somebody who has."""

    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        return view(request, *args, **kwargs)

    return shown


@require_GET
@for_strangers
def sign_in(request: HttpRequest) -> HttpResponse:
    """Every way in, the council's own first."""
    sessions.remember_where_to(request)
    page = {
        "notice": NOTICES.get(request.session.pop(sessions.NOTICE, ""), ""),
        "by_council": bool(settings.COUNCIL_SIGN_IN),
        "clicks": ways.offered(ways.SIGN_IN, request),
    }
    return render(request, "security/sign_in.html", page)


@require_http_methods(["GET", "POST"])
@for_strangers
@limited("login")
def by_password(request: HttpRequest) -> HttpResponse:
    """Password and code, on one page."""
    form = PasswordAndCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actor = local_sign_in.by_password_and_code(request, **form.cleaned_data)
            return redirect(sessions.begin(request, actor=actor, method="password-and-code"))
        except local_sign_in.NotRecognised as refused:
            known = {"actor": str(refused.actor.pk)} if refused.actor else {}
            note(request, method="password-and-code", why=refused.why, **known)
        form.add_error(
            None,
            "The email address, password or code is not right. After 5 tries you must wait 5 minutes. "
            "If you used a code a moment ago, wait for the next one.",
        )
    page = form.page(title="Sign in with your password and a code", submit="Sign in", cancel_url="/sign-in/")
    return render(request, "base/form_page.html", {"page": page}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_strangers
@limited("login")
def by_passkey(request: HttpRequest) -> HttpResponse:
    """What to ask a passkey, for the page's script; and the passkey's answer."""
    if request.method == "GET":
        return JsonResponse(local_sign_in.passkey_options(None))
    try:
        actor = local_sign_in.by_passkey(request.POST)
        return redirect(sessions.begin(request, actor=actor, method="passkey"))
    except local_sign_in.NotRecognised as refused:
        note(request, method="passkey", why=refused.why)
    except sessions.MayNotSignIn as refused:
        return refuse(request, method="passkey", why="left or not a worker", page="left", actor=str(refused))
    request.session[sessions.NOTICE] = "passkey"
    return redirect("security:sign_in")


@require_GET
@for_strangers
def council(request: HttpRequest) -> HttpResponse:
    """Go to the council's sign-in. A page elsewhere may not send somebody there on its own account."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return redirect("security:sign_in")
    return council_sign_in.send(request, again=False)


@require_GET
@never_cache
def council_returned(request: HttpRequest) -> HttpResponse:
    """Come back from the council's sign-in, to sign in or to confirm."""
    return council_sign_in.receive(request)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget what it kept of it."""
    sessions.end(request, why="asked")
    answer = redirect("security:signed_out")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@require_GET
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that it is over."""
    return render(request, "security/signed_out.html", {"by_council": bool(settings.COUNCIL_SIGN_IN)})
