"""Sealing the audit trail: a signed root over each stretch, chained to the one before and kept outside too.

Events are written without waiting for one another; the sealer comes after. It takes those whose transaction
is older than any still running, so that nothing can appear later below the line.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from wenlock.security import merkle, seal_copies, trail
from wenlock.security.keys import SealingKey
from wenlock.security.trail import Seal

LOCK = 0x5EA1  # one sealer at a time; the number is ours alone in this database
PATIENCE = (
    "60s"  # for another sealer to be done; anybody may take an advisory lock, and that must not go unseen
)
HEARTBEAT = timedelta(hours=1)  # a quiet hour is sealed as well, so that silence cannot be taken for it


class SealingStopped(Exception):
    """The trail cannot be sealed as it is; the sentence says what has happened and what to do."""


def seal(
    connection: psycopg.Connection[Any], *, key: SealingKey, places: Sequence[Path], at: datetime
) -> Seal | None:
    """Seal all that can be sealed now and bring every copy up to date; the new seal, or None for nothing new.

    `connection` is the sealer's, autocommitting. A run cut short is put right by the next, from the database.
    Raises CopyDisagrees before sealing anything if a copy has what the database has not, SealingStopped if
    the database was restored, and OSError, with the seal made, if a place cannot be written.
    """
    with alone(connection):
        _copy(connection, places, put_off=True)
        with connection.transaction():
            made = _seal_next(connection, key=key, at=at)
        _copy(connection, places)
    return made


def begin_epoch(
    owner: psycopg.Connection[Any],
    sealer: psycopg.Connection[Any],
    *,
    key: SealingKey,
    places: Sequence[Path],
    reason: str,
    at: datetime,
) -> int:
    """Begin a new epoch after a restore; its number. Nothing may be written to the trail meanwhile.

    What the restored database had not sealed is sealed as the end of its epoch. The copies keep the seals
    that were lost, and every later check says so.
    """
    with alone(sealer):
        with owner.transaction():
            owner.execute("LOCK TABLE public.security_auditevent IN SHARE MODE")
            with sealer.transaction():
                _seal_rest(sealer, key=key, at=at)
            owner.execute("SET LOCAL ROLE wenlock_guard")
            row = owner.execute("UPDATE guard.epoch SET number = number + 1 RETURNING number").fetchone()
            owner.execute(
                "SELECT guard.record_event_v1('epoch-begun', NULL, NULL, NULL, "
                "jsonb_build_object('reason', %s::text))",
                [reason],
            )
        with sealer.transaction():
            _seal_next(sealer, key=key, at=at)
        for place in places:
            seal_copies.begin_again(sealer, place)
    return int(row[0]) if row else 0


@contextmanager
def alone(connection: psycopg.Connection[Any], *, shared: bool = False) -> Iterator[None]:
    """Keep other sealers out, through commits; `shared` keeps them out and lets other readers in."""
    word = "_shared" if shared else ""
    connection.execute(f"SET lock_timeout = '{PATIENCE}'")
    try:
        connection.execute(f"SELECT pg_advisory_lock{word}(%s)", [LOCK])
    except psycopg.errors.LockNotAvailable as error:
        raise SealingStopped(
            "Something else has held the audit trail for a minute. Find what, and try again."
        ) from error
    try:
        yield
    finally:
        # A connection lost has let go already.
        if (
            not connection.closed
            and connection.info.transaction_status != psycopg.pq.TransactionStatus.INERROR
        ):
            connection.execute(f"SELECT pg_advisory_unlock{word}(%s)", [LOCK])


def _copy(connection: psycopg.Connection[Any], places: Sequence[Path], *, put_off: bool = False) -> None:
    """Bring each place up to date, the others too when one cannot be written."""
    failed: list[OSError] = []
    for place in places:
        try:
            seal_copies.bring_up_to_date(connection, place)
        except OSError as error:
            failed.append(error)
    if failed and not put_off:
        raise failed[0]


def _seal_next(connection: psycopg.Connection[Any], *, key: SealingKey, at: datetime) -> Seal | None:
    last, epoch = trail.last_seal(connection), trail.current_epoch(connection)
    begins = last.until_xid if last and last.epoch == epoch else 0
    horizon = _number(connection, "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    if horizon < begins:
        raise SealingStopped(
            "The server counts its transactions from the start again, so this database was restored from "
            "a copy. Run: wenlock audit new-epoch"
        )
    return _seal_stretch(connection, last=last, stretch=(epoch, begins, horizon), key=key, at=at)


def _seal_rest(connection: psycopg.Connection[Any], *, key: SealingKey, at: datetime) -> Seal | None:
    """Seal whatever the epoch still has, since no transaction of it can be running."""
    last, epoch = trail.last_seal(connection), trail.current_epoch(connection)
    begins = last.until_xid if last and last.epoch == epoch else 0
    highest = _number(
        connection, "SELECT coalesce(max(xid), -1) FROM public.security_auditevent WHERE epoch = %s", epoch
    )
    if highest < begins:
        return None
    return _seal_stretch(connection, last=last, stretch=(epoch, begins, highest + 1), key=key, at=at)


def _seal_stretch(
    connection: psycopg.Connection[Any],
    *,
    last: Seal | None,
    stretch: tuple[int, int, int],
    key: SealingKey,
    at: datetime,
) -> Seal | None:
    epoch, begins, ends = stretch
    leaves = [
        merkle.leaf(event.canonical) for event in trail.stretch(connection, trail.STRETCH, list(stretch))
    ]
    quiet = not leaves and last is not None and last.epoch == epoch and at - last.sealed_at < HEARTBEAT
    if quiet or ends == begins:
        return None
    made = Seal(
        number=last.number + 1 if last else 1,
        sealed_at=at,
        epoch=epoch,
        from_xid=begins,
        until_xid=ends,
        rows=len(leaves),
        root=merkle.root(leaves),
        previous=last.digest if last else trail.FIRST,
        digest=b"",
        key_id=key.public.key_id,
        signature=b"",
    )
    made = replace(made, digest=made.due_digest, signature=key.sign(made.due_digest))
    _keep(connection, made)
    return made


def _keep(connection: psycopg.Connection[Any], made: Seal) -> None:
    columns = vars(made)
    marks = ", ".join(f"%({name})s" for name in columns)
    connection.execute(f"INSERT INTO public.security_seal ({', '.join(columns)}) VALUES ({marks})", columns)


def _number(connection: psycopg.Connection[Any], query: str, *values: int) -> int:
    row = connection.execute(query, values or None).fetchone()
    return int(row[0]) if row else 0
