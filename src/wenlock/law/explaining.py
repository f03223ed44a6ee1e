"""Why this date: a reckoning told step by step, in sentences a page can show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from wenlock.base.pages.dates import plain_date, plain_datetime
from wenlock.law.clocks import Clock, EventKind, Limit
from wenlock.law.events import Event
from wenlock.law.reckoning import Interruption, Moment, Reckoning
from wenlock.law.terms import ONE_DAY, Term


def plain(moment: Moment | None) -> str:
    """`5 October 2026`, or `5 October 2026 at 9am` for an instant; nothing for None."""
    return plain_datetime(moment) if isinstance(moment, datetime) else plain_date(moment)


def and_list(words: list[str]) -> str:
    """`one, two and three`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def explain(clock: Clock, reckoning: Reckoning, limit: Limit) -> Iterator[str]:
    """The steps from what began the clock to the day or instant it is due, `limit` being the one that applied."""
    yield f"It began on {plain(_began(reckoning))}, when {_says(clock.starts, reckoning.began)}."
    yield from _term(reckoning, limit)
    yield from _extensions(reckoning)
    for one in reckoning.interruptions:
        yield from _interruption(reckoning, one)
    if reckoning.ends is not None:
        yield from _ends(reckoning, reckoning.ends)
    if reckoning.sooner:
        why = _says(reckoning.rule.sooner_on, reckoning.sooner)
        yield f"It is due sooner, on {plain(reckoning.due)}, when {why}."


def _says(kinds: tuple[EventKind, ...], event: Event) -> str:
    return next(kind.says for kind in kinds if kind.code == event.kind)


def _began(reckoning: Reckoning) -> Moment:
    return reckoning.began.instant if reckoning.rule.is_timed else reckoning.began.day


def _term(reckoning: Reckoning, limit: Limit) -> Iterator[str]:
    rule = reckoning.rule
    by = str(rule.law) if rule.law else "local practice"
    where = and_list([f"{name.replace('_', ' ')} is {value}" for name, value in limit.when])
    yield f"The limit{f', as {where},' if where else ''} is {_first_term(reckoning)}: {by}."
    if rule.until:
        yield f"That is the rule for what began before {plain(rule.until)}."
    if limit.setting and _first_term(reckoning) != limit.within:
        yield f"The authority set that itself; without its setting it would be {limit.within}."


def _first_term(reckoning: Reckoning) -> Term:
    """The term before it was extended."""
    extension, times = reckoning.rule.extension, len(reckoning.extended)
    if not extension or not times:
        return reckoning.term
    return Term(reckoning.term.number - times * extension.by.number, reckoning.term.unit)


def _extensions(reckoning: Reckoning) -> Iterator[str]:
    extension = reckoning.rule.extension
    if extension is None:
        return
    for event in reckoning.extended:
        yield f"It was extended by {extension.by} on {plain(event.day)}, when {extension.granted_by.says}: {extension.law}."
    for event in reckoning.unextended:
        yield (
            f"The extension of {plain(event.day)} lengthens nothing: "
            "it came after the limit had passed, or after the last that is allowed."
        )


def _interruption(reckoning: Reckoning, one: Interruption) -> Iterator[str]:
    """What a pause did; nothing of one that was over before the count began, or began when it was over."""
    counted_from, ends = reckoning.counted_from, reckoning.ends
    last = one.ended.day if one.ended else None
    if one.pause.restarts and one.ended and last == counted_from:
        yield f"It was counted anew from {plain(last)}, when {one.pause.ended_by.says}: {one.pause.law}."
    elif one.ended is None and ends is None:
        yield f"It has stood still since {plain(one.begun.day)}, when {one.pause.begun_by.says}: {one.pause.law}."
    elif last and last > counted_from and ends and one.begun.day <= ends and not one.pause.restarts:
        yield (
            f"It stood still for {_days((last - one.begun.day).days + 1)}, from {plain(one.begun.day)}, when "
            f"{one.pause.begun_by.says}, to {plain(last)}, when {one.pause.ended_by.says}: {one.pause.law}."
        )


def _days(number: int) -> str:
    return f"{number} day{'s' if number > 1 else ''}"


def _ends(reckoning: Reckoning, ends: Moment) -> Iterator[str]:
    rule = reckoning.rule
    first = ", that day being day 1," if rule.first_day_counts else ""
    end = "ends" if reckoning.term.number == 1 else "end"
    yield f"{reckoning.term} from {plain(reckoning.counted_from)}{first} {end} on {plain(ends)}."
    if reckoning.term.unit == "working day" and (holidays := _holidays(reckoning, ends)):
        yield f"Holidays in that time that are not counted: {and_list(holidays)}."
    if rule.rolls and rule.calendar.working_day_from(ends) != ends:
        yield f"{plain(ends)} is not a working day, so it is due on the next, {plain(rule.calendar.working_day_from(ends))}."


def _holidays(reckoning: Reckoning, ends: date) -> list[str]:
    day, found = reckoning.counted_from, []
    while day < ends:
        day += ONE_DAY
        if day.weekday() < 5 and not reckoning.rule.calendar.is_working_day(day):
            found.append(plain(day))
    return found


def about(late: Term) -> str:
    """How late, as somebody would say it: in minutes up to two hours, in hours up to two days, and then in days.

    What is left over is dropped: nobody is helped by 3,361 minutes.
    """
    if late.unit != "minute" or late.number < 120:
        return str(late)
    past = late.number // 60
    return f"{past} hours" if past < 48 else f"{past // 24} days"


def finished(kind: EventKind, day: Moment, late: Term | None) -> str:
    """What stopped the clock, and whether in time."""
    return f"It stopped on {plain(day)}, when {kind.says}, {f'{about(late)} late' if late else 'in time'}."
