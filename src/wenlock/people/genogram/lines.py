"""The lines of a genogram: upright and level, each on a track or in a lane of its own, none through a symbol's words.

Couples who stand together are joined side to side. Others are joined by a track beneath the words. A line to children
goes down between two people's words, along a track between the generations, and down to each child.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wenlock.people.genogram.facts import Family
from wenlock.people.genogram.spacing import COLUMN
from wenlock.people.genogram.tracks import HALF, Bands, Lanes, Point, Tracks
from wenlock.people.genogram.unions import (
    BIRTH,
    CARE,
    DIVORCED,
    MARRIED,
    PARENTS_ONLY,
    RECORDED,
    SEPARATED,
    TOGETHER,
    Sibship,
    Unions,
)

LOW = (
    10  # below the middle of a symbol: where a line leaves its side that is not a couple's who stand together
)
DASHES = {PARENTS_ONLY: "2 5", CARE: "8 5", RECORDED: "2 5", TOGETHER: "8 5"}


SAYS = {
    MARRIED: "married, or civil partners",
    TOGETHER: "partners",
    DIVORCED: "divorced, or civil partnership ended",
    SEPARATED: "no longer together",
    PARENTS_ONLY: "known only as parents of the same child",
    BIRTH: "by birth",
    CARE: "by adoption, or as step-parent or carer",
    RECORDED: "recorded as brothers and sisters",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Strokes of one look that tell one thing; `dashes` as SVG has them, `slashes` cross it at `slash_at`."""

    says: str
    keys: tuple[str, ...]
    strokes: tuple[tuple[Point, ...], ...]
    dashes: str = ""
    slashes: int = 0
    slash_at: Point = (0, 0)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a couple's line runs: straight when there is no `track`, else down lanes `left` and `right` to the track."""

    ends: tuple[str, str]
    left: int = 0
    right: int = 0
    track: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the line to children begins: at `x`, from a couple's line, or from the side of the only parent."""

    x: int
    couple: frozenset[str] | None = None
    side_of: str = ""


