"""England's days, and which of them each law calls a working day. Holidays are dated data, as announced."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from wenlock.law.instruments import Mark

LONDON = ZoneInfo("Europe/London")

# Public and bank holidays of England and Wales, with substitute days and those given by proclamation; checked against
# the rule for Easter and for substitutes in tests/law.
ENGLAND_AND_WALES = frozenset(
    date.fromisoformat(day)
    for day in [
        "2020-01-01",
        "2020-04-10",
        "2020-04-13",
        "2020-05-08",
        "2020-05-25",
        "2020-08-31",
        "2020-12-25",
        "2020-12-28",
        "2021-01-01",
        "2021-04-02",
        "2021-04-05",
        "2021-05-03",
        "2021-05-31",
        "2021-08-30",
        "2021-12-27",
        "2021-12-28",
        "2022-01-03",
        "2022-04-15",
        "2022-04-18",
        "2022-05-02",
        "2022-06-02",
        "2022-06-03",
        "2022-08-29",
        "2022-09-19",
        "2022-12-26",
        "2022-12-27",
        "2023-01-02",
        "2023-04-07",
        "2023-04-10",
        "2023-05-01",
        "2023-05-08",
        "2023-05-29",
        "2023-08-28",
        "2023-12-25",
        "2023-12-26",
        "2024-01-01",
        "2024-03-29",
        "2024-04-01",
        "2024-05-06",
        "2024-05-27",
        "2024-08-26",
        "2024-12-25",
        "2024-12-26",
        "2025-01-01",
        "2025-04-18",
        "2025-04-21",
        "2025-05-05",
        "2025-05-26",
        "2025-08-25",
        "2025-12-25",
        "2025-12-26",
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-04",
        "2026-05-25",
        "2026-08-31",
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-03",
        "2027-05-31",
        "2027-08-30",
        "2027-12-27",
        "2027-12-28",
        "2028-01-03",
        "2028-04-14",
        "2028-04-17",
        "2028-05-01",
        "2028-05-29",
        "2028-08-28",
        "2028-12-25",
        "2028-12-26",
    ]
)

YEARS = range(2020, 2029)  # those whose holidays are announced

# Some rules list days by name beside the bank holidays of the Act of 1971. Christmas Day and Good Friday are holidays
# by common law and not bank holidays; Boxing Day is a bank holiday unless it is a Sunday.
CHRISTMAS_DAYS = frozenset(date(year, 12, 25) for year in YEARS)
BOXING_DAYS = frozenset(date(year, 12, 26) for year in YEARS)
GOOD_FRIDAYS = frozenset(day for day in ENGLAND_AND_WALES if day.month in (3, 4) and day.weekday() == 4)
BANK_HOLIDAYS = ENGLAND_AND_WALES - CHRISTMAS_DAYS - GOOD_FRIDAYS


class CalendarEnds(ValueError):
    """A day was asked for beyond the holidays announced: add the year's holidays before relying on it."""


@dataclass(frozen=True)
class Calendar:
    """Working days: Monday to Friday, less `holidays`, known for the years `first` to `last` inclusive.

    `says` is whose meaning of "working day" it is, and `mark` how that meaning was checked (`instruments.MARKS`).
    """

    name: str
    holidays: frozenset[date]
    first: int
    last: int
    says: str
    mark: Mark

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a working day. Raises CalendarEnds outside the years known."""
        if not self.first <= day.year <= self.last:
            raise CalendarEnds(
                f"The calendar of {self.name} knows the years {self.first} to {self.last}, not {day.year}."
            )
        return day.weekday() < 5 and day not in self.holidays

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, which is itself not counted; `day` itself for 0.

        A negative `count` goes back. Raises CalendarEnds.
        """
        step = timedelta(days=1 if count > 0 else -1)
        while count:
            day += step
            count -= step.days * self.is_working_day(day)
        return day

    def working_day_from(self, day: date) -> date:
        """`day` if it is a working day, otherwise the next that is. Raises CalendarEnds."""
        return day if self.is_working_day(day) else self.working_day_after(day, 1)


def _calendar(name: str, *holidays: frozenset[date], says: str, mark: Mark) -> Calendar:
    return Calendar(name, frozenset().union(*holidays), YEARS[0], YEARS[-1], says, mark)


ENGLAND = _calendar(
    "England and Wales",
    ENGLAND_AND_WALES,
    says="The ordinary meaning: no weekend, and no public or bank holiday of England and Wales.",
    mark="K",
)
REPRESENTATIONS = _calendar(
    "the Representations Regulations 2006",
    CHRISTMAS_DAYS,
    GOOD_FRIDAYS,
    BOXING_DAYS,
    BANK_HOLIDAYS,
    says="No weekend, Christmas Day, Good Friday, Boxing Day or bank holiday, as those Regulations list them.",
    mark="V",
)
PRIVATE_FOSTERING = _calendar(
    "the Private Fostering Regulations 2005",
    CHRISTMAS_DAYS,
    GOOD_FRIDAYS,
    BANK_HOLIDAYS,
    says="No weekend, Christmas Day, Good Friday or bank holiday; Boxing Day is not named. Read in the Welsh twin.",
    mark="V",
)
DATA_PROTECTION = _calendar(
    "Article 12 of the UK GDPR",
    ENGLAND_AND_WALES,
    says="No weekend or public holiday; a period that ends on one ends with the next working day.",
    mark="S",
)
SPECIAL_NEEDS = _calendar(
    "the Special Educational Needs Regulations 2014",
    ENGLAND_AND_WALES,
    says="Terms are in weeks and none is lengthened; a school's long closure may excuse being late.",
    mark="V",
)

CALENDARS = (ENGLAND, REPRESENTATIONS, PRIVATE_FOSTERING, DATA_PROTECTION, SPECIAL_NEEDS)
