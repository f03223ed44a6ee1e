"""Records that may be one person's: the list, two beside each other, the merge, and its undoing."""

from uuid import UUID

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.base.sentences import explain, refusal
from wenlock.people import comparing, merging
from wenlock.people import queries as people
from wenlock.people.comparing import ONE_OF_EACH, Comparison
from wenlock.people.merging import Merged, Reader
from wenlock.security.queries import NotFound
from wenlock.workspace.duplicate_forms import MergeForm, UndoMergeForm
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.views.record import head

# What the database refuses in one question of the form, by the name of what refuses.
AT_THE_QUESTION = {"people_merge_keeps_a_name": "kept", "people_merge_says_who_will_see": "shown"}


@worker(needs="merge-people")
def duplicates(request: WorkerRequest) -> HttpResponse:
    """The pairs of records that something or somebody proposed, and nobody has decided on."""
    context = {
        "rows_open": comparing.open_proposals(),
        "today": timezone.localdate(request.frame.at),
    }
    return show(request, "workspace/duplicates.html", context)


@worker("GET", "HEAD", "POST", needs="merge-people")
def compare(request: WorkerRequest, person: UUID, other: UUID) -> HttpResponse:
    """Two records beside each other, and the form that merges them."""
    frame = request.frame
    found = _both(request, person, other)
    readers, stopped = _readers(found)
    form = MergeForm(posted(request), comparison=found, readers=readers)
    if request.method == "POST" and not stopped and form.is_valid() and _merge(request, form):
        messages.success(request, "The two records are one. You can undo this from the record.")
        return redirect("workspace:person", person=form.stands)
    names = {found.first.id: found.first.name, found.second.id: found.second.name}
    context = {
        "page": form.page(title="Are these one person?", submit="Merge the two records"),
        "found": found,
        "readers": [(reader, names[reader.more_of]) for reader in readers],
        "stopped": stopped,
        "today": timezone.localdate(frame.at),
    }
    return show(request, "workspace/duplicate.html", context, status=422 if form.errors else 200)


@worker("POST", needs="merge-people")
def different(request: WorkerRequest, person: UUID, other: UUID) -> HttpResponse:
    """Keep the answer that two records are two people's, so that they are not proposed again."""
    found = _both(request, person, other)
    merging.answer_different(
        person=found.first.id, other=found.second.id, by=request.frame.actor, at=request.frame.at
    )
    messages.success(request, "Your answer is kept. The two are not proposed again.")
    return redirect("workspace:duplicates")


@worker()
def merges(request: WorkerRequest, person: UUID) -> HttpResponse:
    """The merges of a record, and those undone."""
    opened = people.person_for(request.frame.actor, person, wanted="full", part="merges")
    context = head(request, opened, "Merges") | {"merges": merging.history(person)}
    return show(request, "workspace/merges.html", context)


@worker("GET", "HEAD", "POST", needs="merge-people")
def undo(request: WorkerRequest, person: UUID, merge: UUID) -> HttpResponse:
    """Make two records of a merged one again."""
    frame = request.frame
    opened = people.person_for(frame.actor, person, wanted="full", part="merges")
    told = _merge_of(person, merge)
    form = UndoMergeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: merging.undo_merge(merge=merge, reason=reason, by=frame.actor, at=frame.at)):
            messages.success(request, "There are two records again.")
            return redirect("workspace:merges", person=person)
    page = form.page(
        title="Undo this merge", submit="Make two records again",
        cancel_url=reverse("workspace:merges", args=[person]),
    )  # fmt: skip
    context = {"page": page, "person": opened, "told": told}
    return show(request, "workspace/merge_undo.html", context, status=422 if form.errors else 200)


def _both(request: WorkerRequest, person: UUID, other: UUID) -> Comparison:
    """The two, open in full to the worker; the looks are written down. Raises NotFound, and for one record twice."""
    if person == other:
        raise NotFound
    first, second = (
        people.person_for(request.frame.actor, each, wanted="full", part="merges") for each in (person, other)
    )
    return comparing.compare(first, second)


def _readers(found: Comparison) -> tuple[list[Reader], str]:
    """Who would see more; or, where the two cannot be merged as they are, the sentence that says what to settle."""
    try:
        with transaction.atomic():
            return merging.who_would_see_more(person=found.first.id, other=found.second.id), ""
    except DatabaseError as error:
        return [], explain(error)


def _merge(request: WorkerRequest, form: MergeForm) -> UUID | None:
    frame = request.frame
    try:
        with transaction.atomic():
            return merging.merge(
                person=form.stands, other=form.goes, by=frame.actor, at=frame.at, **form.choices()
            )
    except DatabaseError as error:
        form.add_error(_question(form, error), explain(error))
        return None


def _question(form: MergeForm, error: DatabaseError) -> str | None:
    """The question a refusal belongs to, where it belongs to one."""
    column = str(getattr(getattr(error.__cause__, "diag", None), "column_name", None) or "")
    name = column if column in ONE_OF_EACH else AT_THE_QUESTION.get(refusal(error), "")
    return name if name in form.fields else None


def _merge_of(person: UUID, merge: UUID) -> Merged:
    for told in merging.history(person):
        if told.id == merge and told.person == person and told.undone_at is None:
            return told
    raise NotFound
