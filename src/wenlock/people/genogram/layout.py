"""Where everything of a genogram stands: symbols in rows of generations, the lines between them, and the homes."""

from collections.abc import Sequence
from dataclasses import dataclass

from wenlock.people.genogram import labels
from wenlock.people.genogram.boundaries import Home, bounded
from wenlock.people.genogram.facts import Family, Tie
from wenlock.people.genogram.generations import generations
from wenlock.people.genogram.lines import Line, Router
from wenlock.people.genogram.ordering import Ordering
from wenlock.people.genogram.spacing import COLUMN, spaced
from wenlock.people.genogram.tracks import HALF, Bands
from wenlock.people.genogram.unions import Unions, kin_of, unions


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its ends not counted: boxes that only touch are apart."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """Somebody's place: the middle of the symbol, their generation from 0 at the top, and the words beneath."""

    key: str
    x: int
    y: int
    row: int
    words: tuple[str, ...]

    @property
    def symbol(self) -> Box:
        return Box(self.x - HALF, self.y - HALF, self.x + HALF, self.y + HALF)

    @property
    def label(self) -> Box:
        half = max(map(labels.width, self.words), default=0) / 2
        top = self.y + HALF + 4
        return Box(self.x - half, top, self.x + half, top + labels.LEADING * len(self.words))


@dataclass(frozen=True)
class Layout:
    """The whole drawing. `undrawn` are the ties no line tells of, `left_out` the people who are no kin: both are for
    the table alone."""

    family: Family
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    homes: tuple[Home, ...]
    undrawn: tuple[Tie, ...]
    left_out: tuple[str, ...]
    width: int
    height: int


def lay_out(family: Family) -> Layout:
    """The family laid out. The same facts give the same layout, in whatever order they were read."""
    row = generations(family)
    kin = kin_of(family)
    top = min(row[key] for key in kin)
    row = {member.key: row[member.key] - top for member in family.members if member.key in kin}
    joined = unions(family, row)
    order = Ordering(family, row, joined).improved()
    at = spaced(order, joined)
    words = _words(family, order, joined)
    router = Router(family, order, at, joined)
    longest = [max((len(words[key]) for key in keys), default=0) for keys in order]
    bands = Bands(longest, router.couple_tracks, router.child_tracks)
    spots = tuple(
        Spot(key, at[key], bands.middle(level), level, words[key])
        for level, keys in enumerate(order)
        for key in keys
    )
    return Layout(
        family=family,
        spots=spots,
        lines=router.lines(bands),
        homes=bounded(family, order, at, bands),
        undrawn=joined.undrawn,
        left_out=tuple(member.key for member in family.members if member.key not in kin),
        width=max(at.values(), default=0) + COLUMN // 2,
        height=bands.height,
    )


def _words(family: Family, order: Sequence[Sequence[str]], joined: Unions) -> dict[str, tuple[str, ...]]:
    lined = {key for pair in joined.couples for key in pair}
    lined |= {key for each in joined.sibships for key in (*each.parents, *each.children)}
    return {
        key: labels.label_of(family, family.by_key[key], joined=key in lined)
        for keys in order
        for key in keys
    }
