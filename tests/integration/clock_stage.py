"""A matter to try clocks on: its events are kept in memory, and stand in rows that are there already."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.utils import timezone

from tests.cast import PURPOSE
from wenlock.clocks import actions, matters
from wenlock.clocks.matters import Matter, RowEvent, Story
from wenlock.clocks.models import Clock
from wenlock.law.clocks import Clock as Declared
from wenlock.law.clocks import EventKind, Fact
from wenlock.law.events import Event
from wenlock.security.context import acting
from wenlock.security.models import Actor

TABLE = "example_matter"
ROWS = "people_person"  # where the events stand: a clock stops with a row that is there


@dataclass
class Example:
    """One matter, about `people`, with what has happened to it. `row` is that in which every event of it stands."""

    row: UUID
    people: tuple[UUID, ...] = ()
    id: UUID = field(default_factory=uuid4)
    events: list[RowEvent] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)

    def happens(self, kind: EventKind, when: datetime, *, corrects: str | None = None) -> str:
        """Something happens; its id, by which to correct it."""
        id = f"event-{len(self.events)}"
        self.events.append(RowEvent(Event(id=id, kind=kind.code, at=when, corrects=corrects), ROWS, self.row))
        return id

    @property
    def story(self) -> Story:
        return Story(events=tuple(self.events), people=self.people, facts=self.facts)


@contextmanager
def running(*clocks: Declared, on: list[Example], **seen: str) -> Iterator[Matter]:
    """While inside, the clocks run on the examples, seen as `seen` says."""

    def stories(ids: Collection[UUID]) -> dict[UUID, Story]:
        return {each.id: each.story for each in on if each.id in ids}

    declared = Matter(table=TABLE, clocks=clocks, stories=stories, **seen)
    with patch.dict(matters.gathered(), {TABLE: declared}):
        yield declared


def reckon(example: Example, by: Actor, *, purpose: str = PURPOSE, at: datetime | None = None) -> Any:
    """What reckoning the example's clocks makes different."""
    with acting(actor=by.pk, purpose=purpose):
        return actions.reckon(table=TABLE, row=example.id, by=by, at=at or timezone.now())


def kept(example: Example, by: Actor) -> Clock:
    """The row of the example's one clock, as `by` sees it. Raises Clock.DoesNotExist."""
    with acting(actor=by.pk, purpose=PURPOSE):
        return Clock.objects.get(matter_id=example.id)


def at(text: str) -> datetime:
    """A time of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
