"""The audit trail as it is sealed: events as bytes that no setting can change, and the seals over them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from struct import pack
from typing import Any, NamedTuple

import psycopg
from psycopg.rows import args_row, class_row

FIRST = bytes(32)  # what the first seal has for the digest of the one before
DEEPEST = 200  # opening brackets: past this, a detail is hashed as PostgreSQL writes it, not read


NUMBERS = ("number", "epoch", "from_xid", "until_xid", "rows")
DIGESTS = ("root", "previous", "digest", "signature")


class Event(NamedTuple):
    """One row of the trail: `at` in microseconds of the Unix epoch, `detail` as JSON text, ids as text."""

    id: int
    at: int
    xid: int
    epoch: int
    actor: str | None
    purpose: str | None
    request: str | None
    kind: str
    person: str | None
    table: str | None
    row: str | None
    detail: str

    @property
    def canonical(self) -> bytes:
        """The row as one JSON list in ASCII, whatever the time zone, the locale or the order of keys."""
        return json.dumps([*self[:-1], _read(self.detail)], sort_keys=True, separators=(",", ":")).encode(
            "ascii"
        )


@dataclass(frozen=True)
class Seal:
    """A signed root over the events of one epoch whose transaction is in [from_xid, until_xid).

    `previous` is the digest of the seal before, FIRST for none; `signature` is over `digest`.
    """

    number: int
    sealed_at: datetime
    epoch: int
    from_xid: int
    until_xid: int
    rows: int
    root: bytes
    previous: bytes
    digest: bytes
    key_id: str
    signature: bytes

    @property
    def due_digest(self) -> bytes:
        """What `digest` must be, from all that the seal says and the seal before."""
        since = self.sealed_at - datetime(1970, 1, 1, tzinfo=UTC)
        micros = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
        numbers = pack(">6q", self.number, micros, self.epoch, self.from_xid, self.until_xid, self.rows)
        return sha256(b"wenlock audit seal 1\n" + self.previous + numbers + self.root).digest()

    def covers(self, *, epoch: int, xid: int) -> bool:
        """Say whether an event of this transaction is under the seal."""
        return self.epoch == epoch and self.from_xid <= xid < self.until_xid

    def as_json(self) -> dict[str, Any]:
        """The seal in words and hex, as it is kept outside the database."""
        said = {
            name: value.hex() if isinstance(value, bytes) else value for name, value in vars(self).items()
        }
        return said | {"sealed_at": self.sealed_at.astimezone(UTC).isoformat(timespec="microseconds")}

    @classmethod
    def from_json(cls, said: Any) -> "Seal":
        """The seal that `as_json` wrote. Raises ValueError for anything else."""
        try:
            values: dict[str, Any] = {name: int(said[name]) for name in NUMBERS}
            values |= {name: bytes.fromhex(said[name]) for name in DIGESTS}
            values |= {"sealed_at": datetime.fromisoformat(said["sealed_at"]), "key_id": str(said["key_id"])}
            seal = cls(**values)
            if seal.as_json() != said:
                raise ValueError("it says more than a seal does")
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("this is not a seal") from error
        return seal


EVENTS = """
    SELECT id, (extract(epoch FROM at) * 1000000)::bigint, xid, epoch, actor_id::text, purpose,
           request_id::text, kind, person_id::text, table_name, row_id::text, detail::text
    FROM public.security_auditevent"""
IN_ORDER = "ORDER BY epoch, xid, id"
STRETCH = f"{EVENTS} WHERE epoch = %s AND xid >= %s AND xid < %s {IN_ORDER}"


def events(connection: psycopg.Connection[Any], *, seal: Seal | None = None) -> Iterator[Event]:
    """The events under one seal, or every event, in the order of sealing; read a few thousand at a time."""
    values = [seal.epoch, seal.from_xid, seal.until_xid] if seal else None
    yield from stretch(connection, STRETCH if seal else f"{EVENTS} {IN_ORDER}", values)


def stretch(connection: psycopg.Connection[Any], query: str, values: list[int] | None) -> Iterator[Event]:
    """The events a query gives, without holding them all."""
    with connection.transaction(), connection.cursor("audit_trail", row_factory=args_row(Event)) as cursor:
        cursor.itersize = 5000
        yield from cursor.execute(query, values)


def seals(connection: psycopg.Connection[Any], *, since: int = 1) -> list[Seal]:
    """The seals from number `since` on, in the order of their numbers."""
    columns = ", ".join(Seal.__dataclass_fields__)
    # Binary: as text, an instant would be written in whatever style the session has.
    with connection.cursor(binary=True, row_factory=class_row(Seal)) as cursor:
        return cursor.execute(
            f"SELECT {columns} FROM public.security_seal WHERE number >= %s ORDER BY number", [since]
        ).fetchall()


def last_seal(connection: psycopg.Connection[Any]) -> Seal | None:
    """The newest seal; None before the first."""
    number = connection.execute("SELECT max(number) FROM public.security_seal").fetchone()
    return seals(connection, since=number[0])[0] if number and number[0] else None


def current_epoch(connection: psycopg.Connection[Any]) -> int:
    """The number of the epoch events are written in now: one more after each restore."""
    row = connection.execute("SELECT guard.audit_epoch()").fetchone()
    return int(row[0]) if row else 0


def _read(detail: str) -> Any:
    """The detail as values, so that spacing and the order of keys do not matter.

    One nested deeper than Python would read is taken as text: whoever writes an event cannot stop the
    sealing.
    """
    if detail.count("[") + detail.count("{") > DEEPEST:
        return _as_written(detail)
    return json.loads(detail, parse_float=_as_written, parse_int=_number)


def _number(text: str) -> int | str:
    return int(text) if len(text) < 19 else _as_written(text)


def _as_written(text: str) -> str:
    """A number kept digit for digit. No text in the database can begin so: PostgreSQL refuses this letter."""
    return f"\x00{text}"
