"""The mistakes of the invented council: each is found by looking at everybody, and only where it was put."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

import pytest

from wenlock.demo.invent import invent
from wenlock.demo.mistakes import MISTAKES, Mistake, overdue
from wenlock.demo.story import Council, Episode, Person
from wenlock.people.numbers import fault
from wenlock.practice.child_in_need import codes as need_codes


@pytest.fixture(scope="module")
def council() -> Council:
    return invent(on=date(2026, 11, 22))


def _second_records(council: Council) -> Iterator[tuple[Person, Person]]:
    """Records of a child without ties, beside each other member of the family they might be."""
    for family in council.families:
        tied = {person.id for tie in family.ties for person in (tie.person, tie.other)}
        for second in (person for person in family.children if person.id not in tied):
            yield from ((first, second) for first in family.children if first.id in tied)


def _alike(one: Person, other: Person) -> bool:
    return one.given != other.given and SequenceMatcher(None, one.given, other.given).ratio() > 0.7


def _month_apart(one: Person, other: Person) -> bool:
    if one.born_on is None or other.born_on is None:
        return False
    return abs(one.born_on.month - other.born_on.month) == 1 and one.born_on.replace(
        month=1
    ) == other.born_on.replace(month=1)


def _twice(council: Council, same: Callable[[Person, Person], bool]) -> set[UUID]:
    return {person.id for pair in _second_records(council) if same(*pair) for person in pair}


def _numbered(council: Council, scheme: str) -> set[UUID]:
    return {
        p.id for p in council.people for kind, value in p.numbers if kind == scheme and fault(scheme, value)
    }


def _shared(council: Council) -> set[UUID]:
    holders: dict[tuple[str, str], set[UUID]] = {}
    for person in council.people:
        for number in person.numbers:
            holders.setdefault(number, set()).add(person.id)
    return {person for people in holders.values() if len(people) > 1 for person in people}


def _episodes(council: Council, wrong: Callable[[Episode], bool]) -> set[UUID]:
    return {episode.child.id for episode in council.episodes if wrong(episode)}


FINDERS: dict[str, Callable[[Council], set[UUID]]] = {
    "misspelt": lambda c: _twice(
        c, lambda one, two: one.born_on == two.born_on and one.family == two.family and _alike(one, two)
    ),
    "swapped": lambda c: _twice(c, lambda one, two: (one.given, one.family) == (two.family, two.given)),
    "month-out": lambda c: _twice(c, lambda one, two: one.given == two.given and _month_apart(one, two)),
    "nhs-digit": lambda c: _numbered(c, "NHS"),
    "upn-letter": lambda c: _numbered(c, "UPN") | _numbered(c, "former-UPN"),
    "shared-number": _shared,
    "plan-backwards": lambda c: _episodes(
        c, lambda e: any(plan.ended_on is not None and plan.ended_on < plan.began_on for plan in e.plans)
    ),
    "born-tomorrow": lambda c: {p.id for p in c.people if p.born_on and p.born_on > c.on},
    "no-need": lambda c: _episodes(c, lambda e: e.need not in need_codes.PRIMARY_NEEDS),
    "none-and-some": lambda c: _episodes(
        c, lambda e: any("21" in a.factors and len(a.factors) > 1 for a in e.assessments)
    ),
    "never-authorised": lambda c: _episodes(
        c, lambda e: e.closed_on is not None and any(a.authorised_on is None for a in e.assessments)
    ),
    "review-overdue": lambda c: {
        p.id for p in c.people for caution in p.cautions if overdue(caution, on=c.on)
    },
    "unreviewed": lambda c: {person.id for person, _, reviewed in c.emergencies if not reviewed},
}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.code)
def test_a_mistake_is_where_it_was_put_and_nowhere_else(council: Council, mistake: Mistake) -> None:
    found = FINDERS[mistake.code](council)
    assert found == set(council.mistaken[mistake.code])
    assert found


def test_no_other_two_people_have_one_name_and_one_birthday(council: Council) -> None:
    alike = Counter(
        (person.given, person.family, person.born_on) for person in council.people if person.born_on
    )
    assert [key for key, count in alike.items() if count > 1] == []
