"""What a genogram is drawn from: people and how they are related, on a day. Kept as JSON, it draws the same again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

# Kinds by which one of the two is in a generation above: the other is the ... of the person.
BIRTH_PARENTS = ("mother", "father", "parent")
PARENTS = (*BIRTH_PARENTS, "step-parent", "carer")
COUPLES = ("spouse", "partner", "former-spouse", "former-partner")
SIBLINGS = ("sibling", "half-sibling", "step-sibling")
# How many generations above the person the other stands; kinds of one generation are 0.
ABOVE = {**dict.fromkeys(PARENTS, 1), "grandparent": 2, "aunt-or-uncle": 1} | dict.fromkeys(
    (*COUPLES, *SIBLINGS, "cousin"), 0
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the drawing. `sex` is a code of SEXES, empty when it is not shown. Not yet born: `expected_on` alone.

    `places` are tokens of where they live, alike for those who live together; they say nothing of the address.
    """

    key: str
    name: str
    sex: str = ""
    born_on: date | None = None
    birth_estimated: bool = False
    expected_on: date | None = None
    died_on: date | None = None
    places: tuple[str, ...] = ()

    @property
    def unborn(self) -> bool:
        """A pregnancy: expected, and not known to be born."""
        return self.born_on is None and self.expected_on is not None

    def age(self, *, on: date) -> int | None:
        """Their age in whole years on a day; None for the dead, and when the birth is not known or has not been."""
        if self.died_on or self.born_on is None or self.born_on > on:
            return None
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))

    @property
    def order(self) -> tuple[date, str, str]:
        """What puts brothers and sisters in order of birth; those whose birth is not known come last, by name."""
        return self.born_on or self.expected_on or date.max, self.name, self.key


@dataclass(frozen=True, slots=True)
class Tie:
    """`other` is the `kind` of `person`, who is the younger of the two where the kind has generations.

    `responsibility` is `other`'s parental responsibility for `person`, None when nobody recorded it. `ended` is so on
    the day of the drawing.
    """

    key: str
    person: str
    other: str
    kind: str
    basis: str = ""
    responsibility: bool | None = None
    main_carer: bool = False
    same_household: bool = False
    ended: bool = False
    from_on: date | None = None
    until_on: date | None = None

    @property
    def of_birth(self) -> bool:
        """Parent and child, and no adoption."""
        return self.kind in BIRTH_PARENTS and self.basis != "adoption"

    @property
    def by_adoption(self) -> bool:
        return self.kind in BIRTH_PARENTS and self.basis == "adoption"


@dataclass(frozen=True)
class Family:
    """Whose family it is, the day it is told of, and all that is told. A tie joins two of the members."""

    subject: str
    on: date
    members: tuple[Member, ...] = ()
    ties: tuple[Tie, ...] = ()
    by_key: Mapping[str, Member] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        # In one order, so that the same facts read in another order draw the same.
        object.__setattr__(self, "members", tuple(sorted(self.members, key=lambda one: one.order)))
        object.__setattr__(self, "ties", tuple(sorted(self.ties, key=lambda tie: tie.key)))
        object.__setattr__(self, "by_key", {one.key: one for one in self.members})

    @cached_property
    def parents(self) -> dict[str, tuple[Tie, ...]]:
        """Each child's ties to mother, father or parent, by birth before by adoption."""
        found: dict[str, list[Tie]] = {}
        for tie in self.ties:
            if tie.kind in BIRTH_PARENTS:
                found.setdefault(tie.person, []).append(tie)
        order = {kind: at for at, kind in enumerate(BIRTH_PARENTS)}
        return {
            child: tuple(sorted(ties, key=lambda tie: (tie.by_adoption, order[tie.kind], tie.key)))
            for child, ties in found.items()
        }

    def parents_of(self, key: str) -> frozenset[str]:
        """The keys of somebody's parents, by birth or adoption."""
        return frozenset(tie.other for tie in self.parents.get(key, ()))

    def between(self, one: str, two: str) -> tuple[Tie, ...]:
        """The ties between two people, whichever way they are told."""
        return tuple(tie for tie in self.ties if {tie.person, tie.other} == {one, two})


def member_facts(member: Member) -> dict[str, Any]:
    """A member as JSON, without the key."""
    return {
        "name": member.name,
        "sex": member.sex,
        "born_on": _told(member.born_on),
        "birth_estimated": member.birth_estimated,
        "expected_on": _told(member.expected_on),
        "died_on": _told(member.died_on),
        "places": list(member.places),
    }


def member_of(key: str, facts: Mapping[str, Any]) -> Member:
    """The member that `member_facts` told of."""
    days = {name: _day(facts[name]) for name in ("born_on", "expected_on", "died_on")}
    return Member(
        key=key,
        name=facts["name"],
        sex=facts["sex"],
        birth_estimated=facts["birth_estimated"],
        places=tuple(facts["places"]),
        **days,
    )


def tie_facts(tie: Tie) -> dict[str, Any]:
    """A tie as JSON, without its key and the two people."""
    return {
        "kind": tie.kind,
        "basis": tie.basis,
        "responsibility": tie.responsibility,
        "main_carer": tie.main_carer,
        "same_household": tie.same_household,
        "ended": tie.ended,
        "from_on": _told(tie.from_on),
        "until_on": _told(tie.until_on),
    }


def tie_of(key: str, person: str, other: str, facts: Mapping[str, Any]) -> Tie:
    """The tie that `tie_facts` told of."""
    days = {"from_on": _day(facts["from_on"]), "until_on": _day(facts["until_on"])}
    return Tie(key=key, person=person, other=other, **{**facts, **days})


def _told(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
