"""Signing in by one click, as each of the ten invented workers."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wenlock.demo import cast
from wenlock.security import sessions, step_up
from wenlock.security.models import Actor
from wenlock.security.ways import OneClick

METHOD = "demonstration"
View = Callable[..., HttpResponse]


def demonstration_only(view: View) -> View:
    """A view that is not there outside a demonstration, even if its address and its application are."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or settings.PRODUCTION:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


@require_POST
@demonstration_only
def sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Be one of the ten."""
    try:
        worker = cast.worker(slug)
    except KeyError as error:
        raise Http404 from error
    actor = Actor.objects.filter(email__iexact=worker.email).first()
    if actor is None:
        raise Http404
    if request.user.is_authenticated:
        sessions.end(request, why="became another")
    try:
        return redirect(sessions.begin(request, actor=actor, method=METHOD))
    except sessions.MayNotSignIn as error:
        raise Http404 from error


@require_POST
@login_required
@demonstration_only
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm by one click what elsewhere needs a passkey or a code."""
    step_up.confirm(request, method=METHOD)
    return redirect("security:continue")


def workers_to_be(request: HttpRequest) -> Iterator[OneClick]:
    """A button for each of the ten, with what they may see."""
    if settings.DEMO and not settings.PRODUCTION:
        for worker in cast.WORKERS:
            yield OneClick(
                text=f"Sign in as {worker.name}",
                says=worker.says,
                action=reverse("demo:sign_in", args=[worker.slug]),
            )


def one_click_to_confirm(request: HttpRequest) -> Iterator[OneClick]:
    """The button that stands for a passkey."""
    if settings.DEMO and not settings.PRODUCTION:
        yield OneClick(
            text="Confirm",
            says="In a demonstration one click is enough. At a real council it takes a passkey or a code.",
            action=reverse("demo:confirm"),
        )
