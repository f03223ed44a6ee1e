"""Rows of the record put together as the children of a census, as things stood on its last day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import TypeVar
from uuid import UUID

from wenlock.returns.cin.census import Assessment, Child, CinPlan, Episode, ProtectionPlan, Section47
from wenlock.returns.cin.selecting import Some, Year

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class OutOfRule:
    """Something sent that the rules of the year do not select, because a census of that year told of it."""

    child_id: str | None
    element: str
    on: date | None


@dataclass
class Assembly:
    """Makes the children of one census, and lists what is sent outside its rules."""

    year: Year
    out_of_rule: list[OutOfRule] = field(default_factory=list)
    children: int = 0
    _some: Some = field(default_factory=lambda: Some([]))
    _child_id: str | None = None

    def made(self, read: Iterator[Some]) -> Iterator[Child]:
        """Each child, in the order they are read."""
        for some in read:
            self._some = some
            for row in some.children:
                self.children += 1
                self._child_id = row.child_id
                yield self._child(row)

    def _child(self, row: SimpleNamespace) -> Child:
        of, person = self._some.of, row.id
        numbers = {each.scheme: each.value for each in reversed(of("identifiers", person))}
        born_on = self._by_then(person, row.born_on)
        expected = born_on is None or person in self._some.as_given
        return Child(
            child_id=row.child_id,
            upn=numbers.get("UPN"),
            former_upn=numbers.get("former-UPN"),
            upn_unknown=next((each.reason for each in of("absences", person)), None),
            born_on=born_on,
            expected_on=row.expected_on if expected else None,
            sex=row.sex or None,
            died_on=self._by_then(person, row.died_on),
            ethnicity=next((each.code for each in of("ethnicities", person)), None),
            disabilities=tuple(each.code for each in of("disabilities", person)),
            episodes=self._selected("episodes", person, "CINdetails", "referred_on", self._episode),
        )

    def _episode(self, row: SimpleNamespace) -> Episode:
        closed_on = self._by_then(row.id, row.closed_on)
        still_open = closed_on is None and row.closed_on is not None
        conferences = self._selected(
            "conferences", row.id, "CINdetails/DateOfInitialCPC", "held_on", lambda c: c
        )
        return Episode(
            referred_on=row.referred_on,
            referral_source=row.referral_source or None,
            primary_need=row.primary_need or None,
            closed_on=closed_on,
            closure_reason=None if still_open else row.closure_reason or None,
            conference_on=conferences[-1].held_on if conferences else None,
            no_further_action=row.no_further_action,
            assessments=self._selected("assessments", row.id, "Assessments", "began_on", self._assessment),
            plans=self._selected("plans", row.id, "CINPlanDates", "began_on", self._plan),
            enquiries=self._selected("enquiries", row.id, "Section47", "began_on", self._enquiry),
            protection_plans=self._selected(
                "protection_plans", row.id, "ChildProtectionPlans", "began_on", self._protection_plan
            ),
        )

    def _assessment(self, row: SimpleNamespace) -> Assessment:
        """Factors are what is known at the end, so an assessment not yet authorised on the day sends none."""
        authorised_on = self._by_then(row.id, row.authorised_on)
        unfinished = authorised_on is None and row.authorised_on is not None
        factors = tuple(each.code for each in self._some.of("factors", row.id))
        return Assessment(
            started_on=row.began_on,
            internally_reviewed_on=self._by_then(row.id, row.internal_review_on),
            authorised_on=authorised_on,
            factors=factors if (factors or row.factors_asked) and not unfinished else None,
        )

    def _plan(self, row: SimpleNamespace) -> CinPlan:
        return CinPlan(started_on=row.began_on, ended_on=self._by_then(row.id, row.ended_on))

    def _enquiry(self, row: SimpleNamespace) -> Section47:
        return Section47(
            started_on=row.began_on,
            conference_due_on=row.conference_target_on,
            conference_on=self._by_then(row.conference_id, row.held_on),
            conference_not_required=row.conference_not_required,
        )

    def _protection_plan(self, row: SimpleNamespace) -> ProtectionPlan:
        """A plan recorded here under one category has it as its latest too; a file's stand as given."""
        categories = self._some.of("categories", row.id)
        initial = next((each.code for each in categories if each.position == 0), None)
        latest = next((each.code for each in reversed(categories) if each.position > 0), None)
        reviews = self._selected(
            "reviews", row.id, "Reviews/CPPreviewDate", "held_on", lambda each: each.held_on
        )
        return ProtectionPlan(
            started_on=row.began_on,
            ended_on=self._by_then(row.id, row.ended_on),
            initial_category=initial,
            latest_category=latest if latest or row.from_a_file else initial,
            previous_plans=row.previous_plans,
            reviewed_on=reviews,
        )

    def _selected(
        self, name: str, parent: UUID, element: str, dated: str, make: Callable[[SimpleNamespace], Made]
    ) -> tuple[Made, ...]:
        """What is made of the rows its rules select, and of those that came in with a census of the year."""
        rows = [row for row in self._some.of(name, parent) if row.by_rule or row.id in self._some.kept]
        for row in rows:
            if not row.by_rule:
                self.out_of_rule.append(OutOfRule(self._child_id, element, getattr(row, dated)))
        return tuple(make(row) for row in rows)

    def _by_then(self, row: UUID | None, on: date | None) -> date | None:
        """A date, unless it was still to come on the last day and no census of the year gave it."""
        return None if on and on > self.year.last and row not in self._some.as_given else on
