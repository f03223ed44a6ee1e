"""Clocks as the law fixes them: what starts one, how long it runs, and what alone stops it. Values, not branches.

What a declared clock reads for the events of one child is `running.run`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wenlock.law import instruments
from wenlock.law.calendars import ENGLAND, Calendar
from wenlock.law.instruments import Provision
from wenlock.law.terms import Term, Unit

Fact = str | int | bool | None
Mark = Literal["V", "S", "K", "U", "L"]

MARKS: dict[Mark, str] = dict(instruments.MARKS.items())
MARKS["L"] = "local practice: no national rule, and the authority sets it"
WARNINGS: dict[bool, tuple[Unit, ...]] = {
    True: ("minute", "hour"),
    False: ("working day", "calendar day", "week"),
}


class ClockMisdeclared(ValueError):
    """A declaration contradicts itself; the sentence says how."""


class NoRuleThen(LookupError):
    """A clock was begun on a day for which no version of its rule is declared."""


class SettingRefused(ValueError):
    """An authority's own term lies outside what the declaration allows."""


@dataclass(frozen=True)
class EventKind:
    """Something that happens and moves a clock: its code, and the words that follow "when" ("the child died")."""

    code: str
    says: str


@dataclass(frozen=True)
class Setting:
    """What an authority may decide for itself: a number between `least` and `most`, in the unit of the term."""

    code: str
    least: int
    most: int

    def allowed(self, number: int) -> int:
        """The number, when it is one the authority may set. Raises SettingRefused."""
        if not self.least <= number <= self.most:
            raise SettingRefused(f"{self.code} may be set from {self.least} to {self.most}, not to {number}.")
        return number


@dataclass(frozen=True)
class Limit:
    """How long is allowed where every fact of `when` is so; with none, always. `setting` lets an authority differ."""

    within: Term
    when: tuple[tuple[str, Fact], ...] = ()
    setting: Setting | None = None

    def applies(self, facts: Mapping[str, Fact]) -> bool:
        """Whether every fact it depends on is so. A fact nobody has recorded is not so."""
        return all(name in facts and facts[name] == value for name, value in self.when)


@dataclass(frozen=True, kw_only=True)
class Pause:
    """The clock stands still from the day of `begun_by` to the day of `ended_by`, and neither day counts.

    Where it `restarts`, the term is instead counted anew from the day of `ended_by`. One `ended_by` ends every pause
    of its kind then open: where it is doubtful which question was answered, the date errs on the sooner side.
    """

    begun_by: EventKind
    ended_by: EventKind
    restarts: bool = False
    law: Provision
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A longer term, from the clock's own start, if `granted_by` happens no later than the term it lengthens."""

    granted_by: EventKind
    by: Term
    at_most: int = 1
    law: Provision
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Excuse:
    """Why being late may be lawful: `asked` of a school that closed for `closed_for` or longer.

    It counts where the asking fell from one week before the school closed to one week before it opened again. The day
    it is due does not move: whether it was impractical to be in time is for a person to say.
    """

    asked: EventKind
    closed_for: Term
    law: Provision
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One version of a clock's rule, for whatever began in [since, until); an `until` of None means it still stands.

    `limits`: the first that applies is the term; the last always applies.
    `law`: None for local practice. `marks`: how the term was checked, MARKS.
    `calendar`: whose working days are counted, rolled to and shown.
    `first_day_counts`: the day it began is day 1; otherwise it is day 0.
    `rolls`: where the last day is not a working day, it is due on the next that is.
    `sooner_on`: the first of these, if earlier, is when it is due.
    `warn`: how long before the last day to warn, counted from before any roll; None warns on the day due.
    `remark`: what a reader should know of doubt or choice in the rule.
    """

    since: date
    until: date | None = None
    limits: tuple[Limit, ...]
    law: Provision | None
    marks: tuple[Mark, ...]
    calendar: Calendar = ENGLAND
    first_day_counts: bool = False
    rolls: bool = False
    sooner_on: tuple[EventKind, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    excuse: Excuse | None = None
    warn: Term | None = None
    remark: str = ""

    def __post_init__(self) -> None:
        if not self.limits or self.limits[-1].when:
            raise ClockMisdeclared("The last limit of a rule applies whatever the facts.")
        if self.is_timed and (self.pauses or self.rolls or self.first_day_counts or self.sooner_on):
            raise ClockMisdeclared("A rule in hours runs through nights and weekends, and counts no days.")
        if any(limit.within.is_timed != self.is_timed for limit in self.limits):
            raise ClockMisdeclared("The limits of a rule are all timed or all in days.")
        if self.extension and any(limit.within.unit != self.extension.by.unit for limit in self.limits):
            raise ClockMisdeclared("An extension is in the unit of the term it lengthens.")
        if self.warn and self.warn.unit not in WARNINGS[self.is_timed]:
            raise ClockMisdeclared("A warning is given in hours for hours, and in days or weeks for days.")

    @property
    def is_timed(self) -> bool:
        """Whether it is due at an instant; otherwise it is due on a day."""
        return self.limits[-1].within.is_timed

    @property
    def is_local(self) -> bool:
        """Whether it is the authority's own practice, with no provision behind it."""
        return self.law is None

    def applies(self, on: date) -> bool:
        """Whether it is the rule for what begins that day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time limit: `code`, plain-English `name`, the `service` it is for, and the versions of its `rules` by date.

    The first event of a kind in `starts` begins it. Only a later event of a kind in `satisfied_by` (or of the same
    moment) satisfies it. One of a kind in `ended_by` ends it unsatisfied: there is nothing left to be done in time.
    """

    code: str
    name: str
    service: str
    starts: tuple[EventKind, ...]
    satisfied_by: tuple[EventKind, ...]
    ended_by: tuple[EventKind, ...] = ()
    rules: tuple[Rule, ...]

    def rule_for(self, day: date) -> Rule:
        """The version of the rule for what began that day. Raises NoRuleThen."""
        for rule in self.rules:
            if rule.applies(day):
                return rule
        raise NoRuleThen(f"No version of “{self.name}” is declared for {day.isoformat()}.")
