"""Finding people by what somebody types: names, a birth in any common writing, or a number, in any order."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from wenlock.people import codes
from wenlock.people.checkdigits import compact

SHOWN = 50
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# The order matters: a whole date is looked for before the month or year that is part of it.
_DATES = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}(?![\w/-])", re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH.format('name')},?\s*(?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH.format('name')}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"{_MONTH.format('name')},?\s+(?P<year>\d{{4}})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<year>(?:19|20)\d{2})",
    )
)
_NUMBER = re.compile(r"(?=\S*\d)[\w/.-]+")
# Several groups of figures are one number: 943 476 5919, and a National Insurance number in its usual pairs.
_RUN = re.compile(
    r"\b[A-Za-z]{2}(?:\s?\d{2}){3}\s?[A-Za-z]\b|"
    r"(?:[A-Za-z]{0,3}\d[\w/-]*\s+)+(?:\d[\w/-]*|[A-Za-z])(?!\w)"
)
_NAME = re.compile(r"[^\W\d_][^\s,]*")


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody typed, taken apart. `pairs` are readings of it as (given, family); `words` a name of one word.

    `swapped` are the same days with day and month the other way round; [born_from, born_until) is a birth known
    only to its month or year.
    """

    numbers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    born: tuple[date, ...] = ()
    swapped: tuple[date, ...] = ()
    born_from: date | None = None
    born_until: date | None = None

    @property
    def enough(self) -> bool:
        """Whether there is anything to search by; a month or year alone finds half the county."""
        return bool(self.numbers or self.pairs or self.words or self.born)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of term these are, in words that say nothing of whom."""
        told = (
            ("name", self.pairs or self.words),
            ("date of birth", self.born or self.born_from),
            ("number", self.numbers),
        )
        return tuple(kind for kind, given in told if given)


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody found, who may be seen at least to the index; `reasons` are codes, and a higher rank is a surer match."""

    person: UUID
    rank: float
    reasons: tuple[str, ...]


def read(typed: str, *, on: date) -> Terms:
    """Take apart what was typed. `on` is the day it was typed, which says which century `15` is in."""
    rest, found = _dates(typed.strip(), on)
    whole = [one for one in found if isinstance(one, date)]
    partly = next((one for one in found if isinstance(one, tuple)), (None, None))
    numbers, rest = _numbers(rest, typed)
    pairs, words = _names(rest)
    return Terms(
        numbers=numbers,
        pairs=pairs,
        words=words,
        born=tuple(whole),
        swapped=tuple(day for day in map(_swap, whole) if day),
        born_from=partly[0],
        born_until=partly[1],
    )


def search(terms: Terms) -> tuple[list[Match], bool]:
    """The people found, best first, and whether there were more than are shown. The search is logged, as digests.

    Raises a database error for a role that does not search. Spec: stack of the house, section 2, rule 6.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, rank, reason FROM guard.search_people_v1(%s::text[], %s::text[], %s::text[], %s::text[], "
            "%s::text[], %s::date[], %s::date[], %s::date, %s::date)",
            [
                list(terms.numbers),
                list(codes.IDENTIFIER_SCHEMES),
                [given for given, _ in terms.pairs],
                [family for _, family in terms.pairs],
                list(terms.words),
                list(terms.born),
                list(terms.swapped),
                terms.born_from,
                terms.born_until,
            ],
        )
        rows = [Match(person, rank, tuple(reason.split())) for person, rank, reason in cursor.fetchall()]
    return rows[:SHOWN], len(rows) > SHOWN


def _dates(typed: str, on: date) -> tuple[str, list[date | tuple[date, date]]]:
    """What is left when the first date is taken out, and that date: a day, or [from, until)."""
    for pattern in _DATES:
        for found in pattern.finditer(typed):
            made = _made(found.groupdict(), on)
            if made:
                return f"{typed[: found.start()]} {typed[found.end() :]}", [made]
    return typed, []


def _made(parts: dict[str, str | None], on: date) -> date | tuple[date, date] | None:
    name = parts.get("name")
    month = MONTHS.index(name[:3].lower()) + 1 if name else int(parts.get("month") or 0)
    year = _year(parts["year"] or "", on)
    try:
        if parts.get("day"):
            return date(year, month, int(parts["day"] or 0))
        if month:
            return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
        return date(year, 1, 1), date(year + 1, 1, 1)
    except ValueError:
        return None


def _year(written: str, on: date) -> int:
    """`15` is 2015 and `72` is 1972: nobody is found before they are born."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year > on.year % 100 + 1 else 2000)


def _swap(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def _numbers(rest: str, typed: str) -> tuple[tuple[str, ...], str]:
    """Every number as written and as stored; `943 476 5919` is read as one."""
    joined = [found.group() for found in _RUN.finditer(rest)]
    alone = [found.group() for found in _NUMBER.finditer(rest)]
    for one in joined + alone:
        rest = rest.replace(one, " ")
    if re.fullmatch(r"\s*\d{8}\s*", typed):  # a birth written without strokes may be a number after all
        alone.append(typed.strip())
    forms = [form for one in joined + alone for form in (one.strip(), compact(one))]
    return tuple(dict.fromkeys(form[:60] for form in forms)), rest


def _names(rest: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The readings of a name: given first, family first, and with a family name of two words."""
    before, comma, after = rest.partition(",")
    names = [found.group() for found in _NAME.finditer(rest)]
    if comma and _NAME.search(before) and _NAME.search(after):
        return ((" ".join(_NAME.findall(after)), " ".join(_NAME.findall(before))),), ()
    if len(names) < 2:
        return (), tuple(name for name in names)
    first, last = names[0], names[-1]
    readings = [(first, last), (last, first)]
    if len(names) > 2:
        readings += [
            (first, " ".join(names[1:])),
            (last, " ".join(names[:-1])),
            (first, " ".join(names[-2:])),
        ]
    return tuple(dict.fromkeys(readings)), ()
