"""Whatever happens to a matter, in whatever order it is corrected, its row says what the law's own function says."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.cast import PURPOSE, Cast
from tests.integration.clock_stage import ROWS, Example, at, reckon, running
from wenlock.clocks.matters import RowEvent
from wenlock.clocks.models import Clock, Former
from wenlock.law.calendars import LONDON
from wenlock.law.clock_catalogue import CLOCKS
from wenlock.law.clocks import Clock as Declared
from wenlock.law.clocks import EventKind
from wenlock.law.events import Event
from wenlock.law.running import Reading, run
from wenlock.security.context import acting

BEGINS = at("2026-07-01 00:00")  # when every clock has a rule
LONG_AGO = at("2020-01-01 00:00")
MINUTES = some.integers(0, 200 * 24 * 60)
RATINGS = some.sampled_from([None, "red", "amber", "green"])
ON_THE_DATABASE = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Step:
    """Something that happens so many minutes after BEGINS, or corrects the event in that place of those that stand."""

    kind: EventKind
    minute: int
    corrects: int | None
    repeats: int


def kinds_of(clock: Declared) -> list[EventKind]:
    """Every kind of event that moves the clock."""
    kinds = [*clock.starts, *clock.satisfied_by, *clock.ended_by]
    for rule in clock.rules:
        kinds += rule.sooner_on
        kinds += [kind for pause in rule.pauses for kind in (pause.begun_by, pause.ended_by)]
        kinds += [rule.extension.granted_by] if rule.extension else []
    return kinds


@some.composite
def stories(draw: some.DrawFn) -> tuple[Declared, list[Step]]:
    """A clock, and what happens: its start, most often first, and then anything that moves it or puts it right."""
    clock = draw(some.sampled_from(CLOCKS))
    steps = draw(
        some.lists(
            some.builds(
                Step,
                some.sampled_from(kinds_of(clock)),
                MINUTES,
                some.one_of(some.none(), some.integers(0, 5)),
                some.integers(1, 2),
            ),
            min_size=1,
            max_size=7,
        )
    )
    return clock, [replace(steps[0], kind=clock.starts[0], corrects=None), *steps[1:]]


def happen(example: Example, step: Step) -> None:
    """Add the event of a step; a correction is of one that stands."""
    corrected = {each.event.corrects for each in example.events}
    standing = [each.event.id for each in example.events if each.event.id not in corrected]
    corrects = standing[step.corrects % len(standing)] if step.corrects is not None and standing else None
    example.happens(step.kind, BEGINS + timedelta(minutes=step.minute), corrects=corrects)


def law_says(clock: Declared, example: Example) -> Reading:
    return run(
        clock, [each.event for each in example.events], at=LONG_AGO, facts={"rating": example.facts["rating"]}
    )


def due_at(reading: Reading) -> datetime | None:
    if reading.due is None or isinstance(reading.due, datetime):
        return reading.due
    return datetime.combine(reading.due, time.max, LONDON)


STATES = {
    ("not started", False): "not-started", ("running", False): "open", ("paused", False): "open",
    ("satisfied", False): "met", ("satisfied", True): "met-late", ("ended", False): "stopped",
    ("ended", True): "stopped-late",
}  # fmt: skip


@ON_THE_DATABASE
@given(story=stories(), rating=RATINGS)
def test_the_row_says_what_the_law_says_of_the_events_that_stand(
    story: tuple[Declared, list[Step]], rating: str | None, the: Cast
) -> None:
    clock, steps = story
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,), facts={"rating": rating})
    dues: list[datetime | None] = []
    with running(clock, on=[example]):
        for step in steps:
            happen(example, step)
            for _ in range(step.repeats):
                reckon(example, the.amara)
            dues.append(due_at(law_says(clock, example)))
    reading = law_says(clock, example)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        row = Clock.objects.get(matter_id=example.id)
        formers = list(Former.objects.filter(clock=row).order_by("position").values_list("due_at", flat=True))
    assert row.due_at == due_at(reading)
    assert row.state == STATES[reading.state, reading.breached_by is not None]
    assert row.because == list(reading.because)
    # Every due date it had before, once for each time it was replaced, in order.
    assert [*formers, row.due_at] == [
        due for place, due in enumerate(dues) if place == 0 or due != dues[place - 1]
    ]
    # Open, it names nothing that stopped it; met, it names the row of an event that may meet it.
    finish = (row.finished_table, row.finished_id, row.finished_kind)
    if row.state in ("open", "not-started"):
        assert finish == ("", None, "")
    else:
        kinds = clock.satisfied_by if row.state.startswith("met") else clock.ended_by
        assert finish[:2] == (ROWS, the.people.mia.pk)
        assert finish[2] in {kind.code for kind in kinds}


@ON_THE_DATABASE
@given(story=stories(), days=some.lists(some.integers(0, 120), min_size=1, max_size=6))
def test_events_of_which_only_the_day_is_known_are_kept_as_the_law_reads_them(
    story: tuple[Declared, list[Step]], days: list[int], the: Cast
) -> None:
    clock, steps = story
    example = Example(row=the.people.mia.pk, people=(the.people.mia.pk,), facts={"rating": None})
    for number, (step, day) in enumerate(zip(steps, days, strict=False)):
        on = (BEGINS + timedelta(days=day)).date()
        example.events.append(
            RowEvent(Event(id=f"day-{number}", kind=step.kind.code, on=on), ROWS, example.row)
        )
    with running(clock, on=[example]):
        reckon(example, the.amara)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        row = Clock.objects.get(matter_id=example.id)
    if clock.rules[-1].is_timed:
        assert (row.state, row.due_at) == ("open", None)
        assert "needs its time" in row.because[0]
    else:
        reading = law_says(clock, example)
        assert (row.due_at, row.state) == (
            due_at(reading),
            STATES[reading.state, reading.breached_by is not None],
        )
