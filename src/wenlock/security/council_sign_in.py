"""Signing in with the council's own account, by OpenID Connect: sent away, come back, and known by issuer
and subject.

A person is matched on what never changes, and never on an e-mail address, which is given to somebody new
when its holder leaves. The library keeps the state and the proof key of each request; `tokens` reads the
answer.
"""

import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from wenlock.security import sessions, step_up
from wenlock.security.models import Actor
from wenlock.security.refusals import refuse
from wenlock.security.tokens import CouncilTokens, TokenRefused, check_answer, check_issuer_named, subject_of

PROVIDER = "council"
METHOD = "council-account"


def send(request: HttpRequest, *, again: bool) -> HttpResponse:
    """Send the browser to the council's sign-in, which with `again` must ask even somebody it knows."""
    provider = _provider(request)
    provider.oauth2_adapter_class = CouncilTokens
    nonce = secrets.token_urlsafe(24)
    asking = {"nonce": nonce}
    if again:
        asking |= {"prompt": "login", "max_age": "0"}
    if settings.COUNCIL_SIGN_IN["acr"]:
        asking |= {"acr_values": " ".join(settings.COUNCIL_SIGN_IN["acr"])}
    try:
        answer: HttpResponse = provider.redirect(
            request, AuthProcess.LOGIN, auth_params=asking, nonce=nonce, again=again, at=sessions.clock()
        )
    except (OSError, TokenRefused) as error:  # the provider is unreachable, or describes itself as another
        return failed(request, error=AuthError.UNKNOWN, exception=error)
    return answer


def receive(request: HttpRequest) -> HttpResponse:
    """Take the answer the browser brings back. State and proof key are the library's to check; each works
    once."""
    _provider(request)
    try:
        check_issuer_named(request)
        answer: HttpResponse = OAuth2CallbackView.adapter_view(CouncilTokens(request, PROVIDER))(request)
    except (
        OSError,
        ValueError,
        KeyError,
        TokenRefused,
    ) as error:  # whatever an answer may hold, it is an answer refused
        return failed(request, error=AuthError.UNKNOWN, exception=error)
    return answer


def returned(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """Sign in, or confirm, whoever a sound token is of."""
    asked, claims = sociallogin.state, sociallogin.account.extra_data["id_token"]
    try:
        check_answer(claims, asked=asked)
        subject = subject_of(claims)
    except TokenRefused as error:
        return failed(request, error=AuthError.UNKNOWN, exception=error)
    if asked["again"]:
        return _confirm(request, subject)
    actor = _known_by(subject) or _claimed_by_email(subject, claims)
    if actor is None:
        return refuse(request, method=METHOD, why="subject unknown", page="council-unknown", subject=subject)
    try:
        return redirect(sessions.begin(request, actor=actor, method=METHOD))
    except sessions.MayNotSignIn:
        return refuse(
            request, method=METHOD, why="left or not a worker", page="council-unknown", subject=subject
        )


def failed(request: HttpRequest, *, error: Any, exception: Any) -> HttpResponse:
    """Say that the council's sign-in did not work, or was given up, and write which."""
    cancelled = error == AuthError.CANCELLED
    # The exception's own words may hold what the provider sent, so only our own refusals are quoted.
    why = (
        str(exception)
        if isinstance(exception, TokenRefused)
        else type(exception).__name__
        if exception
        else "state unknown"
    )
    return refuse(
        request,
        method=METHOD,
        why="given up" if cancelled else why,
        page="council-cancelled" if cancelled else "council-failed",
    )


def _confirm(request: HttpRequest, subject: str) -> HttpResponse:
    actor = request.user
    if not isinstance(actor, Actor) or actor.staff_subject != subject:
        return refuse(request, method=METHOD, why="confirmed as somebody else", page="council-failed")
    step_up.confirm(request, method=METHOD)
    return redirect("security:continue")


def _known_by(subject: str) -> Actor | None:
    return Actor.objects.filter(staff_subject=subject).first() if subject else None


def _claimed_by_email(subject: str, claims: dict[str, Any]) -> Actor | None:
    """The actor with a verified address who has never signed in, bound to the subject from now on; off by
    default."""
    email = claims.get("email")
    if (
        not settings.COUNCIL_SIGN_IN["claim_by_email"]
        or claims.get("email_verified") is not True
        or not email
    ):
        return None
    actor = Actor.objects.filter(
        email__iexact=email, staff_subject="", last_login__isnull=True, is_active=True, kind="worker"
    ).first()
    if actor:
        actor.staff_subject = subject
        actor.save(update_fields=["staff_subject"])
    return actor


def _provider(request: HttpRequest) -> Any:
    if not settings.COUNCIL_SIGN_IN:
        raise Http404
    try:
        return get_adapter(request).get_provider(request, PROVIDER)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
