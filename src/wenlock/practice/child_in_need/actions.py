"""Acts of need: taking a referral, assessing, planning, visiting, closing. Each rests on a provenance."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.people.receiving import Received
from wenlock.practice.child_in_need.models import Assessment, AssessmentFactor, Episode, Plan, Visit
from wenlock.security.context import correcting

# What a file may tell of need.
received = Received(episode=Episode, assessment=Assessment, factor=AssessmentFactor, plan=Plan)


def record_referral(
    *,
    person: UUID,
    referred_on: date,
    source: str,
    need: str,
    by: UUID,
    at: datetime,
    provenance: UUID,
    referrer: str = "",
    no_further_action: bool | None = None,
) -> Episode:
    """Take a referral, which opens a social care episode on `referred_on`.

    `source` and `need` are the Department's codes; `no_further_action` is None until it is decided.
    Law: Children Act 1989 s.17.
    """
    episode = Episode(
        id=new_id(),
        person_id=person,
        referred_on=referred_on,
        referral_source=source,
        referrer=referrer,
        primary_need=need,
        no_further_action=no_further_action,
        provenance_id=provenance,
        recorded_by_id=by,
        recorded_at=at,
    )
    episode.save(force_insert=True)
    return episode


def close_episode(*, episode: Episode, closed_on: date, reason: str) -> Episode:
    """Close an episode for a reason of the Department's code, on a day not before the referral."""
    episode.closed_on, episode.closure_reason = closed_on, reason
    episode.save(update_fields=["closed_on", "closure_reason"])
    return episode


def record_assessment(
    *,
    episode: Episode,
    began_on: date,
    by: UUID,
    at: datetime,
    provenance: UUID,
    internal_review_on: date | None = None,
    authorised_on: date | None = None,
    factors: Iterable[str] | None = None,
) -> Assessment:
    """Record a child and family assessment: unfinished while `authorised_on` is None.

    `factors` are what it found; empty says that none was found, None that nobody has yet said.
    """
    assessment = Assessment(
        id=new_id(),
        person_id=episode.person_id,
        episode=episode,
        began_on=began_on,
        internal_review_on=internal_review_on,
        authorised_on=authorised_on,
        factors_asked=factors is not None,
        provenance_id=provenance,
        recorded_by_id=by,
        recorded_at=at,
    )
    assessment.save(force_insert=True)
    for position, code in enumerate(factors or ()):
        AssessmentFactor(
            id=new_id(),
            person_id=episode.person_id,
            assessment=assessment,
            code=code,
            position=position,
            provenance_id=provenance,
            recorded_by_id=by,
            recorded_at=at,
        ).save(force_insert=True)
    return assessment


def record_plan(
    *,
    episode: Episode,
    began_on: date,
    by: UUID,
    at: datetime,
    provenance: UUID,
    ended_on: date | None = None,
) -> Plan:
    """Record a child in need plan. The database refuses a second plan open at once for the same child."""
    plan = Plan(
        id=new_id(),
        person_id=episode.person_id,
        episode=episode,
        began_on=began_on,
        ended_on=ended_on,
        provenance_id=provenance,
        recorded_by_id=by,
        recorded_at=at,
    )
    plan.save(force_insert=True)
    return plan


def end_plan(*, plan: Plan, ended_on: date, because: str = "") -> Plan:
    """End a plan on a day. `because` is needed only to correct an end that stood already."""
    plan.ended_on = ended_on
    with correcting(because):
        plan.save(update_fields=["ended_on"])
    return plan


def record_visit(
    *,
    episode: Episode,
    visited_on: date,
    duty: str,
    seen: bool,
    seen_alone: bool,
    visitor: UUID,
    by: UUID,
    at: datetime,
    provenance: UUID,
    place: str = "",
    bedroom_seen: bool | None = None,
) -> Visit:
    """Record a visit made or tried. `duty` is a code; `bedroom_seen` is None if not asked.

    The database refuses a child seen alone and not seen.
    """
    visit = Visit(
        id=new_id(),
        person_id=episode.person_id,
        episode=episode,
        visited_on=visited_on,
        duty=duty,
        seen=seen,
        seen_alone=seen_alone,
        visitor_id=visitor,
        place=place,
        bedroom_seen=bedroom_seen,
        provenance_id=provenance,
        recorded_by_id=by,
        recorded_at=at,
    )
    visit.save(force_insert=True)
    return visit
