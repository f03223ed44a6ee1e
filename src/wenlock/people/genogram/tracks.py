"""Room for lines: lanes between people's words, tracks beneath them, and the share of the height each row has."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wenlock.people.genogram.labels import LEADING
from wenlock.people.genogram.spacing import STEP

Point = tuple[int, int]
HALF, STRIP, TRACK = 20, 26, 14  # half a symbol; above symbols, for a home's name; from track to track
REACH = 12  # how far from the middle between two people a lane may lie and touch neither's words
# Lanes lie half a step off the steps people stand on, so that no line runs along another; nearest first.
ASIDE = (-STEP // 2, STEP // 2, -REACH, REACH, -STEP, STEP, 0)


@dataclass(slots=True)
class Lanes:
    """The upright lanes of a row, no two at the same place until a gap is full."""

    taken: set[int] = field(default_factory=set)

    def take(self, middle: int, under: Sequence[int] = ()) -> int:
        """A lane near the middle of a gap; straight over one of the points `under` where that is near enough."""
        near = [x for x in under if abs(x - middle) <= STEP]
        on_step = round(middle / STEP) * STEP
        wanted = [*near, *(on_step + aside for aside in ASIDE)]
        lane = next((x for x in wanted if x not in self.taken), wanted[0])
        self.taken.add(lane)
        return lane


@dataclass(slots=True)
class Tracks:
    """Level tracks, each with the stretches taken on it."""

    taken: list[list[tuple[int, int]]] = field(default_factory=list)

    def take(self, left: int, right: int) -> int:
        """The number of the first track free from `left` to `right`, which is then taken."""
        for number, stretches in enumerate(self.taken):
            if all(right + STEP < start or end + STEP < left for start, end in stretches):
                stretches.append((left, right))
                return number
        self.taken.append([(left, right)])
        return len(self.taken) - 1


@dataclass(frozen=True, slots=True)
class Band:
    """A row's share of the height, from `top` to `end`; `tracks` is where the couples' tracks beneath the words begin."""

    top: int
    words_end: int
    end: int

    @property
    def middle(self) -> int:
        """The middle of the row's symbols."""
        return self.top + STRIP + HALF


class Bands:
    """The rows' shares of the height, from how many lines of words and how many tracks each has."""

    def __init__(self, words: Sequence[int], couples: Sequence[Tracks], children: Sequence[Tracks]) -> None:
        self.bands: list[Band] = []
        end = 0
        for lines, couple, child in zip(words, couples, children, strict=True):
            top = end + 12 + TRACK * len(child.taken)
            words_end = top + STRIP + 2 * HALF + 4 + LEADING * lines if lines else top
            end = words_end + 8 + TRACK * len(couple.taken) if lines else top
            self.bands.append(Band(top, words_end, end))

    @property
    def height(self) -> int:
        return self.bands[-1].end + 4 if self.bands else 0

    def middle(self, level: int) -> int:
        return self.bands[level].middle

    def couple_track(self, level: int, number: int) -> int:
        return self.bands[level].words_end + TRACK * (number + 1)

    def child_track(self, level: int, number: int) -> int:
        before = self.bands[level - 1].end if level else 0
        return before + 10 + TRACK * number
