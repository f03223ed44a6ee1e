"""Whom to call, as the authority's folder says on a day; a file that is wrong takes no page down."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings

from wenlock.portal import telephones
from wenlock.portal.authority import authority, authority_file

TODAY = date(2026, 11, 22)
DAY = """
[authority]
name = "Nowhere Council"
[telephone.day]
name = "Front door"
line = "01632 960180"
when = "all day"
since = 2026-11-01
review_on = 2027-03-31
"""
Write = Callable[[str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Write:
    def write(text: str) -> None:
        (tmp_path / "nowhere").mkdir()
        (tmp_path / "nowhere" / "authority.toml").write_text(text, encoding="utf-8")

    with override_settings(AUTHORITIES=tmp_path, AUTHORITY="nowhere"):
        yield write


def test_a_number_is_shown_with_whose_it_is_and_when(folder: Write) -> None:
    folder(DAY)
    (day,) = telephones.council(on=TODAY)
    assert (day.name, day.line, day.href, day.when, day.unsure) == (
        "Front door", "01632 960180", "tel:01632960180", "all day", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "on, shown, unsure",
    [
        (date(2026, 10, 31), 0, None),
        (date(2026, 11, 1), 1, False),
        (date(2027, 3, 30), 1, False),
        (date(2027, 3, 31), 1, True),
        (date(2027, 5, 31), 1, True),
        (date(2027, 6, 1), 0, None),
    ],
)
def test_a_number_has_its_days_and_is_doubted_from_its_review(
    folder: Write, on: date, shown: int, unsure: bool | None
) -> None:
    folder(DAY + "until = 2027-06-01\n")
    found = telephones.council(on=on)
    assert len(found) == shown
    assert [each.unsure for each in found] == [unsure] * shown


@pytest.mark.parametrize(
    "text",
    ["", "telephone = 3", "telephone.day = 3", "[telephone.day]\nname = 'Front door'", "[telephone", "\x00"],
)
def test_a_file_that_is_wrong_gives_no_number_and_no_fault(folder: Write, text: str) -> None:
    folder(text)
    assert telephones.council(on=TODAY) == ()
    assert authority() == {}


def test_no_file_gives_no_number_and_no_fault(folder: Write) -> None:
    assert telephones.council(on=TODAY) == ()
    assert authority_file() == {}


@pytest.mark.parametrize("council", ["shropshire", "marchford"])
def test_each_council_has_a_number_for_the_day_and_for_the_night(council: str) -> None:
    with override_settings(AUTHORITY=council):
        assert len(telephones.council(on=TODAY)) == 2
