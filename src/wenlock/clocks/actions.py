"""Acts on clocks: reckoning those of a matter, reckoning all anew, and saying why one was late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from wenlock.base.identifiers import new_id
from wenlock.clocks import codes, matters, storing
from wenlock.clocks.matters import Matter, Story
from wenlock.clocks.models import Breach, Clock
from wenlock.council.actions import declare_service
from wenlock.law.clocks import Clock as Declared
from wenlock.law.recomputing import Change, changed
from wenlock.security.context import acting
from wenlock.security.models import Actor

KEEPER = "clock-keeper"
PURPOSE = "safeguarding"  # a due date is kept so that nothing for a child is forgotten
BATCH = 200


@dataclass(frozen=True)
class Difference:
    """What reckoning anew made of one clock: the row, and how its due date moved; None if only its state did."""

    clock: UUID
    code: str
    matter_table: str
    matter_id: UUID
    change: Change | None


def reckon(*, table: str, row: UUID, by: Actor, at: datetime) -> tuple[Difference, ...]:
    """Keep what each clock of a matter reads now that something of it was written, in the same transaction.

    Whoever writes a row that moves a clock calls it afterwards; calling it again changes nothing. What differs is given
    back, and a due date that moved is kept by the database. Raises NoSuchMatter, also for one whose story is not told to
    whoever acts: a clock is never left behind in silence.
    """
    return _reckoned(matters.matter(table), [row], by=by, at=at, only=None)


def reckon_anew(
    *, after: UUID | None = None, at: datetime
) -> Iterator[tuple[UUID, int, tuple[Difference, ...]]]:
    """Reckon every open clock from its events, as the keeper: for when the law or a setting changes.

    Each step is a transaction of its own, and gives the last clock it looked at, how many it looked at, and what
    differed. To go on after a stop, give that clock as `after`. Raises Actor.DoesNotExist where set-up has made no
    keeper.
    """
    by = keeper()
    while True:
        with acting(actor=by.pk, purpose=PURPOSE):
            rows = _open_after(after)
            differing = tuple(_anew(rows, by=by, at=at))
        if not rows:
            return
        after = rows[-1].pk
        yield after, len(rows), differing


def how_many_open() -> int:
    """How many clocks are open, whosever they are."""
    with acting(actor=keeper().pk, purpose=PURPOSE):
        return Clock.objects.filter(state=codes.OPEN).count()


def give_reason(*, clock: UUID, reason: str, words: str, by: Actor, at: datetime) -> Breach:
    """Say why a time limit was passed, a code of `codes.BREACHES` and in words.

    The database refuses one for a clock that is not late, by no person, and without words.
    """
    breach = Breach(id=new_id(), clock_id=clock, reason=reason, words=words, given_by=by, given_at=at)
    breach.save(force_insert=True)
    return breach


def keeper() -> Actor:
    """The service account that reckons anew. Raises Actor.DoesNotExist where set-up has not made it."""
    return Actor.objects.get(email=f"{KEEPER}@services.invalid", kind="service")


def declare_keeper(*, at: datetime) -> None:
    """Make the service account that reckons anew, if it is not there yet."""
    declare_service(code=KEEPER, name="The keeper of clocks", role=KEEPER, purposes=[PURPOSE], at=at)


def _open_after(after: UUID | None) -> list[Clock]:
    found = Clock.objects.filter(state=codes.OPEN)
    return list((found.filter(pk__gt=after) if after else found).order_by("pk")[:BATCH])


def _anew(rows: Collection[Clock], *, by: Actor, at: datetime) -> Iterator[Difference]:
    wanted: dict[str, dict[UUID, set[str]]] = {}
    for row in rows:
        wanted.setdefault(row.matter_table, {}).setdefault(row.matter_id, set()).add(row.code)
    for table, ids in sorted(wanted.items()):
        yield from _reckoned(matters.matter(table), sorted(ids), by=by, at=at, only=ids)


def _reckoned(
    matter: Matter, ids: Collection[UUID], *, by: Actor, at: datetime, only: dict[UUID, set[str]] | None
) -> tuple[Difference, ...]:
    """What differs, matter by matter. `only` the clocks named are looked at, where any are."""
    _one_at_a_time(matter.table, ids)
    stories = matter.stories(ids)
    if only is None and (hidden := set(ids) - set(stories)):
        raise matters.NoSuchMatter(f"There is no {matter.table} {min(hidden)} that {by} may reckon.")
    of_matters = Q(matter_table=matter.table, matter_id__in=ids)
    kept = {(row.matter_id, row.code): row for row in Clock.objects.filter(of_matters)}
    made = (
        _kept(matter, declared, row, stories[row], kept.get((row, declared.code)), by=by, at=at)
        for row in ids
        if row in stories
        for declared in matter.clocks
        if only is None or declared.code in only[row]
    )
    return tuple(each for each in made if each)


def _one_at_a_time(table: str, ids: Collection[UUID]) -> None:
    """Wait for whoever reckons the same matters, so that the events then read have theirs among them."""
    with connection.cursor() as cursor:
        for row in sorted(ids):  # in one order, so that two who reckon many never wait for each other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{table} {row}"])


def _kept(
    matter: Matter,
    declared: Declared,
    row: UUID,
    story: Story,
    before: Clock | None,
    *,
    by: Actor,
    at: datetime,
) -> Difference | None:
    reading, used = storing.read(declared, story)
    now = storing.columns(reading, story, used)
    if before is None:
        return (
            None if now["state"] == codes.NOT_STARTED else _begun(matter, declared, row, story, now, by, at)
        )
    differing = [name for name, value in now.items() if getattr(before, name) != value]
    if not differing:
        return None
    change = changed(storing.reading_of(before), reading)
    for name in differing:
        setattr(before, name, now[name])
    before.reckoned_at = at
    before.save(update_fields=[*differing, "reckoned_at"])
    return Difference(before.pk, declared.code, matter.table, row, change)


def _begun(
    matter: Matter, declared: Declared, row: UUID, story: Story, now: dict[str, Any], by: Actor, at: datetime
) -> Difference:
    clock = Clock(
        id=new_id(), code=declared.code, matter_table=matter.table, matter_id=row, people=list(story.people),
        seen_with=matter.seen_with, own_seen_with=matter.own_seen_with, recorded_by=by, recorded_at=at,
        reckoned_at=at, **now,
    )  # fmt: skip
    clock.save(force_insert=True)
    return Difference(clock.pk, declared.code, matter.table, row, None)
