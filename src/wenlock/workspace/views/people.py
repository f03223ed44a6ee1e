"""Finding people. What was typed is posted, never part of an address, and is kept encrypted while the session lasts."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import get_random_string

from wenlock.base.sentences import explain
from wenlock.people import queries
from wenlock.people import search as finding
from wenlock.people.saved import TooMany, forget_search, keep_search, saved_searches
from wenlock.security.envelopes import EnvelopeBroken, enclose, opened
from wenlock.security.queries import NotFound
from wenlock.workspace.forms import KeepSearchForm
from wenlock.workspace.frame import Frame, WorkerRequest, show
from wenlock.workspace.pages import attempt, worker
from wenlock.workspace.words import found_by

KEPT, SESSION_KEY, USE = 5, "searches", "what was searched for"
LONGEST = 200


@worker("GET", "HEAD", "POST", needs="search")
def search(request: WorkerRequest) -> HttpResponse:
    """Ask whom to find; and on POST find them, and go to the list under a key that says nothing."""
    if request.method != "POST":
        mine = saved_searches(owner=request.frame.actor)
        return show(request, "workspace/search.html", {"typed": "", "problem": "", "saved": mine})
    typed = " ".join(request.POST.get("q", "").split())
    terms = finding.read(typed, on=timezone.localdate(request.frame.at))
    problem = _problem(typed, terms)
    if not problem:
        try:
            with transaction.atomic():
                matches, more = finding.search(terms)
        except DatabaseError as error:
            problem = explain(error)
    if problem:
        return show(
            request,
            "workspace/search.html",
            {"typed": typed, "search_text": typed, "problem": problem},
            status=422,
        )
    return redirect("workspace:found", key=_keep(request, typed, terms, matches, more))


@worker(needs="search")
def found(request: WorkerRequest, key: str) -> HttpResponse:
    """The people a search found, less any the worker may no longer see."""
    return _found(request, key, KeepSearchForm())


@worker("POST", needs="search")
def keep(request: WorkerRequest, key: str) -> HttpResponse:
    """Keep what was typed, to be searched for again: never whom it found."""
    form, frame = KeepSearchForm(request.POST), request.frame
    typed, _ = _said(_kept(request, key)["said"])
    if form.is_valid() and _saved(form, typed, frame):
        messages.success(request, f"The search is kept as “{form.cleaned_data['title']}”.")
        return redirect("workspace:search")
    return _found(request, key, form)


@worker("POST", needs="search")
def forget(request: WorkerRequest, search: UUID) -> HttpResponse:
    """Forget a kept search, words and all."""
    forget_search(search=search, by=request.frame.actor, at=request.frame.at)
    messages.success(request, "The search is forgotten.")
    return redirect("workspace:search")


def _found(request: WorkerRequest, key: str, form: KeepSearchForm) -> HttpResponse:
    kept = _kept(request, key)
    ranks = {UUID(person): rank for person, rank in kept["found"]}
    known = queries.briefs(ranks)
    surest = sorted(known.values(), key=lambda one: (-ranks[one.id], one.name.casefold(), one.id))
    typed, why = _said(kept["said"])
    context = {
        "people": [(one, why.get(str(one.id), "")) for one in surest],
        "teams": queries.teams_holding(known),
        "today": timezone.localdate(request.frame.at),
        "kinds": kept["kinds"],
        "more": kept["more"],
        "typed": typed,
        "search_text": typed,
        "key": key,
        "form": form,
    }
    return show(request, "workspace/found.html", context, status=422 if form.errors else 200)


def _kept(request: WorkerRequest, key: str) -> dict[str, Any]:
    kept: dict[str, Any] | None = request.session.get(SESSION_KEY, {}).get(key)
    if kept is None:
        raise NotFound
    return kept


def _saved(form: KeepSearchForm, typed: str, frame: Frame) -> bool:
    title = form.cleaned_data["title"]

    def act() -> bool:
        keep_search(title=title, words=typed, by=frame.actor, at=frame.at)
        return True

    try:
        return bool(attempt(form, act))
    except TooMany as error:
        form.add_error("title", error.advice)
        return False


def _problem(typed: str, terms: finding.Terms) -> str:
    if not typed:
        return "Enter a name, a date of birth or a number"
    if len(typed) > LONGEST:
        return f"Search for {LONGEST} characters or fewer"
    if not terms.enough:
        return "Add a name, or the whole date of birth: a month, a year or a postcode finds too many people"
    return ""


def _keep(
    request: WorkerRequest, typed: str, terms: finding.Terms, matches: list[finding.Match], more: bool
) -> str:
    """Keep a search for as long as the session lasts, the last few only: ids, and encrypted what tells of anybody.

    That is what was typed, and why each was found, since a reason may name them.
    """
    key = get_random_string(16)
    why = {str(match.person): found_by(match.reasons, match.matched) for match in matches}
    kept = dict(list(request.session.get(SESSION_KEY, {}).items())[-(KEPT - 1) :])
    kept[key] = {
        "said": enclose(json.dumps([typed, why]), use=USE),
        "kinds": list(terms.kinds),
        "found": [[str(match.person), match.rank] for match in matches],
        "more": more,
    }
    request.session[SESSION_KEY] = kept
    return key


def _said(kept: str) -> tuple[str, dict[str, str]]:
    """What was typed, and why each person was found; nothing of either once the key it was kept by has gone."""
    try:
        typed, why = json.loads(opened(kept, use=USE))
    except EnvelopeBroken:
        return "", {}
    return typed, why
