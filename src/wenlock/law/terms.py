"""Terms: so many minutes, hours, working days, calendar days, weeks or months, and the day a month ends on."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["minute", "hour", "working day", "calendar day", "week", "month"]

ONE_DAY = timedelta(days=1)
_LENGTHS: dict[Unit, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "calendar day": ONE_DAY,
    "week": timedelta(weeks=1),
}


@dataclass(frozen=True)
class Term:
    """A length of time as a rule words it, at least one of `unit`. A week is seven calendar days; a month runs to
    its matching date."""

    number: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"A term is at least one {self.unit}.")

    @property
    def is_timed(self) -> bool:
        """Whether it is told by the hands of a clock, so that what is due falls at an instant and not on a day."""
        return self.unit in ("minute", "hour")

    @property
    def length(self) -> timedelta:
        """How long it lasts wherever it begins. Raises ValueError for working days and months, which vary."""
        if self.unit not in _LENGTHS:
            raise ValueError(f"How long {self} last depends on when they begin.")
        return self.number * _LENGTHS[self.unit]

    def __add__(self, other: Term) -> Term:
        if other.unit != self.unit:
            raise ValueError(f"{other} cannot be added to {self}.")
        return Term(self.number + other.number, self.unit)

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'s' if self.number > 1 else ''}"


def minutes(number: int) -> Term:
    """So many minutes by the clock, weekends and nights included."""
    return Term(number, "minute")


def hours(number: int) -> Term:
    """So many hours by the clock, weekends and nights included."""
    return Term(number, "hour")


def working_days(number: int) -> Term:
    """So many working days of the rule's calendar."""
    return Term(number, "working day")


def calendar_days(number: int) -> Term:
    """So many days, working or not."""
    return Term(number, "calendar day")


def weeks(number: int) -> Term:
    """So many periods of seven calendar days."""
    return Term(number, "week")


def months(number: int) -> Term:
    """So many calendar months, by the matching date."""
    return Term(number, "month")


def matching_date(day: date, number: int) -> date:
    """The day of that number `number` months on, or the last day of a month that has no such day.

    One month from 31 January is 28 February, or 29 in a leap year.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
