"""Families of the shapes that a children's service knows."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from wenlock.demo.people import Inventor, new_uuid
from wenlock.demo.story import Family, Home, Person, Stay, Tie

_GAP = (430, 1500)  # days between the births of brothers and sisters


class Household:
    """One family while it is being invented: it knows who is whose, and writes the ties down once."""

    def __init__(self, invent: Inventor, shape: str) -> None:
        self.invent, self.random = invent, invent.random
        self.family = Family(shape=shape, side=self.random.choice(["East", "West"]))
        self.heritage = invent.heritage()

    def woman(self, *, oldest: int = 44, youngest: int = 22, family: str = "") -> Person:
        """A woman of the family's heritage, or now and then of another."""
        return self._adult("F", oldest, youngest, family)

    def man(self, *, oldest: int = 48, youngest: int = 24, family: str = "") -> Person:
        """A man likewise."""
        return self._adult("M", oldest, youngest, family)

    def _adult(self, sex: str, oldest: int, youngest: int, family: str) -> Person:
        heritage = self.heritage if self.random.random() < 0.85 else self.invent.heritage()
        person = self.invent.adult(
            heritage=heritage,
            sex=sex,
            born_on=self.invent.born_between(oldest, youngest),
            family=family,
            but=self.given_names,
        )
        self.family.people.append(person)
        return person

    def couple(self) -> tuple[Person, Person]:
        """A mother and a father under one roof, who may share a family name."""
        father = self.man()
        mother = self.woman(family=father.family if self.random.random() < 0.6 else "")
        self.tie(mother, father, "partner", together=True)
        return mother, father

    def children(
        self,
        mother: Person,
        father: Person | None,
        count: int,
        *,
        after: date | None = None,
        cared_for: bool = True,
    ) -> list[Person]:
        """Up to `count` children under eighteen, none born before either parent was seventeen."""
        today = self.invent.on
        grown = [
            parent.born_on + timedelta(days=17 * 366)
            for parent in (mother, father)
            if parent and parent.born_on
        ]
        earliest = max(*grown, after or today - timedelta(days=17 * 365), today - timedelta(days=17 * 365))
        room = (today - earliest).days - (count - 1) * 800
        born_on = earliest + timedelta(days=self.random.randint(20, max(21, room - 20)))
        made: list[Person] = []
        surname = (father or mother).family if self.random.random() < 0.75 else mother.family
        while len(made) < count and born_on < self.invent.on - timedelta(days=10):
            made.append(self._child(mother, father, born_on, surname, cared_for=cared_for))
            born_on += timedelta(days=self.random.randint(*_GAP))
        return made

    def _child(
        self, mother: Person, father: Person | None, born_on: date, surname: str, *, cared_for: bool
    ) -> Person:
        child = self.invent.child(
            mother=mother, father=father, born_on=born_on, family=surname, but=self.given_names
        )
        return self.belongs(child, cared_for=cared_for)

    @property
    def given_names(self) -> set[str]:
        """The given names already in the family: no two are called the same."""
        return {person.given for person in self.family.people}

    def belongs(self, child: Person, *, cared_for: bool) -> Person:
        """Write a child into the family, with ties to parents, brothers and sisters there already."""
        assert child.mother is not None
        for other in self.family.children:
            if other.mother is child.mother and other.father is child.father:
                self.tie(child, other, "sibling", together=True)
            elif other.mother is child.mother or (child.father and other.father is child.father):
                self.tie(child, other, "half-sibling")
        self.family.people.append(child)
        self.tie(
            child, child.mother, "mother", basis="birth-mother", main_carer=cared_for, together=cared_for
        )
        if child.father is not None:
            basis = self.random.choice(["married-father", "birth-registration", "birth-registration", ""])
            self.tie(child, child.father, "father", basis=basis)
        return child

    def tie(
        self,
        person: Person,
        other: Person,
        kind: str,
        *,
        basis: str = "",
        main_carer: bool | None = None,
        together: bool | None = None,
    ) -> None:
        """Write down who `other` is to `person`, from one side only."""
        self.family.ties.append(Tie(person, other, kind, basis, main_carer, together))

    def home(self, people: list[Person], *, confidential: bool = False, kind: str = "home") -> Home:
        """Give people an address together, from some day in the last years."""
        lines, postcode, uprn = self.invent.places.address(self.family.side)
        moved = self.invent.on - timedelta(days=self.random.randint(60, 2500))
        stays = [Stay(person, kind, max(moved, person.born_on or moved)) for person in people]
        home = Home(new_uuid(self.random), lines, postcode, uprn, stays, confidential)
        self.family.homes.append(home)
        return home


def couple(invent: Inventor) -> Family:
    """Two parents and their children; sometimes a grandparent is known as well."""
    house = Household(invent, "couple")
    mother, father = house.couple()
    children = house.children(mother, father, house.random.choice([1, 1, 2, 2, 2, 3, 4]))
    house.home(list(house.family.people))
    if house.random.random() < 0.12:
        _grandmother(house, mother, children)
    return house.family


