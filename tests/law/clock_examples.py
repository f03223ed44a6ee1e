"""Short ways to write the events of a worked example."""

from datetime import date, datetime
from itertools import count

from wenlock.law.calendars import LONDON
from wenlock.law.clocks import Clock, EventKind
from wenlock.law.events import Event
from wenlock.law.running import Reading, run

NUMBERS = count()
LONG_AGO = datetime(2020, 1, 1, tzinfo=LONDON)


def happened(kind: EventKind, when: str, *, id: str = "", corrects: str | None = None) -> Event:
    """An event on a day ("2026-09-03"), or at a time by London's clock ("2026-09-03 14:30")."""
    name = id or f"event-{next(NUMBERS)}"
    if len(when) == 10:
        return Event(id=name, kind=kind.code, on=date.fromisoformat(when), corrects=corrects)
    at = datetime.fromisoformat(when)
    return Event(
        id=name, kind=kind.code, at=at if at.tzinfo else at.replace(tzinfo=LONDON), corrects=corrects
    )


def read(clock: Clock, *events: Event, at: str = "", **more: object) -> Reading:
    """What the clock reads at that time of London's, or before anything could be late."""
    now = datetime.fromisoformat(at).replace(tzinfo=LONDON) if at else LONG_AGO
    return run(clock, events, at=now, **more)  # type: ignore[arg-type]


def due(clock: Clock, *events: Event, **more: object) -> str:
    """The day it is due, or the time by London's clock with its offset."""
    found = read(clock, *events, **more).due
    return found.isoformat(sep=" ", timespec="minutes") if isinstance(found, datetime) else str(found)


def kinds_of(clock: Clock) -> list[EventKind]:
    """Every kind of event that moves the clock."""
    kinds = [*clock.starts, *clock.satisfied_by, *clock.ended_by]
    for rule in clock.rules:
        kinds += rule.sooner_on
        kinds += [kind for pause in rule.pauses for kind in (pause.begun_by, pause.ended_by)]
        kinds += [rule.extension.granted_by] if rule.extension else []
        kinds += [rule.excuse.asked] if rule.excuse else []
    return kinds
