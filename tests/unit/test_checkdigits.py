"""Numbers that name a person: what is wrong with them, and what is not."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wenlock.people import checkdigits

NINE = st.text("0123456789", min_size=9, max_size=9)
ANYTHING = st.one_of(st.text(max_size=20), st.text(string.ascii_uppercase + string.digits, max_size=14))
UPN_LAST = string.digits + "ABCDEFGHJKLMNPQRTUVWXYZ"
JUDGES = [
    checkdigits.wrong_with_nhs_number,
    checkdigits.wrong_with_upn,
    checkdigits.wrong_with_former_upn,
    checkdigits.wrong_with_uln,
    checkdigits.wrong_with_national_insurance_number,
    checkdigits.wrong_with_home_office_reference,
]


def only_good_last_digits(judge, nine):
    return [digit for digit in string.digits if judge(nine + digit) is None]


def test_numbers_worked_in_public_specifications_pass():
    assert checkdigits.wrong_with_nhs_number("9434765919") is None
    assert checkdigits.wrong_with_uln("9276308686") is None
    assert checkdigits.wrong_with_upn("P207000016049") is None
    assert checkdigits.wrong_with_upn("X00180001701A") is None
    assert checkdigits.wrong_with_national_insurance_number("AB123456C") is None
    assert checkdigits.wrong_with_home_office_reference("A1234567") is None
    assert checkdigits.wrong_with_home_office_reference("A1234567/2") is None


def test_a_pupil_number_with_the_wrong_check_letter_is_found():
    assert "first letter" in checkdigits.wrong_with_upn("B207000016049")
    assert "first letter" in checkdigits.wrong_with_upn("A00180001701A")


def test_a_former_pupil_number_is_judged_by_shape_alone():
    assert checkdigits.wrong_with_former_upn("B207000016049") is None
    assert checkdigits.wrong_with_former_upn("X98765432123B") is None
    assert "I, O or S" in checkdigits.wrong_with_former_upn("X98765432123O")
    assert "I, O or S" in checkdigits.wrong_with_former_upn("S987654321234")


@pytest.mark.parametrize("digit", string.digits)
def test_one_digit_repeated_is_not_an_nhs_number(digit):
    assert "repeated" in checkdigits.wrong_with_nhs_number(digit * 10)


def test_a_learner_number_never_begins_with_nought():
    assert "begins with 0" in checkdigits.wrong_with_uln("0276308686")


@pytest.mark.parametrize("prefix", ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "DA", "AD", "AO", "QQ", "VA"])
def test_a_prefix_never_issued_is_refused(prefix):
    assert prefix in checkdigits.wrong_with_national_insurance_number(f"{prefix}123456A")


@pytest.mark.parametrize("prefix", ["CR", "FY", "MW", "NC", "PP", "PY", "PZ"])
def test_a_prefix_kept_for_offices_is_refused(prefix):
    assert checkdigits.wrong_with_national_insurance_number(f"{prefix}123456A")


@pytest.mark.parametrize("number", ["AB123456E", "AB12345C", "ab123456c", "AB123456"])
def test_other_shapes_of_insurance_number_are_refused(number):
    assert checkdigits.wrong_with_national_insurance_number(number)


@pytest.mark.parametrize("number", ["A123456", "AB123456", "A12345678", "A1234567/", "A1234567/123"])
def test_other_shapes_of_home_office_reference_are_refused(number):
    assert checkdigits.wrong_with_home_office_reference(number)


@given(NINE)
def test_at_most_one_last_digit_makes_an_nhs_number(nine):
    assert len(only_good_last_digits(checkdigits.wrong_with_nhs_number, nine)) <= 1


@given(NINE)
def test_no_number_is_both_an_nhs_number_and_a_learner_number(nine):
    nhs = only_good_last_digits(checkdigits.wrong_with_nhs_number, nine)
    assert not set(nhs) & set(only_good_last_digits(checkdigits.wrong_with_uln, nine))


@given(NINE, st.integers(0, 9), st.sampled_from(string.digits))
def test_one_mistyped_digit_is_always_found_in_an_nhs_number(nine, place, other):
    good = only_good_last_digits(checkdigits.wrong_with_nhs_number, nine)
    assume(good)
    number = nine + good[0]
    mistyped = number[:place] + other + number[place + 1 :]
    assert mistyped == number or checkdigits.wrong_with_nhs_number(mistyped)


@given(NINE, st.integers(0, 8))
def test_two_neighbours_swapped_are_always_found_in_an_nhs_number(nine, place):
    good = only_good_last_digits(checkdigits.wrong_with_nhs_number, nine)
    assume(good)
    number = nine + good[0]
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or checkdigits.wrong_with_nhs_number(swapped)


@given(st.text(string.digits, min_size=11, max_size=11), st.sampled_from(UPN_LAST))
def test_exactly_one_check_letter_makes_a_pupil_number(eleven, last):
    rest = eleven + last
    letters = [letter for letter in string.ascii_uppercase if not checkdigits.wrong_with_upn(letter + rest)]
    assert letters == [checkdigits.upn_check_letter(rest)]


@given(ANYTHING)
def test_whatever_is_typed_is_answered_with_a_sentence_or_nothing(typed):
    for judge in JUDGES:
        answer = judge(typed)
        assert answer is None or answer.endswith(".")


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("number", ["", "٣٤٥٦٧٨٩٠١٢", "943476591９", "9434765919\n", "A1234567\n"])
def test_digits_of_other_scripts_and_trailing_lines_are_refused(judge, number):
    assert judge(number)


def test_spaces_and_hyphens_are_taken_out_of_what_was_typed():
    assert checkdigits.compact(" 943 476-5919 ") == "9434765919"
    assert checkdigits.compact("ab 12 34 56 c") == "AB123456C"
