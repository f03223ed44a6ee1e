"""Finding people by what somebody types: names, a birth, a postcode or a number, in any order and however spelt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from wenlock.people.folding import folded
from wenlock.people.nicknames import forms_of, stands_for

SHOWN = 50
# A number is found by how it begins from so many letters and figures: fewer would find half the county.
LONG_ENOUGH = 5
MOST_READINGS = 8
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# The whole word or its usual beginning: Marlow and Jane are names.
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# These are months and people too: "McGowan Jan 1942" is read both ways.
NAMES_OF_BOTH = frozenset({"JAN", "APRIL", "MAY", "JUNE", "AUGUST"})
# The order matters: a whole date is looked for before the month or year that is part of it.
_DATES = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}(?![\w/-])", re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})\s(?P<month>\d{1,2})\s(?P<year>(?:19|20)\d{2})",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:19|20)\d{2})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/.\s]*(?:of\s+)?{_MONTH}[-/,.\s]*(?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"{_MONTH},?\s+(?P<year>\d{{4}})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        r"(?P<year>(?:19|20)\d{2})",
    )
)
# The district, the sector or the whole: SY3, SY3 8, SY3 8AB. A shape that is also a number is read as both.
_POSTCODE = re.compile(
    r"(?<![\w/.-])[A-Z]{1,2}\d[A-Z\d]?(?:\s?\d(?:[A-Z]{2})?)?(?![\w/-])", re.IGNORECASE | re.ASCII
)
_NUMBER = re.compile(r"(?=\S*\d)[\w/.-]+")
# Several groups of figures are one number: 943 476 5919, and a National Insurance number in its usual pairs.
_RUN = re.compile(
    r"\b[A-Za-z]{2}(?:\s?\d{2}){3}\s?[A-Za-z]\b|"
    r"(?:[A-Za-z]{0,3}\d[\w/-]*\s+)+(?:\d[\w/-]*|[A-Za-z])(?!\w)"
)

# Figures in groups, with the letter or few that begin or end the numbers of some schemes.
_IN_GROUPS = re.compile(r"(?=(?:\D*\d){6})[A-Za-z]{0,3}(?:[\s-]?\d)+(?:[\s-]?[A-Za-z])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take the words typed: folded, "" for the half not typed; `turned` when the family name came first."""

    given: str
    family: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What somebody typed, taken apart: numbers and postcodes without spaces, names folded, and the birth.

    `readings` are the ways to take the name, the likeliest first, and `words` its words. `numbers` are looked for
    whole, and those long enough by how they begin. [born_from, born_until) is a birth known only to its month or year.
    """

    numbers: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    words: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    born: date | None = None
    born_from: date | None = None
    born_until: date | None = None
    on: date = date.max

    @property
    def enough(self) -> bool:
        """Whether there is anything to search by; a month, a year or a postcode alone finds half the county."""
        return bool(self.numbers or self.readings or self.born)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of term these are, in words that say nothing of whom."""
        told = (
            ("name", self.readings),
            ("date of birth", self.born or self.born_from),
            ("postcode", self.postcodes),
            ("number", set(self.numbers) - set(self.postcodes)),
        )
        return tuple(kind for kind, given in told if given)

    @property
    def forms(self) -> Iterator[tuple[str, str]]:
        """Each given name typed, with another form it may be recorded in."""
        for given in dict.fromkeys(reading.given for reading in self.readings if reading.given):
            for form in forms_of(given, on=self.on):
                yield given, form


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody found, who may be seen at least to the index; a higher rank is a surer match.

    `reasons` are codes; `matched` is the recorded name they speak of, where it is not plain from the page.
    """

    person: UUID
    rank: float
    reasons: tuple[str, ...]
    matched: str = ""


def read(typed: str, *, on: date) -> Terms:
    """Take apart what was typed. `on` is the day it was typed, which says which century `15` is in. Never raises."""
    born, dated, rest = _birth(typed.strip(), on)
    whole = born if isinstance(born, date) else None
    since, until = born if isinstance(born, tuple) else (None, None)
    postcodes = tuple(dict.fromkeys(_compact(found.group()) for found in _POSTCODE.finditer(rest)))
    numbers, left = _numbers(rest, typed)
    readings, words = _names(left)
    both = "".join(re.findall(r"[^\W\d_]+", dated)).upper() if since else ""
    if since and both in NAMES_OF_BOTH and words:
        since, until = date(since.year, 1, 1), date(since.year + 1, 1, 1)
        others, words = _names(_numbers(_birth(typed.strip(), on, instead=both)[2], typed)[1])
        readings = tuple(dict.fromkeys((*others, *readings)))[:MOST_READINGS]
    return Terms(numbers, readings, words, postcodes, whole, since, until, on)


def search(terms: Terms) -> tuple[list[Match], bool]:
    """The people found, best first, and whether there were more than are shown. The search is logged, as digests.

    Raises a database error for a role that does not search. Spec: stack of the house, section 2, rule 6.
    """
    forms = list(terms.forms)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, rank, reason, given, family FROM guard.search_people_v1(%s::text[], %s::text[], "
            "%s::text[], %s::text[], %s::boolean[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date, %s::date, "
            "%s::date)",
            [
                list(terms.numbers),
                [number for number in terms.numbers if len(number) >= LONG_ENOUGH],
                [reading.given for reading in terms.readings],
                [reading.family for reading in terms.readings],
                [reading.turned for reading in terms.readings],
                list(terms.words),
                [given for given, _ in forms],
                [form for _, form in forms],
                list(terms.postcodes),
                terms.born,
                terms.born_from,
                terms.born_until,
            ],
        )
        rows = [_match(terms, *row) for row in cursor.fetchall()]
    return rows[:SHOWN], len(rows) > SHOWN


def _match(terms: Terms, person: UUID, rank: float, reason: str, given: str, family: str) -> Match:
    """A row of the answer, with the recorded name that a reason of it speaks of."""
    reasons = reason.split()
    matched = f"{given} {family}".strip()
    if "form" in reasons:
        names = ((one, stands_for(one, typed=terms.words, on=terms.on)) for one in given.split())
        matched, why = next(((one, why) for one, why in names if why), (given, "form"))
        reasons[reasons.index("form")] = why
    return Match(person, rank, tuple(reasons), matched)


def _birth(typed: str, on: date, *, instead: str = "") -> tuple[date | tuple[date, date] | None, str, str]:
    """The first date typed, a day or [from, until); how it was written; and the rest, with `instead` in its place."""
    for pattern in _DATES:
        for found in pattern.finditer(typed):
            made = _made(found.groupdict(), on)
            if made:
                return made, found.group(), f"{typed[: found.start()]} {instead} {typed[found.end() :]}"
    return None, "", typed


def _made(parts: dict[str, str | None], on: date) -> date | tuple[date, date] | None:
    name = parts.get("name")
    month = MONTHS.index(name[:3].lower()) + 1 if name else int(parts.get("month") or 0)
    year, day = _year(parts["year"] or "", on), int(parts.get("day") or 0)
    if month > 12 >= day > 0:  # the month cannot be meant, so it was the day
        month, day = day, month
    try:
        if parts.get("day"):
            return _within_reason(date(year, month, day))
        since = date(year, month or 1, 1)
        return since, (since + timedelta(days=31 if month else 366)).replace(day=1)
    except (ValueError, OverflowError):
        return None


def _within_reason(day: date) -> date | None:
    """The day, unless a day, a month or a year from it is none."""
    return day if 1000 < day.year < 9000 else None


def _year(written: str, on: date) -> int:
    """`15` is 2015 and `72` is 1972: nobody is found before they are born."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year > on.year % 100 + 1 else 2000)


