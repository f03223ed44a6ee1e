"""Pages on a change somebody tells of: who told it, what is put right, and telling them; a complaint acknowledged, a question answered."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wenlock.intake import actions, changing, extras
from wenlock.intake import queries as intake
from wenlock.intake.queries import Received
from wenlock.people import changing as people
from wenlock.people import queries as briefly
from wenlock.people.codes import CONTACT_KINDS, NAME_KINDS
from wenlock.security.queries import NotFound
from wenlock.workspace.contact_forms import FeedbackForm
from wenlock.workspace.frame import WorkerRequest, show
from wenlock.workspace.pages import attempt, posted, worker
from wenlock.workspace.told_forms import (
    AcknowledgeForm,
    AnswerForm,
    BirthForm,
    HomeForm,
    LeaveForm,
    NameForm,
    PermissionForm,
    PutRightForm,
    ReachForm,
    WhoForm,
)

FORMS: dict[str, type[PutRightForm]] = {
    "home": HomeForm,
    "reach": ReachForm,
    "name": NameForm,
    "birth": BirthForm,
}


@worker("GET", "HEAD", "POST", needs="record")
def who(request: WorkerRequest, told: UUID) -> HttpResponse:
    """Record how the worker came to know who told of the change."""
    found, frame = _change(told), request.frame
    held = [each for each in people.reached_by(found.people) if each.recorded_at < found.contact.recorded_at]
    names = briefly.briefs(found.people)
    numbers = {str(each.id): f"{each.says}, {_name(names, each.person)}" for each in held}
    form = WhoForm(posted(request), numbers=numbers)

    def checked(said: dict[str, Any]) -> Any:
        return changing.check_identity(
            contact=found.contact, how=said["how"], words=said["words"], satisfied=said["satisfied"] == "yes",
            number=UUID(said["number"]) if said["number"] else None, by=frame.actor, at=frame.at,
        )  # fmt: skip

    return _ask(
        request, found, form, checked, title="Check who told us", submit="Record the check",
        done="The check is recorded.", introduction=WHO,
    )  # fmt: skip


WHO = "Call a number that we held before, or meet them. A number or address in the message itself proves nothing."


@worker("GET", "HEAD", "POST", needs="record")
def put_right(request: WorkerRequest, told: UUID, whose: UUID, fact: str) -> HttpResponse:
    """Put one fact right in the record of somebody the change is about, once it is known who told of it."""
    found, frame = _change(told), request.frame
    person = next((each.person_id for each in found.mentions if each.pk == whose), None)
    if person is None or not found.is_known:
        raise NotFound
    reached = {
        str(each.id): f"{CONTACT_KINDS[each.kind]}: {each.says}" for each in people.reached_by([person])
    }
    today = timezone.localdate(frame.at)
    form = FORMS[fact](posted(request), today=today, reached=reached)

    def applied(said: dict[str, Any]) -> Any:
        return changing.put_right(
            contact=found.contact, fact=form.fact(person), reason=said["reason"], by=frame.actor, at=frame.at
        )

    name = _name(briefly.briefs([person]), person)
    return _ask(
        request, found, form, applied, title=form.title, submit="Put it right", done="It is put right.",
        introduction=f"The record of {name} now has: {_stands(person, fact, reached)}.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs="record")
def leave(request: WorkerRequest, told: UUID) -> HttpResponse:
    """Leave something as it was, and say why."""
    found, frame = _change(told), request.frame

    def left(said: dict[str, Any]) -> Any:
        return changing.decline(contact=found.contact, by=frame.actor, at=frame.at, **said)

    return _ask(
        request, found, LeaveForm(posted(request)), left, title="Leave it as it was", submit="Leave it",
        done="It is left as it was.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs="record")
def report(request: WorkerRequest, told: UUID) -> HttpResponse:
    """Record what whoever told of the change was told of what came of it. That finishes it."""
    found, frame = _change(told), request.frame
    if not found.changes:
        raise NotFound

    def reported(said: dict[str, Any]) -> Any:
        return changing.report_back(contact=found.contact, by=frame.actor, at=frame.at, **said)

    return _ask(
        request, found, FeedbackForm(posted(request)), reported, title="Tell them what came of it",
        submit="Record it and finish", done="What they were told is recorded. The change is finished.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs="screen")
def acknowledge(request: WorkerRequest, complaint: UUID) -> HttpResponse:
    """Pass a complaint to whoever answers it, and record that whoever complains was told that we have it."""
    found, frame = _undecided(complaint, kind="complaint"), request.frame

    def acknowledged(said: dict[str, Any]) -> Any:
        return actions.acknowledge(contact=found.contact, by=frame.actor, at=frame.at, **said)

    return _ask(
        request, found, AcknowledgeForm(posted(request)), acknowledged, title="Acknowledge the complaint",
        submit="Record it", done="The complaint is acknowledged.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs="screen")
def answer(request: WorkerRequest, question: UUID) -> HttpResponse:
    """Answer a question: what was said, and how it was sent."""
    found, frame = _undecided(question, kind="question"), request.frame

    def answered(said: dict[str, Any]) -> Any:
        return actions.answer(contact=found.contact, by=frame.actor, at=frame.at, **said)

    return _ask(
        request, found, AnswerForm(posted(request)), answered, title="Answer the question", submit="Record the answer",
        done="The answer is recorded. The contact is finished.",
    )  # fmt: skip


@worker("GET", "HEAD", "POST", needs="record")
def permission(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """Record that a parent lets a child be asked afterwards how we did."""
    found, frame = intake.received(contact, part="afterwards"), request.frame
    if found.extras:
        raise NotFound

    def permitted(said: dict[str, Any]) -> Any:
        return extras.permit(contact=found.contact, by=frame.actor, at=frame.at, **said)

    return _ask(
        request, found, PermissionForm(posted(request)), permitted, title="A parent’s permission",
        submit="Record it", done="They may be asked afterwards how we did.",
        introduction="For a child who wants to be asked afterwards how we did, and is too young to say so alone.",
    )  # fmt: skip


@worker("POST", needs="record")
def no_longer(request: WorkerRequest, contact: UUID) -> HttpResponse:
    """Record that somebody no longer agrees to be asked afterwards."""
    found = intake.received(contact, part="afterwards")
    for extra in found.extras:
        extras.take_back(extra=extra, at=request.frame.at)
        messages.success(request, "They are not asked afterwards.")
    return redirect("workspace:contact", contact=contact)


def _ask(
    request: WorkerRequest,
    found: Received,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    submit: str,
    done: str,
    introduction: str = "",
) -> HttpResponse:
    """Ask a form, and act on it: back to the contact when that is done, with the reason on the form when it is not."""
    address = reverse("workspace:contact", args=[found.contact.pk])
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: act(form.cleaned_data)):
        messages.success(request, done)
        return redirect(address)
    page = form.page(title=title, submit=submit, cancel_url=address)
    context = {"page": page, "found": found, "introduction": introduction}
    return show(request, "workspace/contact_form.html", context, status=422 if form.errors else 200)


def _undecided(contact: UUID, *, kind: str) -> Received:
    """A contact of a kind that is not finished; any other is not found, since nothing more is done with it here."""
    found = intake.received(contact)
    if found.contact.kind != kind or found.decision is not None:
        raise NotFound
    return found


def _change(contact: UUID) -> Received:
    """A change not finished, of somebody who was found."""
    found = _undecided(contact, kind="change")
    if not found.people:
        raise NotFound
    return found


def _stands(person: UUID, fact: str, reached: dict[str, str]) -> str:
    """What the record has of a fact, in words."""
    if fact == "home":
        stands = people.home_of(person)
    elif fact == "reach":
        stands = "; ".join(reached.values())
    elif fact == "name":
        stands = "; ".join(
            f"{each.says} ({NAME_KINDS[each.kind].lower()})" for each in people.names_of(person)
        )
    else:
        born = people.born_on(person)
        stands = f"{born:%-d %B %Y}" if born else ""
    return stands or "nothing"


def _name(known: dict[UUID, Any], person: UUID) -> str:
    return known[person].name if person in known else "a relative"
