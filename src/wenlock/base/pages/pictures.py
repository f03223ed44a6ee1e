"""Drawings: spans and events over years, and counts as bars. Each has a table that says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.safestring import SafeString

from wenlock.base.pages.dates import PartialDate, plain_date, short_date
from wenlock.base.pages.svg import (
    FILLS,
    INK,
    LETTER,
    PAPER,
    QUIET,
    RULE,
    centred,
    counted,
    drawing,
    element,
    group,
    words,
)

YEARS_HEIGHT, MARK_HEIGHT, LANE_HEIGHT, BAR_HEIGHT = 34, 26, 22, 24
RADIUS, TIP = 11, 7


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted, [began_on, ended_on), in a lane with its like. None: it has not ended."""

    lane: str
    label: str
    began_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day, or on a day only partly known."""

    on: date | PartialDate
    label: str

    @property
    def day(self) -> date:
        """Where it is drawn: the first day it may have been."""
        return self.on.begins_on if isinstance(self.on, PartialDate) else self.on


@dataclass(frozen=True, slots=True)
class Scale:
    """Days as distances from the left: `first` at the inner left edge, `last` at the right one."""

    first: date
    last: date
    width: int
    margin: int = 8

    def x(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        kept = min(max((day - self.first).days, 0), whole)
        return self.margin + kept / whole * (self.width - 2 * self.margin)


def timeline_svg(
    spans: Sequence[Span],
    marks: Sequence[Mark],
    *,
    today: date,
    title: str,
    key: str = "timeline",
    width: int = 880,
) -> SafeString:
    """A drawing of lanes of bars and numbered marks over the years, as one `<svg>`.

    A span not ended runs to `today` and has a pointed end. `key` begins the ids and must be unlike that of
    any other drawing on the page. `width` is the drawing's own measure: 880 for a page, 340 for a phone.
    Marks carry the numbers they have in `timeline_rows`.
    """
    scale = _scale(spans, marks, today, width)
    rows, depth = _mark_rows(_in_order(marks), scale)
    lanes, bottom = _lanes(spans, scale, today, top=YEARS_HEIGHT + depth * MARK_HEIGHT)
    parts = [*_years(scale, bottom), _today(scale, today, bottom), *_marks(rows, scale), *lanes]
    what = f"{counted(len(spans), 'period')} and {counted(len(marks), 'event')}"
    told = f"{what}, between {plain_date(scale.first)} and {plain_date(scale.last)}."
    return drawing(parts, key=key, title=title, told=told, width=width, height=bottom + 24)


def timeline_rows(spans: Sequence[Span], marks: Sequence[Mark]) -> list[list[Any]]:
    """The same facts as rows of lane or number, words, from and to: periods as given, then events."""
    periods: list[list[Any]] = [
        [one.lane, one.label, {"on": one.began_on}, {"on": one.ended_on} if one.ended_on else "Still open"]
        for one in spans
    ]
    numbered = enumerate(_in_order(marks), start=1)
    return periods + [
        [f"Event {number}", mark.label, {"on": mark.on}, "One day"] for number, mark in numbered
    ]


def bar_svg(
    counts: Sequence[tuple[str, int | None]], *, title: str, key: str = "bars", width: int = 640
) -> SafeString:
    """Counts as bars lying down, each under its words with its number. None is a number kept back."""
    longest = max((number or 0 for _, number in counts), default=0)
    parts = [part for row, one in enumerate(counts) for part in _bar(*one, longest, 4 + row * 48, width)]
    told = f"{counted(len(counts), 'bar')}."
    return drawing(parts, key=key, title=title, told=told, width=width, height=len(counts) * 48 + 8)


def _bar(label: str, number: int | None, longest: int, top: int, width: int) -> list[str]:
    long = (number or 0) / longest * (width - 70) if longest else 0.0
    said = "kept back" if number is None else f"{number:,}"
    bar = element("rect", class_="wl-bar wl-bar--0", x=2, y=top + 20, width=long, height=18, fill=FILLS[0])
    return [words(label, 2, top + 14), bar, words(said, long + 8, top + 34, font_weight=700)]


def _scale(spans: Sequence[Span], marks: Sequence[Mark], today: date, width: int) -> Scale:
    days = [today, *(mark.day for mark in marks)]
    first = min(days + [span.began_on for span in spans])
    last = max(days + [span.ended_on or span.began_on for span in spans])
    spare = timedelta(days=max((last - first).days // 30, 14))
    return Scale(first - spare, last + spare, width)


def _years(scale: Scale, bottom: float) -> list[str]:
    years = range(scale.first.year + 1, scale.last.year + 1)
    room = scale.width / max(len(years), 1)
    every = next((step for step in (1, 2, 5, 10, 20) if room * step >= 46), 50)
    drawn: list[str] = []
    for year in years:
        x = scale.x(date(year, 1, 1))
        drawn.append(
            element(
                "path",
                class_="wl-rule",
                stroke=RULE,
                d=f"M{x:.1f} {26 if year % every else 20}V{bottom}",
            )
        )
        if year % every == 0:
            drawn.append(centred(str(year), x, 14, within=scale.width, fill=QUIET))
    return drawn


def _today(scale: Scale, today: date, bottom: float) -> str:
    x = scale.x(today)
    line = element("path", stroke=INK, stroke_width=2, stroke_dasharray="2 3", d=f"M{x:.1f} 22V{bottom + 4}")
    label = centred("Today", x, bottom + 18, within=scale.width)
    return group(f"Today, {plain_date(today)}", line, label, class_="wl-today")


def _mark_rows(marks: Iterable[Mark], scale: Scale) -> tuple[list[tuple[int, Mark, int]], int]:
    """Each mark with its number and the first row where it touches no other; and how many rows."""
    ends: list[float] = []
    placed = []
    for number, mark in enumerate(marks, start=1):
        x = scale.x(mark.day)
        row = next((row for row, end in enumerate(ends) if x >= end), len(ends))
        ends[row : row + 1] = [x + 2 * RADIUS + 3]
        placed.append((number, mark, row))
    return placed, len(ends)


def _marks(placed: Iterable[tuple[int, Mark, int]], scale: Scale) -> list[str]:
    return [_mark(number, mark, 40 + row * MARK_HEIGHT, scale) for number, mark, row in placed]


def _mark(number: int, mark: Mark, y: int, scale: Scale) -> str:
    x = scale.x(mark.day)
    ring = element("circle", cx=x, cy=y, r=RADIUS, fill=PAPER, stroke=INK, stroke_width=2)
    figure = words(str(number), x, y + 4, font_size=12, font_weight=700, text_anchor="middle")
    return group(f"{number}: {mark.label}, {plain_date(mark.on)}", ring, figure, class_="wl-mark")


def _lanes(spans: Sequence[Span], scale: Scale, today: date, top: int) -> tuple[list[str], int]:
    """The lanes' names and bars, and where the last ends. Spans that overlap have lines of their own."""
    parts: list[str] = []
    halo: dict[str, Any] = {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke", "font_weight": 700}
    for colour, lane in enumerate(dict.fromkeys(span.lane for span in spans)):
        parts.append(words(lane, scale.margin, top + 16, **halo))
        top += LANE_HEIGHT
        for line in _lines([span for span in spans if span.lane == lane], scale, today):
            parts += [_span(span, scale, today, top, colour % len(FILLS)) for span in line]
            top += BAR_HEIGHT + 4
        top += 8
    return parts, top


def _lines(spans: Iterable[Span], scale: Scale, today: date) -> list[list[Span]]:
    """The spans on as few lines as will hold them without one bar lying on another."""
    lines: list[list[Span]] = []
    ends: list[float] = []
    for span in sorted(spans, key=lambda one: one.began_on):
        left, long = _reach(span, scale, today)
        row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [left + long + (0 if span.ended_on else TIP)]
        lines[row : row + 1] = [[*(lines[row] if row < len(lines) else []), span]]
    return lines


def _reach(span: Span, scale: Scale, today: date) -> tuple[float, float]:
    """Where the bar begins and how long it is, its pointed end not counted; never too short to be seen."""
    left, right = scale.x(span.began_on), scale.x(max(span.ended_on or today, span.began_on))
    return left, max(right - left - 1, 3.0)


def _span(span: Span, scale: Scale, today: date, top: int, colour: int) -> str:
    left, long = _reach(span, scale, today)
    until = plain_date(span.ended_on) if span.ended_on else "still open"
    look = {"class_": f"wl-bar wl-bar--{colour}", "fill": FILLS[colour]}
    parts = [element("rect", x=left, y=top, width=long, height=BAR_HEIGHT, **look)]
    if span.ended_on is None:
        parts.append(element("path", d=f"M{left + long:.1f} {top}l{TIP} 12l-{TIP} 12z", **look))
    parts.append(_inside(span, left, long, top))
    return group(f"{span.lane}: {span.label}, {plain_date(span.began_on)} to {until}", *parts)


def _inside(span: Span, left: float, long: float, top: int) -> SafeString:
    """The bar's words in white on it, with the day it began if it fits; cut short or left out when not."""
    room = int((long - 12) / LETTER)
    dated = f"{span.label}, {short_date(span.began_on)}"
    fits = next((one for one in (dated, span.label) if len(one) <= room), "")
    said = fits or (span.label[: room - 1] + "…" if room > 5 else "")
    return words(said, left + 6, top + 17, fill=PAPER) if said else SafeString("")


def _in_order(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: mark.day)
