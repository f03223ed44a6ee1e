"""What somebody types in a search box, taken apart."""

from datetime import date

import pytest

from wenlock.people.search import read

TODAY = date(2026, 11, 22)
MARCH = date(2015, 3, 14)


@pytest.mark.parametrize(
    "typed",
    [
        "14/03/2015", "14/3/15", "14-3-2015", "14.3.2015", "2015-03-14", "14 March 2015", "14th March 2015",
        "14 mar 15", "March 14, 2015", "14th of March 2015", "14032015", "14Mar2015",
    ],
)  # fmt: skip
def test_a_birth_is_read_in_any_common_writing(typed: str) -> None:
    terms = read(typed, on=TODAY)
    assert terms.born == (MARCH,)
    assert terms.pairs == terms.words == ()


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("Mia March 2015", date(2015, 3, 1), date(2015, 4, 1)),
        ("Mia 12/2015", date(2015, 12, 1), date(2016, 1, 1)),
        ("Mia 2015", date(2015, 1, 1), date(2016, 1, 1)),
    ],
)
def test_a_month_or_a_year_narrows(typed: str, since: date, until: date) -> None:
    terms = read(typed, on=TODAY)
    assert (terms.born_from, terms.born_until) == (since, until)
    assert terms.words == ("Mia",)


def test_a_month_or_a_year_alone_is_not_enough() -> None:
    assert not read("2015", on=TODAY).enough
    assert not read("March 2015", on=TODAY).enough
    assert not read("  ", on=TODAY).enough


@pytest.mark.parametrize(
    ("typed", "year"), [("3/4/15", 2015), ("3/4/72", 1972), ("3/4/26", 2026), ("3/4/28", 1928)]
)
def test_two_figures_of_a_year_are_in_the_past(typed: str, year: int) -> None:
    assert read(typed, on=TODAY).born == (date(year, 4, 3),)


def test_the_day_comes_before_the_month_and_the_other_way_is_tried_too() -> None:
    terms = read("3/4/2015", on=TODAY)
    assert terms.born == (date(2015, 4, 3),)
    assert terms.swapped == (date(2015, 3, 4),)
    assert read("14/3/2015", on=TODAY).swapped == ()


def test_a_day_that_never_was_is_no_date() -> None:
    assert read("31/2/2015", on=TODAY).born == ()


@pytest.mark.parametrize("typed", ["9434765919", "943 476 5919", "943-476-5919"])
def test_a_number_is_read_however_it_is_spaced(typed: str) -> None:
    terms = read(typed, on=TODAY)
    assert "9434765919" in terms.numbers
    assert terms.born == ()
    assert terms.pairs == terms.words == ()


def test_a_number_of_an_earlier_system_is_kept_as_it_was_written() -> None:
    assert "lcs-00417/2" in read("lcs-00417/2", on=TODAY).numbers


def test_a_national_insurance_number_is_one_number() -> None:
    assert "QQ123456C" in read("QQ 12 34 56 C", on=TODAY).numbers


def test_eight_figures_may_be_a_birth_or_a_number() -> None:
    terms = read("14032015", on=TODAY)
    assert terms.born == (MARCH,)
    assert "14032015" in terms.numbers


def test_a_name_is_read_both_ways_round() -> None:
    assert read("Mia Ashdown", on=TODAY).pairs == (("Mia", "Ashdown"), ("Ashdown", "Mia"))


def test_a_comma_says_which_is_the_family_name() -> None:
    assert read("Ashdown, Mia Rose", on=TODAY).pairs == (("Mia Rose", "Ashdown"),)


def test_a_family_name_of_two_words_is_one_reading() -> None:
    assert ("Mia", "van Dyke") in read("Mia van Dyke", on=TODAY).pairs


def test_hyphens_apostrophes_and_accents_are_part_of_a_name() -> None:
    assert read("Zoë O’Neill-Stone", on=TODAY).pairs[0] == ("Zoë", "O’Neill-Stone")


def test_a_name_and_a_birth_are_both_read() -> None:
    terms = read("Mia Ashdown 14 March 2015", on=TODAY)
    assert terms.pairs[0] == ("Mia", "Ashdown")
    assert terms.born == (MARCH,)
    assert terms.kinds == ("name", "date of birth")


def test_a_name_that_begins_like_a_month_is_a_name() -> None:
    assert read("May Marchbank", on=TODAY).pairs[0] == ("May", "Marchbank")
