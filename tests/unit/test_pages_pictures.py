"""Drawings anyone can read: titled, described, escaped, and with nothing a security policy would stop."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wenlock.base.pages.dates import PartialDate
from wenlock.base.pages.pictures import Mark, Span, bar_svg, timeline_rows, timeline_svg
from wenlock.base.pages.svg import FILLS

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 3, 3)
SPANS = [
    Span("Plan", "Child in need", date(2016, 5, 2), date(2017, 3, 1)),
    Span("Plan", "Child protection", date(2021, 9, 1)),
    Span("School", "Oak & Ash <Primary>", date(2015, 9, 1), date(2021, 7, 20)),
]
MARKS = [
    Mark(PartialDate(2019), "Moved"),
    Mark(date(2016, 4, 20), "First referral"),
    Mark(date(2016, 4, 22), "Visit"),
]
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))
SOME_SPANS = st.lists(
    st.builds(
        lambda lane, days, is_open: Span(lane, lane * 4, min(days), None if is_open else max(days)),
        st.sampled_from("abc"),
        st.tuples(DAYS, DAYS),
        st.booleans(),
    ),
    max_size=8,
)


def drawn(**changes: object) -> etree._Element:
    options = {"spans": SPANS, "marks": MARKS, "today": TODAY, "title": "Rowan’s story"} | changes
    return etree.fromstring(str(timeline_svg(**options)))  # type: ignore[arg-type]


def everything(width: int) -> list[str]:
    counts = [("Neglect", 42), ("Disability", None), ("Other", 0)]
    return [
        str(timeline_svg(SPANS, MARKS, today=TODAY, title="A <b>", width=width)),
        str(timeline_svg([], [], today=TODAY, title="Nothing", width=width)),
        str(bar_svg(counts, title="Needs", width=width)),
        str(bar_svg([], title="None", width=width)),
    ]


@pytest.mark.parametrize("width", [880, 340])
def test_a_drawing_is_well_formed_and_has_no_style_and_no_script(width: int) -> None:
    for text in everything(width):
        root = etree.fromstring(text)
        assert not root.xpath("//@style | //@*[starts-with(local-name(), 'on')] | //@*[local-name()='href']")
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            "svg",
            "title",
            "desc",
            "g",
            "path",
            "rect",
            "circle",
            "text",
        }


@pytest.mark.parametrize("width", [880, 340])
def test_a_drawing_says_what_it_is_to_someone_who_cannot_see_it(width: int) -> None:
    for text in everything(width):
        root = etree.fromstring(text)
        named = [root.xpath(f"string(//*[@id='{one}'])") for one in root.get("aria-labelledby").split()]
        assert root.get("role") == "img"
        assert len(named) == 2
        assert all(named)


def test_two_drawings_on_a_page_share_no_id() -> None:
    one, other = drawn(key="a"), drawn(key="b")
    assert not set(one.xpath("//@id")) & set(other.xpath("//@id"))


def test_a_drawing_keeps_its_words_as_words() -> None:
    assert "Oak & Ash <Primary>" in "".join(drawn().itertext())


def test_marks_are_numbered_in_the_order_of_their_days_and_the_table_numbers_them_the_same() -> None:
    titles = [one.findtext(f"{SVG}title") for one in drawn().iter(f"{SVG}g") if one.get("class") == "wl-mark"]
    assert titles == ["1: First referral, 20 April 2016", "2: Visit, 22 April 2016", "3: Moved, 2019"]
    assert [row[:2] for row in timeline_rows(SPANS, MARKS)[3:]] == [
        ["Event 1", "First referral"],
        ["Event 2", "Visit"],
        ["Event 3", "Moved"],
    ]


def test_marks_close_together_do_not_cover_each_other() -> None:
    rings = [(float(c.get("cx")), float(c.get("cy"))) for c in drawn().iter(f"{SVG}circle")]
    assert abs(rings[0][0] - rings[1][0]) < 22
    assert rings[0][1] != rings[1][1]


def test_an_open_span_runs_to_today_with_a_pointed_end_and_a_closed_one_does_not() -> None:
    points = drawn().xpath("//*[local-name()='path'][contains(@class, 'wl-bar')]")
    assert len(points) == 1
    assert "Child protection, 1 September 2021 to still open" in "".join(drawn().itertext())


def test_the_table_says_from_when_to_when_and_what_is_still_open() -> None:
    rows = timeline_rows(SPANS, [])
    assert rows[0] == ["Plan", "Child in need", {"on": date(2016, 5, 2)}, {"on": date(2017, 3, 1)}]
    assert rows[1][3] == "Still open"


@settings(max_examples=60)
@given(
    SOME_SPANS, st.lists(st.builds(Mark, DAYS, st.just("x")), max_size=12), DAYS, st.sampled_from([340, 880])
)
def test_whatever_the_dates_everything_drawn_is_inside_the_frame(
    spans: list[Span], marks: list[Mark], today: date, width: int
) -> None:
    root = drawn(spans=spans, marks=marks, today=today, width=width)
    height = float(root.get("height"))
    for bar in root.iter(f"{SVG}rect"):
        x, y, long = (float(bar.get(name)) for name in ("x", "y", "width"))
        assert min(x, y) >= 0
        assert x + long <= width
        assert y + 24 <= height
    for ring in root.iter(f"{SVG}circle"):
        assert 11 <= float(ring.get("cx")) <= width - 11


@given(SOME_SPANS)
def test_bars_of_one_lane_never_lie_on_each_other(spans: list[Span]) -> None:
    bars = [[float(bar.get(n)) for n in ("x", "y", "width")] for bar in drawn(spans=spans).iter(f"{SVG}rect")]
    for index, (x, y, long) in enumerate(bars):
        for other_x, other_y, other_long in bars[index + 1 :]:
            apart = x + long <= other_x + 0.2 or other_x + other_long <= x + 0.2
            assert y != other_y or apart


def test_bars_are_as_long_as_their_numbers_and_a_number_kept_back_has_none() -> None:
    root = etree.fromstring(str(bar_svg([("A", 40), ("B", 10), ("C", None)], title="Needs")))
    long = [float(bar.get("width")) for bar in root.iter(f"{SVG}rect")]
    assert long[0] == pytest.approx(4 * long[1], abs=1)
    assert long[2] == 0
    assert "kept back" in "".join(root.itertext())


@pytest.mark.parametrize("fill", FILLS)
def test_white_words_can_be_read_on_every_bar(fill: str) -> None:
    """WCAG 2.2, 1.4.3: contrast of at least 4.5 to 1."""
    channels = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5
