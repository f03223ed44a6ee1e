"""The house's own fields: dates in three parts, partial dates, times, names, yes or no."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wenlock.base.pages.dates import MONTHS, PartialDate
from wenlock.base.pages.fields import (
    EARLIEST_EXPECTED,
    LATEST_EXPECTED,
    PARTS,
    DateField,
    NameField,
    PartialDateField,
    TimeField,
    YesNoField,
)
from wenlock.base.pages.forms import PageForm

BORN = DateField(label="Date of birth")
MOVED = PartialDateField(label="Date they moved", required=False)
DAYS = st.dates(EARLIEST_EXPECTED, LATEST_EXPECTED)


def refusal(field: forms.Field, value: Any) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value.error_list[0]


def typed_month(day: date, way: int) -> str:
    name = MONTHS[day.month - 1]
    return (str(day.month), f"{day.month:02}", name, name[:3].upper())[way]


@given(DAYS, st.integers(0, 3))
def test_a_real_day_is_taken_however_its_month_is_written(day: date, way: int) -> None:
    assert BORN.clean([f" {day.day}", typed_month(day, way), str(day.year)]) == day


@given(DAYS, st.sets(st.sampled_from(PARTS), min_size=1, max_size=2))
def test_the_error_names_every_missing_part_and_no_other(day: date, missing: set[str]) -> None:
    parts = ["" if part in missing else str(getattr(day, part)) for part in PARTS]
    error = refusal(BORN, parts)
    named = " and ".join(part for part in PARTS if part in missing)
    assert error.messages == [f"Date of birth must include a {named}"]
    assert set(error.params["parts"]) == missing


@given(st.lists(st.text(max_size=6), min_size=3, max_size=3))
def test_whatever_is_typed_is_a_day_or_an_error_and_never_a_fault(typed: list[str]) -> None:
    for field in (BORN, MOVED):
        try:
            found = field.clean(typed)
        except ValidationError as error:
            found = error
        assert isinstance(found, (date, PartialDate, ValidationError, type(None)))


@pytest.mark.parametrize(
    ("typed", "said", "parts"),
    [
        (["30", "2", "2016"], "Date of birth must be a real date", PARTS),
        (["32", "3", "2016"], "Date of birth must be a real date", ("day",)),
        (["3", "13", "2016"], "Date of birth must be a real date", ("month",)),
        (["3", "3", "16"], "Year must include 4 numbers", ("year",)),
        (["3", "3", "0016"], "Date of birth must be on or after 1 January 1875", PARTS),
        (["3", "3", "2916"], "Date of birth must be on or before 31 December 2199", PARTS),
        (["٣", "3", "2016"], "Date of birth must be a real date", ("day",)),
        (["-3", "3", "2016"], "Date of birth must be a real date", ("day",)),
    ],
)
def test_a_wrong_day_is_explained_and_its_boxes_marked(
    typed: list[str], said: str, parts: tuple[str, ...]
) -> None:
    error = refusal(BORN, typed)
    assert (error.messages, error.params["parts"]) == ([said], parts)


def test_nothing_typed_is_nothing_when_the_day_is_not_needed() -> None:
    assert DateField(required=False).clean(["", " ", None]) is None


def test_the_first_and_last_day_allowed_are_allowed() -> None:
    field = DateField(label="Visited on", earliest=date(2026, 3, 1), latest=date(2026, 3, 3))
    assert field.clean(["1", "3", "2026"]) == date(2026, 3, 1)
    assert field.clean(["3", "3", "2026"]) == date(2026, 3, 3)
    assert refusal(field, ["4", "3", "2026"]).messages == ["Visited on must be on or before 3 March 2026"]
    assert refusal(field, ["28", "2", "2026"]).messages == ["Visited on must be on or after 1 March 2026"]


def test_a_label_that_is_a_question_is_not_made_the_subject_of_an_error() -> None:
    field = DateField(label="When was the child last seen?")
    assert refusal(field, ["3", "", "2026"]).messages == ["The date must include a month"]


def test_a_percent_sign_in_a_label_does_no_harm() -> None:
    assert refusal(DateField(label="100% sure date"), ["3", "", "2026"]).messages == [
        "100% sure date must include a month"
    ]


def test_an_authors_own_sentence_is_used() -> None:
    field = DateField(error_messages={"incomplete": "Give the whole date"})
    assert refusal(field, ["3", "", "2026"]).messages == ["Give the whole date"]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (["", "", "2016"], PartialDate(2016)),
        (["", "mar", "2016"], PartialDate(2016, 3)),
        (["3", "3", "2016"], PartialDate(2016, 3, 3)),
        (["", "", ""], None),
    ],
)
def test_as_much_of_a_day_as_is_known_is_kept(typed: list[str], known: PartialDate | None) -> None:
    assert MOVED.clean(typed) == known


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["3", "", "2016"], "Date they moved must include a month"),
        (["", "3", ""], "Date they moved must include a year"),
        (["31", "4", "2016"], "Date they moved must be a real date"),
        (["", "", "9999"], "Date they moved must be on or before 31 December 2199"),
    ],
)
def test_a_partial_day_that_cannot_be_is_explained(typed: list[str], said: str) -> None:
    assert refusal(MOVED, typed).messages == [said]


def test_a_year_that_reaches_the_first_day_allowed_is_not_too_early() -> None:
    field = PartialDateField(earliest=date(2016, 6, 1))
    assert field.clean(["", "", "2016"]) == PartialDate(2016)
    assert refusal(field, ["", "5", "2016"]).code == "early"


class Asked(PageForm):
    born_on = DateField(label="Date of birth")
    moved_on = PartialDateField(required=False)
    safe = YesNoField(label="Is the child safe tonight?", required=False)
    full_name = NameField(required=False)


def test_what_was_typed_stays_in_the_boxes_when_it_is_wrong() -> None:
    form = Asked({"born_on_day": "31", "born_on_month": "Febuary", "born_on_year": "12"})
    assert not form.is_valid()
    assert form["born_on"].value() == ["31", "Febuary", "12"]


def test_an_unchanged_form_knows_it_is_unchanged() -> None:
    initial = {
        "born_on": date(2016, 3, 3),
        "moved_on": PartialDate(2016, 3),
        "safe": True,
        "full_name": "Rowan",
    }
    same = {"born_on_day": "3", "born_on_month": "3", "born_on_year": "2016", "moved_on_month": "3"}
    same |= {"moved_on_year": "2016", "safe": "yes", "full_name": "Rowan"}
    assert Asked(same, initial=initial).changed_data == []
    assert Asked(same | {"moved_on_day": "1", "safe": "no"}, initial=initial).changed_data == [
        "moved_on",
        "safe",
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2:05pm", time(14, 5)),
        ("14:05", time(14, 5)),
        ("2 PM", time(14)),
        ("12:30am", time(0, 30)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("Midnight", time(0)),
        ("9.15", time(9, 15)),
        ("", None),
    ],
)
def test_a_time_is_taken_as_people_write_it(said: str, meant: time | None) -> None:
    assert TimeField(required=False).clean(said) == meant


@pytest.mark.parametrize("said", ["14", "25:00", "13pm", "9:60", "soon", "0am"])
def test_what_is_not_surely_a_time_is_refused(said: str) -> None:
    assert refusal(TimeField(), said).messages == ["Enter a time, like 2:05pm or 14:05"]


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("no", False), ("", None)])
def test_yes_and_no_and_no_answer_are_three_things(said: str, meant: bool | None) -> None:
    assert YesNoField(required=False).clean(said) is meant
