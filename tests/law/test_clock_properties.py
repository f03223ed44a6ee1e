"""What is true of every declared clock, whatever the events."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from clock_examples import LONG_AGO, kinds_of
from hypothesis import given
from hypothesis import strategies as some

from wenlock.law.calendars import LONDON
from wenlock.law.clock_catalogue import CLOCKS
from wenlock.law.clocks import Clock, EventKind
from wenlock.law.clocks_rights import CLARIFICATION_ASKED, CLARIFICATION_GIVEN, SUBJECT_ACCESS
from wenlock.law.events import Event
from wenlock.law.reckoning import Moment
from wenlock.law.running import Reading, run

BEGINS = datetime(2026, 7, 1, tzinfo=LONDON)  # when every clock has a rule
MINUTES = some.integers(0, 300 * 24 * 60)
RATINGS = some.sampled_from(["red", "amber", "green", None])


def event(number: int, kind: EventKind, minute: int) -> Event:
    """The event that happened so many minutes after BEGINS."""
    return Event(id=f"event-{number}", kind=kind.code, at=BEGINS + timedelta(minutes=minute))


@some.composite
def stories(draw: some.DrawFn, clocks: tuple[Clock, ...] = CLOCKS) -> tuple[Clock, list[Event]]:
    """A clock, and events that start it and move it, out of order."""
    clock = draw(some.sampled_from(clocks))
    others = draw(some.lists(some.tuples(some.sampled_from(kinds_of(clock)), MINUTES), max_size=6))
    began = (clock.starts[0], draw(MINUTES))
    return clock, [event(number, *each) for number, each in enumerate([began, *others])]


def read(clock: Clock, events: list[Event], *, at: datetime = LONG_AGO, rating: str | None = None) -> Reading:
    return run(clock, events, at=at, facts={"rating": rating})


def never_sooner(earlier: Moment | None, later: Moment | None) -> bool:
    """Whether the second date is no sooner than the first; no date yet is later than any."""
    return later is None or (earlier is not None and str(earlier) <= str(later))


@given(stories(), RATINGS, some.randoms())
def test_neither_order_nor_repetition_of_events_matters(
    story: tuple[Clock, list[Event]], rating: str | None, chance: random.Random
) -> None:
    clock, events = story
    shuffled = events * 2
    chance.shuffle(shuffled)
    assert read(clock, events, rating=rating) == read(clock, shuffled, rating=rating)


@given(some.sampled_from(CLOCKS), MINUTES, MINUTES, RATINGS)
def test_a_later_start_never_makes_it_due_sooner(
    clock: Clock, one: int, other: int, rating: str | None
) -> None:
    first, second = sorted((one, other))
    dues = [read(clock, [event(0, clock.starts[0], at)], rating=rating).due for at in (first, second)]
    assert dues[0] is not None and dues[1] is not None
    if isinstance(dues[0], datetime) and isinstance(dues[1], datetime):
        dues = [due.timestamp() for due in dues]
    assert dues[0] <= dues[1]


@given(
    some.integers(0, 20),
    some.integers(0, 20),
    some.lists(some.tuples(some.integers(21, 90), some.integers(0, 40))),
)
def test_a_later_start_never_makes_it_due_sooner_past_the_same_pauses(
    one: int, other: int, pauses: list[tuple[int, int]]
) -> None:
    def due(start: int) -> Moment | None:
        return read(SUBJECT_ACCESS, paused_request(start, pauses)).due

    assert never_sooner(due(min(one, other)), due(max(one, other)))


def paused_request(start: int, pauses: list[tuple[int, int]]) -> list[Event]:
    """A request received on a day, and the waits for clarification of so many days each."""
    day = 24 * 60
    events = [event(0, SUBJECT_ACCESS.starts[0], start * day)]
    for number, (begun, length) in enumerate(pauses):
        events.append(event(2 * number + 1, CLARIFICATION_ASKED, begun * day))
        events.append(event(2 * number + 2, CLARIFICATION_GIVEN, (begun + length) * day + 1))
    return events


@given(some.lists(some.integers(0, 120), min_size=2, max_size=8, unique=True), some.data())
def test_another_pause_never_makes_it_due_sooner(days: list[int], data: some.DataObject) -> None:
    days = sorted(days)
    pauses = [(begun, ended - begun) for begun, ended in zip(days[::2], days[1::2], strict=False)]
    fewer = [pause for pause in pauses if pause != data.draw(some.sampled_from(pauses))]
    dues = [read(SUBJECT_ACCESS, paused_request(0, those)).due for those in (fewer, pauses)]
    assert never_sooner(*dues)


@given(some.integers(0, 90), some.integers(0, 40), some.integers(1, 20))
def test_a_pause_of_so_many_days_within_the_month_moves_it_by_at_least_as_many(
    start: int, length: int, after: int
) -> None:
    """The last property of the rights engine: a pause of n days moves the date by n or more, before it rolls."""

    def ends(pauses: list[tuple[int, int]]) -> date:
        request = paused_request(start, pauses)
        reading = run(replace(SUBJECT_ACCESS, rules=(not_rolling,)), request, at=LONG_AGO)
        assert reading.due is not None
        return reading.due

    not_rolling = replace(SUBJECT_ACCESS.rules[-1], rolls=False)
    assert (ends([(start + after, length)]) - ends([])).days == length + 1


@given(stories(), some.integers(0, 6), MINUTES)
def test_a_corrected_event_reads_as_if_it_had_been_right_from_the_first_and_twice_as_once(
    story: tuple[Clock, list[Event]], which: int, minute: int
) -> None:
    clock, events = story
    wrong = events[which % len(events)]
    right = replace(wrong, at=BEGINS + timedelta(minutes=minute))
    once = replace(right, id=f"{wrong.id}-a", corrects=wrong.id)
    twice = replace(right, id=f"{wrong.id}-b", corrects=once.id)
    reading = read(clock, [*events, once])
    assert reading.due == read(clock, [right if each is wrong else each for each in events]).due
    again = read(clock, [*events, once, twice])
    assert (again.due, again.state, again.because) == (reading.due, reading.state, reading.because)


@given(stories(tuple(clock for clock in CLOCKS if clock.rules[-1].rolls)))
def test_what_rolls_is_due_on_a_working_day(story: tuple[Clock, list[Event]]) -> None:
    clock, events = story
    reading = read(clock, events)
    assert reading.rule is not None and reading.rule.rolls
    assert reading.due is None or reading.rule.calendar.is_working_day(reading.due)


@given(stories())
def test_it_is_satisfied_only_by_its_own_event_at_or_after_its_start_and_ended_only_by_what_ends_it(
    story: tuple[Clock, list[Event]],
) -> None:
    clock, events = story
    reading = read(clock, events)
    began = next(each for each in events if each.id == reading.started_by)

    def since(kinds: tuple[EventKind, ...]) -> list[Event]:
        codes = {kind.code for kind in kinds}
        return [each for each in events if each.kind in codes and each.id != began.id and each.at >= began.at]

    satisfying, ending = since(clock.satisfied_by), since(clock.ended_by)
    first = min((each.at for each in ending), default=None)
    in_force = [each for each in satisfying if first is None or each.at <= first]
    assert (reading.state == "satisfied") == bool(in_force)
    assert (reading.state == "ended") == (bool(ending) and not in_force)
    assert reading.satisfied_by in ([None] if not in_force else [each.id for each in in_force])


@given(stories(), MINUTES)
def test_it_is_warned_of_no_later_than_it_is_due_and_late_only_after(
    story: tuple[Clock, list[Event]], minute: int
) -> None:
    clock, events = story
    at = BEGINS + timedelta(minutes=minute)
    reading = read(clock, events, at=at)
    if reading.due is None:
        assert (reading.warn_at, reading.breached_by) == (None, None)
        return
    assert str(reading.warn_at) <= str(reading.due) or isinstance(reading.due, datetime)
    if reading.state in ("running", "late"):
        now = at.timestamp() if isinstance(reading.due, datetime) else at.date()
        due = reading.due.timestamp() if isinstance(reading.due, datetime) else reading.due
        assert (reading.state == "late") == (now > due) == (reading.breached_by is not None)


@given(stories())
def test_every_reading_of_a_started_clock_tells_its_start_and_its_limit(
    story: tuple[Clock, list[Event]],
) -> None:
    clock, events = story
    because = read(clock, events).because
    assert because[0].startswith("It began on ")
    assert because[1].startswith("The limit")
    assert all(said.endswith(".") and "None" not in said for said in because)
