"""What somebody types in a search box, taken apart."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wenlock.people.folding import folded
from wenlock.people.nicknames import FAMILIES, FIRST_LIST, forms_of, stands_for
from wenlock.people.search import Reading, read

TODAY = date(2026, 11, 22)
MARCH = date(2015, 3, 14)


@pytest.mark.parametrize(
    "typed",
    [
        "14/03/2015", "14/3/15", "14-3-2015", "14.3.2015", "2015-03-14", "14 March 2015", "14th March 2015",
        "14 mar 15", "March 14, 2015", "14th of March 2015", "14032015", "14Mar2015", "14-Mar-2015", "14 3 2015",
        "3/14/2015",
    ],
)  # fmt: skip
def test_a_birth_is_read_in_any_common_writing(typed: str) -> None:
    terms = read(typed, on=TODAY)
    assert terms.born == MARCH
    assert terms.readings == ()


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("Mia March 2015", date(2015, 3, 1), date(2015, 4, 1)),
        ("Mia 12/2015", date(2015, 12, 1), date(2016, 1, 1)),
        ("Mia 2015", date(2015, 1, 1), date(2016, 1, 1)),
        ("Mia 2016", date(2016, 1, 1), date(2017, 1, 1)),
    ],
)
def test_a_month_or_a_year_narrows(typed: str, since: date, until: date) -> None:
    terms = read(typed, on=TODAY)
    assert (terms.born_from, terms.born_until) == (since, until)
    assert terms.words == ("MIA",)


@pytest.mark.parametrize("typed", ["Mia Marlow 2015", "Omar Janes 2015", "Mia Mayhew 2015"])
def test_a_name_that_begins_like_a_month_does_not_narrow_to_it(typed: str) -> None:
    terms = read(typed, on=TODAY)
    assert (terms.born_from, terms.born_until) == (date(2015, 1, 1), date(2016, 1, 1))
    assert len(terms.words) == 2


def test_a_name_that_is_a_month_is_read_both_ways() -> None:
    terms = read("Ashdown May 2015", on=TODAY)
    assert Reading("MAY", "ASHDOWN", turned=True) in terms.readings
    assert Reading("", "ASHDOWN") in terms.readings
    assert (terms.born_from, terms.born_until) == (date(2015, 1, 1), date(2016, 1, 1))


@pytest.mark.parametrize("typed", ["2015", "March 2015", "May 2015", "  "])
def test_a_month_or_a_year_alone_is_not_enough(typed: str) -> None:
    assert not read(typed, on=TODAY).enough


@pytest.mark.parametrize(
    ("typed", "year"), [("3/4/15", 2015), ("3/4/72", 1972), ("3/4/26", 2026), ("3/4/28", 1928)]
)
def test_two_figures_of_a_year_are_in_the_past(typed: str, year: int) -> None:
    assert read(typed, on=TODAY).born == date(year, 4, 3)


@pytest.mark.parametrize("typed", ["31/2/2015", "0/3/2015", "14/0/2015"])
def test_a_day_that_never_was_is_no_date(typed: str) -> None:
    assert read(typed, on=TODAY).born is None


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919"])
def test_a_number_is_read_however_it_is_spaced(typed: str) -> None:
    terms = read(typed, on=TODAY)
    assert "9434765919" in terms.numbers
    assert terms.born is None
    assert terms.readings == ()


def test_a_number_of_an_earlier_system_is_read_without_its_strokes() -> None:
    assert "LCS004172" in read("lcs-00417/2", on=TODAY).numbers


def test_eight_figures_may_be_a_birth_or_a_number() -> None:
    terms = read("14032015", on=TODAY)
    assert terms.born == MARCH
    assert "14032015" in terms.numbers


@pytest.mark.parametrize(
    ("typed", "postcode"), [("SY3", "SY3"), ("sy3 8", "SY38"), ("SY3 8AB", "SY38AB"), ("sy38ab", "SY38AB"), ("W1A 1AA", "W1A1AA")]
)  # fmt: skip
def test_part_of_a_postcode_goes_with_a_name(typed: str, postcode: str) -> None:
    terms = read(f"Mia Ashdown {typed}", on=TODAY)
    assert terms.postcodes == (postcode,)
    assert terms.readings[0] == Reading("MIA", "ASHDOWN")
    assert terms.kinds == ("name", "postcode")


def test_a_birth_and_a_postcode_are_told_apart() -> None:
    terms = read("Mia SY3 8 14/3/2015", on=TODAY)
    assert (terms.postcodes, terms.born) == (("SY38",), MARCH)


def test_a_name_is_read_both_ways_round() -> None:
    assert read("Mia Ashdown", on=TODAY).readings == (
        Reading("MIA", "ASHDOWN"),
        Reading("ASHDOWN", "MIA", turned=True),
    )


def test_a_comma_says_which_is_the_family_name() -> None:
    assert read("Ashdown, Mia Rose", on=TODAY).readings == (Reading("MIA", "ASHDOWN"),)


def test_one_word_may_be_either_name() -> None:
    assert read("Ashdown", on=TODAY).readings == (Reading("", "ASHDOWN"), Reading("ASHDOWN", ""))


@pytest.mark.parametrize("typed", ["Mia van Dyke", "Mia Rose van Dyke", "van Dyke, Mia"])
def test_a_family_name_of_two_words_is_one_reading(typed: str) -> None:
    assert Reading("MIA", "VAN DYKE") in read(typed, on=TODAY).readings


def test_a_given_name_of_two_halves_is_read_whole_and_by_its_first() -> None:
    readings = read("Anne-Marie Ashdown", on=TODAY).readings
    assert {Reading("ANNEMARIE", "ASHDOWN"), Reading("ANNE", "ASHDOWN")} <= set(readings)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Zoë", "ZOE"), ("Łukasz", "LUKASZ"), ("O'Neil", "ONEIL"), ("O’Neil", "ONEIL"), ("Strauß", "STRAUSS"),
        ("Anne-Marie", "ANNE MARIE"), ("d´Arcy", "DARCY"), ("Siân", "SIAN"), ("  St. John ", "ST JOHN"),
    ],
)  # fmt: skip
def test_marks_are_no_part_of_a_name_that_is_compared(written: str, plain: str) -> None:
    assert folded(written) == plain


def test_a_name_and_a_birth_are_both_read() -> None:
    terms = read("Mia Ashdown 14 March 2015", on=TODAY)
    assert terms.readings[0] == Reading("MIA", "ASHDOWN")
    assert terms.born == MARCH
    assert terms.kinds == ("name", "date of birth")


def test_a_name_that_begins_like_a_month_is_a_name() -> None:
    assert read("May Marchbank", on=TODAY).readings[0] == Reading("MAY", "MARCHBANK")


@pytest.mark.parametrize(
    ("typed", "recorded", "why"),
    [
        ("Liz", "Elizabeth", "nickname"),
        ("Elizabeth", "Beth", "form"),
        ("Liz", "Beth", "form"),
        ("Muhammad", "Mohammed", "spelling"),
        ("Kuba", "Jakub", "nickname"),
        ("Zoe", "Zoë", ""),
    ],
)
def test_a_name_stands_for_another(typed: str, recorded: str, why: str) -> None:
    assert (folded(recorded) in forms_of(typed, on=TODAY)) == bool(why)
    if why:
        assert stands_for(recorded, typed=(folded(typed),), on=TODAY) == why


def test_a_list_of_names_stands_from_its_day() -> None:
    assert forms_of("Liz", on=FIRST_LIST)
    assert forms_of("Liz", on=date(2026, 10, 31)) == ()


def test_every_family_of_names_has_two_at_least_and_none_twice() -> None:
    assert [family for family in FAMILIES if not family.forms] == []
    for family in FAMILIES:
        names = [folded(one) for one in (family.full, *family.forms)]
        assert len(set(names)) == len(names), family


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80))
def test_nothing_that_can_be_typed_is_too_much(typed: str) -> None:
    terms = read(typed, on=TODAY)
    assert len(terms.readings) <= 8
    assert all(folded(reading.given) == reading.given for reading in terms.readings)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="0123456789/.- JanuryOctbe14SYQA,'", max_size=40))
def test_nor_is_anything_that_looks_like_dates_and_numbers(typed: str) -> None:
    read(typed, on=TODAY)


# The shape of each scheme's numbers, and ways to type one.
SHAPES = {
    "NHS": r"[0-9]{10}", "UPN": r"[A-Z][0-9]{12}", "ULN": r"[1-9][0-9]{9}", "NI": r"[A-Z]{2}[0-9]{6}[A-D]",
    "Home-Office": r"[A-Z][0-9]{7}", "LA-child-id": r"[A-Z][0-9]{6,8}", "supplier": r"[A-Z]{3}-[0-9]{5}/[0-9]",
}  # fmt: skip


@st.composite
def numbers_as_typed(draw: st.DrawFn) -> tuple[str, str]:
    """A number of some scheme, and how somebody might type it."""
    number = draw(st.from_regex(SHAPES[draw(st.sampled_from(sorted(SHAPES)))], fullmatch=True))
    typed = number.lower() if draw(st.booleans()) else number
    size = draw(st.sampled_from([0, 2, 3, 4]))
    if size and "/" not in number:  # one with marks of its own is typed with those
        mark = draw(st.sampled_from([" ", "-"]))
        typed = mark.join(typed[at : at + size] for at in range(0, len(typed), size))
    return number, typed


@settings(max_examples=500, deadline=None)
@given(numbers_as_typed())
@example(("A000000020000", "A000 0000 2000 0"))
def test_every_number_is_found_in_every_form(pair: tuple[str, str]) -> None:
    number, typed = pair
    terms = read(typed, on=TODAY)
    assert re.sub(r"[^A-Z0-9]", "", number) in terms.numbers
