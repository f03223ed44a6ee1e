"""A census written: in the elements and spellings of its year, and read again as it was."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import cin_examples
import pytest
from cin_examples import CENSUSES, SAMPLES, full
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenlock.returns.cin.census import (
    Assessment,
    Census,
    Child,
    CinPlan,
    Episode,
    Header,
    PreProceedings,
    ProtectionPlan,
)
from wenlock.returns.cin.comparing import differences
from wenlock.returns.cin.reading import read_census, read_whole
from wenlock.returns.cin.schema import MESSAGE
from wenlock.returns.cin.writing import CensusUnwritable, Respelling, write_census

NEVER = ProtectionPlan(previous_plans=-1)


def written(census: Census, year: int) -> tuple[bytes, list[Respelling]]:
    stream = io.BytesIO()
    respelt = write_census(stream, header=census.header, children=census.children, year=year)
    return stream.getvalue(), respelt


def of_one(**about) -> Census:
    return Census(Header(), (Child("WEN0001", **about),))


def again(census: Census, year: int) -> Census:
    return read_whole(io.BytesIO(written(census, year)[0]))


def without_respelt(census: Census, year: int) -> Census:
    """What the year can tell of the census: no undetermined sex, no element that is not in force."""
    return Census(census.header, tuple(_child_of(year, child) for child in census.children))


def _child_of(year: int, child: Child) -> Child:
    sex = "U" if child.sex == "I" and year >= 2025 else child.sex
    return replace(child, sex=sex, episodes=tuple(_episode_of(year, each) for each in child.episodes))


def _episode_of(year: int, episode: Episode) -> Episode:
    assessments = episode.assessments
    if year > 2024:
        assessments = tuple(replace(each, internally_reviewed_on=None) for each in assessments)
    return replace(
        episode,
        assessments=assessments,
        plans=episode.plans if year >= 2022 else (),
        pre_proceedings=episode.pre_proceedings if year >= 2027 else (),
    )


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not beside the repository")
@pytest.mark.parametrize(
    ("name", "children"), [("CIN_Census_2021.xml", 1), ("CIN_Census_2024.xml", 2), ("fake_CIN_data.xml", 332)]
)
def test_a_sample_file_survives_reading_and_writing(name, children):
    with (SAMPLES / name).open("rb") as stream:
        census = read_whole(stream)
    assert len(census.children) == children
    assert again(census, census.header.year) == census
    assert written(census, census.header.year)[1] == []


@pytest.mark.parametrize(
    ("year", "sex"), [(2021, "<GenderCurrent>9</GenderCurrent>"), (2023, "<Sex>1</Sex>")]
)
def test_a_file_with_every_element_and_the_oddities_of_the_samples_survives(year, sex):
    census = read_whole(io.BytesIO(full(year, sex)))
    assert again(census, year) == without_respelt(census, year)
    assert census.children[0].sex in ("I", "M")


def test_three_hundred_children_survive():
    census = read_whole(cin_examples.Endless(1_200_000))
    assert len(census.children) > 300
    assert again(census, 2024) == census


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CENSUSES, st.integers(2021, 2027))
def test_any_census_is_read_again_as_it_was_written(census, year):
    assert again(census, year) == without_respelt(census, year)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CENSUSES, st.integers(2021, 2027))
def test_every_value_not_written_as_held_is_listed(census, year):
    data, respelt = written(census, year)
    same = without_respelt(census, year) == census
    assert same == (respelt == [])
    assert data == written(census, year)[0], "the same census gives the same bytes"


@pytest.mark.parametrize(
    ("year", "element", "spellings"),
    [(2024, "GenderCurrent", {"M": "1", "F": "2", "U": "0", "I": "9", "Z": "Z"}),
     (2025, "Sex", {"M": "M", "F": "F", "U": "U", "I": "U", "Z": "Z"})],
)  # fmt: skip
def test_sex_is_spelt_as_its_year_spells_it(year, element, spellings):
    for held, spelling in spellings.items():
        data, _ = written(of_one(sex=held), year)
        assert f"<{element}>{spelling}</{element}>".encode() in data
        assert (b"GenderCurrent" in data) == (year == 2024)


def test_an_indeterminate_sex_is_listed_where_the_year_cannot_say_it():
    assert written(of_one(sex="I"), 2025)[1] == [Respelling("WEN0001", "Sex", "I", "U")]
    assert written(of_one(sex="I"), 2024)[1] == []


def test_what_the_year_has_no_element_for_is_left_out_and_listed():
    day = date(2025, 5, 1)
    happened = Episode(
        assessments=(Assessment(internally_reviewed_on=day),),
        plans=(CinPlan(day),),
        pre_proceedings=(PreProceedings(day), PreProceedings()),
    )
    _, respelt = written(of_one(episodes=(happened,)), 2026)
    assert respelt == [
        Respelling("WEN0001", "AssessmentInternalReviewDate", "2025-05-01", None),
        Respelling("WEN0001", "PreProceedingsandFGDM", "PreProceedingsandFGDM", None),
        Respelling("WEN0001", "PreProceedingsandFGDM", "PreProceedingsandFGDM", None),
    ]
    data, respelt = written(of_one(episodes=(happened,)), 2021)
    assert [each.element for each in respelt] == ["CINPlanDates", *["PreProceedingsandFGDM"] * 2]
    assert b"CINPlanDates" not in data


def test_the_elements_stand_in_the_order_of_the_schema():
    order = [path[-1] for path, _ in MESSAGE.walk()]
    data, _ = written(read_whole(io.BytesIO(full())), 2023)
    first = data[data.index(b"<ChildIdentifiers>") : data.index(b"</Child>")].decode()
    names = list(dict.fromkeys(re.findall(r"<(\w+)", first)))
    expected = list(dict.fromkeys(order[order.index("ChildIdentifiers") :]))
    assert names == [name for name in expected if name in names]
    assert len(names) > 40


def test_all_reviews_of_a_plan_stand_in_one_wrapper():
    plan = ProtectionPlan(reviewed_on=(date(2026, 1, 29), date(2026, 3, 1)))
    data, _ = written(of_one(episodes=(Episode(protection_plans=(plan,)),)), 2026)
    assert data.count(b"<Reviews>") == 1
    assert data.count(b"<CPPreviewDate>") == 2


@pytest.mark.parametrize(("factors", "count"), [(None, 0), ((), 1)])
def test_an_empty_factors_element_is_written_only_where_one_was(factors, count):
    data, _ = written(of_one(episodes=(Episode(assessments=(Assessment(factors=factors),)),)), 2026)
    assert data.count(b"<FactorsIdentifiedAtAssessment/>") == count


@pytest.mark.parametrize(("year", "count"), [(2021, 1), (2022, 0)])
def test_the_content_block_is_written_as_long_as_it_was_in_force(year, count):
    assert written(of_one(), year)[0].count(b"<CBDSLevel>Child</CBDSLevel>") == count


@pytest.mark.parametrize(
    ("made_at", "text"),
    [
        (datetime(2026, 4, 20, 9), b"2026-04-20T09:00:00<"),
        (datetime(2026, 4, 20, 9, tzinfo=UTC), b"2026-04-20T09:00:00Z<"),
        (datetime(2026, 4, 20, 9, tzinfo=timezone(timedelta(hours=1))), b"2026-04-20T09:00:00+01:00<"),
    ],
)
def test_the_moment_of_making_is_written_with_its_zone(made_at, text):
    assert text in written(Census(Header(made_at=made_at)), 2026)[0]


def test_marks_that_mean_something_in_xml_are_escaped():
    census = Census(Header(software="A & B <C> ]]>"), (Child("<&>"),))
    assert again(census, 2026) == census


@pytest.mark.parametrize(
    ("child", "element"),
    [
        (Child("WEN0001", upn="A\0B"), "UPN"),
        (Child("WEN0001", ethnicity="WB RI"), "Ethnicity"),
        (Child("W" * 61), "LAchildID"),
        (Child(episodes=(Episode(protection_plans=(NEVER,)),)), "NumberOfPreviousCPP"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(child, element):
    with pytest.raises(CensusUnwritable) as unwritable:
        write_census(io.BytesIO(), header=Header(), children=[child], year=2026)
    assert (unwritable.value.element, unwritable.value.child_id) == (element, child.child_id)


def test_children_are_written_as_they_come():
    """A census of any length can be piped from a reading to a file."""
    stream = io.BytesIO()
    reading = read_census(cin_examples.Endless(300_000))
    write_census(stream, header=reading.header, children=reading, year=2026)
    assert differences(read_whole(io.BytesIO(stream.getvalue())), []) != []
