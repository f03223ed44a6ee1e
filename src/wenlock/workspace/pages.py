"""What every worker's view is wrapped in: signed in, working for a purpose, and shown nothing that is not theirs."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wenlock.base.sentences import explain, refusal
from wenlock.council import queries as council
from wenlock.people.queries import Merged
from wenlock.security import context
from wenlock.security.actions import record_event
from wenlock.security.queries import NotFound
from wenlock.workspace.frame import frame_of, show

View = Callable[..., HttpResponse]
# Refusals that honest work does not meet: each is written in the trail, for whoever reads it to ask about.
SUSPECT = ("decision_is_at_a_human_pace", "decision_is_a_persons", "case_allocation_by_another")
Made = TypeVar("Made")


def worker(*methods: str, needs: str = "") -> Callable[[View], View]:
    """A worker's page that answers to `methods` (GET when none is given) and needs the capability `needs`.

    What the worker may not know of, and what their role does not do, are answered alike: 404, with the same page.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            _see_to_purpose(request)
            request.frame = frame_of(request)  # type: ignore[attr-defined]
            try:
                if needs and not request.frame.may(needs):  # type: ignore[attr-defined]
                    record_event("denied", detail={"wanted": needs, "why": "role"})
                    raise NotFound
                return view(request, *args, **kwargs)
            except Merged as error:
                return _where_it_stands(request, error.person, kwargs)
            except NotFound:
                return show(request, "workspace/not_found.html", status=404)  # type: ignore[arg-type]

        return require_http_methods(list(methods or ("GET", "HEAD")))(answered)

    return wrapped


def _where_it_stands(request: HttpRequest, person: UUID, kwargs: Mapping[str, Any]) -> HttpResponse:
    """The same page of the record that stands: an old link leads there. What was sent to the old one is asked again."""
    match = request.resolver_match
    assert match is not None
    return redirect(reverse(match.view_name, kwargs={**kwargs, "person": person}))


def _see_to_purpose(request: HttpRequest) -> None:
    """Begin with the first purpose of the worker's first team, when the session has none of theirs any more."""
    purpose = request.session.get("purpose", "")
    if purpose:
        return
    first = council.first_purpose(actor=request.user, at=timezone.now())  # type: ignore[arg-type]
    if first:
        request.session["purpose"] = first
        context.enter(actor=request.user.pk, purpose=first, request_id=request.request_id)  # type: ignore[attr-defined, arg-type]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form, even if nothing was; None when none was sent."""
    return request.POST if request.method == "POST" else None


def attempt(form: Form, act: Callable[[], Made]) -> Made | None:
    """What the action gives; or None, with the reason on the form, when the database refuses it; what is SUSPECT is flagged.

    Raises what the database raised when nobody foresaw it.
    """
    try:
        with transaction.atomic():
            return act()
    except DatabaseError as error:
        form.add_error(None, explain(error))
        if (rule := refusal(error)) in SUSPECT:
            record_event("refused", detail={"rule": rule})
        return None
