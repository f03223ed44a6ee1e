"""What is wrong with a notice, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A place in an authority's folder. `file` is the file's name; `line` counts from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Something said of a notice. `code` names the kind of remark; `about` is the statement or declaration
    ("N45", "purpose.early-help"); `says` is what is so; `do` is what to do."""

    place: Place
    code: str
    about: str
    says: str
    do: str

    def __str__(self) -> str:
        return f"{self.place}: {self.about}: {self.says} {self.do}"


class Fault(Remark):
    """A remark that stops the notice being compiled."""


class Warn(Remark):
    """A remark that a person should act on; the notice compiles."""


class NoticeFaulty(Exception):
    """The notice cannot be compiled. `faults` holds every fault found, in the order of the files' lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.place, f.about, f.code)))
        count = len(self.faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"The notice has {count} fault{'' if count == 1 else 's'}:\n{lines}")
