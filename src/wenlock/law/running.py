"""What a clock reads: a pure function of its declaration, the events, the facts, the authority's settings and the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from wenlock.law.clocks import Clock, EventKind, Fact, Limit, Rule
from wenlock.law.events import Event, standing
from wenlock.law.explaining import about, explain, finished, plain
from wenlock.law.reckoning import Moment, Reckoning, lateness, of_kinds, reckon
from wenlock.law.terms import Term, weeks

State = Literal["not started", "running", "paused", "late", "satisfied", "ended"]
OPEN: tuple[State, ...] = ("running", "paused", "late")


@dataclass(frozen=True)
class Closure:
    """A school shut from `closed_on` until `reopens_on`, the day it opens again."""

    closed_on: date
    reopens_on: date


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a clock reads.

    `due` is a day in London, in time until its last moment, or an aware instant on London's clock, in time until that
    instant inclusive; None while the clock stands still or has not begun. `started_at` and `warn_at` are of the same
    kind. `started_by`, `satisfied_by` and `ended_by` are ids of events. `breached_by` is how long after `due` it was
    satisfied or ended, or has been left open: whole minutes, or calendar days. `excuses` are reasons for which being
    late may be lawful, for a person to weigh. `because` tells each step to the date, in order.
    """

    clock: str
    state: State
    rule: Rule | None = None
    started_by: str | None = None
    started_at: Moment | None = None
    due: Moment | None = None
    warn_at: Moment | None = None
    satisfied_by: str | None = None
    ended_by: str | None = None
    breached_by: Term | None = None
    excuses: tuple[str, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN


@dataclass(frozen=True)
class _Finish:
    event: Event
    kind: EventKind
    satisfies: bool


def run(
    clock: Clock,
    events: Iterable[Event],
    *,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
    settings: Mapping[str, int] | None = None,
    closures: Iterable[Closure] = (),
) -> Reading:
    """Read the clock for the events of one matter, as things stand at the aware instant `at`.

    `events` may come in any order and hold events the clock ignores; those corrected are replaced. Where several could
    start it the first does, so for a clock that comes round again give only the events since the turn in question.
    `facts` decide the branch, `settings` are the authority's own numbers by code, `closures` those of the child's
    school. Raises NoRuleThen, SettingRefused, EventsContradict, UntimedEvent, and CalendarEnds for a year whose
    holidays are not known.
    """
    story = standing(events)
    began = next(iter(of_kinds(story, clock.starts)), None)
    if began is None:
        return Reading(clock=clock.code, state="not started", because=("Nothing has started it.",))
    rule = clock.rule_for(began.day)
    limit = next(limit for limit in rule.limits if limit.applies(facts or {}))
    reckoning = reckon(rule, _allowed(limit, settings or {}), began=began, story=story)
    finish = _finish(clock, story, began)
    late = lateness(finish.event if finish else Event(id="", kind="", at=at), reckoning.due)
    return Reading(
        clock=clock.code,
        state=_state(finish, reckoning.due, late),
        rule=rule,
        started_by=began.id,
        started_at=_moment(rule, began),
        due=reckoning.due,
        warn_at=reckoning.warn_at,
        satisfied_by=finish.event.id if finish and finish.satisfies else None,
        ended_by=finish.event.id if finish and not finish.satisfies else None,
        breached_by=late,
        excuses=tuple(_excuses(rule, story, closures)),
        because=(*explain(clock, reckoning, limit), *_outcome(reckoning, finish, late)),
    )


def _allowed(limit: Limit, settings: Mapping[str, int]) -> Term:
    """The term, or the authority's own in its place. Raises SettingRefused."""
    if limit.setting is None or limit.setting.code not in settings:
        return limit.within
    return Term(limit.setting.allowed(settings[limit.setting.code]), limit.within.unit)


def _finish(clock: Clock, story: tuple[Event, ...], began: Event) -> _Finish | None:
    """The first event that stops the clock; of two at one moment, the one that satisfies it."""
    satisfies = {kind.code for kind in clock.satisfied_by}
    kinds = {kind.code: kind for kind in (*clock.ended_by, *clock.satisfied_by)}
    stops = [
        _Finish(event, kinds[event.kind], event.kind in satisfies)
        for event in of_kinds(story, kinds.values())
        if event.id != began.id and not event.is_before(began)
    ]
    return min(
        stops, key=lambda stop: (stop.event.place[:2], not stop.satisfies, stop.event.id), default=None
    )


def _state(finish: _Finish | None, due: Moment | None, late: Term | None) -> State:
    if finish:
        return "satisfied" if finish.satisfies else "ended"
    if due is None:
        return "paused"
    return "late" if late else "running"


def _moment(rule: Rule, event: Event) -> Moment:
    return event.instant if rule.is_timed else event.day


def _outcome(reckoning: Reckoning, finish: _Finish | None, late: Term | None) -> Iterator[str]:
    if finish:
        yield finished(finish.kind, _moment(reckoning.rule, finish.event), late)
    elif late:
        yield f"It is {about(late)} late."


def _excuses(rule: Rule, story: tuple[Event, ...], closures: Iterable[Closure]) -> Iterator[str]:
    """Long closures of the school about the time it was asked."""
    excuse = rule.excuse
    if excuse is None:
        return
    around = weeks(1).length
    for closure in sorted(closures, key=lambda one: one.closed_on):
        long = closure.reopens_on - closure.closed_on >= excuse.closed_for.length
        asked = any(
            closure.closed_on - around <= event.day <= closure.reopens_on - around
            for event in of_kinds(story, [excuse.asked])
        )
        if long and asked:
            yield (
                f"The school was closed from {plain(closure.closed_on)} and opens again on "
                f"{plain(closure.reopens_on)}, and {excuse.asked.says} about then: {excuse.law}."
            )
