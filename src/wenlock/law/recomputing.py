"""What a correction changed: two readings of one clock, and why their dates differ."""

from __future__ import annotations

from dataclasses import dataclass

from wenlock.law.explaining import plain
from wenlock.law.reckoning import Moment
from wenlock.law.running import Reading


@dataclass(frozen=True)
class Change:
    """A due date that moved: from `old` to `new` (None: it was not counting), what was said for the old, and is now."""

    clock: str
    old: Moment | None
    new: Moment | None
    formerly: tuple[str, ...]
    because: tuple[str, ...]

    def __str__(self) -> str:
        """`Due 5 October 2026, now 6 October 2026.`"""
        old, new = (plain(moment) or "on no date yet" for moment in (self.old, self.new))
        return f"Due {old}, now {new}."


def changed(before: Reading, after: Reading) -> Change | None:
    """How the due date moved between two readings of one clock, with the sentences that differ; None if it did not.

    Raises ValueError for readings of different clocks.
    """
    if before.clock != after.clock:
        raise ValueError(f"{before.clock} and {after.clock} are different clocks.")
    if str(before.due) == str(after.due):  # as text, with the offset: one hour a year comes twice in London
        return None
    return Change(
        before.clock,
        before.due,
        after.due,
        formerly=tuple(said for said in before.because if said not in after.because),
        because=tuple(said for said in after.because if said not in before.because),
    )
