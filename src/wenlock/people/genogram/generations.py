"""Which row each person stands in: every child below the parents, couples and brothers and sisters in one row."""

from collections.abc import Iterable
from itertools import pairwise

from wenlock.people.genogram.facts import ABOVE, COUPLES, SIBLINGS, Family


class Rows:
    """People gathered into rows, and rows set above rows. What would set a row above itself is left out."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.row = {key: key for key in keys}
        self.below: dict[str, dict[str, int]] = {key: {} for key in self.row}

    def set_above(self, upper: str, lower: str, by: int) -> None:
        """Put one person's row at least `by` above another's, unless it is below it or the same."""
        high, low = self.row[upper], self.row[lower]
        if high != low and not self._leads(low, high):
            self.below[high][low] = max(by, self.below[high].get(low, 0))

    def put_together(self, one: str, other: str) -> None:
        """Put two people in one row, unless one of their rows is above the other's."""
        kept, gone = self.row[one], self.row[other]
        if kept == gone or self._leads(kept, gone) or self._leads(gone, kept):
            return
        self.row = {key: kept if row == gone else row for key, row in self.row.items()}
        for low, by in self.below.pop(gone).items():
            self.below[kept][low] = max(by, self.below[kept].get(low, 0))
        for lows in self.below.values():
            if gone in lows:
                lows[kept] = max(lows.pop(gone), lows.get(kept, 0))

    def _leads(self, start: str, end: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            for low in self.below[waiting.pop()]:
                if low == end:
                    return True
                if low not in seen:
                    seen.add(low)
                    waiting.append(low)
        return False

    def numbered(self) -> dict[str, int]:
        """Each person's row, 0 at the top: as low as the rows beneath allow."""
        order = self._from_the_top()
        level = dict.fromkeys(order, 0)
        for high in order:
            for low, by in self.below[high].items():
                level[low] = max(level[low], level[high] + by)
        for high in reversed(order):
            if self.below[high]:
                level[high] = min(level[low] - by for low, by in self.below[high].items())
        top = min(level.values(), default=0)
        return {key: level[row] - top for key, row in self.row.items()}

    def _from_the_top(self) -> list[str]:
        above = dict.fromkeys(self.below, 0)
        for lows in self.below.values():
            for low in lows:
                above[low] += 1
        waiting = [row for row in self.below if not above[row]]
        order = []
        while waiting:
            order.append(waiting.pop(0))
            for low in self.below[order[-1]]:
                above[low] -= 1
                if not above[low]:
                    waiting.append(low)
        return order


def generations(family: Family) -> dict[str, int]:
    """Each person's row, from 0 at the top. Where facts contradict each other, parents are believed first."""
    rows = Rows(member.key for member in family.members)
    for parents in family.parents.values():
        for tie in parents:
            rows.set_above(tie.other, tie.person, 1)
    for parents in family.parents.values():
        for tie, next_one in pairwise(parents):
            rows.put_together(tie.other, next_one.other)
    for kinds in (COUPLES, SIBLINGS, ("step-parent", "grandparent"), ("aunt-or-uncle", "cousin"), ("carer",)):
        for tie in family.ties:
            if tie.kind not in kinds or (
                tie.kind == "carer" and len(family.between(tie.person, tie.other)) > 1
            ):
                continue
            if ABOVE[tie.kind]:
                rows.set_above(tie.other, tie.person, ABOVE[tie.kind])
            else:
                rows.put_together(tie.person, tie.other)
    return rows.numbered()
