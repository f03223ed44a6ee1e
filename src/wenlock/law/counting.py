"""Counting days: the last day of a term, past holidays and days on which the clock stood still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from wenlock.law.calendars import Calendar
from wenlock.law.terms import ONE_DAY, Term, matching_date


@dataclass(frozen=True)
class Standstill:
    """Days that do not count, from `first` to `last`, both included; a `last` of None means that it goes on."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether the clock stood still on the day."""
        return self.first <= day and (self.last is None or day <= self.last)


def last_day(
    term: Term,
    *,
    began_on: date,
    calendar: Calendar,
    first_day_counts: bool = False,
    standstills: tuple[Standstill, ...] = (),
) -> date | None:
    """The last day of a term in days, weeks or months; None while the clock stands still and days remain.

    `began_on` is day 0, or day 1 where the first day counts. A standstill that begins after the term has run out
    lengthens nothing. Raises CalendarEnds where working days are counted beyond the years the calendar knows.
    """
    day = began_on - ONE_DAY if first_day_counts else began_on
    remaining = _how_many(term, began_on=began_on, after=day, first_day_counts=first_day_counts)
    while remaining:
        day += ONE_DAY
        still = [one for one in standstills if one.covers(day)]
        if any(one.last is None for one in still):
            return None
        if not still and (term.unit != "working day" or calendar.is_working_day(day)):
            remaining -= 1
    return day


def _how_many(term: Term, *, began_on: date, after: date, first_day_counts: bool) -> int:
    """How many days of its kind the term is, when it begins that day."""
    if term.unit == "working day":
        return term.number
    if term.unit != "month":
        return term.length.days
    ends = matching_date(began_on, term.number)
    if first_day_counts and ends.day == began_on.day:
        ends -= ONE_DAY  # a month that begins with the 10th ends with the 9th
    return (ends - after).days


def days_before(day: date, term: Term | None, calendar: Calendar) -> date:
    """The day so many working days, calendar days or weeks before `day`; `day` itself for None."""
    if term is None:
        return day
    if term.unit == "working day":
        return calendar.working_day_after(day, -term.number)
    return day - timedelta(days=term.length.days)
