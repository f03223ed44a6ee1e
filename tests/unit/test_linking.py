"""Records of one person found among the invented council, with people recorded twice planted in it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle
from random import Random
from uuid import UUID

import pytest

from wenlock.demo.invent import invent
from wenlock.people.linking import Pair, Told, link

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def council() -> tuple[list[Told], set[frozenset[UUID]]]:
    """What is told of everybody in the demonstration with a name, and who is recorded as related to whom."""
    made = invent(on=TODAY)
    home = {
        stay.person.id: place.postcode
        for family in made.families
        for place in family.homes
        for stay in place.stays
    }
    told = [
        Told(one.id, one.given, one.family, (one.family,), one.born_on, one.sex, home.get(one.id, ""), ())
        for one in made.people
        if one.given
    ]
    related = {
        frozenset((one.id, other.id))
        for family in made.families
        for one in family.people
        for other in family.people
    }
    return told, related


def changed_over(word: str) -> str:
    """The word with its second and third letters changed over."""
    return word[:1] + word[2:3] + word[1:2] + word[3:]


def turned(day: date | None) -> date | None:
    """Day and month the other way round, where there is such a day."""
    return date(day.year, day.day, day.month) if day and day.day <= 12 else day


# What goes wrong when somebody is recorded a second time.
WRONG: dict[str, Callable[[Told], Told]] = {
    "letters changed over": lambda told: replace(told, given=changed_over(told.given)),
    "a family name misspelt, and moved": lambda told: replace(
        told, family=changed_over(told.family), postcode=""
    ),
    "day and month": lambda told: replace(told, born_on=turned(told.born_on)),
    "a new family name": lambda told: replace(
        told, family="Quarrington", families=(told.family, "Quarrington")
    ),
    "no birth": lambda told: replace(told, born_on=None),
    "moved away": lambda told: replace(told, sex="", postcode="TF1 1AA"),
}


def planted(told: list[Told], many: int) -> Iterator[tuple[str, Told, frozenset[UUID]]]:
    """Some of the people again, each wrong in one way, with the pair that is one person."""
    random = Random(11)
    for wrong, one in zip(cycle(WRONG), random.sample(told, many), strict=False):
        again = replace(WRONG[wrong](one), id=UUID(int=random.getrandbits(128)))
        yield wrong, again, frozenset((one.id, again.id))


def ends(pairs: list[Pair]) -> set[frozenset[UUID]]:
    return {frozenset((pair.person, pair.other)) for pair in pairs}


def test_people_recorded_twice_are_found_and_few_others(
    council: tuple[list[Told], set[frozenset[UUID]]],
) -> None:
    told, related = council
    copies = list(planted(told, 150))
    before = ends(link(told, on=TODAY)) - related
    found = ends(link([*told, *(again for _, again, _ in copies)], on=TODAY)) - related - before
    true = {pair for _, _, pair in copies}
    assert len(found & true) / len(true) >= 0.9  # recall
    assert len(found & true) / len(found) >= 0.8  # precision
    for wrong in WRONG:  # no one way of going wrong is missed altogether
        assert any(pair in found for kind, _, pair in copies if kind == wrong), wrong


def test_the_same_records_give_the_same_pairs(council: tuple[list[Told], set[frozenset[UUID]]]) -> None:
    told = council[0][:400]
    assert link(told, on=TODAY, least=0.5) == link(list(reversed(told)), on=TODAY, least=0.5)


def test_why_is_said_in_words(council: tuple[list[Told], set[frozenset[UUID]]]) -> None:
    told = council[0]
    one = next(each for each in told if each.born_on and each.postcode)
    again = replace(one, id=UUID(int=5), given="Zebulon")
    found = [
        pair for pair in link([*told, again], on=TODAY, least=0.1) if UUID(int=5) in (pair.person, pair.other)
    ]
    assert {"Same family name", "Same date of birth", "Same postcode"} <= set(found[0].reasons)
    assert not {"Same given name"} & set(found[0].reasons)
    assert 0.1 <= found[0].probability <= 1


@pytest.mark.parametrize("count", [0, 1, 2])
def test_nobody_and_somebody_alone_are_like_nobody(count: int) -> None:
    told = [Told(UUID(int=number), "Kit", f"Vale{'x' * number * 9}") for number in range(count)]
    assert link(told, on=TODAY) == []
