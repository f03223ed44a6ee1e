"""Reckoning when a clock is due: one version of a rule, one term, and the events that stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from wenlock.law.calendars import LONDON
from wenlock.law.clocks import EventKind, Pause, Rule
from wenlock.law.counting import Standstill, days_before, last_day
from wenlock.law.events import Event
from wenlock.law.terms import Term, calendar_days, minutes

Moment = date | datetime  # a day in London, or an instant on London's clock


@dataclass(frozen=True)
class Interruption:
    """One pause as it happened: the event that began it and, if it is over, the event that ended it."""

    pause: Pause
    begun: Event
    ended: Event | None

    @property
    def standstill(self) -> Standstill:
        """The days it covers."""
        return Standstill(self.begun.day, self.ended.day if self.ended else None)


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """How a due date was arrived at.

    `counted_from` is day 0 (day 1 where the first day counts), after any restart; `ends` is the end of the term before
    it rolls to a working day. `due` is None while the clock stands still. A day is in time until its last moment, an
    instant until that instant inclusive. `unextended` are extensions that came too late, or beyond those allowed.
    """

    rule: Rule
    term: Term
    began: Event
    interruptions: tuple[Interruption, ...]
    counted_from: Moment
    ends: Moment | None
    due: Moment | None
    extended: tuple[Event, ...] = ()
    unextended: tuple[Event, ...] = ()
    sooner: Event | None = None

    @property
    def warn_at(self) -> Moment | None:
        """When to warn; a day is never before the one it was counted from. None while the clock stands still."""
        if self.due is None:
            return None
        if isinstance(self.due, datetime):
            return _after(self.due, -self.rule.warn.length) if self.rule.warn else self.due
        last = self.due if self.ends is None else min(self.due, self.ends)
        return max(days_before(last, self.rule.warn, self.rule.calendar), self.counted_from)


def reckon(rule: Rule, term: Term, *, began: Event, story: tuple[Event, ...]) -> Reckoning:
    """Reckon when what `began` under `rule` is due, `term` being its term before any extension.

    `story` is the events that stand, in order. Raises CalendarEnds, and UntimedEvent for a rule in hours.
    """
    found = _interruptions(rule, story)
    reckoning = _reckoned(rule, term, began, found)
    for event in of_kinds(story, [rule.extension.granted_by] if rule.extension else []):
        reckoning = _extended(reckoning, event)
    return _brought_forward(reckoning, story)


def of_kinds(story: Iterable[Event], kinds: Iterable[EventKind]) -> list[Event]:
    """The events of any of the kinds, in order."""
    codes = {kind.code for kind in kinds}
    return [event for event in story if event.kind in codes]


def lateness(event: Event, due: Moment | None) -> Term | None:
    """How long after `due` the event was: whole minutes, begun ones counted, or calendar days; None if in time.

    Raises UntimedEvent.
    """
    if due is None:
        return None
    if isinstance(due, datetime):
        late = -((due.astimezone(UTC) - event.instant.astimezone(UTC)) // timedelta(minutes=1))
        return minutes(late) if late > 0 else None
    late = (event.day - due).days
    return calendar_days(late) if late > 0 else None


def _after(instant: datetime, length: timedelta) -> datetime:
    """So much time later, on London's clock, whose hands may have been put on or back meanwhile."""
    return (instant.astimezone(UTC) + length).astimezone(LONDON)


def _interruptions(rule: Rule, story: tuple[Event, ...]) -> tuple[Interruption, ...]:
    """Every pause that happened, each ended by the first event after it that can end it."""
    found = []
    for pause in rule.pauses:
        ends = of_kinds(story, [pause.ended_by])
        for begun in of_kinds(story, [pause.begun_by]):
            ended = next((event for event in ends if not event.is_before(begun)), None)
            found.append(Interruption(pause, begun, ended))
    return tuple(sorted(found, key=lambda one: one.begun.place))


def _reckoned(rule: Rule, term: Term, began: Event, found: tuple[Interruption, ...]) -> Reckoning:
    """The term, without what may lengthen it or bring it forward."""
    counted_from, ends = _timed(term, began) if rule.is_timed else _counted(rule, term, began, found)
    return Reckoning(
        rule=rule,
        term=term,
        began=began,
        interruptions=found,
        counted_from=counted_from,
        ends=ends,
        due=rule.calendar.working_day_from(ends) if rule.rolls and ends else ends,
    )


def _timed(term: Term, began: Event) -> tuple[datetime, datetime]:
    return began.instant, _after(began.instant, term.length)


def _counted(
    rule: Rule, term: Term, began: Event, found: tuple[Interruption, ...]
) -> tuple[date, date | None]:
    """The day counted from, anew after each pause that restarts the term, and the last day of the term."""
    day, ends = began.day, _ends(rule, term, began.day, found)
    for one in (one for one in found if one.pause.restarts):
        if ends is not None and one.begun.day > ends:
            continue
        if one.ended is None:
            return day, None
        day = max(day, one.ended.day)
        ends = _ends(rule, term, day, found)
    return day, ends


def _ends(rule: Rule, term: Term, day: date, found: tuple[Interruption, ...]) -> date | None:
    return last_day(
        term,
        began_on=day,
        calendar=rule.calendar,
        first_day_counts=rule.first_day_counts,
        standstills=tuple(one.standstill for one in found if not one.pause.restarts),
    )


def _extended(reckoning: Reckoning, event: Event) -> Reckoning:
    """The reckoning with the extension, if there is one left to give and it came in time."""
    extension = reckoning.rule.extension
    assert extension is not None
    if len(reckoning.extended) == extension.at_most or lateness(event, reckoning.due):
        return replace(reckoning, unextended=(*reckoning.unextended, event))
    longer = _reckoned(
        reckoning.rule, reckoning.term + extension.by, reckoning.began, reckoning.interruptions
    )
    return replace(longer, extended=(*reckoning.extended, event))


def _brought_forward(reckoning: Reckoning, story: tuple[Event, ...]) -> Reckoning:
    """The reckoning due on the day of the first event that makes it due sooner, if that is sooner."""
    for event in of_kinds(story, reckoning.rule.sooner_on):
        if not event.is_before(reckoning.began):
            sooner = reckoning.due is None or event.day < reckoning.due
            return replace(reckoning, due=event.day, sooner=event) if sooner else reckoning
    return reckoning
