"""What a genogram's signs mean, and what follows of who is related to whom."""

from datetime import date
from typing import Any

import pytest
from lxml import etree

from wenlock.people.genogram import (
    Family,
    Member,
    Tie,
    apart,
    draw,
    households,
    lay_out,
    living_with,
    relation_to,
    sibling_group,
)
from wenlock.people.genogram.facts import member_facts, member_of, tie_facts, tie_of
from wenlock.people.genogram.kinship import FULL, HALF, RECORDED, SHARING, STEP

ON = date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"


def person(key: str, sex: str = "F", born: str | None = "2015-03-14", **more: Any) -> Member:
    return Member(key, key.title(), sex, date.fromisoformat(born) if born else None, **more)


def family(*members: Member, ties: str = "", **more: Any) -> Family:
    """A family of the first member; ties as `mia mother dawn`, a line each."""
    told = [line.split() for line in ties.strip().splitlines()]
    return Family(
        members[0].key,
        ON,
        members,
        tuple(
            Tie(f"t{number:02}", one, other, kind, **more) for number, (one, kind, other) in enumerate(told)
        ),
    )


def drawn(told: Family) -> etree._Element:
    return etree.fromstring(str(draw(lay_out(told), title="Genogram")))


def symbol_of(told: Family, name: str) -> list[etree._Element]:
    """The shapes of somebody's symbol, without the words."""
    for group in drawn(told).iter(f"{SVG}g"):
        title = group.find(f"{SVG}title")
        if title is not None and title.text and title.text.split(",")[0] == name:
            return [part for part in group if part.tag not in (f"{SVG}title", f"{SVG}text")]
    raise AssertionError(name)


@pytest.mark.parametrize(
    ("sex", "shape"), [("M", "rect"), ("F", "circle"), ("U", "path"), ("I", "path"), ("", "path")]
)
def test_a_square_is_male_a_circle_female_and_anything_else_a_diamond(sex: str, shape: str) -> None:
    told = family(person("mia"), person("kit", sex), ties="mia sibling kit")
    (only,) = symbol_of(told, "Kit")
    assert only.tag == SVG + shape
    assert shape != "path" or only.get("d", "").count("L") == 3


def test_the_one_whose_genogram_it_is_has_two_outlines() -> None:
    told = family(person("mia"), person("jay"), ties="mia sibling jay")
    assert [part.tag for part in symbol_of(told, "Mia")] == [SVG + "circle"] * 2
    assert len(symbol_of(told, "Jay")) == 1


def test_a_pregnancy_is_a_triangle_and_a_death_a_cross() -> None:
    told = family(
        person("mia"),
        person("bump", "U", None, expected_on=date(2027, 3, 1)),
        person("joan", died_on=date(2019, 3, 1)),
        ties="mia sibling bump\nmia sibling joan",
    )
    assert symbol_of(told, "Bump")[0].get("d", "").endswith("Z")
    cross = symbol_of(told, "Joan")[-1].get("d", "")
    assert (cross.count("M"), cross.count("L")) == (2, 2)


PARENTS = "mia mother dawn\nmia father lee"


@pytest.mark.parametrize(
    ("tie", "dashes", "slashes"),
    [
        ("dawn spouse lee", "", 0),
        ("dawn partner lee", "8 5", 0),
        ("dawn former-partner lee", "", 1),
        ("dawn former-spouse lee", "", 2),
        ("mia cousin joan", "2 5", 0),
    ],
)
def test_a_couples_line_says_what_is_recorded_of_it(tie: str, dashes: str, slashes: int) -> None:
    told = family(person("mia"), person("dawn"), person("lee", "M"), person("joan"), ties=f"{PARENTS}\n{tie}")
    (line,) = [line for line in lay_out(told).lines if set(line.keys) == {"dawn", "lee"}]
    assert (line.dashes, line.slashes) == (dashes, slashes)


def test_parents_married_at_a_birth_are_drawn_as_married() -> None:
    ties = (
        Tie("1", "mia", "dawn", "mother"),
        Tie("2", "mia", "lee", "father", basis="married-father", responsibility=True),
        Tie("3", "dawn", "lee", "partner"),
    )
    laid = lay_out(Family("mia", ON, (person("mia"), person("dawn"), person("lee", "M")), ties))
    assert [line.dashes for line in laid.lines] == ["", ""]


@pytest.mark.parametrize(("kind", "basis"), [("step-parent", ""), ("carer", ""), ("parent", "adoption")])
def test_a_child_of_care_adoption_or_a_step_hangs_from_a_broken_line(kind: str, basis: str) -> None:
    tie = Tie("1", "mia", "olu", kind, basis=basis, responsibility=bool(basis))
    (line,) = lay_out(Family("mia", ON, (person("mia"), person("olu")), (tie,))).lines
    assert line.dashes == "8 5"


