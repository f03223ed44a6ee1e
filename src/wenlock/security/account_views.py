"""Pages of somebody signed in about their own access: confirming who they are, and their open sessions."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenlock.security import council_sign_in, local_sign_in, sessions, step_up, ways
from wenlock.security.forms import CodeForm, EndSessionForm
from wenlock.security.limits import limited
from wenlock.security.models import Actor
from wenlock.security.refusals import note


@require_GET
@never_cache
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask who it is, by whatever ways they have."""
    return _ask(request)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
@limited("reauthenticate")
def confirm_passkey(request: HttpRequest) -> HttpResponse:
    """What to ask one of their own passkeys, for the page's script; and its answer."""
    actor = _actor(request)
    if request.method == "GET":
        return JsonResponse(local_sign_in.passkey_options(actor))
    if local_sign_in.same_by_passkey(actor, request.POST):
        return _confirmed(request, method="passkey")
    note(request, method="passkey", why="not confirmed")
    return _ask(request, problem="That passkey was not recognised. Try again.")


@require_POST
@never_cache
@login_required
@limited("reauthenticate")
def confirm_code(request: HttpRequest) -> HttpResponse:
    """The code their app shows now."""
    form = CodeForm(request.POST)
    if form.is_valid():
        if local_sign_in.by_code(_actor(request), code=form.cleaned_data["code"]):
            return _confirmed(request, method="code")
        note(request, method="code", why="not confirmed")
        form.add_error("code", "The code is not right, or was used a moment ago. Wait for the next one.")
    return _ask(request, form=form)


@require_GET
@never_cache
@login_required
def confirm_council(request: HttpRequest) -> HttpResponse:
    """Go to the council's sign-in, which must ask again."""
    return council_sign_in.send(request, again=True)


@require_GET
@never_cache
@login_required
def continue_(request: HttpRequest) -> HttpResponse:
    """Go back to what was being done. What had been typed is shown again as one button, and sent when it is
    pressed."""
    if not step_up.is_fresh(request):
        return redirect("security:confirm")
    aside = step_up.set_aside(request)
    if aside is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if aside.typed is None or aside.files:
        return redirect(aside.path)
    typed = [(name, value) for name, values in aside.typed.lists() for value in values]
    return _page(request, "security/continue.html", path=aside.path, typed=typed)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where they are signed in; one other can be ended, or all others."""
    actor = _actor(request)
    form = EndSessionForm(request.POST)
    if request.method == "POST" and form.is_valid():
        only = form.cleaned_data["session"]
        sessions.end_all(actor=actor, but=request.session.session_key, only=str(only) if only else None)
        return redirect("security:my_sessions")
    found = sessions.open_sessions(request=request, actor=actor)
    return _page(request, "security/my_sessions.html", sessions=found, others=len(found) > 1)


def _ask(request: HttpRequest, *, form: CodeForm | None = None, problem: str = "") -> HttpResponse:
    actor = _actor(request)
    return _page(
        request,
        "security/confirm.html",
        status=422 if form or problem else 200,
        form=form or CodeForm(),
        problem=problem,
        passkey=local_sign_in.has(actor, "webauthn"),
        code=local_sign_in.has(actor, "totp"),
        by_council=bool(settings.COUNCIL_SIGN_IN and actor.staff_subject),
        clicks=ways.offered(ways.CONFIRM, request),
    )


def _confirmed(request: HttpRequest, *, method: str) -> HttpResponse:
    step_up.confirm(request, method=method)
    return redirect("security:continue")


def _page(request: HttpRequest, template: str, *, status: int = 200, **shown: object) -> HttpResponse:
    """A page that says who is signed in, and lets them out."""
    whose = {"actor_name": _actor(request).name, "sign_out_url": reverse("security:sign_out")}
    return render(request, template, whose | shown, status=status)


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.user)
