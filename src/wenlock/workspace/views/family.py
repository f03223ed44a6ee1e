"""Somebody's family: drawn and told now, kept as it was for a court or a conference, and read again later."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.people import queries as people
from wenlock.people.actions import keep_genogram
from wenlock.people.genogram import Family, draw, legend
from wenlock.people.kept import genogram_kept, genograms_kept
from wenlock.people.kin import family_of
from wenlock.people.queries import Opened
from wenlock.workspace.family import told
from wenlock.workspace.forms import GenogramForm
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.views.record import head

LARGER = 1.6  # times as large as it is drawn


@worker()
def family(request: WorkerRequest, person: UUID) -> HttpResponse:
    """The family of somebody today, as far as the worker may see each of them."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="family")
    today = timezone.localdate(request.frame.at)
    context = _drawn(request, opened, family_of(person, on=today))
    return show(request, "workspace/family.html", context | {"kept": genograms_kept(person=person)})


@worker()
def kept(request: WorkerRequest, person: UUID, genogram: UUID) -> HttpResponse:
    """The family as it was kept on a day, redrawn from the facts kept then."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="family")
    one, facts = genogram_kept(person=person, genogram=genogram)
    return show(request, "workspace/family_kept.html", _drawn(request, opened, facts) | {"one": one})


@worker("GET", "HEAD", "POST", needs="record")
def keep(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Keep the genogram as it is today, with what it is for."""
    frame = request.frame
    opened = people.person_for(frame.actor, person, wanted="full", part="family")
    form = GenogramForm(posted(request))
    if request.method == "POST" and form.is_valid():
        on = timezone.localdate(frame.at)
        one = attempt(
            form,
            lambda: keep_genogram(person=person, on=on, by=frame.actor, at=frame.at, **form.cleaned_data),
        )
        if one:
            messages.success(request, "The genogram is kept as it is today.")
            return redirect("workspace:kept_genogram", person=person, genogram=one.pk)
    page = form.page(
        title="Keep this genogram", submit="Keep it", cancel_url=reverse("workspace:family", args=[person])
    )
    wrong = bool(page.form.errors)
    context = {"page": page, "person": opened}
    return show(request, "workspace/family_keep.html", context, status=422 if wrong else 200)


def _drawn(request: WorkerRequest, opened: Opened, facts: Family) -> dict[str, object]:
    telling = told(facts)
    larger = request.GET.get("size") == "larger"
    name = facts.by_key[facts.subject].name if facts.subject in facts.by_key else opened.name
    drawing = draw(telling.layout, title=f"Genogram of {name}", scale=LARGER if larger else 1)
    return head(request, opened, "Family") | {
        "telling": telling,
        "on": facts.on,
        "subject": facts.subject,
        "drawing": drawing,
        "larger": larger,
        "legend": legend(),
    }
