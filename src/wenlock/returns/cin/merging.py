"""One child of a file beside the record: the new is added, blanks are filled, the rest is for a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from wenlock.people.actions import received as people
from wenlock.people.receiving import Received, Row
from wenlock.practice.child_in_need.actions import received as need
from wenlock.practice.protection.actions import received as protection
from wenlock.returns.cin import census
from wenlock.returns.cin.facts import (
    ASSESSMENT,
    CIN_PLAN,
    ENQUIRY,
    EPISODE,
    PROTECTION_PLAN,
    Fact,
    HeldFacts,
    compare,
    dated_after,
    pair,
)
from wenlock.returns.cin.report import Otherwise, Report

# The order in which rows are written: what others belong to comes first.
KINDS: tuple[tuple[Received, str], ...] = (
    *((people, kind) for kind in ("absence", "ethnicity", "disability")),
    *((need, kind) for kind in ("episode", "assessment", "factor", "plan")),
    *((protection, kind) for kind in ("enquiry", "conference", "protection_plan", "category", "review")),
)


@dataclass(frozen=True, slots=True)
class Completion:
    """Blanks of a held row to be filled; `because` when something not blank is replaced."""

    received: Received
    kind: str
    row: Row
    values: dict[str, Any]
    because: str = ""


@dataclass
class Work:
    """What is to be written for a number of children."""

    added: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    completed: list[Completion] = field(default_factory=list)
    differences: list[Otherwise] = field(default_factory=list)


@dataclass
class Merging:
    """One child being laid beside the record `person`. Ends with `rows` and `as_given`, as `ImportedChild`
    has them.

    `last` is the last day of the census: what the file dates later is to go back as it came.
    """

    child: census.Child
    person: UUID
    held: HeldFacts
    last: date
    work: Work
    report: Report
    rows: list[UUID] = field(default_factory=list)
    as_given: list[UUID] = field(default_factory=list)

    def episodes(self) -> None:
        """Lay every episode of the child, with all its modules, beside what is held."""
        for episode, row in self._modules(EPISODE, self.child.episodes):
            self._conference(
                episode.conference_on, episode.line, "CINdetails", episode_id=row.id, enquiry_id=None
            )
            self._assessments(episode, row)
            self._modules(CIN_PLAN, episode.plans, episode_id=row.id)
            for given, enquiry in self._modules(ENQUIRY, episode.enquiries, episode_id=row.id):
                self._conference(
                    given.conference_on, given.line, "Section47", episode_id=row.id, enquiry_id=enquiry.id
                )
            for given, plan in self._modules(PROTECTION_PLAN, episode.protection_plans, episode_id=row.id):
                self._categories(given, plan)
                self._reviews(given, plan)

    def differ(self, row: UUID, element: str, held: Any, given: Any, line: int) -> None:
        """Note that the file gives a fact otherwise."""
        otherwise = Otherwise(line, self.child.child_id, self.person, row, element, _text(held), _text(given))
        self.work.differences.append(otherwise)
        self.report.differ(otherwise)

    def complete(
        self, received: Received, kind: str, row: Row, values: dict[str, Any], because: str = ""
    ) -> None:
        """Have blanks of a held row filled."""
        self.work.completed.append(Completion(received, kind, row, values, because))
        self.report.counts["completed"] += 1
        row.values.update(values)

    def add(self, kind: str, values: dict[str, Any], *, position: int = 0) -> Row:
        """Have a row added."""
        row = Row(self.person, values, position)
        self.work.added[kind].append(row)
        return row

    def _modules(self, fact: Fact, given: Sequence[Any], **parents: UUID | None) -> list[tuple[Any, Row]]:
        """Each module of one sort with the row that now holds it."""
        held = self.held.of(fact.received, fact.kind, self.person, **parents)
        values = [fact.values(record) for record in given]
        position = max((row.position for row in held), default=-1)
        found = []
        for record, said, row in zip(given, values, pair(held, values, key=fact.key), strict=True):
            if row is None:
                position += 1
                row = self.add(fact.kind, parents | said, position=position)
            else:
                self._compare(fact, row, said, record.line)
            self._keep(row.id, said)
            found.append((record, row))
        return found

    def _compare(self, fact: Fact, row: Row, said: dict[str, Any], line: int) -> None:
        comparison = compare(row.values, said)
        for column, value in comparison.otherwise.items():
            self.differ(row.id, fact.path(column), row.values[column], value, line)
        if comparison.filled:
            self.complete(fact.received, fact.kind, row, comparison.filled)

    def _keep(self, row: UUID, values: dict[str, Any]) -> None:
        """Remember that the row is part of this census."""
        self.rows.append(row)
        if dated_after(values, self.last):
            self.as_given.append(row)

    def _conference(self, held_on: date | None, line: int, element: str, **parents: UUID | None) -> None:
        if held_on is None:
            return
        held = self.held.of(protection, "conference", self.person, **parents)
        same = next((row for row in held if row.values["held_on"] == held_on), None)
        if same is None and held:
            self.differ(held[0].id, f"{element}/DateOfInitialCPC", held[0].values["held_on"], held_on, line)
            return
        row = same or self.add("conference", {**parents, "held_on": held_on})
        self._keep(row.id, {"held_on": held_on})

    def _assessments(self, episode: census.Episode, row: Row) -> None:
        for given, assessment in self._modules(ASSESSMENT, episode.assessments, episode_id=row.id):
            if given.factors == ():
                self._no_factors(assessment)
            elif given.factors:
                self._codes(
                    need,
                    "factor",
                    given.factors,
                    given.line,
                    "AssessmentFactors",
                    assessment_id=assessment.id,
                )

    def _no_factors(self, assessment: Row) -> None:
        """The file asks after factors and names none."""
        if "id" not in assessment.values:
            assessment.values["factors_asked"] = True
        elif not assessment.values["factors_asked"]:
            because = "The census file says that factors were asked after, and names none."
            self.complete(need, "assessment", assessment, {"factors_asked": True}, because)

    def _codes(
        self,
        received: Received,
        kind: str,
        given: Iterable[str],
        line: int,
        element: str,
        **parents: UUID | None,
    ) -> None:
        """A list of codes: taken whole where none was held; a code more than is held is for a person."""
        held = self.held.of(received, kind, self.person, **parents)
        known = Counter(row.values["code"] for row in held)
        for position, code in enumerate(given):
            if not held:
                self.add(kind, {**parents, "code": code}, position=position)
            elif known[code]:
                known[code] -= 1
            else:
                codes = ", ".join(row.values["code"] for row in held)
                self.differ(held[0].id, element, codes, code, line)

    def disabilities(self) -> None:
        """The child's disabilities, as a list of codes."""
        self._codes(people, "disability", self.child.disabilities, self.child.line, "Disability")

    def _categories(self, given: census.ProtectionPlan, plan: Row) -> None:
        """The first category a plan was made under, and the latest, which has a row of its own."""
        held = self.held.of(protection, "category", self.person, plan_id=plan.id)
        first = next((row for row in held if row.position == 0), None)
        latest = next((row for row in reversed(held) if row.position > 0), None)
        if latest is None and held and not plan.values["as_received"]:
            latest = first  # recorded here, where one category is both
        pairs = ((0, given.initial_category, first, "Initial"), (1, given.latest_category, latest, "Latest"))
        for position, code, row, word in pairs:
            if code and row is None:
                self.add("category", {"plan_id": plan.id, "code": code}, position=position)
            elif code and row and row.values["code"] != code:
                element = f"ChildProtectionPlans/{word}CategoryOfAbuse"
                self.differ(row.id, element, row.values["code"], code, given.line)

    def _reviews(self, given: census.ProtectionPlan, plan: Row) -> None:
        """The review conferences of a plan: a day not yet held is one more."""
        held = self.held.of(protection, "review", self.person, plan_id=plan.id)
        left = list(held)
        position = max((row.position for row in held), default=-1)
        for held_on in given.reviewed_on:
            row = next((row for row in left if row.values["held_on"] == held_on), None)
            if row is None:
                position += 1
                row = self.add("review", {"plan_id": plan.id, "held_on": held_on}, position=position)
            else:
                left.remove(row)
            self._keep(row.id, {"held_on": held_on})


def _text(value: Any) -> str:
    """A value as a person reads it: dates by year, month and day, flags as in the census."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
