"""Who calls, by which key; and what became of a contact that came by one."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from wenlock.law.calendars import LONDON
from wenlock.partners.limits import rate
from wenlock.partners.models import Key
from wenlock.partners.secret import keyed, read_secret, same
from wenlock.security.actions import record_event

log = logging.getLogger("wenlock.partners")
NOBODY = keyed("secret", "nobody's")  # what a secret is compared with when no key begins so


@dataclass(frozen=True, slots=True)
class Caller:
    """The key that calls: whom it acts as, for which agency and purpose, and how often it has called of late.

    `over` is true of a call beyond the rate; `wait` is then how many seconds to wait.
    """

    key: UUID
    prefix: str
    actor: UUID
    agency: UUID
    source: str
    purpose: str
    medium: str
    scopes: tuple[str, ...]
    over: bool
    first_over: bool
    wait: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What a partner may know of a contact they sent. `outcome` is "" until the teller was told it."""

    id: UUID
    reference: str
    received_at: datetime
    decided: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class Line:
    """A key in a list. `refused` is a code of `codes.REFUSED`, "" while it is in force; `used_at` None if never used."""

    prefix: str
    agency: str
    purpose: str
    medium: str
    scopes: tuple[str, ...]
    until_on: date
    refused: str
    used_at: datetime | None


def known(text: str, *, at: datetime) -> Caller | None:
    """Whoever calls with this secret, counted as one more call; None for a key that opens nothing now.

    The reason is in the log, by the code of `codes.REFUSED` and the key's prefix; nobody outside is told it.
    """
    secret = read_secret(text)
    row = _key(secret.prefix) if secret else None
    right = same(row.digest if row else NOBODY, keyed("secret", text))
    if row is None or not right or row.refused:
        why = "unknown" if row is None else "wrong-secret" if not right else row.refused
        log.warning("A key was refused: %s %s", row.prefix if row else "-", why)
        return None
    return _counted(row, at=at)


def in_force(caller: Caller) -> bool:
    """Whether the key that called is still in force, now."""
    row = _key(caller.prefix)
    return row is not None and row.refused == ""


class _Row(NamedTuple):
    """A key as the guard gives it to whoever is about to compare digests."""

    id: UUID
    prefix: str
    digest: str
    actor: UUID
    agency: UUID
    source: str
    purpose: str
    medium: str
    scopes: list[str]
    refused: str


def _key(prefix: str) -> _Row | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guard.partner_key_v1(%s)", [prefix])
        found = cursor.fetchone()
    return _Row(*found) if found else None


def _counted(row: _Row, *, at: datetime) -> Caller:
    limit = rate(on=at.astimezone(LONDON).date())
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.partner_called_v1(%s, %s)", [row.id, limit.began(at)])
        calls = cursor.fetchone()[0]
    return Caller(
        key=row.id, prefix=row.prefix, actor=row.actor, agency=row.agency, source=row.source, purpose=row.purpose,
        medium=row.medium, scopes=tuple(row.scopes), over=calls > limit.calls, first_over=calls == limit.calls + 1,
        wait=limit.wait(at),
    )  # fmt: skip


def progress(contact: UUID) -> Progress | None:
    """What became of a contact, for the key that acts; None, alike, for none and for one that another agency sent.

    The look is written down, and so is the refusal.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guard.partner_contact_v1(%s)", [contact])
        row = cursor.fetchone()
    if row is None:
        record_event("denied", table="intake_contact", row=contact, detail={"wanted": "progress"})
        return None
    record_event("read", table="intake_contact", row=contact, detail={"part": "progress"})
    return Progress(id=row[0], reference=row[1], received_at=row[2], decided=row[3], outcome=row[4] or "")


def keys() -> list[Line]:
    """Every key that whoever acts may see, the newest first."""
    rows = Key.objects.select_related("agency", "meter").order_by("-issued_at")
    return [_line(key) for key in rows]


def _line(key: Key) -> Line:
    meter, row = getattr(key, "meter", None), _key(key.prefix)
    return Line(
        prefix=key.prefix, agency=key.agency.name, purpose=key.purpose, medium=key.medium, scopes=tuple(key.scopes),
        until_on=key.until_on, refused=row.refused if row else "unknown", used_at=meter.used_at if meter else None,
    )  # fmt: skip
