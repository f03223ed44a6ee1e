"""The rows a census is made from, read as the returns role some children at a time."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

QUERIES = Path(__file__).resolve().parent.parent / "sql" / "cin_v1.sql"
AT_ONCE = 500  # children held in memory together

# What the rows of each query belong to.
BELONG_TO = {
    "identifiers": "person_id",
    "absences": "person_id",
    "ethnicities": "person_id",
    "disabilities": "person_id",
    "episodes": "person_id",
    "assessments": "episode_id",
    "factors": "assessment_id",
    "plans": "episode_id",
    "enquiries": "episode_id",
    "conferences": "episode_id",
    "protection_plans": "episode_id",
    "categories": "plan_id",
    "reviews": "plan_id",
}


def queries() -> dict[str, str]:
    """The published queries, by name."""
    parts = re.split(r"^-- name: (\w+)$", QUERIES.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@dataclass(frozen=True, slots=True)
class Year:
    """A census year: both days are part of it. It is named by the year in which it ends."""

    year: int

    @property
    def first(self) -> date:
        """The first day, 1 April."""
        return date(self.year - 1, 4, 1)

    @property
    def last(self) -> date:
        """The last day, 31 March."""
        return date(self.year, 3, 31)


@dataclass
class Some:
    """Some children and their rows. `kept` came with a census of the year; `as_given` go back so."""

    children: list[SimpleNamespace]
    kept: set[UUID] = field(default_factory=set)
    as_given: set[UUID] = field(default_factory=set)
    _rows: dict[str, dict[UUID, list[SimpleNamespace]]] = field(default_factory=dict)

    def of(self, name: str, parent: UUID) -> list[SimpleNamespace]:
        """The rows of a query that belong to a parent, in order."""
        return self._rows[name].get(parent, [])

    def take(self, name: str, rows: Sequence[SimpleNamespace]) -> None:
        """Take the rows of a query in."""
        by_parent: dict[UUID, list[SimpleNamespace]] = defaultdict(list)
        for row in rows:
            by_parent[getattr(row, BELONG_TO[name])].append(row)
        self._rows[name] = by_parent


def select(year: Year, *, connection: BaseDatabaseWrapper) -> Iterator[Some]:
    """The children of a census and their rows, some at a time, in an order that does not change.

    `connection` is in a transaction, as the returns role, for statutory returns. One cursor on the server
    keeps the order of the children; what is in memory is bounded by the number taken at once.
    """
    written = queries()
    days: dict[str, Any] = {"first": year.first, "last": year.last, "year": year.year}
    with connection.chunked_cursor() as cursor:
        cursor.execute(written["children"], days)
        while rows := cursor.fetchmany(AT_ONCE):
            some = Some(_named(cursor, rows))
            _fill(some, written, days, connection)
            yield some


def _fill(some: Some, written: dict[str, str], days: dict[str, Any], connection: BaseDatabaseWrapper) -> None:
    values = days | {"people": [child.id for child in some.children]}
    with connection.cursor() as cursor:
        cursor.execute(written["kept"], values)
        for _, rows, as_given in cursor.fetchall():
            some.kept.update(rows)
            some.as_given.update(as_given)
        for name in BELONG_TO:
            cursor.execute(written[name], values)
            some.take(name, _named(cursor, cursor.fetchall()))


def _named(cursor: Any, rows: Sequence[Sequence[Any]]) -> list[SimpleNamespace]:
    names = [column.name for column in cursor.description]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows]
