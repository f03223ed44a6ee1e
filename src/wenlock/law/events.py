"""Events that clocks run on, and which of them stand once corrections are taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from wenlock.law.calendars import LONDON


class EventsContradict(ValueError):
    """Two events claim one id, or correct the same event, or correct each other: no reading of them is safe."""


class UntimedEvent(ValueError):
    """A clock of hours met an event of which only the day is known."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened, at an aware instant (`at`, kept in UTC) or on a day of which no more is known (`on`).

    `corrects` is the id of the event this one replaces. To strike an event out, correct it with one of a kind no clock
    knows. Raises ValueError unless it has one of `at` and `on`, and `at` a time zone.
    """

    id: str
    kind: str
    at: datetime | None = None
    on: date | None = None
    corrects: str | None = None

    def __post_init__(self) -> None:
        if (self.at is None) == (self.on is None):
            raise ValueError("An event happened at an instant or on a day: say one of them.")
        if self.at is not None:
            if self.at.tzinfo is None:
                raise ValueError("An instant must say its time zone.")
            # Two instants on London's clock compare by its hands, which on one night a year show an hour twice.
            object.__setattr__(self, "at", self.at.astimezone(UTC))

    @property
    def day(self) -> date:
        """The day it happened, in London."""
        if self.at is not None:
            return self.at.astimezone(LONDON).date()
        assert self.on is not None
        return self.on

    @property
    def instant(self) -> datetime:
        """When it happened, on London's clock. Raises UntimedEvent when only the day is known."""
        if self.at is None:
            raise UntimedEvent(
                f"Only the day of {self.id} ({self.kind}) is known; this clock needs its time."
            )
        return self.at.astimezone(LONDON)

    @property
    def place(self) -> tuple[date, datetime, str]:
        """Its place in the order of events. One known only by its day comes first of that day."""
        midnight = datetime.combine(self.day, time(), LONDON)
        return self.day, self.at or midnight.astimezone(UTC), self.id

    def is_before(self, other: Event) -> bool:
        """Whether it is known to have happened earlier: by instant if both have one, otherwise by day."""
        if self.at is not None and other.at is not None:
            return self.at < other.at
        return self.day < other.day


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that stand, in order, each corrected one replaced by the last correction of it.

    The order and repetition of `events` make no difference. Raises EventsContradict.
    """
    given = set(events)
    known = {event.id: event for event in given}
    if len(known) < len(given):
        raise EventsContradict("Two different events have one id.")
    corrected = Counter(event.corrects for event in given if event.corrects)
    if any(times > 1 for times in corrected.values()):
        raise EventsContradict("One event is corrected by two others: correct the correction instead.")
    stands = [event for event in given if event.id not in corrected]
    if sum(len(_history(event, known)) for event in stands) < len(given):
        raise EventsContradict("Events correct one another in a ring.")
    return tuple(sorted(stands, key=lambda event: event.place))


def _history(event: Event, known: dict[str, Event]) -> list[Event]:
    """The event and, one behind another, those it replaced."""
    history = [event]
    while (replaced := known.get(history[-1].corrects or "")) is not None:
        history.append(replaced)
    return history
