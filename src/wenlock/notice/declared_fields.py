"""What every declaration is made of: fields that say how they are checked, and periods."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Pairs = tuple[tuple[str, str], ...]


def needed(*, refers: str = "", one_of: tuple[str, ...] = ()) -> Any:
    """A field that must be given, and not be empty."""
    return field(metadata={"needed": True, "refers": refers, "one_of": one_of})


def may(default: Any = None, *, refers: str = "", one_of: tuple[str, ...] = ()) -> Any:
    """A field that may be left out."""
    return field(default=default, metadata={"refers": refers, "one_of": one_of})


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Something true in a period. Fields: since (first day), until (the day after the last)."""

    since: date | None = may()
    until: date | None = may()

    def in_force(self, on: date) -> bool:
        """Say whether the day falls in the period."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)
