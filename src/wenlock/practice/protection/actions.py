"""Acts of protection: discussion, enquiry, conference, plan, its categories and its reviews."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.law.clocks_protection import DISCUSSION_BEGAN_ENQUIRY, INITIAL_CONFERENCE
from wenlock.law.events import Event
from wenlock.law.running import run
from wenlock.people.receiving import Received
from wenlock.practice.protection.models import (
    InitialConference,
    PlanCategory,
    ProtectionPlan,
    ReviewConference,
    Section47Enquiry,
    StrategyDiscussion,
)

# What a file may tell of protection.
received = Received(
    enquiry=Section47Enquiry,
    conference=InitialConference,
    protection_plan=ProtectionPlan,
    category=PlanCategory,
    review=ReviewConference,
)


def record_strategy_discussion(
    *,
    person: UUID,
    episode: UUID,
    held_on: date,
    agencies: Iterable[str],
    by: UUID,
    at: datetime,
    provenance: UUID,
    chair: UUID | None = None,
    decided: str = "",
) -> StrategyDiscussion:
    """Record a strategy discussion. `decided` is a code, empty until there is a decision.

    Law: Children Act 1989 s.47.
    """
    return _record(
        StrategyDiscussion,
        person=person,
        by=by,
        at=at,
        provenance=provenance,
        episode_id=episode,
        held_on=held_on,
        agencies=list(agencies),
        chair_id=chair,
        decided=decided,
    )


def record_enquiry(
    *,
    discussion: StrategyDiscussion,
    by: UUID,
    at: datetime,
    provenance: UUID,
    conference_not_required: bool = False,
    ended_on: date | None = None,
    outcome: str = "",
) -> Section47Enquiry:
    """Record the section 47 enquiry that a strategy discussion began, on the day it was held.

    The day a conference is due by is fifteen working days after it. Law: Children Act 1989 s.47.
    """
    return _record(
        Section47Enquiry,
        person=discussion.person_id,
        by=by,
        at=at,
        provenance=provenance,
        episode_id=discussion.episode_id,
        strategy_discussion=discussion,
        began_on=discussion.held_on,
        conference_target_on=_conference_due(discussion, at=at),
        conference_not_required=conference_not_required,
        ended_on=ended_on,
        outcome=outcome,
    )


def record_initial_conference(
    *,
    person: UUID,
    episode: UUID,
    held_on: date,
    by: UUID,
    at: datetime,
    provenance: UUID,
    enquiry: Section47Enquiry | None = None,
    meeting: UUID | None = None,
    chair: UUID | None = None,
) -> InitialConference:
    """Record an initial conference about one child; brothers and sisters in one meeting share `meeting`.

    Without an `enquiry` the child has moved in from another authority.
    """
    return _record(
        InitialConference,
        person=person,
        by=by,
        at=at,
        provenance=provenance,
        episode_id=episode,
        enquiry=enquiry,
        held_on=held_on,
        transfer_in=enquiry is None,
        meeting=meeting,
        chair_id=chair,
    )


def record_protection_plan(
    *,
    conference: InitialConference,
    category: str,
    previous_plans: int,
    by: UUID,
    at: datetime,
    provenance: UUID,
) -> ProtectionPlan:
    """Record the plan a conference made, from the day of the conference, under its first category of abuse.

    `previous_plans` counts those the child had before, here or elsewhere, and not this one.
    """
    plan: ProtectionPlan = _record(
        ProtectionPlan,
        person=conference.person_id,
        by=by,
        at=at,
        provenance=provenance,
        episode_id=conference.episode_id,
        conference=conference,
        began_on=conference.held_on,
        previous_plans=previous_plans,
    )
    change_category(
        plan=plan, code=category, since_on=conference.held_on, by=by, at=at, provenance=provenance
    )
    return plan


def change_category(
    *, plan: ProtectionPlan, code: str, since_on: date, by: UUID, at: datetime, provenance: UUID
) -> PlanCategory:
    """Continue a plan under a category of abuse from a day; those before it stay, in their order."""
    return _record(
        PlanCategory,
        person=plan.person_id,
        by=by,
        at=at,
        provenance=provenance,
        plan=plan,
        code=code,
        since_on=since_on,
        position=plan.categories.count(),
    )


def record_review(
    *,
    plan: ProtectionPlan,
    held_on: date,
    continues: bool,
    by: UUID,
    at: datetime,
    provenance: UUID,
    due_on: date | None = None,
    chair: UUID | None = None,
    quorate: bool | None = None,
    participation: str = "",
) -> ReviewConference:
    """Record a review conference, and end the plan that day if it does not continue."""
    review: ReviewConference = _record(
        ReviewConference,
        person=plan.person_id,
        by=by,
        at=at,
        provenance=provenance,
        plan=plan,
        held_on=held_on,
        due_on=due_on,
        chair_id=chair,
        plan_continues=continues,
        quorate=quorate,
        participation=participation,
    )
    if not continues:
        plan.ended_on = held_on
        plan.save(update_fields=["ended_on"])
    return review


def _record(model: type[Any], *, person: UUID, by: UUID, at: datetime, provenance: UUID, **facts: Any) -> Any:
    row = model(
        id=new_id(), person_id=person, provenance_id=provenance, recorded_by_id=by, recorded_at=at, **facts
    )
    row.save(force_insert=True)
    return row


def _conference_due(discussion: StrategyDiscussion, *, at: datetime) -> date | None:
    """The day by which the initial conference is held, from the discussion that began the enquiry."""
    began = Event(id=str(discussion.pk), kind=DISCUSSION_BEGAN_ENQUIRY.code, on=discussion.held_on)
    due = run(INITIAL_CONFERENCE, [began], at=at).due
    return due if isinstance(due, date) else None