class Router:
    """The lines of rows already in order and in place."""

    def __init__(
        self, family: Family, rows: Sequence[Sequence[str]], at: Mapping[str, int], joined: Unions
    ) -> None:
        self.family, self.rows, self.at, self.joined = family, rows, at, joined
        self.place = {key: where for row in rows for where, key in enumerate(row)}
        self.level = {key: level for level, row in enumerate(rows) for key in row}
        self.lanes = [Lanes() for _ in rows]
        self.couple_tracks = [Tracks() for _ in rows]
        self.child_tracks = [Tracks() for _ in rows]
        self.entries: dict[tuple[int, str], int] = {}
        self._number_entries()
        self.routes = self._couples()
        self.sources = [self._source(number, each) for number, each in enumerate(joined.sibships)]
        self.bars = [self._bar(number, each) for number, each in enumerate(joined.sibships)]

    def lines(self, bands: Bands) -> tuple[Line, ...]:
        """The couples' lines, then the children's."""
        couples = [self._couple_line(pair, route, bands) for pair, route in self.routes.items()]
        return (
            *couples,
            *(self._child_line(at, each, bands) for at, each in enumerate(self.joined.sibships)),
        )

    def _number_entries(self) -> None:
        """Where each line comes down on a child: the first on the middle, others beside it."""
        met: dict[str, int] = {}
        ranks = {BIRTH: 0, CARE: 1, RECORDED: 2}
        for number, each in sorted(enumerate(self.joined.sibships), key=lambda one: ranks[one[1].look]):
            for child in each.children:
                before = met.get(child, 0)
                met[child] = before + 1
                aside = 0 if not before else -8 if each.look == RECORDED else 8 * min(before, 2)
                self.entries[number, child] = self.at[child] + aside

    def _couples(self) -> dict[frozenset[str], Route]:
        found = {}
        for pair in sorted(self.joined.couples, key=self._nearness):
            left, right = sorted(pair, key=lambda key: self.place[key])
            if self.place[right] - self.place[left] == 1:
                found[pair] = Route((left, right))
                continue
            lanes, level = self.lanes[self.level[left]], self.level[left]
            down, up = lanes.take(self.at[left] + COLUMN // 2), lanes.take(self.at[right] - COLUMN // 2)
            found[pair] = Route((left, right), down, up, self.couple_tracks[level].take(down, up))
        return found

    def _nearness(self, pair: frozenset[str]) -> tuple[int, int, int]:
        left, right = sorted(self.place[key] for key in pair)
        return right - left, self.level[min(pair)], left

    def _source(self, number: int, each: Sibship) -> Source | None:
        if not each.parents:
            return None
        lanes = self.lanes[self.level[each.parents[0]]]
        under = [self.entries[number, child] for child in each.children]
        if len(each.parents) == 1:
            (parent,) = each.parents
            side = self._free_side(parent)
            return Source(lanes.take(self.at[parent] + side * COLUMN // 2, under), side_of=parent)
        pair = frozenset(each.parents)
        route = self.routes[pair]
        if route.track is None:
            middle = sum(self.at[key] for key in pair) // 2
        else:
            middle = min(max((min(under) + max(under)) // 2, route.left + 16), route.right - 16)
        return Source(lanes.take(middle, under), couple=pair)

    def _free_side(self, key: str) -> int:
        """The side of somebody where no partner stands: 1 for the right, which is taken if neither or both are free."""
        beside = [self.place[one] - self.place[key] for one in self.joined.partners(key)]
        return -1 if 1 in beside and -1 not in beside else 1

    def _bar(self, number: int, each: Sibship) -> int:
        source = self.sources[number]
        ends = [self.entries[number, child] for child in each.children]
        ends += [source.x] if source else []
        return self.child_tracks[self.level[each.children[0]]].take(min(ends), max(ends))

    def _couple_line(self, pair: frozenset[str], route: Route, bands: Bands) -> Line:
        left, right = route.ends
        look, y = self.joined.couples[pair], bands.middle(self.level[left])
        start, end = self.at[left] + HALF, self.at[right] - HALF
        if route.track is None:
            stroke: tuple[Point, ...] = ((start, y), (end, y))
            slash = ((start + end) // 2 - 20, y)
        else:
            low = bands.couple_track(self.level[left], route.track)
            side = y + LOW
            stroke = (
                (start, side), (route.left, side), (route.left, low), (route.right, low), (route.right, side), (end, side)
            )  # fmt: skip
            slash = (route.left + 16, low)
        slashes = {DIVORCED: 2, SEPARATED: 1}.get(look, 0)
        return Line(self._says(route.ends, look), route.ends, (stroke,), DASHES.get(look, ""), slashes, slash)

    def _child_line(self, number: int, each: Sibship, bands: Bands) -> Line:
        level, source = self.level[each.children[0]], self.sources[number]
        bar = bands.child_track(level, self.bars[number])
        top = bands.middle(level)
        met = [source.x] if source else []
        strokes: list[tuple[Point, ...]] = [self._beginning(source, bands, bar)] if source else []
        for twins in self._births(each):
            xs = [self.entries[number, child] for child in twins]
            on_bar = sum(xs) // len(xs)
            met.append(on_bar)
            # To the edge of a symbol from its middle; beside the middle, on into it, where the symbol covers the end.
            strokes += [
                ((on_bar, bar), (x, top - HALF if x == self.at[child] else top))
                for x, child in zip(xs, twins, strict=True)
            ]
        if min(met) < max(met):
            strokes.append(((min(met), bar), (max(met), bar)))
        keys = (*each.parents, *each.children)
        return Line(self._told(each), keys, tuple(strokes), DASHES.get(each.look, ""))

    def _beginning(self, source: Source, bands: Bands, bar: int) -> tuple[Point, ...]:
        if source.side_of:
            level, x = self.level[source.side_of], self.at[source.side_of]
            side = bands.middle(level) + LOW
            return (x + (HALF if source.x > x else -HALF), side), (source.x, side), (source.x, bar)
        assert source.couple is not None
        route = self.routes[source.couple]
        level = self.level[route.ends[0]]
        from_y = bands.middle(level) if route.track is None else bands.couple_track(level, route.track)
        return (source.x, from_y), (source.x, bar)

    def _births(self, each: Sibship) -> Iterable[list[str]]:
        """The children by their births: twins, whose day of birth is known and the same, together."""
        births: list[list[str]] = []
        for child in each.children:
            day, member = (
                self.family.by_key[births[-1][0]].born_on if births else None,
                self.family.by_key[child],
            )
            if each.look == BIRTH and day and member.born_on == day and not member.birth_estimated:
                births[-1].append(child)
            else:
                births.append([child])
        return births

    def _told(self, each: Sibship) -> str:
        if each.look == RECORDED:
            return self._says(each.children, RECORDED)
        parents = " and ".join(self.family.by_key[key].name for key in each.parents)
        children = ", ".join(self.family.by_key[key].name for key in each.children)
        return f"{parents}: {children}, {SAYS[each.look]}"

    def _says(self, keys: Iterable[str], look: str) -> str:
        return f"{' and '.join(self.family.by_key[key].name for key in keys)}: {SAYS[look]}"
