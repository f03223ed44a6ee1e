"""A census let out: built as the returns role, entered in the ledger by the door, then put in its place."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import time
from uuid import uuid4

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from wenlock import __version__
from wenlock.law.calendars import LONDON
from wenlock.notice import published
from wenlock.notice.queries import rule_for_return
from wenlock.returns.cin.building import Built, build, private_file
from wenlock.returns.cin.census import Header, header_for
from wenlock.returns.cin.definition import CODE
from wenlock.security.context import acting, signed_context
from wenlock.security.models import Actor
from wenlock.sharing.actions import has_left, release_return
from wenlock.sharing.queries import Released, return_released, times_released

PURPOSE = "statutory-returns"
SECONDS = (
    4 * 60 * 60
)  # a return of a large council takes minutes; the context lives with its transaction anyway
SOFTWARE = "Wenlock"

Reading = Callable[[Actor], AbstractContextManager[BaseDatabaseWrapper]]


class PlaceTaken(Exception):
    """There is a file already where the return is to go; it is left as it is."""


@dataclass(frozen=True, slots=True)
class Release:
    """A return that has left: what was built, where it is, and the ledger's entry."""

    built: Built
    where: Path
    entry: Released


@contextmanager
def as_returns(actor: Actor) -> Iterator[BaseDatabaseWrapper]:
    """A connection as the returns role, in a transaction that sees one moment, in somebody's name."""
    connection = connections["returns"]
    with transaction.atomic(using="returns"), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        enter_for_returns(connection, actor)
        yield connection


def enter_for_returns(connection: BaseDatabaseWrapper, actor: Actor) -> None:
    """Say on this connection who reads for a statutory return, until its transaction ends."""
    token = signed_context(
        actor=actor.pk,
        purpose=PURPOSE,
        request_id=uuid4(),
        expires_at=int(time()) + SECONDS,
        key=settings.CONTEXT_KEY,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wenlock.context', %s, true)", [token])


def release_census(
    *, year: int, out: Path, by: Actor, at: datetime, reading: Reading = as_returns
) -> Release:
    """Make the census that ends in `year` and put it at `out`, approved by `by`.

    The ledger's entry is committed before the file is at `out`; if anything is refused there is no file.
    Raises SharingRefused, CensusUnwritable, NoNoticeInForce, PlaceTaken, OSError.
    """
    if out.exists():
        raise PlaceTaken(taken(out))
    today = at.astimezone(LONDON).date()
    reference, header = _header(year, published.in_force(on=today).notice.controller.dfe_number, by=by, at=at)
    with private_file(out) as stream:
        with reading(by) as connection:
            built = build(stream=stream, header=header, year=year, connection=connection)
        with acting(actor=by.pk, purpose=PURPOSE):
            entry = release_return(
                rule=rule_for_return(CODE, on=today),
                definition=CODE,
                reference=reference,
                fields=built.fields,
                children=built.children,
                sha256=built.sha256,
                file_name=out.name,
            )
        _put(built.path, out)
    with acting(actor=by.pk, purpose=PURPOSE):
        has_left(disclosure=entry)
        return Release(built, out, return_released(entry))


def _header(year: int, authority: str, *, by: Actor, at: datetime) -> tuple[str, Header]:
    """The ledger's reference and the file's header. The serial number goes up with each release of a year."""
    beginning = f"CIN {year}/"
    with acting(actor=by.pk, purpose=PURPOSE):
        serial = f"{times_released(definition=CODE, beginning=beginning) + 1:03}"
    made_at = at.replace(microsecond=0)
    header = header_for(
        year=year, authority=authority, software=SOFTWARE, release=__version__, serial=serial, made_at=made_at
    )
    return beginning + serial, header


def _put(made: Path, out: Path) -> None:
    """Put the file in its place in one step, and never over another."""
    try:
        os.link(made, out)  # unlike a rename, a second name is refused where there is a file already
    except FileExistsError as error:
        raise PlaceTaken(taken(out)) from error


def taken(out: Path) -> str:
    """What to say of a place where there is a file already."""
    return f"{out} is there already. Choose another name, or move it away first."
