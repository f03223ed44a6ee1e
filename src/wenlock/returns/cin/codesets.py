"""What a code and a set of codes are: the terms in which `codes` is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `successors` are the codes that took its place; `mark` U: not yet verified."""

    value: str
    label: str
    since: int | None = None
    until: int | None = None
    successors: tuple[str, ...] = ()
    mark: str = ""
    note: str = ""

    def in_force(self, year: int) -> bool:
        """Whether the code may be used in the census that ends in `year`."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


class CodeSet:
    """The codes an element may hold, by value.

    `misspellings` are spellings known to be about, each with the code it was meant for; they are not in the
    set.
    """

    def __init__(
        self,
        name: str,
        elements: tuple[str, ...],
        codes: Iterable[Code],
        *,
        misspellings: Mapping[str, str] | None = None,
        note: str = "",
    ) -> None:
        self.name, self.elements, self.note = name, elements, note
        self.codes = {code.value: code for code in codes}
        self.misspellings = dict(misspellings or {})

    def __contains__(self, value: object) -> bool:
        return value in self.codes

    def label(self, value: str) -> str:
        """The code's label, or the code itself when no set has it."""
        return self.codes[value].label if value in self.codes else value

    def in_force(self, year: int) -> frozenset[str]:
        """The codes that may be used in the census that ends in `year`."""
        return frozenset(value for value, code in self.codes.items() if code.in_force(year))


def listed(table: str) -> list[Code]:
    """Codes with nothing but a label: one a line, the code first."""
    lines = (line.partition(" ") for line in table.strip().splitlines())
    return [Code(code, label) for code, _, label in lines]
