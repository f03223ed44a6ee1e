"""What a clock reads, as it is kept in a row, and a row as what the clock read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from wenlock.clocks import codes, local
from wenlock.clocks.matters import Story
from wenlock.clocks.models import Clock
from wenlock.law.calendars import LONDON, CalendarEnds
from wenlock.law.clocks import Clock as Declared
from wenlock.law.clocks import NoRuleThen, SettingRefused
from wenlock.law.events import EventsContradict, UntimedEvent
from wenlock.law.reckoning import Moment
from wenlock.law.running import Reading, run

# What is kept says nothing of now: before any clock began, none is late. Lateness is asked of a row when it is shown.
BEFORE_ANY = datetime(2000, 1, 1, tzinfo=UTC)
UNRECKONABLE = (CalendarEnds, NoRuleThen, SettingRefused, EventsContradict, UntimedEvent)
BLANK: dict[str, Any] = {
    "is_timed": False, "started_at": None, "due_at": None, "warn_at": None, "rule_since": None, "settings": {},
    "finished_kind": "", "finished_table": "", "finished_id": None, "finished_at": None,
}  # fmt: skip


def read(declared: Declared, story: Story) -> tuple[Reading, dict[str, int]]:
    """What the clock reads, whatever the time, and the authority's own settings that were used.

    What cannot be reckoned reads as standing still, and says why: an act about a child is never refused for it.
    """
    events = [each.event for each in story.events]
    common: dict[str, Any] = {"at": BEFORE_ANY, "facts": story.facts, "closures": story.closures}
    try:
        reading = run(declared, events, **common)
        used = _settings(reading)
        return (run(declared, events, settings=used, **common) if used else reading), used
    except UNRECKONABLE as error:
        return Reading(clock=declared.code, state="paused", because=(f"It cannot be reckoned. {error}",)), {}


def columns(reading: Reading, story: Story, settings: Mapping[str, int]) -> dict[str, Any]:
    """The columns of a row that keeps the reading, but for when it was reckoned."""
    kept = BLANK | {"state": _state(reading), "because": list(reading.because), "settings": dict(settings)}
    if reading.rule is not None:
        kept |= {
            "is_timed": reading.rule.is_timed,
            "started_at": first_moment(reading.started_at),
            "due_at": last_moment(reading.due),
            "warn_at": first_moment(reading.warn_at),
            "rule_since": reading.rule.since,
        }
    return kept | _finish(reading, story)


def reading_of(row: Clock) -> Reading:
    """As much of what the clock read as a row keeps: enough to say how it differs from another reading."""
    return Reading(
        clock=row.code,
        state="running" if row.state == codes.OPEN else "satisfied",
        due=moment(row.due_at, is_timed=row.is_timed),
        because=tuple(row.because),
    )


def moment(instant: datetime | None, *, is_timed: bool) -> Moment | None:
    """The instant on London's clock, or the day in London where the whole day counts."""
    if instant is None:
        return None
    local_time = instant.astimezone(LONDON)
    return local_time if is_timed else local_time.date()


def last_moment(found: Moment | None) -> datetime | None:
    """The last instant that is in time: of a day, the last of it in London."""
    return _instant(found, time.max)


def first_moment(found: Moment | None) -> datetime | None:
    """The instant, or the first of the day in London."""
    return _instant(found, time.min)


def _instant(found: Moment | None, hour: time) -> datetime | None:
    if found is None or isinstance(found, datetime):
        return found and found.astimezone(UTC)
    return datetime.combine(found, hour, LONDON).astimezone(UTC)


def _state(reading: Reading) -> str:
    late = reading.breached_by is not None
    if reading.state == "satisfied":
        return codes.MET_LATE if late else codes.MET
    if reading.state == "ended":
        return codes.STOPPED_LATE if late else codes.STOPPED
    return codes.NOT_STARTED if reading.state == "not started" else codes.OPEN


def _finish(reading: Reading, story: Story) -> dict[str, Any]:
    """The row that stopped the clock, if one did."""
    by = reading.satisfied_by or reading.ended_by
    if by is None:
        return {}
    told = next(each for each in story.events if each.event.id == by)
    happened: Moment = told.event.at or told.event.day
    return {
        "finished_kind": told.event.kind,
        "finished_table": told.table,
        "finished_id": told.row,
        "finished_at": first_moment(happened),
    }


def _settings(reading: Reading) -> dict[str, int]:
    """The authority's numbers for the day the clock began, of the settings its rule leaves open."""
    if reading.rule is None or reading.started_at is None:
        return {}
    left = {limit.setting.code for limit in reading.rule.limits if limit.setting}
    began = reading.started_at
    day: date = began.date() if isinstance(began, datetime) else began
    return {code: number for code, number in local.in_force(day).items() if code in left} if left else {}