def lone_parent(invent: Inventor) -> Family:
    """One parent, more often the mother; the other may be known, at an address of his own."""
    house = Household(invent, "lone parent")
    mother = house.woman()
    father = house.man() if house.random.random() < 0.55 else None
    house.children(mother, father, house.random.choice([1, 1, 2, 2, 3]))
    house.home([person for person in house.family.people if person is not father])
    if father is not None:
        house.tie(mother, father, "former-partner")
        house.home([father])
    return house.family


def step_family(invent: Inventor) -> Family:
    """A mother, her children by a former partner, her partner now, and perhaps a child of theirs."""
    house = Household(invent, "step-family")
    mother, before, now = house.woman(oldest=44, youngest=27), house.man(), house.man()
    older = house.children(mother, before, house.random.choice([1, 2, 2]))
    for child in older:
        house.tie(child, now, "step-parent", together=True)
    if older and older[-1].born_on and house.random.random() < 0.65:
        house.children(mother, now, 1, after=older[-1].born_on + timedelta(days=700))
    house.tie(mother, now, "partner", together=True)
    house.tie(mother, before, "former-partner")
    house.home([person for person in house.family.people if person is not before])
    house.home([before])
    return house.family


def kinship(invent: Inventor) -> Family:
    """Children brought up by grandparents; their mother lives elsewhere."""
    house = Household(invent, "kinship carers")
    grandfather = house.man(oldest=68, youngest=55)
    grandmother = house.woman(oldest=66, youngest=54, family=grandfather.family)
    mother = house.woman(oldest=36, youngest=24, family=grandfather.family)
    house.tie(grandmother, grandfather, "partner", together=True)
    house.tie(mother, grandmother, "mother")
    house.tie(mother, grandfather, "father")
    order = house.random.random() < 0.5
    for child in house.children(mother, None, house.random.choice([1, 2, 2]), cared_for=False):
        for elder in (grandmother, grandfather):
            basis = "special-guardianship" if order else ""
            house.tie(
                child, elder, "grandparent", basis=basis, main_carer=elder is grandmother, together=True
            )
    house.home([person for person in house.family.people if person is not mother])
    house.home([mother])
    return house.family


def two_households(invent: Inventor) -> Family:
    """One father, two mothers, two homes: half-brothers and half-sisters who do not live together."""
    house = Household(invent, "two households")
    father, first, second = (
        house.man(oldest=48, youngest=30),
        house.woman(oldest=44, youngest=29),
        house.woman(),
    )
    there = house.children(first, father, house.random.choice([1, 2]))
    here = house.children(second, father, house.random.choice([1, 2]))
    house.tie(first, father, "former-partner")
    house.tie(second, father, "partner", together=True)
    house.home([first, *there])
    house.home([father, second, *here])
    return house.family


def expecting(invent: Inventor) -> Family:
    """A child not yet born, and perhaps one who is."""
    house = Household(invent, "expecting")
    mother = house.woman(oldest=38, youngest=18)
    father = house.man(oldest=40, youngest=19) if house.random.random() < 0.7 else None
    if house.random.random() < 0.5:
        house.children(mother, father, 1)
    surname = (father or mother).family
    house.belongs(invent.unborn(mother=mother, father=father, family=surname), cared_for=True)
    if father is not None:
        house.tie(mother, father, "partner", together=True)
    house.home([person for person in house.family.people if person.born_on])
    return house.family


def twins(invent: Inventor) -> Family:
    """Two children of one birth."""
    house = Household(invent, "twins")
    mother, father = house.couple()
    for elder in house.children(mother, father, 1):
        assert elder.born_on is not None
        younger = invent.child(
            mother=mother, father=father, born_on=elder.born_on, family=elder.family, but=house.given_names
        )
        house.belongs(younger, cared_for=True)
    house.home(list(house.family.people))
    return house.family


def _grandmother(house: Household, mother: Person, children: Iterable[Person]) -> None:
    elder = house.woman(oldest=70, youngest=62)
    house.tie(mother, elder, "mother")
    for child in children:
        house.tie(child, elder, "grandparent")
    house.home([elder])
    if house.random.random() < 0.3:
        elder.died_on = house.invent.on - timedelta(days=house.random.randint(30, 1500))


SHAPES: dict[Callable[[Inventor], Family], int] = {
    couple: 36,
    lone_parent: 28,
    step_family: 14,
    kinship: 6,
    two_households: 7,
    expecting: 5,
    twins: 4,
}


def invent_family(invent: Inventor) -> Family:
    """A family of some shape, with at least one child."""
    while True:
        family = invent.random.choices(list(SHAPES), list(SHAPES.values()))[0](invent)
        if family.children:
            return family
