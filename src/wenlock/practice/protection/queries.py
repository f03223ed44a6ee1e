"""Protection: plans open now, and how a child's protection went, step by step."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from wenlock.base.pages.dates import plain_date
from wenlock.people.codes import label
from wenlock.practice.case.chronology import Chronology, Happened, Lasted, Standing
from wenlock.practice.protection import codes
from wenlock.practice.protection.models import (
    InitialConference,
    PlanCategory,
    ProtectionPlan,
    ReviewConference,
    Section47Enquiry,
    StrategyDiscussion,
)

ENQUIRING, PROTECTING = "Section 47 enquiry", "Child protection plan"


def standings(people: Collection[UUID]) -> dict[UUID, Standing]:
    """The children with a protection plan or an enquiry open now; a plan is said before an enquiry."""
    found: dict[UUID, Standing] = {}
    for row in Section47Enquiry.objects.filter(
        person__in=people,
        ended_on__isnull=True,
        outcome="",
        episode__closed_on__isnull=True,
        conferences__isnull=True,
    ).order_by("began_on"):
        found[row.person_id] = Standing("Section 47 enquiry", row.began_on, urgent=True)
    for plan in ProtectionPlan.objects.filter(person__in=people, ended_on__isnull=True).order_by("began_on"):
        found[plan.person_id] = Standing("Child protection plan", plan.began_on, urgent=True)
    return found


def chronology(*, person: UUID) -> Chronology:
    """Strategy discussions, enquiries, conferences, plans with their categories, and reviews."""
    enquiries = list(Section47Enquiry.objects.filter(person=person).order_by("began_on"))
    plans = list(ProtectionPlan.objects.filter(person=person).order_by("began_on"))
    categories = _categories(person)
    happened = [
        *(_strategy(row) for row in StrategyDiscussion.objects.filter(person=person).select_related("chair")),
        *(one for row in enquiries for one in _enquiry(row)),
        *(
            _conference(row)
            for row in InitialConference.objects.filter(person=person).select_related("chair")
        ),
        *(one for row in plans for one in _plan(row, categories.get(row.pk, []))),
        *(_review(row) for row in ReviewConference.objects.filter(person=person).select_related("chair")),
    ]
    lasted = [
        *(
            Lasted(ENQUIRING, "Enquiry", row.began_on, _enquiry_ended(row))
            for row in enquiries
            if row.began_on
        ),
        *(
            Lasted(PROTECTING, _latest(categories.get(row.pk, [])), row.began_on, row.ended_on)
            for row in plans
            if row.began_on
        ),
    ]
    undated = [*(row.began_on for row in enquiries), *(row.began_on for row in plans)].count(None)
    return Chronology(tuple(happened), tuple(lasted), undated)


def _enquiry_ended(row: Section47Enquiry) -> date | None:
    """When the enquiry was over. A file says only when its conference was due, or that none was needed."""
    if row.ended_on or not row.as_received:
        return row.ended_on
    return row.conference_target_on or row.began_on


def _categories(person: UUID) -> dict[UUID, list[tuple[date | None, str]]]:
    found: dict[UUID, list[tuple[date | None, str]]] = {}
    for row in PlanCategory.objects.filter(person=person).order_by("plan", "position"):
        found.setdefault(row.plan_id, []).append((row.since_on, label(codes.ABUSE_CATEGORIES, row.code)))
    return found


def _latest(categories: list[tuple[date | None, str]]) -> str:
    return categories[-1][1] if categories else "Plan"


def _strategy(row: StrategyDiscussion) -> Happened:
    decided = f"Decided: {codes.STRATEGY_DECISIONS[row.decided]}." if row.decided else ""
    agencies = f"With {', '.join(row.agencies)}." if row.agencies else ""
    return Happened(
        "Strategy discussion",
        row.held_on,
        text=" ".join(filter(None, (decided, agencies))),
        by=_chaired(row.chair),
        turning=True,
    )


def _enquiry(row: Section47Enquiry) -> Iterator[Happened]:
    if row.began_on:
        due = f"Conference due by {plain_date(row.conference_target_on)}." if row.conference_target_on else ""
        none = "A conference was not needed." if row.conference_not_required else ""
        yield Happened(
            "Section 47 enquiry began", row.began_on, text=none or due, tag="Section 47", tone="bad"
        )
    if row.ended_on:
        outcome = f"{codes.ENQUIRY_OUTCOMES[row.outcome]}." if row.outcome else ""
        yield Happened("Section 47 enquiry ended", row.ended_on, text=outcome)


def _conference(row: InitialConference) -> Happened:
    text = "The child moved in with a plan from another council." if row.transfer_in else ""
    return Happened(
        "Initial child protection conference", row.held_on, text=text, by=_chaired(row.chair), turning=True
    )


def _plan(row: ProtectionPlan, categories: list[tuple[date | None, str]]) -> Iterator[Happened]:
    if row.began_on:
        first = f"Category: {categories[0][1]}." if categories else ""
        before = f"Plans before this one: {row.previous_plans}." if row.previous_plans else ""
        yield Happened(
            "Child protection plan began",
            row.began_on,
            text=" ".join(filter(None, (first, before))),
            tag="Protection plan",
            tone="bad",
            strong=True,
        )
    for since, category in categories[1:]:
        if since:
            yield Happened(f"Category of the plan became: {category}", since)
    if row.ended_on:
        yield Happened("Child protection plan ended", row.ended_on)


def _review(row: ReviewConference) -> Happened:
    outcome = {True: "The plan continues.", False: "The plan ends.", None: ""}[row.plan_continues]
    took_part = f"Child: {codes.PARTICIPATION[row.participation].lower()}." if row.participation else ""
    late = row.due_on is not None and row.held_on > row.due_on
    return Happened(
        "Review conference",
        row.held_on,
        text=" ".join(filter(None, (outcome, took_part))),
        by=_chaired(row.chair),
        tag="Late" if late else "",
        tone="warn",
        turning=True,
    )


def _chaired(chair: object | None) -> str:
    return f"Chaired by {chair}" if chair else ""
