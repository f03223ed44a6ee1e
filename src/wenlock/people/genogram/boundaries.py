"""The dotted boundary round each home: one shape for each run of its people, joined from row to row where they meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenlock.people.genogram.facts import Family
from wenlock.people.genogram.homes import households
from wenlock.people.genogram.labels import width
from wenlock.people.genogram.spacing import COLUMN
from wenlock.people.genogram.tracks import Bands, Point

NAME_SIZE = 12


@dataclass(frozen=True, slots=True)
class Home:
    """A home: its number, from 1, who is of it, its outlines, and where its name stands beside each."""

    number: int
    keys: frozenset[str]
    outlines: tuple[tuple[Point, ...], ...]
    names_at: tuple[Point, ...]

    @property
    def name(self) -> str:
        return f"Home {self.number}"


@dataclass(frozen=True, slots=True)
class Run:
    """People of one home who stand together in a row."""

    level: int
    left: int
    right: int


def bounded(
    family: Family, rows: Sequence[Sequence[str]], at: Mapping[str, int], bands: Bands
) -> tuple[Home, ...]:
    """The homes of those drawn. Nobody who is not of a home stands inside its boundary."""
    drawn = {key for row in rows for key in row}
    homes = [home & drawn for home in households(family)]
    found: list[Home] = []
    corners: set[tuple[int, int]] = set()
    for number, home in enumerate((home for home in homes if len(home) > 1), start=1):
        inset = 4 + 5 * ((number - 1) % 3)
        stacks = _stacked(
            [run for level, row in enumerate(rows) for run in _runs(level, row, home, at, inset)]
        )
        names = tuple(_name_at(stack[0], bands, corners) for stack in stacks)
        outlines = tuple(_outline(stack, bands, inset) for stack in stacks)
        found.append(Home(number, frozenset(home), outlines, names))
    return tuple(found)


def _runs(
    level: int, row: Sequence[str], home: frozenset[str], at: Mapping[str, int], inset: int
) -> list[Run]:
    runs: list[Run] = []
    half, going_on = COLUMN // 2 - inset, False
    for key in row:
        if key in home:
            left = runs.pop().left if going_on else at[key] - half
            runs.append(Run(level, left, at[key] + half))
        going_on = key in home
    return runs


def _stacked(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs of rows that follow each other joined where one is over the other, each with one above and one below."""
    stacks: list[list[Run]] = []
    for run in runs:
        above = [
            stack for stack in stacks
            if stack[-1].level == run.level - 1 and min(stack[-1].right, run.right) - max(stack[-1].left, run.left) > 40
        ]  # fmt: skip
        if above:
            above[0].append(run)
        else:
            stacks.append([run])
    return stacks


def _outline(stack: Sequence[Run], bands: Bands, inset: int) -> tuple[Point, ...]:
    """The corners, down the right side and up the left.

    The step from row to row is at one height for every home, so that no home's reaches into another's.
    """
    steps = [bands.bands[run.level].top + 4 for run in stack[1:]]
    tops = [bands.bands[stack[0].level].top + inset - 4, *steps]
    ends = [*steps, bands.bands[stack[-1].level].words_end + 8 - inset // 2]
    down = [(run.right, y) for run, top, end in zip(stack, tops, ends, strict=True) for y in (top, end)]
    up = [(run.left, y) for run, top, end in zip(stack, tops, ends, strict=True) for y in (top, end)]
    return (*down, *reversed(up))


def _name_at(run: Run, bands: Bands, corners: set[tuple[int, int]]) -> Point:
    """The left corner of a run, or the right one where another home's name stands already."""
    y = bands.bands[run.level].top + 18
    room = int(width("Home 99", NAME_SIZE))
    places = [(run.left + 7, y), (run.right - room - 3, y)]
    free = next(
        (place for place in places if all(abs(place[0] - x) > room or y != at for x, at in corners)),
        places[0],
    )
    corners.add(free)
    return free
