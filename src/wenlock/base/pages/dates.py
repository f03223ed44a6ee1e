"""Days and moments in plain English, and days of which only a part is known.

Style: https://www.gov.uk/guidance/style-guide/a-to-z#dates and #times.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import total_ordering
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = tuple(calendar.month_name)[1:]
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day as far as it is known: a year, a month of a year, or a whole day.

    `month` and `day` are None when not known. Ordered by the first day it may be, a vaguer date before a
    fuller one. Raises ValueError for a day without a month, or a day that never was.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("A day is known only with its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """The date written as `2016`, `2016-03` or `2016-03-03`. Raises ValueError for anything else."""
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(f"Not a whole or partial date: {text!r}")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @property
    def begins_on(self) -> date:
        """The first day it may be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def ends_on(self) -> date:
        """The day after the last day it may be."""
        if self.day is not None:
            return self.begins_on + timedelta(days=1)
        if self.month is None:
            return date(self.year + 1, 1, 1)
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)

    @property
    def whole(self) -> date | None:
        """The day itself when all of it is known, otherwise None."""
        return self.begins_on if self.day is not None else None

    def isoformat(self) -> str:
        """As much of `2016-03-03` as is known."""
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}" + (f"-{self.day:02}" if self.day else "")

    def __lt__(self, other: "PartialDate") -> bool:
        return self.isoformat() < other.isoformat()

    def __str__(self) -> str:
        words = (self.day, self.month and MONTHS[self.month - 1], self.year)
        return " ".join(str(word) for word in words if word)


def plain_date(value: date | datetime | PartialDate | None) -> str:
    """`3 March 2026`, or nothing for None. An instant gives its day in London.

    Raises ValueError for an instant without a time zone.
    """
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return str(value)
    day = in_london(value) if isinstance(value, datetime) else value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def plain_time(value: datetime | None) -> str:
    """`2:05pm`, `2pm`, `midday` or `midnight` in London, or nothing for None."""
    if value is None:
        return ""
    local = in_london(value)
    if local.minute == 0 and local.hour % 12 == 0:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def plain_datetime(value: datetime | None) -> str:
    """`3 March 2026 at 2:05pm` in London, or nothing for None."""
    return f"{plain_date(value)} at {plain_time(value)}" if value else ""


def short_date(value: date | datetime | PartialDate | None) -> str:
    """`3 Mar 2026`, for a table column. Nothing for None."""
    words = plain_date(value).split(" ")
    return " ".join(word[:3] if word in MONTHS else word for word in words)


def iso(value: date | datetime | PartialDate) -> str:
    """The value as the `datetime` attribute of a `<time>` element wants it."""
    return value.isoformat()


def in_london(value: datetime) -> datetime:
    """The instant on London's clock. Raises ValueError when it has no time zone."""
    if value.tzinfo is None:
        raise ValueError("An instant must say its time zone")
    return value.astimezone(LONDON)
