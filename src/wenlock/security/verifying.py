"""Checking the audit trail: events against their seals, and seals against chain, signature and copies."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import psycopg

from wenlock.security import merkle, seal_copies, trail
from wenlock.security.keys import PublicKey
from wenlock.security.seal_copies import CopyDisagrees, spoken
from wenlock.security.sealing import HEARTBEAT, alone
from wenlock.security.trail import Event, Seal

LATE = timedelta(days=1)  # no transaction stays open so long: an older event was not written when it says


@dataclass(frozen=True)
class Report:
    """What a check found. `problems` are faults, `remarks` are not; `waiting` counts events yet unsealed."""

    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    seals: int
    events: int
    waiting: int


@dataclass
class Count:
    """How many events were found, and the lowest and highest of their ids."""

    events: int = 0
    first: int = 0
    last: int = 0

    def add(self, event: Event) -> None:
        self.first = min(self.first, event.id) if self.events else event.id
        self.last = max(self.last, event.id)
        self.events += 1


def verify(
    connection: psycopg.Connection[Any],
    *,
    keys: Mapping[str, PublicKey],
    places: Sequence[Path],
    at: datetime,
) -> Report:
    """Recompute everything and say what does not hold, in words, with the number of the seal or event.

    `keys` are the public keys trusted, by key id; `places` the copies outside. The connection must see every
    event.
    """
    with connection.transaction(), alone(connection, shared=True):
        copies = [_read(place) for place in places]
        seals, epoch = trail.seals(connection), trail.current_epoch(connection)
        problems = [*chain_problems(seals, keys)]
        waiting, astray, read = Count(), Count(), Count()
        problems += _trail_problems(connection, seals, epoch, (waiting, astray, read))
    if astray.events:
        problems.append(
            f"{astray.events} events are under no seal and wait for none, the first being event "
            f"{astray.first}."
        )
    for copy in copies:
        problems += [copy] if isinstance(copy, str) else copy_problems(copy, seals)
    remarks = [line for copy in copies if not isinstance(copy, str) for line in copy.lost]
    return Report(
        tuple(problems), tuple(remarks + late_remarks(seals, at)), len(seals), read.events, waiting.events
    )


def chain_problems(seals: Sequence[Seal], keys: Mapping[str, PublicKey]) -> Iterator[str]:
    """What is wrong with the seals themselves: digest, signature, number, place in the chain."""
    for seal in seals:
        if seal.digest != seal.due_digest:
            yield f"Seal {seal.number} does not agree with its own digest: what it says was altered."
        if seal.key_id not in keys:
            yield f"Seal {seal.number} is signed with a key that is not trusted ({seal.key_id[:16]})."
        elif not keys[seal.key_id].signed(seal.digest, seal.signature):
            yield f"Seal {seal.number} does not carry the signature of its key."
    if seals and (seals[0].number, seals[0].previous, seals[0].from_xid) != (1, trail.FIRST, 0):
        yield f"Seal {seals[0].number} is the oldest there is, and it is not a first seal."
    for before, seal in pairwise(seals):
        begins = before.until_xid if seal.epoch == before.epoch else 0
        if seal.number != before.number + 1:
            yield f"Between seals {before.number} and {seal.number} seals are missing."
        elif seal.previous != before.digest:
            yield f"Seal {seal.number} is not chained to seal {before.number}."
        if seal.epoch < before.epoch or seal.from_xid != begins:
            yield f"Seal {seal.number} does not begin where seal {before.number} ends."


def copy_problems(copy: seal_copies.Copy, seals: Sequence[Seal]) -> Iterator[str]:
    """Where a copy kept outside and the database differ."""
    held = {seal.number: seal for seal in seals}
    for kept in copy.seals:
        if kept != held.pop(kept.number, kept):
            yield f"Seal {kept.number} in the database is not seal {kept.number} in {copy.path}."
    present = {seal.number for seal in seals}
    if gone := [kept for kept in copy.seals if kept.number not in present]:
        yield f"In {copy.path} and no longer in the database: {spoken(gone)}."
    if held:
        yield f"In the database and not in {copy.path}: {spoken(list(held.values()))}."
    if copy.torn:
        yield f"{copy.path} ends in half a line. The next sealing completes it, or says why it cannot."


def late_remarks(seals: Sequence[Seal], at: datetime) -> list[str]:
    """A word about sealing that seems to have stopped."""
    if not seals:
        return ["Nothing has been sealed yet."]
    last = seals[-1]
    if at - last.sealed_at <= 2 * HEARTBEAT:
        return []
    return [
        f"The last seal, {last.number}, is of {last.sealed_at.astimezone(UTC):%d/%m/%Y %H:%M} UTC. Does "
        f"the worker run?"
    ]


def _trail_problems(
    connection: psycopg.Connection[Any], seals: Sequence[Seal], epoch: int, counts: tuple[Count, Count, Count]
) -> list[str]:
    """Read the whole trail once, in order, and compare each stretch with its seal."""
    waiting, astray, read = counts
    problems: list[str] = []
    empty = {seal.number: seal for seal in seals}
    line = max((seal.until_xid for seal in seals if seal.epoch == epoch), default=0)
    sealed_at = {seal.number: seal.sealed_at for seal in seals}
    newest = 0
    for seal, group in groupby(_counted(trail.events(connection), read), key=_finder(seals)):
        if seal:
            empty.pop(seal.number, None)
            problems += _stretch_problems(seal, group, sealed_at.get(seal.number - 1))
            continue
        for event in group:
            (waiting if event.epoch == epoch and event.xid >= line else astray).add(event)
            newest = max(newest, event.xid)
            problems += _backdated(event, max(sealed_at.values(), default=None))
    problems += [problem for seal in empty.values() for problem in _stretch_problems(seal, (), None)]
    upper = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    if upper and newest >= upper[0]:
        problems.append(f"An event names transaction {newest}, which has not happened.")
    return problems


def _stretch_problems(seal: Seal, events: Iterable[Event], before: datetime | None) -> Iterator[str]:
    count, late = Count(), list[str]()

    def leaves() -> Iterator[bytes]:
        for event in _counted(events, count):
            late.extend(_backdated(event, before))
            yield merkle.leaf(event.canonical)

    root = merkle.root(leaves())
    span = f" (events {count.first} to {count.last})" if count.events else ""
    if count.events < seal.rows:
        yield f"Under seal {seal.number}{span} {seal.rows - count.events} of {seal.rows} events were removed."
    elif count.events > seal.rows:
        yield f"Under seal {seal.number}{span} {count.events - seal.rows} events were put in later."
    elif root != seal.root:
        yield f"Under seal {seal.number}{span} an event was altered, or events changed places."
    yield from late


def _backdated(event: Event, before: datetime | None) -> Iterator[str]:
    if before and event.at < (before - LATE).timestamp() * 1_000_000:
        yield f"Event {event.id} says it happened more than a day before it was written."


def _finder(seals: Iterable[Seal]) -> Callable[[Event], Seal | None]:
    """A function that gives the seal over an event; None if there is none."""
    of_epoch: dict[int, list[Seal]] = defaultdict(list)
    for seal in sorted(seals, key=lambda seal: seal.until_xid):
        of_epoch[seal.epoch].append(seal)
    ends = {epoch: [seal.until_xid for seal in some] for epoch, some in of_epoch.items()}

    def find(event: Event) -> Seal | None:
        place = bisect_right(ends.get(event.epoch, ()), event.xid)
        some = of_epoch[event.epoch]
        found = some[place] if place < len(some) else None
        return found if found and found.covers(epoch=event.epoch, xid=event.xid) else None

    return find


def _counted(events: Iterable[Event], count: Count) -> Iterator[Event]:
    for event in events:
        count.add(event)
        yield event


def _read(place: Path) -> seal_copies.Copy | str:
    try:
        return seal_copies.read(place)
    except (CopyDisagrees, OSError) as error:
        return str(error)