def _compact(number: str) -> str:
    """A number as it is compared: capitals, without spaces and strokes. The index of numbers holds the same."""
    return re.sub(r"[^A-Z0-9]", "", number.upper())[:60]


def _numbers(rest: str, typed: str) -> tuple[tuple[str, ...], str]:
    """Every number typed, compact; `943 476 5919` is read as one. And what is left without them."""
    before = rest
    places = [found.group() for found in _POSTCODE.finditer(rest)]
    for one in places:
        rest = rest.replace(one, " ", 1)
    joined = [found.group() for found in _RUN.finditer(rest)]
    alone = [found.group() for found in _NUMBER.finditer(rest)]
    for one in joined + alone:
        rest = rest.replace(one, " ")
    if _IN_GROUPS.fullmatch(typed.strip()):  # what reads as a birth may be part of a number, or all of it
        alone.append(typed)
    letters, figures = len(re.findall(r"[^\W\d_]", before)), len(re.findall(r"\d", before))
    if (
        letters <= figures
    ):  # too few letters for a name, so that the whole may be one number with spaces in it
        alone.append(before)
    forms = (_compact(one) for one in joined + alone + places)
    return tuple(dict.fromkeys(form for form in forms if any(mark.isdigit() for mark in form))), rest


def _names(rest: str) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """The readings of a name, and its words: given first, family first, and a family name of several words."""
    before, comma, after = rest.partition(",")
    chunks = _chunks(rest)
    words = tuple(dict.fromkeys(word for chunk in chunks for word in chunk.split()))
    if comma and _chunks(before) and _chunks(after):
        family = " ".join(_chunks(before))
        return tuple(Reading(given, family) for given in _givens(_chunks(after))), words
    if len(chunks) < 2:
        return tuple(Reading(*pair) for chunk in chunks for pair in (("", chunk), (chunk, ""))), words
    readings = dict.fromkeys(
        Reading(given, family[:120], turned)
        for first, family, turned in _orders(chunks)
        for given in _givens([first])
    )
    return tuple(readings)[:MOST_READINGS], words


def _chunks(rest: str) -> list[str]:
    """The words of a name as they were spaced, folded: what stood between hyphens is one chunk with a space in it."""
    parts = (folded(part)[:60] for part in re.split(r"[\s,]+", rest))
    return [part for part in parts if re.search(r"[^\W\d_]", part)][:6]


def _givens(chunks: list[str]) -> tuple[str, ...]:
    """A given name as one word, and its first half alone if it has two: ANNEMARIE and ANNE."""
    first = chunks[0]
    return tuple(dict.fromkeys((first.replace(" ", ""), first.split()[0])))


def _orders(chunks: list[str]) -> Iterator[tuple[str, str, bool]]:
    """(given, family, whether the family name came first) for each way to take two chunks or more."""
    first, last = chunks[0], chunks[-1]
    yield first, last, False
    if len(chunks) == 2:
        yield last, first, True
        return
    yield first, " ".join(chunks[1:]), False
    yield first, " ".join(chunks[-2:]), False
    yield chunks[1], first, True
    yield last, " ".join(chunks[:-1]), True
    yield chunks[1], last, False
    yield first + chunks[1], last, False
