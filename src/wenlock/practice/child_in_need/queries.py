"""Where a child stands with children's social care, and how they came there."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Max

from wenlock.people.codes import label
from wenlock.practice.case.chronology import Chronology, Happened, Lasted, Standing
from wenlock.practice.child_in_need import codes
from wenlock.practice.child_in_need.models import Assessment, AssessmentFactor, Episode, Plan, Visit

CARE, ASSESSING, PLANNING = "Social care", "Assessment", "Child in need plan"


def standings(people: Collection[UUID]) -> dict[UUID, Standing]:
    """Where each child stands, for those with anything open: a plan, else an assessment, else the referral itself."""
    open_now = {"person__in": people}
    found: dict[UUID, Standing] = {}
    for row in Episode.objects.filter(**open_now, closed_on__isnull=True).order_by("referred_on"):
        found[row.person_id] = Standing("Referral open", row.referred_on)
    for assessed in Assessment.objects.filter(
        **open_now, authorised_on__isnull=True, episode__closed_on__isnull=True
    ).order_by("began_on"):
        found[assessed.person_id] = Standing("Being assessed", assessed.began_on)
    for plan in Plan.objects.filter(**open_now, ended_on__isnull=True).order_by("began_on"):
        found[plan.person_id] = Standing("Child in need plan", plan.began_on)
    return found


def last_seen(people: Collection[UUID]) -> dict[UUID, date]:
    """The day each child was last seen on a recorded visit; those never seen are left out."""
    seen = (
        Visit.objects.filter(person__in=people, seen=True)
        .values("person_id")
        .annotate(last=Max("visited_on"))
    )
    return {row["person_id"]: row["last"] for row in seen}


def chronology(*, person: UUID) -> Chronology:
    """Referrals, assessments with their factors, plans and visits."""
    episodes = list(Episode.objects.filter(person=person).order_by("referred_on"))
    assessments = list(Assessment.objects.filter(person=person).order_by("began_on"))
    plans = list(Plan.objects.filter(person=person).order_by("began_on"))
    visits = list(Visit.objects.filter(person=person).select_related("visitor"))
    factors = _factors(person)
    happened = [
        *(one for row in episodes for one in _episode(row)),
        *(one for row in assessments for one in _assessment(row, factors.get(row.pk, []))),
        *(one for row in plans for one in _plan(row)),
        *(_visit(row) for row in visits),
    ]
    lasted = [
        *(
            Lasted(CARE, "Open to social care", row.referred_on, row.closed_on)
            for row in episodes
            if row.referred_on
        ),
        *(
            Lasted(ASSESSING, "Assessment", row.began_on, row.authorised_on)
            for row in assessments
            if row.began_on
        ),
        *(Lasted(PLANNING, "Plan", row.began_on, row.ended_on) for row in plans if row.began_on),
    ]
    begun = [row.referred_on for row in episodes] + [row.began_on for row in assessments]
    undated = (begun + [row.began_on for row in plans]).count(None)
    return Chronology(tuple(happened), tuple(lasted), undated)


def _factors(person: UUID) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for row in AssessmentFactor.objects.filter(person=person).order_by("position", "code"):
        found.setdefault(row.assessment_id, []).append(label(codes.FACTORS, row.code))
    return found


def _episode(row: Episode) -> Iterator[Happened]:
    if row.referred_on:
        source = label(codes.REFERRAL_SOURCES, row.referral_source)
        need = f"Main need: {label(codes.PRIMARY_NEEDS, row.primary_need)}." if row.primary_need else ""
        ended = "No further action was taken." if row.no_further_action else ""
        yield Happened(
            f"Referred by: {source}",
            row.referred_on,
            text=" ".join(filter(None, (need, ended))),
            turning=True,
        )
    if row.closed_on:
        reason = label(codes.CLOSURE_REASONS, row.closure_reason)
        yield Happened("Closed to social care", row.closed_on, text=f"Reason: {reason}.", turning=True)


def _assessment(row: Assessment, factors: list[str]) -> Iterator[Happened]:
    if row.began_on:
        yield Happened("Assessment began", row.began_on)
    if row.authorised_on:
        found = f"Factors found: {'; '.join(factors)}." if factors else ""
        none = "Factors were asked about, and none found." if row.factors_asked and not factors else ""
        yield Happened("Assessment finished", row.authorised_on, text=found or none)


def _plan(row: Plan) -> Iterator[Happened]:
    if row.began_on:
        yield Happened("Child in need plan began", row.began_on, tag="Plan", tone="now")
    if row.ended_on:
        yield Happened("Child in need plan ended", row.ended_on)


def _visit(row: Visit) -> Happened:
    seen = "Seen alone." if row.seen_alone else "Seen, not alone." if row.seen else "Not seen."
    bedroom = {True: "Bedroom seen.", False: "Bedroom not seen.", None: ""}[row.bedroom_seen]
    place = f"At {row.place}." if row.place else ""
    return Happened(
        codes.VISIT_DUTIES[row.duty],
        row.visited_on,
        text=" ".join(filter(None, (seen, bedroom, place))),
        by=row.visitor.name,
        tag="" if row.seen else "Not seen",
        tone="warn",
    )
