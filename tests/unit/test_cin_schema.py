"""The declarations of the census: complete, in agreement with the records, and dated."""

from dataclasses import fields

import pytest

from wenlock.returns.cin import census, codes, schema
from wenlock.returns.cin.elements import Element, Kind

ELEMENTS = [element for _, element in schema.MESSAGE.walk()]
RECORDS = [element for element in ELEMENTS if element.makes]
VALUES = [element for element in ELEMENTS if element.kind]


def fields_filled(element: Element) -> set[str]:
    """The fields of a record that the parts of its element fill."""
    found: set[str] = set()
    for part in element.parts:
        found |= {part.held_in} if part.held_in else set()
        if part.kind is None and not part.makes:
            found |= fields_filled(part)
    return found


@pytest.mark.parametrize("element", RECORDS, ids=lambda element: element.name)
def test_every_field_of_a_record_has_an_element_and_every_element_a_field(element):
    names = {field.name for field in fields(element.makes)} - {"line", "sex_as_written"}
    assert names == fields_filled(element)


def test_every_record_is_made_by_an_element():
    made = {element.makes for element in RECORDS}
    assert made == {
        census.Header, census.Child, census.Episode, census.Assessment, census.CinPlan, census.Section47,
        census.ProtectionPlan, census.PreProceedings,
    }  # fmt: skip


def test_every_value_has_its_number_in_the_common_basic_data_set():
    assert all(element.cbds and element.cbds.startswith("N00") for element in VALUES)


def test_only_the_date_of_the_first_conference_has_a_number_twice():
    numbers = [element.cbds for element in VALUES]
    assert {number for number in numbers if numbers.count(number) > 1} == {"N00110"}


def test_the_two_elements_of_sex_follow_one_another_without_a_gap():
    sex, gender = schema.IDENTIFIERS.inside["Sex"], schema.IDENTIFIERS.inside["GenderCurrent"]
    assert [sex.in_force(year) for year in (2024, 2025)] == [False, True]
    assert [gender.in_force(year) for year in (2024, 2025)] == [True, False]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("CINPlanDates", 2022, None), ("Content", None, 2021), ("PreProceedingsandFGDM", 2027, None),
     ("AssessmentInternalReviewDate", None, 2024)],
)  # fmt: skip
def test_elements_are_in_force_in_their_years(name, first, last):
    (element,) = [each for each in ELEMENTS if each.name == name]
    assert (element.since, element.until) == (first, last)


def test_what_is_not_verified_is_marked():
    unverified = [element for element in ELEMENTS if element.mark == "U"]
    assert len(unverified) == 12
    assert all(each.mark == "U" for each in (schema.PRE_PROCEEDINGS, *schema.PRE_PROCEEDINGS.parts))


def test_the_no_further_action_flag_stands_between_enquiries_and_plans():
    names = list(schema.EPISODE.inside)
    assert names[names.index("ReferralNFA") - 1] == "Section47"
    assert names[names.index("ReferralNFA") + 1] == "ChildProtectionPlans"


def test_every_coded_element_has_its_codes():
    free = {"LEA", "SerialNo"}  # an authority's number and a running number
    coded = {element.name for element in VALUES if element.kind in (Kind.CODE, Kind.SEX)} - free
    assert coded == set(codes.BY_ELEMENT)


def test_every_code_could_be_read_from_a_file():
    longest = {element.name: element.longest for element in VALUES}
    for name, code_set in codes.BY_ELEMENT.items():
        for value in code_set.codes:
            assert value.isalnum()
            assert value.isascii()
            assert len(value) <= longest[name]


@pytest.mark.parametrize(
    ("code_set", "count"),
    [(codes.ETHNICITY, 20), (codes.DISABILITY, 13), (codes.REFERRAL_SOURCE, 22), (codes.PRIMARY_NEED, 10),
     (codes.CLOSURE, 9), (codes.FACTORS, 42), (codes.ABUSE, 5), (codes.UPN_UNKNOWN, 7), (codes.SEX, 3),
     (codes.GENDER_CURRENT, 0), (codes.OUTCOME, 0)],
    ids=lambda each: getattr(each, "name", None),
)  # fmt: skip
def test_as_many_codes_are_in_force_in_2026_as_the_guidance_lists(code_set, count):
    assert len(code_set.in_force(2026)) == count


@pytest.mark.parametrize(
    ("code_set", "value", "year", "valid"),
    [
        (codes.REFERRAL_SOURCE, "5D", 2022, False),
        (codes.REFERRAL_SOURCE, "5D", 2023, True),
        (codes.CLOSURE, "RC9", 2022, False),
        (codes.CLOSURE, "RC9", 2023, True),
        (codes.FACTORS, "24A", 2021, False),
        (codes.FACTORS, "24A", 2022, True),
        (codes.FACTORS, "18A", 2021, False),
        (codes.FACTORS, "19A", 2026, False),
        (codes.GENDER_CURRENT, "9", 2024, True),
    ],
)
def test_codes_come_and_go_with_the_years(code_set, value, year, valid):
    assert (value in code_set.in_force(year)) is valid


def test_a_retired_code_names_what_took_its_place():
    for code_set in codes.SETS:
        for code in code_set.codes.values():
            known = codes.SEX if code_set is codes.GENDER_CURRENT else code_set
            assert all(successor in known for successor in code.successors)
            assert code.until is None or code.successors


def test_the_misspelling_of_chinese_is_known_and_is_no_code():
    assert codes.ETHNICITY.misspellings == {"CNHE": "CHNE"}
    assert "CNHE" not in codes.ETHNICITY
    assert codes.ETHNICITY.label("CHNE") == "Chinese"
    assert codes.ETHNICITY.label("CNHE") == "CNHE"
