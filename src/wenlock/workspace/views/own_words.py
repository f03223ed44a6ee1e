"""A child's own words: read as they were written, and answered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.intake import codes, own_words
from wenlock.people import queries as people
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.origin_forms import AnswerForm
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.views.record import head


@worker()
def of_child(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Everything a child wrote themself, the newest first, with what was done about each."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="own words")
    context = head(request, opened, "Own words") | {
        "written": own_words.of_child(person),
        "ways": codes.HOW_INFORMED,
        "may_answer": request.frame.may("record") or request.frame.may("screen"),
    }
    return show(request, "workspace/own_words.html", context)


@worker("GET", "HEAD", "POST", needs="record")
def answer(request: WorkerRequest, person: UUID, words: UUID) -> HttpResponse:
    """Say what was done about something a child wrote, and whether the child was told."""
    frame = request.frame
    opened = people.person_for(frame.actor, person, wanted="full", part="own words")
    said = own_words.one_of(person, words)
    form = AnswerForm(posted(request), today=timezone.localdate(frame.at))
    back = reverse("workspace:own_words", args=[person])
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(form, lambda: own_words.answer(own_words=said.id, by=frame.actor, at=frame.at, **facts)):
            messages.success(request, "What was done is recorded, beside the child’s own words.")
            return redirect(back)
    page = form.page(title="Answer what they wrote", submit="Record it", cancel_url=back)
    context = {"page": page, "person": opened, "said": said}
    return show(request, "workspace/own_words_answer.html", context, status=422 if form.errors else 200)
