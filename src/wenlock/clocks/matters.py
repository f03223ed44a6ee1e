"""What clocks run on, declared by the contexts above: which clocks, where their events stand, and who sees them.

A context's `clocks.py` says `MATTERS = (Matter(...),)`. They are gathered upwards, so that this module knows no context.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps

from wenlock.law.clocks import Clock, EventKind, Fact
from wenlock.law.events import Event
from wenlock.law.running import Closure


@dataclass(frozen=True)
class RowEvent:
    """An event, and the row in which it stands: nothing else stops a clock."""

    event: Event
    table: str
    row: UUID


def of_row(
    table: str,
    row: UUID,
    kind: EventKind,
    *,
    at: datetime | None = None,
    on: date | None = None,
    corrects: str | None = None,
) -> RowEvent:
    """The event of a kind that a row tells of, at an aware instant or on a day. Its id is `event_id` of the three."""
    return RowEvent(
        Event(id=event_id(table, row, kind), kind=kind.code, at=at, on=on, corrects=corrects), table, row
    )


def event_id(table: str, row: UUID, kind: EventKind) -> str:
    """What an event is called that corrects another: one row tells of one event of a kind."""
    return f"{table} {row} {kind.code}"


@dataclass(frozen=True, kw_only=True)
class Story:
    """All that moves the clocks of one matter. `people` are those it is about; the rest is as `law.running.run` has it."""

    events: tuple[RowEvent, ...]
    people: tuple[UUID, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Rows of `table` on which `clocks` run.

    `stories` gives the story of each row asked for that whoever acts may reckon; the keeper of clocks may reckon every
    one. `seen_with` is the capability that sees every matter of the kind, `own_seen_with` the one that sees those one
    began; with neither, a clock is seen by those who see the record of whoever it is about. A matter whose people may
    change has a column `people`, and hangs guard.clocks_follow_people_v1 on it.

    A clock that comes round again runs on a row for each turn: the review that is next due, not the plan.
    """

    table: str
    clocks: tuple[Clock, ...]
    stories: Callable[[Collection[UUID]], Mapping[UUID, Story]]
    seen_with: str = ""
    own_seen_with: str = ""


class NoSuchMatter(LookupError):
    """No context has declared that clocks run on rows of the table."""


def matter(table: str) -> Matter:
    """What a table's rows are to clocks. Raises NoSuchMatter."""
    try:
        return gathered()[table]
    except KeyError:
        raise NoSuchMatter(f"No clocks are declared to run on {table}.") from None


@cache
def gathered() -> dict[str, Matter]:
    """Every matter of every context, by its table. Raises ValueError when two contexts claim one."""
    found: dict[str, Matter] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.clocks"
        if not app.name.startswith("wenlock.") or find_spec(name) is None:
            continue
        for each in getattr(import_module(name), "MATTERS", ()):
            if each.table in found:
                raise ValueError(f"{name} declares {each.table} again.")
            found[each.table] = each
    return found
