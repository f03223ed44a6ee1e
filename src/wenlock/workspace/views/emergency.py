"""Emergency access: opening a record without working with the person, and a manager's review of it afterwards."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wenlock.people import queries as people
from wenlock.security import actions
from wenlock.security import queries as security
from wenlock.security.step_up import step_up_required
from wenlock.workspace.forms import EmergencyForm, EmergencyReviewForm
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker

# The same words whether there is nobody, more than one, or a conflict of interest.
NOBODY = (
    "There is no record that emergency access can open with exactly these details. "
    "Check the spelling and the date, or try a number. If a child is in danger, call 999."
)


@worker("GET", "HEAD", "POST", needs="open-in-emergency")
@step_up_required
def opening(request: WorkerRequest) -> HttpResponse:
    """Find one person exactly and open their record for four hours."""
    form = EmergencyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        person = _find(form.cleaned_data)
        if person is None:
            actions.record_event("emergency-access-nobody", detail={"by": form.cleaned_data["find_by"]})
            form.add_error(None, NOBODY)
        elif _opened(request, form, person):
            messages.success(
                request, "The record is open to you for four hours. Managers can see that you opened it."
            )
            return redirect("workspace:person", person=person)
    page = form.page(title="Emergency access", submit="Open the record", cancel_url=reverse("workspace:home"))
    return show(request, "workspace/emergency.html", {"page": page}, status=422 if form.errors else 200)


@worker("POST")
def end(request: WorkerRequest, person: UUID) -> HttpResponse:
    """Give a record back as soon as it is no longer needed."""
    actions.end_emergency_access(person=person)
    messages.success(request, "The record is closed to you again. A manager will review why you opened it.")
    return redirect("workspace:home")


@worker(needs="review-access")
def reviews(request: WorkerRequest) -> HttpResponse:
    """What waits for review, the longest due first, and who uses emergency access more than is ordinary."""
    frame = request.frame
    waiting = security.emergency_to_review(by=frame.actor, at=frame.at)
    context = {
        "waiting": waiting,
        "known": people.briefs({one.person for one in waiting}),
        "often": security.emergency_often(at=frame.at),
    }
    return show(request, "workspace/reviews.html", context)


@worker("GET", "HEAD", "POST", needs="review-access")
def review(request: WorkerRequest, access: UUID) -> HttpResponse:
    """Say whether one use was justified, and why."""
    frame = request.frame
    row, told = security.emergency_access(access=access, by=frame.actor, at=frame.at)
    form = EmergencyReviewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = attempt(
            form,
            lambda: actions.review_emergency_access(
                access=row, justified=said["justified"], review=said["review"], by=frame.actor, at=frame.at
            ),
        )
        if done:
            messages.success(request, "Your review is recorded.")
            return redirect("workspace:reviews")
    page = form.page(
        title="Review emergency access", submit="Record the review", cancel_url=reverse("workspace:reviews")
    )
    context = {"page": page, "told": told, "known": people.briefs([told.person]).get(told.person)}
    return show(request, "workspace/review.html", context, status=422 if form.errors else 200)


def _find(said: dict[str, object]) -> UUID | None:
    if said["find_by"] == "name":
        return people.named_exactly(given=said["given"], family=said["family"], born_on=said["born_on"])  # type: ignore[arg-type]
    return people.numbered(scheme=said["scheme"], value=said["value"])  # type: ignore[arg-type]


def _opened(request: WorkerRequest, form: EmergencyForm, person: UUID) -> bool:
    frame, said = request.frame, form.cleaned_data
    access = attempt(
        form,
        lambda: actions.open_in_emergency(
            person=person,
            reason_code=said["reason_code"],
            reason=said["reason"],
            live_risk=said["live_risk"],
            purpose=frame.purpose,
            by=frame.actor,
            at=frame.at,
        ),
    )
    return access is not None
