"""Days and moments in plain English, and days only partly known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlock.base.pages.dates import PartialDate, plain_date, plain_datetime, plain_time, short_date

PARTIAL = st.one_of(
    st.builds(PartialDate, st.integers(1900, 2100)),
    st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12)),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day)),
)


def test_a_day_is_written_as_people_say_it() -> None:
    assert plain_date(date(2026, 3, 3)) == "3 March 2026"
    assert short_date(date(2026, 9, 13)) == "13 Sep 2026"


def test_nothing_is_written_for_no_day() -> None:
    assert (plain_date(None), plain_datetime(None), plain_time(None), short_date(None)) == ("", "", "", "")


@pytest.mark.parametrize(
    ("utc", "said"),
    [
        (datetime(2026, 3, 3, 14, 5, tzinfo=UTC), "3 March 2026 at 2:05pm"),
        (datetime(2026, 7, 3, 23, 30, tzinfo=UTC), "4 July 2026 at 12:30am"),  # summer time: already tomorrow
        (datetime(2026, 1, 3, 9, 0, tzinfo=UTC), "3 January 2026 at 9am"),
        (datetime(2026, 1, 3, 12, 0, tzinfo=UTC), "3 January 2026 at midday"),
        (datetime(2026, 1, 3, 0, 0, tzinfo=UTC), "3 January 2026 at midnight"),
    ],
)
def test_a_moment_is_told_by_londons_clock(utc: datetime, said: str) -> None:
    assert plain_datetime(utc) == said


def test_the_day_of_a_moment_is_its_day_in_london() -> None:
    assert plain_date(datetime(2026, 7, 3, 23, 30, tzinfo=UTC)) == "4 July 2026"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        plain_datetime(datetime(2026, 3, 3, 14, 5))


@pytest.mark.parametrize(
    ("partial", "said", "begins_on", "ends_on"),
    [
        (PartialDate(2016), "2016", date(2016, 1, 1), date(2017, 1, 1)),
        (PartialDate(2016, 12), "December 2016", date(2016, 12, 1), date(2017, 1, 1)),
        (PartialDate(2016, 2), "February 2016", date(2016, 2, 1), date(2016, 3, 1)),
        (PartialDate(2016, 3, 3), "3 March 2016", date(2016, 3, 3), date(2016, 3, 4)),
    ],
)
def test_a_day_partly_known_says_what_is_known_and_spans_what_it_may_be(
    partial: PartialDate, said: str, begins_on: date, ends_on: date
) -> None:
    assert (plain_date(partial), partial.begins_on, partial.ends_on) == (said, begins_on, ends_on)


def test_only_a_day_wholly_known_is_a_day() -> None:
    assert PartialDate(2016, 3, 3).whole == date(2016, 3, 3)
    assert PartialDate(2016, 3).whole is None


@pytest.mark.parametrize("parts", [(2016, None, 3), (2015, 2, 29), (2016, 13), (0,)])
def test_a_day_without_a_month_and_a_day_that_never_was_are_refused(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"month|day|year"):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["16", "2016-3", "2016-03-03T00:00", "March 2016", ""])
def test_other_writing_is_not_taken_for_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="Not a whole or partial date"):
        PartialDate.from_iso(text)


@given(PARTIAL)
def test_what_is_written_down_is_read_back(partial: PartialDate) -> None:
    assert PartialDate.from_iso(partial.isoformat()) == partial


@given(PARTIAL)
def test_the_last_possible_day_is_still_within_what_is_known(partial: PartialDate) -> None:
    last = partial.ends_on - timedelta(days=1)
    known = (partial.year, partial.month or last.month, partial.day or last.day)
    assert (last.year, last.month, last.day) == known


@given(PARTIAL, PARTIAL)
def test_what_began_earlier_comes_first(one: PartialDate, other: PartialDate) -> None:
    if one.begins_on < other.begins_on:
        assert one < other
