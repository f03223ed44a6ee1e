"""Two records of one person to merge, every row of the database to compare, and a connection that sees them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, connections, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.sweeps.catalogue import tables
from wenlock.base.server import SUPERUSER, Server
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.merging import merge, undo_merge, who_would_see_more
from wenlock.people.models import Person
from wenlock.security.context import acting
from wenlock.security.models import Actor
from wenlock.web.database import DATABASE

# What a merge leaves for good: itself, what it wrote and that it was undone; and the trail, which only grows.
LEFT_BEHIND = {"people_merge", "people_mergemove", "people_mergeundo", "security_auditevent"}


@contextmanager
def everything_seen(server: Server) -> Iterator[None]:
    """Django's connection as the superuser who has become the runtime role; nothing done in it is kept."""
    ours = connections["default"]
    options = {name: value for name, value in ours.settings_dict["OPTIONS"].items() if name != "pool"}
    known = psycopg.conninfo.conninfo_to_dict(server.dsn(dbname=DATABASE))
    login = {"USER": SUPERUSER, "PASSWORD": str(known["password"]), "OPTIONS": options}
    connections["default"] = type(ours)(ours.settings_dict | login, alias="default")
    try:
        with transaction.atomic():
            become("wenlock_app")
            yield
            transaction.set_rollback(True)
    finally:
        connections["default"].close()
        connections["default"] = ours


@contextmanager
def passing(by: Actor) -> Iterator[None]:
    """Somebody at work on what is then as if it had not been."""
    with transaction.atomic():
        with acting(actor=by.pk, purpose=PURPOSE):
            yield
        transaction.set_rollback(True)


def become(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


def every_row() -> dict[str, list[Any]]:
    """The rows of every table of ours but those a merge leaves behind, whoever may see them."""
    become("NONE")
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(tables()) - LEFT_BEHIND):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1")
            found[table] = [row[0] for row in cursor.fetchall()]
    become("wenlock_app")
    return found


def differing(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, Any]:
    """What differs, by table: the rows that went and those that came."""
    return {
        table: (
            sorted(set(before[table]) - set(after[table])),
            sorted(set(after[table]) - set(before[table])),
        )
        for table in before
        if before[table] != after[table]
    }


def begun(
    by: Actor, given: str = "Kit", family: str = "Vale", born: str = "2016-02-01", **facts: Any
) -> Person:
    """The record of somebody, begun by a worker who acts already."""
    return people.record_person(
        given=given, family=family, born_on=date.fromisoformat(born), **how(by), **facts
    )


def how(by: Actor) -> dict[str, Any]:
    """Who records, when and how it came."""
    at = timezone.now()
    provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=by, at=at)
    return {"by": by, "at": at, "provenance": provenance}


def merged(by: Actor, person: Person | UUID, other: Person | UUID, **choices: Any) -> UUID:
    """The second merged into the first, by somebody who was shown who will see more."""
    first, second = (each.pk if isinstance(each, Person) else each for each in (person, other))
    seen_by = choices.pop("seen_by", None)
    if seen_by is None:
        seen_by = [one.id for one in who_would_see_more(person=first, other=second)]
    return merge(
        person=first, other=second, by=by, at=timezone.now(),
        **{"fields": {}, "aside": [], "seen_by": seen_by, "reason": "The school confirms it", **choices},
    )  # fmt: skip


def unmerged(by: Actor, made: UUID) -> UUID:
    return undo_merge(merge=made, reason="They are cousins", by=by, at=timezone.now())


def two(the: Cast, **facts: Any) -> tuple[Person, Person]:
    """Kit Vale, recorded twice by the service manager."""
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        return begun(the.esme, **facts), begun(the.esme, given="Christopher", **facts)
