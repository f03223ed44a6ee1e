"""The order of each row from left to right: brothers and sisters by birth always, and partners together if it can be."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from wenlock.people.genogram.facts import Family
from wenlock.people.genogram.homes import households
from wenlock.people.genogram.unions import BIRTH, DIVORCED, SEPARATED, Sibship, Unions

SWEEPS = 4


class Ordering:
    """Rows of keys, improved by moving one person, or a run of people, at a time."""

    def __init__(self, family: Family, row: Mapping[str, int], joined: Unions) -> None:
        self.family, self.joined = family, joined
        count = max(row.values(), default=-1) + 1
        birth = [member.key for member in family.members if member.key in row]
        self.rows = [[key for key in birth if row[key] == level] for level in range(count)]
        self.row = row
        self.homes = households(family)
        self.elder = [self._elder_first(level) for level in range(count)]
        self.at: dict[str, float] = {}
        for level in range(count):
            self._settle(level, self._begun(level))

    def improved(self) -> list[list[str]]:
        """The rows, from the top."""
        for sweep in range(SWEEPS):
            levels = range(len(self.rows))
            for level in reversed(levels) if sweep % 2 == 0 else levels:
                self._improve(level)
        return self.rows

    def _elder_first(self, level: int) -> list[tuple[str, str]]:
        """Each child of the row with the next one born to the same parents, by birth or by adoption."""
        groups: dict[frozenset[str], list[str]] = {}
        for key in self.rows[level]:
            groups.setdefault(self.family.parents_of(key), []).append(key)
        alike = [tuple(children) for parents, children in groups.items() if parents]
        drawn = [each.children for each in self.joined.sibships if self.row[each.children[0]] == level]
        return sorted({pair for children in (*alike, *drawn) for pair in pairwise(children)})

    def _begun(self, level: int) -> list[str]:
        """A first order: by where the parents stand, then by birth."""
        above = {
            child: sum(self.at[parent] for parent in each.parents) / len(each.parents)
            for each in reversed(self.joined.sibships)
            for child in each.children
            if each.parents and self.row[child] == level
        }
        known = [key for key in self.rows[level] if key in above]
        order = sorted(known, key=lambda key: above[key])
        if not self._by_birth(level, order):
            order = known
        for key in self.rows[level]:
            if key not in above:
                beside = [order.index(one) for one in self.joined.partners(key) if one in order]
                order.insert(beside[0] + 1 if beside else len(order), key)
        return order if self._by_birth(level, order) else self.rows[level]

    def _improve(self, level: int) -> None:
        order = self.rows[level]
        cost = self._cost_at(level)
        best = cost(order)
        for _ in range(len(order)):
            tried = ((cost(other), other) for other in _moves(order) if self._by_birth(level, other))
            found = min(tried, default=(best, order))
            if found[0] >= best - 1e-9:
                break
            best, order = found
        self._settle(level, order)

    def _settle(self, level: int, order: list[str]) -> None:
        self.rows[level] = order
        self.at |= _spread(order)

    def _by_birth(self, level: int, order: Sequence[str]) -> bool:
        place = {key: at for at, key in enumerate(order)}
        # While a row is begun, not everybody stands in it yet.
        pairs = [pair for pair in self.elder[level] if set(pair) <= set(place)]
        return all(place[elder] < place[younger] for elder, younger in pairs)

    def _cost_at(self, level: int) -> Callable[[Sequence[str]], float]:
        """What tells how far apart an order of the row leaves those who belong together. Less is better."""
        here = set(self.rows[level])
        couples = [pair for pair in self.joined.couples if pair <= here]
        sibships = [each for each in self.joined.sibships if here & {*each.parents, *each.children}]
        homes = [home & here for home in self.homes if len(home & here) > 1]

        def cost(order: Sequence[str]) -> float:
            at = {**self.at, **_spread(order)}
            place = {key: where for where, key in enumerate(order)}
            return (
                sum(self._couple_cost(pair, place) for pair in couples)
                + sum(self._sibship_cost(each, at, place) for each in sibships)
                + sum(_gaps([place[key] for key in home]) for home in homes)
            )

        return cost

    def _couple_cost(self, pair: frozenset[str], place: Mapping[str, int]) -> float:
        left, right = sorted(pair, key=lambda key: place[key])
        apart = place[right] - place[left] - 1
        # By custom a man stands on the left of a couple, and a partner of the past on the left of one of today.
        odd = self.family.by_key[left].sex == "F" and self.family.by_key[right].sex == "M"
        past = self.joined.couples[pair] in (SEPARATED, DIVORCED)
        busier = len(self.joined.partners(left)) > len(self.joined.partners(right))
        return 4 * apart + (0.2 if odd else 0) + (0.3 if past and busier else 0)

    def _sibship_cost(self, each: Sibship, at: Mapping[str, float], place: Mapping[str, int]) -> float:
        middle = abs(_mean(at, each.parents) - _mean(at, each.children)) if each.parents else 0
        weight = 1 if each.look == BIRTH else 0.2
        return weight * (middle + 1.5 * _gaps([place[child] for child in each.children if child in place]))


def _moves(order: Sequence[str]) -> list[list[str]]:
    """Every order made by taking a run of one to four people out and putting it in elsewhere."""
    found = []
    for size in range(1, min(4, len(order) - 1) + 1):
        for start in range(len(order) - size + 1):
            run, rest = list(order[start : start + size]), [*order[:start], *order[start + size :]]
            found += [[*rest[:to], *run, *rest[to:]] for to in range(len(rest) + 1) if to != start]
    return found


def _spread(order: Sequence[str]) -> dict[str, float]:
    return {key: where - (len(order) - 1) / 2 for where, key in enumerate(order)}


def _mean(at: Mapping[str, float], keys: Sequence[str]) -> float:
    return sum(at[key] for key in keys) / len(keys)


def _gaps(places: Sequence[int]) -> int:
    """How many others stand between people who belong together."""
    return max(places) - min(places) - len(places) + 1 if places else 0
