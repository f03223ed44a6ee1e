"""Instruments of law and their provisions, dated, so that any past or coming day can be asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Gives = Literal["duty", "power", "prohibition", "right", "condition", "definition"]
Mark = Literal["V", "S", "K", "U"]

MARKS: dict[Mark, str] = {
    "V": "the text of the primary source was read",
    "S": "a secondary source was read",
    "K": "general knowledge of the instrument: check the text before relying on it",
    "U": "doubtful: check first",
}

_PINPOINT = re.compile(r"^(?P<base>[^()]+)(?P<pinpoint>(\([0-9A-Za-z]+\))+)$")
_PATHS = {
    "s": "section",
    "reg": "regulation",
    "art": "article",
    "Sch": "schedule",
    "Pt": "part",
    "para": "paragraph",
}


class NoSuchProvision(LookupError):
    """The catalogue holds no such instrument or provision."""

    def __init__(self, reference: str, near: tuple[str, ...] = ()) -> None:
        self.reference = reference
        self.near = near
        super().__init__(f"The law catalogue has no “{reference}”.")


@dataclass(frozen=True, kw_only=True)
class Provision:
    """One section, regulation, article or paragraph, or a chapter of guidance.

    `instrument` is the code of the Act that holds it and `citation` its title; `number` is written "s.17",
    "reg.33", "art.9(2)(g)", "Sch.1 para.18" or "ch.3"; `pinpoint` is a subsection such as "(1)"; `gives` says what
    it gives; `says` is a sentence in our own words. In force in the period [in_force_from, in_force_until):
    a start of None means it has not been brought into force, an end of None means it still is. `mark` is
    one of MARKS.
    """

    number: str
    gives: Gives
    says: str
    in_force_from: date | None
    in_force_until: date | None = None
    mark: Mark = "K"
    instrument: str = ""
    citation: str = ""
    link: str = ""
    pinpoint: str = ""

    def in_force(self, on: date) -> bool:
        """Say whether the provision is law on the day."""
        if self.in_force_from is None or on < self.in_force_from:
            return False
        return self.in_force_until is None or on < self.in_force_until

    @property
    def reference(self) -> str:
        """How declarations write it: "CA1989 s.17(10)"."""
        return f"{self.instrument} {self.number}{self.pinpoint}"

    def __str__(self) -> str:
        return f"{self.citation}, {self.number.replace('.', '. ')}{self.pinpoint}"


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """One Act, regulation, code or edition of statutory guidance.

    `code` is how declarations name it ("CA1989"); `title` is the full title with chapter or number;
    `citation` is the short title; `link` is its page on legislation.gov.uk, or for guidance on gov.uk;
    `provisions` are those the services rely on, not all of them.
    """

    code: str
    title: str
    citation: str
    link: str
    provisions: tuple[Provision, ...]

    def __post_init__(self) -> None:
        owned = tuple(
            replace(p, instrument=self.code, citation=self.citation, link=self.link + _path(p.number))
            for p in self.provisions
        )
        numbers = [p.number for p in owned]
        if len(set(numbers)) != len(numbers):
            raise ValueError(f"{self.code} lists a provision twice")
        object.__setattr__(self, "provisions", owned)

    def section(self, number: str) -> Provision:
        """The section, as `section("17")` or `section("17(10)")`. Raises NoSuchProvision."""
        return self.find(f"s.{number}")

    def reg(self, number: str) -> Provision:
        """The regulation, as `reg("33(1)")`. Raises NoSuchProvision."""
        return self.find(f"reg.{number}")

    def article(self, number: str) -> Provision:
        """The article, as `article("6(1)(e)")`. Raises NoSuchProvision."""
        return self.find(f"art.{number}")

    def schedule(self, number: str, *, paragraph: str | None = None) -> Provision:
        """The schedule, or a paragraph of it, as `schedule("1", paragraph="18")`. Raises NoSuchProvision."""
        return self.find(f"Sch.{number} para.{paragraph}" if paragraph else f"Sch.{number}")

    def find(self, number: str) -> Provision:
        """The provision so numbered; a subsection not listed by itself is found within its section.

        Raises NoSuchProvision.
        """
        listed = {p.number: p for p in self.provisions}
        if number in listed:
            return listed[number]
        parts = _PINPOINT.match(number)
        if parts and parts["base"] in listed:
            return replace(listed[parts["base"]], pinpoint=parts["pinpoint"])
        raise NoSuchProvision(f"{self.code} {number}")


def _path(number: str) -> str:
    """Where the provision stands below its instrument's page; guidance is one page, whatever its chapters."""
    steps = []
    for part in number.split(" "):
        kind, _, value = part.partition(".")
        if kind == "ch":
            return ""
        steps.append(f"/{_PATHS[kind]}/{value.split('(')[0]}")
    return "".join(steps)


def duty(
    number: str, says: str, since: date | None, until: date | None = None, mark: Mark = "K"
) -> Provision:
    """A provision under which the council must act."""
    return _provision("duty", number, says, since, until, mark)


def power(
    number: str, says: str, since: date | None, until: date | None = None, mark: Mark = "K"
) -> Provision:
    """A provision under which the council, a court or the police may act."""
    return _provision("power", number, says, since, until, mark)


def prohibition(
    number: str, says: str, since: date | None, until: date | None = None, mark: Mark = "K"
) -> Provision:
    """A provision that forbids."""
    return _provision("prohibition", number, says, since, until, mark)


def right(
    number: str, says: str, since: date | None, until: date | None = None, mark: Mark = "K"
) -> Provision:
    """A provision that gives a person a right against the council."""
    return _provision("right", number, says, since, until, mark)


def condition(
    number: str, says: str, since: date | None, until: date | None = None, mark: Mark = "K"
) -> Provision:
    """A provision that must be met before something else is lawful."""
    return _provision("condition", number, says, since, until, mark)


def definition(
    number: str, says: str, since: date | None, until: date | None = None, mark: Mark = "K"
) -> Provision:
    """A provision that says what a word means, or sets a principle."""
    return _provision("definition", number, says, since, until, mark)


def _provision(
    gives: Gives, number: str, says: str, since: date | None, until: date | None, mark: Mark
) -> Provision:
    return Provision(
        number=number, gives=gives, says=says, in_force_from=since, in_force_until=until, mark=mark
    )
