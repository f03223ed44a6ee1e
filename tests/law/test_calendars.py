"""England's working days, against the rules they come from and cases worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wenlock.law.calendars import (
    BOXING_DAYS,
    CALENDARS,
    ENGLAND,
    ENGLAND_AND_WALES,
    PRIVATE_FOSTERING,
    REPRESENTATIONS,
    Calendar,
    CalendarEnds,
)

YEARS = range(ENGLAND.first, ENGLAND.last + 1)


def easter(year: int) -> date:
    """Easter Sunday, by the tables of the Calendar (New Style) Act 1750 in the anonymous Gregorian form."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize("year", YEARS)
def test_good_friday_and_easter_monday_follow_the_moon(year: int) -> None:
    assert {easter(year) - timedelta(2), easter(year) + timedelta(1)} <= ENGLAND_AND_WALES


@pytest.mark.parametrize("year", YEARS)
def test_christmas_boxing_day_and_new_year_are_kept_on_a_weekday(year: int) -> None:
    christmas = [day for day in ENGLAND_AND_WALES if day.year == year and day.month == 12]
    assert len(christmas) == 2
    assert all(date(year, 12, 25) <= day <= date(year, 12, 28) for day in christmas)
    assert any(day in ENGLAND_AND_WALES for day in (date(year, 1, 1), date(year, 1, 2), date(year, 1, 3)))


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_its_eight_holidays_and_no_weekend_among_them(year: int) -> None:
    days = [day for day in ENGLAND_AND_WALES if day.year == year]
    proclaimed = {2022: 2, 2023: 1}  # the platinum jubilee and the state funeral; the coronation
    assert len(days) == 8 + proclaimed.get(year, 0)
    assert all(day.weekday() < 5 for day in days)


@pytest.mark.parametrize(
    ("begins", "count", "ends"),
    [
        ("2026-03-02", 20, "2026-03-30"),  # four clear weeks
        ("2026-03-23", 20, "2026-04-22"),  # Good Friday and Easter Monday are not working days
        ("2026-12-24", 2, "2026-12-30"),  # Christmas, and Boxing Day kept on Monday
        ("2026-11-20", 1, "2026-11-23"),  # a Friday's next working day is Monday
    ],
)
def test_working_days_are_counted_from_the_day_after(begins: str, count: int, ends: str) -> None:
    assert ENGLAND.working_day_after(date.fromisoformat(begins), count) == date.fromisoformat(ends)


@given(some.dates(date(2021, 1, 1), date(2027, 6, 1)), some.integers(1, 60))
def test_the_day_found_is_a_working_day_and_as_many_lie_between(day: date, count: int) -> None:
    found = ENGLAND.working_day_after(day, count)
    between = sum(ENGLAND.is_working_day(day + timedelta(n)) for n in range(1, (found - day).days + 1))
    assert ENGLAND.is_working_day(found)
    assert between == count


def test_a_day_beyond_what_was_announced_is_refused_and_not_guessed() -> None:
    with pytest.raises(CalendarEnds, match="2020 to 2028"):
        ENGLAND.is_working_day(date(2031, 1, 1))


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
def test_every_calendar_knows_each_day_from_2020_to_2028_and_refuses_the_next(calendar: Calendar) -> None:
    days = [date(2020, 1, 1) + timedelta(n) for n in range((date(2029, 1, 1) - date(2020, 1, 1)).days)]
    assert 2250 < sum(calendar.is_working_day(day) for day in days) < 2300
    with pytest.raises(CalendarEnds, match=f"{calendar.name} knows the years 2020 to 2028, not 2029"):
        calendar.is_working_day(date(2029, 1, 1))


def test_boxing_day_is_named_in_one_regulation_and_not_in_another() -> None:
    assert REPRESENTATIONS.holidays >= BOXING_DAYS
    assert not PRIVATE_FOSTERING.holidays >= BOXING_DAYS


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
def test_so_far_the_different_wordings_name_the_same_working_days(calendar: Calendar) -> None:
    """Boxing Day is a bank holiday whenever it is a weekday. Should an Act change one list, only its calendar moves."""
    days = (date(2020, 1, 1) + timedelta(n) for n in range((date(2029, 1, 1) - date(2020, 1, 1)).days))
    assert [day for day in days if calendar.is_working_day(day) != ENGLAND.is_working_day(day)] == []


@given(some.dates(date(2021, 1, 1), date(2027, 6, 1)), some.integers(1, 60))
def test_going_back_as_many_working_days_returns_to_where_one_began(day: date, count: int) -> None:
    day = ENGLAND.working_day_from(day)
    assert ENGLAND.working_day_after(ENGLAND.working_day_after(day, count), -count) == day
