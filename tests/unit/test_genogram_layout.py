"""The genogram's layout over families of every shape: nobody on top of anybody, nothing lost, the same again."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenlock.people.genogram import Family, Member, Tie, draw, lay_out

ON = date(2026, 11, 22)
KINDS = [
    "mother", "father", "parent", "step-parent", "carer", "sibling", "half-sibling", "step-sibling", "grandparent",
    "aunt-or-uncle", "cousin", "spouse", "partner", "former-spouse", "former-partner", "friend",
]  # fmt: skip
NAMES = [
    "Mia",
    "Wm",
    "Maximilian-Alexander",
    "Ola Wolstenholme-Featherstonehaugh",
    "MMMMMMMMMM WWWWWWWWWWWW",
    "Ó",
]


@st.composite
def families(draw_from: st.DrawFn) -> Family:
    """People born in the order of their numbers, related at random; a parent is always older than the child."""
    count = draw_from(st.integers(1, 14))
    days = draw_from(st.lists(st.integers(0, 30000), min_size=count, max_size=count))
    members = tuple(
        Member(
            key=f"p{number:02}",
            name=draw_from(st.sampled_from(NAMES)),
            sex=draw_from(st.sampled_from("FMU")),
            born_on=date(1940, 1, 1) + timedelta(days=day),
            died_on=ON if draw_from(st.integers(0, 9)) == 0 else None,
            places=tuple(draw_from(st.lists(st.sampled_from("ab"), max_size=2, unique=True))),
        )
        for number, day in enumerate(sorted(days))
    )
    pairs = list(combinations(range(count), 2))
    chosen = draw_from(st.lists(st.sampled_from(pairs), max_size=24)) if pairs else []
    ties = tuple(
        Tie(
            key=f"t{number:02}",
            person=members[younger].key,
            other=members[older].key,
            kind=draw_from(st.sampled_from(KINDS)),
            basis=draw_from(st.sampled_from(["", "", "adoption", "married-father"])),
            ended=draw_from(st.booleans()),
            same_household=draw_from(st.booleans()),
        )
        for number, (older, younger) in enumerate(chosen)
    )
    return Family(members[draw_from(st.integers(0, count - 1))].key, ON, members, ties)


@settings(max_examples=150, deadline=None)
@given(families())
def test_nobody_stands_on_anybody_and_every_name_has_its_own_room(family: Family) -> None:
    laid = lay_out(family)
    boxes = [box for spot in laid.spots for box in (spot.symbol, spot.label)]
    for one, other in combinations(boxes, 2):
        assert not one.meets(other), (one, other)
    for box in boxes:
        assert box.left >= 0 and box.right <= laid.width and box.top >= 0 and box.bottom <= laid.height


@settings(max_examples=150, deadline=None)
@given(families())
def test_a_child_stands_lower_than_every_parent(family: Family) -> None:
    y = {spot.key: spot.y for spot in lay_out(family).spots}
    for tie in family.ties:
        if tie.kind in ("mother", "father", "parent") and tie.person in y:
            assert y[tie.person] > y[tie.other], tie


@settings(max_examples=150, deadline=None)
@given(families())
def test_brothers_and_sisters_stand_in_order_of_birth(family: Family) -> None:
    laid = lay_out(family)
    at = {spot.key: (spot.row, spot.x) for spot in laid.spots}
    drawn = {key for key, *_ in [(spot.key,) for spot in laid.spots]}
    for parents in {family.parents_of(key) for key in drawn}:
        children = [
            one.key for one in family.members if one.key in drawn and family.parents_of(one.key) == parents
        ]
        for elder, younger in pairwise(children if parents else []):
            if at[elder][0] == at[younger][0]:
                assert at[elder][1] < at[younger][1]


@settings(max_examples=150, deadline=None)
@given(families())
def test_nobody_and_nothing_is_dropped_in_silence(family: Family) -> None:
    laid = lay_out(family)
    assert {spot.key for spot in laid.spots} | set(laid.left_out) == set(family.by_key)
    joined = [set(line.keys) for line in laid.lines]
    undrawn = {tie.key for tie in laid.undrawn}
    for tie in family.ties:
        told = any({tie.person, tie.other} <= keys for keys in joined)
        if tie.kind not in (
            "grandparent",
            "aunt-or-uncle",
            "cousin",
            "sibling",
            "half-sibling",
            "step-sibling",
        ):
            assert told or tie.key in undrawn, tie
    assert all(tie.key in undrawn for tie in family.ties if tie.kind == "friend")


@settings(max_examples=60, deadline=None)
@given(families(), st.randoms(use_true_random=False))
def test_the_same_facts_in_any_order_draw_the_same(family: Family, chance: random.Random) -> None:
    members, ties = list(family.members), list(family.ties)
    chance.shuffle(members)
    chance.shuffle(ties)
    shuffled = replace(family, members=tuple(members), ties=tuple(ties))
    assert draw(lay_out(shuffled), title="x") == draw(lay_out(family), title="x")


@settings(max_examples=150, deadline=None)
@given(families())
def test_no_line_goes_through_anybodys_symbol_or_words(family: Family) -> None:
    laid = lay_out(family)
    for line in laid.lines:
        for spot in laid.spots:
            if spot.key in line.keys:
                continue
            for stroke in line.strokes:
                for start, end in pairwise(stroke):
                    assert not _crosses(start, end, spot.symbol), (line, spot)
                    assert not _crosses(start, end, spot.label), (line, spot)


def _crosses(start: tuple[int, int], end: tuple[int, int], box: object) -> bool:
    """Whether a level or upright stroke goes through the inside of a box; a twin's slanting one is above every symbol."""
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    if left < right and top < bottom:
        return bottom > box.top and top < box.bottom  # type: ignore[attr-defined]
    return left < box.right and box.left < right and top < box.bottom and box.top < bottom  # type: ignore[attr-defined]


@settings(max_examples=150, deadline=None)
@given(families())
def test_a_boundary_holds_those_who_live_together_and_nobody_else(family: Family) -> None:
    laid = lay_out(family)
    for home in laid.homes:
        for spot in laid.spots:
            inside = any(_holds(outline, spot.x, spot.y) for outline in home.outlines)
            assert inside == (spot.key in home.keys), (home, spot)


def _holds(outline: tuple[tuple[int, int], ...], x: int, y: int) -> bool:
    """Whether a point is inside an outline: it is, when a ray from it meets the sides an odd number of times."""
    met = 0
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            met += 1
    return met % 2 == 1


def test_what_contradicts_itself_is_still_laid_out_and_said() -> None:
    members = (Member("a", "A"), Member("b", "B"))
    family = Family("a", ON, members, (Tie("1", "a", "b", "mother"), Tie("2", "b", "a", "mother")))
    laid = lay_out(family)
    assert [tie.key for tie in laid.undrawn] == ["2"]
    assert len(laid.spots) == 2


@pytest.mark.parametrize(("look", "slashes"), [("former-partner", 1), ("former-spouse", 2), ("partner", 0)])
def test_an_ended_couple_is_slashed(look: str, slashes: int) -> None:
    family = Family("a", ON, (Member("a", "A"), Member("b", "B")), (Tie("1", "a", "b", look),))
    assert [line.slashes for line in lay_out(family).lines] == [slashes]
