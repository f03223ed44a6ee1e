"""The family of a person, as far as whoever asks may see it: what a genogram is drawn from. Row security decides.

A path leads through people the actor may see and stops at anybody else, so that nobody hidden is hinted at: not by a
gap, a count or somebody known only through them.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from wenlock.people import codes
from wenlock.people.genogram import Family, Member, Sibling, Tie, living_with
from wenlock.people.genogram import sibling_group as siblings_in
from wenlock.people.genogram.facts import ABOVE
from wenlock.people.models import Relationship
from wenlock.people.queries import Brief, briefs
from wenlock.security.rows import seen_within

STEPS = 3  # a child's parents' parents' other children: aunts and uncles
SUMMARY = seen_within("p.id", "summary", person_table=True)

# Who is related to whom belongs to the summary, so it takes that of both to tell it.
NEAR = f"""
    WITH RECURSIVE near (id, steps) AS (
        SELECT p.id, 0 FROM people_person p WHERE p.id = %(person)s AND ({SUMMARY})
        UNION
        SELECT p.id, n.steps + 1
        FROM near n
        JOIN people_relationship r ON r.person_id = n.id AND r.retracted_at IS NULL AND r.kind = ANY (%(kinds)s)
         AND (r.from_on IS NULL OR r.from_on <= %(on)s)
        JOIN people_person p ON p.id = r.other_id AND (p.born_on IS NULL OR p.born_on <= %(on)s) AND ({SUMMARY})
        WHERE n.steps < %(steps)s)
    SELECT p.id, p.sex FROM people_person p WHERE p.id IN (SELECT id FROM near)
"""
# One token a place. A protected address is its own place and no other: its lines are not asked for.
PLACES = """
    SELECT r.person_id, coalesce(CASE WHEN NOT a.confidential THEN nullif(a.place_key, '') END, r.address_id::text)
    FROM people_residence r LEFT JOIN people_address a ON a.id = r.address_id
    WHERE r.person_id = ANY (%s) AND (r.from_on IS NULL OR r.from_on <= %s) AND (r.until_on IS NULL OR r.until_on > %s)
    ORDER BY 2, 1
"""


def family_of(person: UUID, *, on: date, steps: int = STEPS) -> Family:
    """Everybody within so many relationships of a person on a day, whom the actor may see. Six queries at most.

    A relationship that has ended is told as ended; one not yet begun, or retracted, is not told.
    """
    sexes = _near(person, on, steps)
    places, known = _places(sexes, on), briefs(sexes)
    members = [_member(brief, sexes[key], tuple(places.get(key, ())), on) for key, brief in known.items()]
    return Family(str(person), on, tuple(members), tuple(_ties({UUID(one.key) for one in members}, on)))


def sibling_group(person: UUID, *, on: date) -> tuple[Sibling, ...]:
    """The brothers and sisters of a person whom the actor may see, in order of birth, and how we know."""
    return siblings_in(family_of(person, on=on), str(person))


def household(person: UUID, *, on: date) -> dict[UUID, Brief]:
    """Those the actor may see who live with a person on a day, the eldest first."""
    family = family_of(person, on=on)
    together = living_with(family, str(person))
    known = briefs([UUID(key) for key in together])
    return {UUID(one.key): known[UUID(one.key)] for one in family.members if one.key in together}


def _near(person: UUID, on: date, steps: int) -> dict[UUID, str]:
    """The people, each with their sex."""
    wanted = {
        "person": person,
        "on": on,
        "steps": steps,
        "kinds": list(ABOVE) + [codes.inverse(kind) for kind in ABOVE],
    }
    return dict(_rows(NEAR, wanted))


def _member(brief: Brief, sex: str, places: tuple[str, ...], on: date) -> Member:
    return Member(
        key=str(brief.id),
        name=brief.name,
        sex=sex,
        born_on=brief.born_on,
        birth_estimated=brief.birth_estimated,
        expected_on=brief.expected_on,
        died_on=brief.died_on if brief.died_on and brief.died_on <= on else None,
        places=places,
    )


def _places(people: Collection[UUID], on: date) -> dict[UUID, list[str]]:
    """A token for each place the people live at: numbers, so that nothing of an address is carried along."""
    tokens: dict[str, str] = {}
    found: dict[UUID, list[str]] = {}
    for key, place in _rows(PLACES, [list(people), on, on]):
        token = tokens.setdefault(place, f"place {len(tokens) + 1}")
        if token not in found.setdefault(key, []):
            found[key].append(token)
    return found


def _ties(people: set[UUID], on: date) -> Iterable[Tie]:
    """One tie for each relationship between two of the people, told from the younger generation's side."""
    rows = Relationship.objects.filter(
        person__in=people, other__in=people, retracted_at__isnull=True, kind__in=codes.RELATIONSHIPS
    ).exclude(from_on__gt=on)
    pairs: dict[UUID, list[Relationship]] = {}
    for row in rows:
        pairs.setdefault(row.pair_id, []).append(row)
    for both in pairs.values():
        yield _tie(min(both, key=_preferred), both, on)


def _preferred(row: Relationship) -> tuple[bool, bool, str]:
    """The row to tell a relationship by: one that says of responsibility, then the younger generation's."""
    return row.kind not in ABOVE, row.parental_responsibility is None, str(row.person_id)


def _tie(row: Relationship, both: Collection[Relationship], on: date) -> Tie:
    person, other, kind = str(row.person_id), str(row.other_id), row.kind
    if kind not in ABOVE and codes.inverse(kind) in ABOVE:
        # Only the elder's side can be seen.
        person, other, kind = other, person, codes.inverse(kind)
    return Tie(
        key=str(row.pair_id),
        person=person,
        other=other,
        kind=kind,
        basis=row.responsibility_basis,
        responsibility=row.parental_responsibility,
        main_carer=bool(row.main_carer),
        same_household=any(one.same_household for one in both),
        ended=row.until_on is not None and row.until_on <= on,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _rows(query: str, values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
