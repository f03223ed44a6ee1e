"""People, as far as whoever asks may see them: the one call that fetches and authorises, and short forms for lists."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.db import connection

from wenlock.people.models import Identifier, Name, Person, Warning
from wenlock.security.actions import record_denial, record_event
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound


class Level(IntEnum):
    """How much of a record somebody's work opens to them."""

    INDEX = 1
    SUMMARY = 2
    FULL = 3


class Merged(Exception):
    """A record that was asked for is merged into another, which stands. `person` is the key of that one."""

    def __init__(self, person: UUID) -> None:
        super().__init__("The record is merged into another.")
        self.person = person


# What a caller may want, and the level it takes.
WANTED = {"read": Level.INDEX, "summary": Level.SUMMARY, "full": Level.FULL}


@dataclass(frozen=True, slots=True)
class Brief:
    """Somebody in a list: their id, what they are called, and enough to tell them from another of the name."""

    id: UUID
    name: str
    known_as: str
    born_on: date | None
    birth_estimated: bool
    expected_on: date | None
    died_on: date | None

    def age(self, *, on: date) -> int | None:
        """Their age in whole years on a day; None when the birth is not known or has not been."""
        until = min(on, self.died_on or on)
        if self.born_on is None or self.born_on > until:
            return None
        before_birthday = (until.month, until.day) < (self.born_on.month, self.born_on.day)
        return until.year - self.born_on.year - before_birthday


@dataclass(frozen=True, slots=True)
class Opened(Brief):
    """A record opened to whoever asked: the person, the level it is open at, and by what relationship."""

    sex: str
    gender: str
    restricted: bool
    level: Level
    relationship: str


def person_for(actor: Actor, person_id: UUID, *, wanted: str = "read", part: str = "record") -> Opened:
    """The person, if whoever acts may see them at the level `wanted` (a key of WANTED); the look is written down.

    `part` says what of the record is shown, for those who ask later who looked. Must be called in the transaction
    that carries `actor`. Raises NotFound, alike for a person who is not there, is restricted, is in conflict with the
    actor, or is no work of theirs; the refusal is written down with the reason, which nobody at a screen is told.
    Raises Merged, of what they may see, for a record merged into another.
    """
    # A raw query hangs what it selects beyond the columns, here level and relationship, on the row.
    found: Any = next(iter(Person.objects.raw(_WITH_REACH, [person_id])), None)
    if found is None or found.level < WANTED[wanted]:
        record_denial(person=person_id, wanted=part)
        raise NotFound
    if found.merged_into_id:
        raise Merged(found.merged_into_id)
    names = _names([person_id])
    opened = _opened(found, names.get(person_id, []), _numbers([person_id], names).get(person_id, ""))
    record_event(
        "read",
        person=person_id,
        table="people_person",
        row=person_id,
        detail={"level": opened.level.name.lower(), "relationship": opened.relationship, "part": part},
    )
    return opened


def briefs(people: Collection[UUID]) -> dict[UUID, Brief]:
    """Those of the people whom the actor may see, by id. Nothing is written of a look: a list is not a record.

    A record merged into another is not among them: the one that stands is.
    """
    names = _names(people)
    numbers = _numbers(people, names)
    rows = Person.objects.filter(pk__in=people, merged_into__isnull=True)
    return {row.pk: Brief(**_brief(row, names.get(row.pk, []), numbers.get(row.pk, ""))) for row in rows}


def teams_holding(people: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """The teams that hold each person's case now, by name: whom to ask. Open from the index upwards."""
    held: dict[UUID, tuple[str, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, team FROM guard.teams_holding_v1(%s::uuid[])", [list(people)])
        for person, team in cursor.fetchall():
            held[person] = (*held.get(person, ()), team)
    return held


def open_in_full(people: Collection[UUID]) -> set[UUID]:
    """Those of the people whose full record is open to the actor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM people_person p CROSS JOIN LATERAL guard.reach_v1(p.id) r "
            "WHERE p.id = ANY (%s::uuid[]) AND r.level = 3",
            [list(people)],
        )
        return {row[0] for row in cursor.fetchall()}


def warned(people: Collection[UUID], *, on: date) -> set[UUID]:
    """Those of the people with a warning in force on a day, as far as the actor may see warnings."""
    in_force = Warning.objects.filter(person__in=people, began_on__lte=on).exclude(ended_on__lte=on)
    return set(in_force.values_list("person_id", flat=True))


def named_exactly(*, given: str, family: str, born_on: date) -> UUID | None:
    """The one person of this name and birth, for emergency access alone; None for none, several, or a conflict."""
    return _one("SELECT guard.find_exactly_v1(%s, %s, %s)", [given, family, born_on])


def numbered(*, scheme: str, value: str) -> UUID | None:
    """The one person with this number, for emergency access alone; None for none, several, or a conflict."""
    return _one("SELECT guard.find_by_number_v1(%s, %s)", [scheme, value])


_WITH_REACH = """
    SELECT p.*, r.level, r.relationship FROM people_person p CROSS JOIN LATERAL guard.reach_v1(p.id) r WHERE p.id = %s
"""


def _one(query: str, values: list[Any]) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _names(people: Collection[UUID]) -> dict[UUID, list[Name]]:
    """Each person's names, the one to call them by first: a legal name still in use, then the latest recorded."""
    found: dict[UUID, list[Name]] = {}
    for name in Name.objects.filter(person__in=people).order_by("position", "recorded_at"):
        found.setdefault(name.person_id, []).append(name)
    for names in found.values():
        names.sort(key=lambda name: (name.kind != "legal", name.until_on is not None))
    return found


def _numbers(people: Collection[UUID], names: Mapping[UUID, list[Name]]) -> dict[UUID, str]:
    """The council's number of each who has no name: a census gives numbers alone."""
    nameless = set(people) - set(names)
    if not nameless:
        return {}
    found = Identifier.objects.filter(person__in=nameless, scheme="LA-child-id").order_by("-position", "-id")
    return dict(found.values_list("person_id", "value"))


def _brief(row: Person, names: list[Name], number: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": str(names[0]) if names else _unnamed(number),
        "known_as": _known_as(names),
        "born_on": row.born_on,
        "birth_estimated": row.birth_estimated,
        "expected_on": row.expected_on,
        "died_on": row.died_on,
    }


def _unnamed(number: str) -> str:
    return f"{number} (name not recorded)" if number else "Name not recorded"


def _known_as(names: list[Name]) -> str:
    """What somebody goes by, where it is not their name: the given name alone when the family name is the same."""
    name = next((name for name in names[1:] if name.kind == "known-as" and name.until_on is None), None)
    if name is None:
        return ""
    return name.given if name.given and name.family in ("", names[0].family) else str(name)


def _opened(row: Any, names: list[Name], number: str) -> Opened:
    return Opened(
        **_brief(row, names, number),
        sex=row.sex,
        gender=row.gender,
        restricted=row.restricted,
        level=Level(row.level),
        relationship=row.relationship,
    )