def test_twins_hang_from_one_point_and_other_children_each_from_their_own() -> None:
    told = family(
        person("mia"), person("ana", born="2020-02-02"), person("ben", born="2020-02-02"), person("dawn", born="1988-01-01"),
        ties="mia mother dawn\nana mother dawn\nben mother dawn",
    )  # fmt: skip
    (line,) = lay_out(told).lines
    starts = [stroke[0] for stroke in line.strokes if stroke[0][1] < stroke[-1][1]]
    assert len(starts) - len(set(starts)) == 1


def test_names_are_escaped_and_nothing_inline_is_styled() -> None:
    told = family(Member("mia", "<script>alert(1)</script> & Co", "F", ON))
    svg = str(draw(lay_out(told), title="Of <Mia>"))
    assert "<script" not in svg
    assert "style=" not in svg
    assert drawn(told).get("role") == "img"


def test_facts_kept_as_json_are_the_same_facts() -> None:
    member = person("mia", died_on=ON, places=("place 1",), expected_on=ON, birth_estimated=True)
    tie = Tie("1", "mia", "dawn", "mother", "birth-mother", True, True, True, True, ON, ON)
    assert member_of("mia", member_facts(member)) == member
    assert tie_of("1", "mia", "dawn", tie_facts(tie)) == tie


@pytest.mark.parametrize(
    ("ties", "how"),
    [
        ("jay mother dawn\njay father lee", FULL),
        ("jay mother dawn\njay father kit", HALF),
        ("jay mother dawn", SHARING),
        ("jay mother dawn\nmia half-sibling jay", HALF),
        ("jay father kit\ndawn partner kit", STEP),
        ("jay father kit\nmia step-parent kit", STEP),
        ("mia sibling jay", RECORDED),
        ("mia half-sibling jay", HALF),
        ("mia cousin jay", None),
    ],
)
def test_brothers_and_sisters_are_known_by_their_parents_or_as_recorded(ties: str, how: str | None) -> None:
    people = [person("mia"), person("jay"), person("dawn"), person("lee", "M"), person("kit", "M")]
    told = family(*people, ties=f"{PARENTS}\n{ties}")
    found = {one.key: one.how for one in sibling_group(told, "mia")}
    assert found == ({"jay": how} if how else {})


def test_relations_nobody_recorded_follow_from_the_parents() -> None:
    told = family(
        *[person(key) for key in ("mia", "dawn", "lee", "joan", "petra", "zoe")],
        ties=f"{PARENTS}\ndawn mother joan\npetra mother joan\nlee partner zoe",
    )
    assert [relation_to(told, key) for key in ("joan", "petra", "zoe", "dawn")] == [
        "Grandparent", "Aunt or uncle", "Partner of Lee", "Mother",
    ]  # fmt: skip
    assert lay_out(told).undrawn == ()


def test_a_home_is_one_place_and_a_remark_adds_only_somebody_without_one() -> None:
    members = [
        person("mia", places=("a", "b")), person("dawn", places=("a",)), person("lee", places=("b",)), person("kit"),
        person("zoe", places=("c",)), person("joan", places=("a",), died_on=ON),
    ]  # fmt: skip
    told = family(*members, ties="dawn partner kit\nmia other zoe", same_household=True)
    assert set(households(told)) == {frozenset({"mia", "dawn", "kit"}), frozenset({"mia", "lee"})}
    assert living_with(told, "mia") == {"dawn", "kit", "lee"}
    assert [(tie.person, tie.other) for tie in apart(told)] == [("mia", "zoe")]


def test_a_child_not_yet_born_is_of_their_mothers_home() -> None:
    bump = person("bump", "U", None, expected_on=date(2027, 3, 1))
    told = family(bump, person("dawn", places=("a",)), ties="bump mother dawn")
    assert living_with(told, "bump") == {"dawn"}


def test_somebody_no_line_leads_to_is_named_with_what_they_are() -> None:
    told = family(person("mia"), person("edith"), ties="mia grandparent edith")
    laid = lay_out(told)
    (edith,) = [spot for spot in laid.spots if spot.key == "edith"]
    assert edith.words == ("Edith", "Born 2015", "Grandparent")
    assert [tie.kind for tie in laid.undrawn] == ["grandparent"]


def test_a_parent_recorded_twice_is_drawn_once() -> None:
    told = family(person("mia"), person("dawn"), ties="mia mother dawn\nmia mother dawn\nmia parent dawn")
    laid = lay_out(told)
    assert [line.keys for line in laid.lines] == [("dawn", "mia")]
    assert laid.undrawn == ()


def test_the_order_of_birth_is_kept_even_where_it_parts_couples() -> None:
    """Two brothers and two sisters, the elder of each married to the younger of the other."""
    folk = [
        person(key, born=f"198{year}-01-01") for key, year in (("ann", 1), ("bea", 2), ("cal", 3), ("dov", 4))
    ]
    told = family(
        *folk, person("joan"), person("mary"),
        ties="ann mother joan\nbea mother joan\ncal mother mary\ndov mother mary\nann spouse dov\nbea spouse cal",
    )  # fmt: skip
    x = {spot.key: spot.x for spot in lay_out(told).spots}
    assert x["ann"] < x["bea"]
    assert x["cal"] < x["dov"]
