"""The modules of the census as facts of the record: where each is held, and how one is known again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from wenlock.people.receiving import Received, Row
from wenlock.practice.child_in_need.actions import received as need
from wenlock.practice.protection.actions import received as protection
from wenlock.returns.cin import schema
from wenlock.returns.cin.definition import PLACES
from wenlock.returns.cin.elements import Element, Kind

TEXTS = {Kind.CODE, Kind.TEXT, Kind.SEX}  # columns of text are never null: blank is ""


@dataclass(frozen=True, eq=False)
class Fact:
    """One module: its element, its table, and `key`, the column that a fact of it is known again by."""

    element: Element
    received: Received
    kind: str
    table: str
    key: str
    columns: Mapping[str, Element] = field(init=False)  # element by column
    fields: Mapping[str, str] = field(init=False)  # field of the census record by column

    def __post_init__(self) -> None:
        places = PLACES[self.element.makes or object]
        own = [part for part in self.element.parts if part.held_in in places]
        own = [part for part in own if places[part.held_in or ""].table == self.table]
        columns = {places[part.held_in or ""].column: part for part in own}
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "fields", {column: part.held_in for column, part in columns.items()})

    def values(self, record: Any) -> dict[str, Any]:
        """The record's own values, by column."""
        given = {column: getattr(record, name) for column, name in self.fields.items()}
        return {
            column: "" if value is None and self.columns[column].kind in TEXTS else value
            for column, value in given.items()
        }

    def path(self, column: str) -> str:
        """What the census calls a column."""
        return f"{self.element.name}/{self.columns[column].name}"


EPISODE = Fact(schema.EPISODE, need, "episode", "child_in_need_episode", "referred_on")
ASSESSMENT = Fact(schema.ASSESSMENTS, need, "assessment", "child_in_need_assessment", "began_on")
CIN_PLAN = Fact(schema.CIN_PLANS, need, "plan", "child_in_need_plan", "began_on")
ENQUIRY = Fact(schema.SECTION_47, protection, "enquiry", "protection_section47enquiry", "began_on")
PROTECTION_PLAN = Fact(
    schema.PROTECTION_PLANS, protection, "protection_plan", "protection_protectionplan", "began_on"
)


def is_blank(value: Any) -> bool:
    """Whether a column says nothing. False and 0 say something."""
    return value is None or value == ""


def pair(held: list[Row], given: list[dict[str, Any]], *, key: str) -> list[Row | None]:
    """For each thing given, the row that already holds it, or None for something new.

    Only a row with the same `key` is the same thing. What is wholly the same is paired first, in order, so
    that a file brought in again pairs as it did; the rest with the row it disagrees with least.
    """
    left = list(held)
    found: list[Row | None] = [_take(left, values, key, wholly=True) for values in given]
    return [row or _take(left, values, key, wholly=False) for row, values in zip(found, given, strict=True)]


def _take(left: list[Row], values: dict[str, Any], key: str, *, wholly: bool) -> Row | None:
    same = [row for row in left if row.values[key] == values[key]]
    if wholly:
        same = [row for row in same if all(row.values[column] == value for column, value in values.items())]
    if not same:
        return None
    best = min(same, key=lambda row: _unlikeness(row.values, values))
    left.remove(best)
    return best


def _unlikeness(held: dict[str, Any], given: dict[str, Any]) -> tuple[int, int]:
    """How many values disagree, and how many are said on one side only."""
    unlike = [(held[column], value) for column, value in given.items() if held[column] != value]
    one_sided = sum(is_blank(one) or is_blank(other) for one, other in unlike)
    return len(unlike) - one_sided, one_sided


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file says of a fact already held: blanks it fills, and values it gives otherwise."""

    filled: dict[str, Any]
    otherwise: dict[str, Any]


def compare(held: Mapping[str, Any], given: Mapping[str, Any]) -> Comparison:
    """Part what is new from what disagrees; what the file leaves blank says nothing."""
    said = {column: value for column, value in given.items() if not is_blank(value) and held[column] != value}
    return Comparison(
        {column: value for column, value in said.items() if is_blank(held[column])},
        {column: value for column, value in said.items() if not is_blank(held[column])},
    )


def dated_after(values: Mapping[str, Any], last: date) -> bool:
    """Whether any date among the values is after the last day of the census."""
    return any(isinstance(value, date) and value > last for value in values.values())


class HeldFacts:
    """The rows already held of known children, to be asked for by what they belong to."""

    def __init__(self, people: list[UUID]) -> None:
        self._people = people
        self._by_kind: dict[str, dict[UUID, list[Row]]] = {}

    def of(self, received: Received, kind: str, person: UUID, **parents: UUID | str | None) -> list[Row]:
        """A child's rows of one kind that belong to the given parents, in order."""
        if not self._people:
            return []
        if kind not in self._by_kind:
            self._by_kind[kind] = received.held(kind, people=self._people)
        rows = self._by_kind[kind].get(person, [])
        return [row for row in rows if all(row.values[name] == key for name, key in parents.items())]
