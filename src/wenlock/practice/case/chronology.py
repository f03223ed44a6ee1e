"""What happened to a child, in the words of each service, in one shape that a page can put in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from wenlock.law.calendars import LONDON


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened: on a day, or at an instant where the time is known. `strong` must not be missed.

    `turning` points are drawn on the picture; the rest are told in the list alone.
    """

    title: str
    on: date
    at: datetime | None = None
    text: str = ""
    by: str = ""
    tag: str = ""
    tone: str = "ended"
    strong: bool = False
    turning: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a child stands: in plain words, and since when (None where a file did not say). `urgent`: under protection."""

    says: str
    since: date | None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Lasted:
    """Something that lasted, [began_on, ended_on); `ended_on` is None while it lasts."""

    lane: str
    label: str
    began_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Chronology:
    """What one service knows happened. `undated` counts what came in without a day, and cannot be placed."""

    happened: tuple[Happened, ...] = ()
    lasted: tuple[Lasted, ...] = ()
    undated: int = 0


def together(parts: Iterable[Chronology]) -> Chronology:
    """All the parts as one, the newest first; of one day, what the parts tell later comes first."""
    parts = tuple(parts)
    happened = [one for part in reversed(parts) for one in reversed(part.happened)]
    return Chronology(
        happened=tuple(sorted(happened, key=_newest, reverse=True)),
        lasted=tuple(one for part in parts for one in part.lasted),
        undated=sum(part.undated for part in parts),
    )


def _newest(one: Happened) -> tuple[date, float]:
    # A thing known only by its day comes before those of the day whose time is known.
    return (one.at.astimezone(LONDON).date(), one.at.timestamp()) if one.at else (one.on, 0.0)
