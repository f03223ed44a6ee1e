"""The reference page of clocks, written from their declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from wenlock.base.pages.dates import plain_date
from wenlock.law.calendars import CALENDARS, ENGLAND, Calendar
from wenlock.law.clocks import MARKS, Clock, EventKind, Limit, Rule
from wenlock.law.explaining import and_list
from wenlock.law.instruments import Provision

OPENING = """\
# Clocks

Every time limit Wenlock keeps, from its declaration in `src/wenlock/law`. Written by `wenlock reference`: change the
declaration, not this page.

The day a clock starts is day 0 and is not counted, unless its rule says that it is day 1. A day it is due is in time until
midnight in London; a limit in minutes or hours is due at an instant, and runs through nights and weekends. Weeks and months
are of the calendar: a month ends on the matching date or, where there is none, on the last day of the month. A clock is
satisfied by nothing but the events it names.
"""
COLUMNS = ("What began", "Limit", "Law", "Mark", "How it is counted")


def as_markdown(clocks: Iterable[Clock]) -> str:
    """The page for the clocks, service by service in the order given."""
    lines = [
        OPENING,
        *_table(("Mark", "How the rule was checked"), ([mark, says] for mark, says in MARKS.items())),
    ]
    for service, group in groupby(clocks, key=lambda clock: clock.service):
        lines += ["", f"## {service.capitalize()}"]
        for clock in group:
            lines += ["", *_clock(clock)]
    lines += ["", "## Working days", "", *_calendars(CALENDARS)]
    return "\n".join(lines) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def _clock(clock: Clock) -> Iterator[str]:
    yield f"### {clock.name}"
    yield ""
    yield f"`{clock.code}`"
    yield ""
    yield f"- Starts when {_any(clock.starts)}."
    yield f"- Satisfied only when {_any(clock.satisfied_by)}."
    if clock.ended_by:
        yield f"- Ends unsatisfied when {_any(clock.ended_by)}."
    yield ""
    yield from _table(COLUMNS, (_rule(rule) for rule in clock.rules))


def _any(kinds: tuple[EventKind, ...]) -> str:
    return ", or ".join(f"{kind.says} (`{kind.code}`)" for kind in kinds)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"from {plain_date(rule.since)}" + (f" until {plain_date(rule.until)}" if rule.until else "")
    yield "; ".join(_limit(limit, alone=len(rule.limits) == 1) for limit in rule.limits)
    yield _link(rule.law) if rule.law else "none: local practice"
    yield "/".join(rule.marks)
    yield " ".join(_how(rule))


def _limit(limit: Limit, *, alone: bool) -> str:
    setting = limit.setting
    may = f" (`{setting.code}`: the authority may set {setting.least} to {setting.most})" if setting else ""
    where = and_list([f"{name.replace('_', ' ')} is {value}" for name, value in limit.when])
    otherwise = "" if where or alone else " otherwise"
    return f"{limit.within}{f' where {where}' if where else otherwise}{may}"


def _link(law: Provision) -> str:
    return f"[{law}]({law.link})"


def _how(rule: Rule) -> Iterator[str]:
    """Sentences for everything in the rule that is out of the ordinary."""
    units = {term.unit for term in (rule.warn, *(limit.within for limit in rule.limits)) if term}
    if rule.rolls or "working day" in units or rule.calendar is not ENGLAND:
        yield f"Working days of {rule.calendar.name}."
    if rule.first_day_counts:
        yield "The day it starts is day 1."
    if rule.rolls:
        yield "If the last day is not a working day, it is due on the next that is."
    if rule.sooner_on:
        yield f"Due sooner when {_any(rule.sooner_on)}."
    for pause in rule.pauses:
        does = (
            "counted anew from the day" if pause.restarts else "both days and those between left out, until"
        )
        until = f"{does} {_any((pause.ended_by,))}"
        yield f"When {_any((pause.begun_by,))}: {until}; {_source(pause.law, pause.marks)}."
    if extension := rule.extension:
        times = "once" if extension.at_most == 1 else f"up to {extension.at_most} times"
        yield (
            f"Longer by {extension.by}, {times}, when before it is due {_any((extension.granted_by,))}; "
            f"{_source(extension.law, extension.marks)}."
        )
    if excuse := rule.excuse:
        yield (
            f"Being late may be excused where {_any((excuse.asked,))} about a closure of {excuse.closed_for} or longer; "
            f"{_source(excuse.law, excuse.marks)}."
        )
    if rule.warn:
        yield f"Warns {rule.warn} before."
    if rule.remark:
        yield rule.remark


def _source(law: Provision, marks: Iterable[str]) -> str:
    return f"{_link(law)}, {'/'.join(marks)}"


def _calendars(calendars: Iterable[Calendar]) -> Iterator[str]:
    rows = ([one.name, one.says, one.mark, f"{one.first} to {one.last}"] for one in calendars)
    yield from _table(("Working days of", "Meaning", "Mark", "Years known"), rows)
