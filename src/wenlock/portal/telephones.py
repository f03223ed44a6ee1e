"""Whom to call: the council's own numbers from its folder, and those that are the same everywhere in England."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenlock.portal.authority import authority_file


@dataclass(frozen=True)
class Telephone:
    """A number as it is said aloud, whose it is, and when somebody answers. `unsure`: it is past its review."""

    name: str
    line: str
    when: str = ""
    unsure: bool = False

    @property
    def href(self) -> str:
        """The address that dials it."""
        return "tel:" + re.sub(r"[^\d+]", "", self.line)


CHILDLINE = Telephone("Childline", "0800 1111", "free, at any time, and not shown on the bill")


def council(*, on: date) -> tuple[Telephone, ...]:
    """The council's numbers on a day, in the order of its file. What cannot be read is left out: 999 always stands."""
    return tuple(_declared("telephone", on=on).values())


def independent(*, on: date) -> dict[str, Telephone]:
    """Who is not the council and helps with a complaint of it, by what they are: "advocate" and "ombudsman"."""
    return _declared("independent", on=on)


def _declared(table: str, *, on: date) -> dict[str, Telephone]:
    declared = authority_file().get(table, {})
    rows = declared.items() if isinstance(declared, Mapping) else ()
    return {code: made for code, row in rows if (made := _made(row, on=on))}


def _made(row: Any, *, on: date) -> Telephone | None:
    try:
        in_force = row.get("since", on) <= on and not ("until" in row and row["until"] <= on)
        unsure = row["review_on"] <= on
        return Telephone(row["name"], row["line"], row.get("when", ""), unsure) if in_force else None
    except (AttributeError, KeyError, TypeError):
        return None
