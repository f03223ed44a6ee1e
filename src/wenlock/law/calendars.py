"""England's days: which are working days, and what the law's clock reads. Holidays are dated data, as announced."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# Bank holidays in England and Wales under the Banking and Financial Dealings Act 1971, with substitute days and
# those given by proclamation; checked against the rule for Easter and for substitutes in tests/law.
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


class CalendarEnds(ValueError):
    """A day was asked for beyond the holidays announced: add the year's holidays before relying on it."""


@dataclass(frozen=True)
class Calendar:
    """Working days: Monday to Friday, less `holidays`, known for the years `first` to `last` inclusive."""

    name: str
    holidays: frozenset[date]
    first: int
    last: int

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a working day. Raises CalendarEnds outside the years known."""
        if not self.first <= day.year <= self.last:
            raise CalendarEnds(f"{self.name} knows the years {self.first} to {self.last}, not {day.year}.")
        return day.weekday() < 5 and day not in self.holidays

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, which is itself not counted; `count` is at least 1."""
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day


ENGLAND = Calendar("England and Wales", ENGLAND_AND_WALES, first=2020, last=2028)
