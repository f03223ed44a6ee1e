"""What one element of the census file is: the terms in which `schema` is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Kind(Enum):
    """What an element's text must be."""

    DATE = "a date"
    DATETIME = "a date and time"
    FLAG = "true or false"
    CODE = "a code"
    SEX = "a code of sex"
    TEXT = "text"
    INTEGER = "a whole number"
    YEAR = "a year"


@dataclass(frozen=True, eq=False)
class Element:
    """One element of the file.

    An element with a `kind` holds a value and no elements. One that `makes` a record begins a thing of its
    own; any other container only groups, and its values belong to the record around it. `held_in` is the
    record's field; many values or records are held as a tuple. `least` and `most` count occurrences inside
    the parent (`most` None: no limit); `spread` says that a file may also repeat the element, once for each
    value, though it should be one. `since` and `until` are the first and last census years (until None: still
    in force).
    """

    name: str
    kind: Kind | None = None
    held_in: str | None = None
    cbds: str | None = None
    least: int = 0
    most: int | None = 1
    longest: int = 10
    makes: type[Any] | None = None
    parts: tuple["Element", ...] = ()
    since: int | None = None
    until: int | None = None
    spread: bool = False
    constant: str | None = None
    mark: str = ""
    note: str = ""
    inside: Mapping[str, "Element"] = field(init=False, repr=False)
    required: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what reading asks of every element: its parts by name, and the containers it must
        have.

        A missing value is held and left to the rules; a missing container that must be there once is refused.
        """
        must = (part.name for part in self.parts if part.kind is None and part.least == part.most == 1)
        object.__setattr__(self, "inside", {part.name: part for part in self.parts})
        object.__setattr__(self, "required", tuple(must))

    def in_force(self, year: int) -> bool:
        """Whether the census that ends in `year` has the element."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], "Element"]]:
        """Each element from this one down with its path, in the order of the file."""
        here = (*path, self.name)
        yield here, self
        for part in self.parts:
            yield from part.walk(here)


def on(name: str, held_in: str, cbds: str, **more: Any) -> Element:
    """A date."""
    return Element(name, Kind.DATE, held_in, cbds, **more)


def flag(name: str, held_in: str, cbds: str, **more: Any) -> Element:
    """A flag."""
    return Element(name, Kind.FLAG, held_in, cbds, **more)


def code(name: str, held_in: str, cbds: str, **more: Any) -> Element:
    """A code of letters and digits."""
    return Element(name, Kind.CODE, held_in, cbds, **more)


def text(name: str, held_in: str, cbds: str, **more: Any) -> Element:
    """A short text."""
    return Element(name, Kind.TEXT, held_in, cbds, **{"longest": 60, **more})


def count(name: str, held_in: str, cbds: str, **more: Any) -> Element:
    """A whole number, 0 or more."""
    return Element(name, Kind.INTEGER, held_in, cbds, **{"longest": 6, **more})
