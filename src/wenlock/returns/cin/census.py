"""The census as values: a header, and children with all that happened to each.

None means the file gave no value. `line` is the line of the file a thing was read from, 0 for one made here;
it is no part of equality. Codes are held as written, also those in no code set: saying so is a validation
rule's business.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


def _line() -> int:
    """The field every record ends with."""
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Header:
    """Whose return this is, and for which year.

    `year` is the year in which the census ends. `made_at` has the time zone the file gave, or none.
    """

    collection: str | None = None
    year: int | None = None
    reference_on: date | None = None
    source_level: str | None = None
    authority: str | None = None
    software: str | None = None
    release: str | None = None
    serial: str | None = None
    made_at: datetime | None = None
    line: int = _line()

    @property
    def census_year(self) -> int | None:
        """The year in which the census ends: of the reference date, or as the header says."""
        return self.reference_on.year if self.reference_on else self.year


def header_for(
    *, year: int, authority: str, software: str, release: str, serial: str, made_at: datetime
) -> Header:
    """The header of an authority's own return for the census that ends on 31 March of `year`."""
    return Header("CIN", year, date(year, 3, 31), "L", authority, software, release, serial, made_at)


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment. `factors` is None with no factors element in the file, () with an empty one."""

    started_on: date | None = None
    internally_reviewed_on: date | None = None
    authorised_on: date | None = None
    factors: tuple[str, ...] | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class CinPlan:
    """A child in need plan; still open when `ended_on` is None."""

    started_on: date | None = None
    ended_on: date | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Section47:
    """An enquiry. `started_on` is the strategy discussion's day, `conference_on` the first conference's."""

    started_on: date | None = None
    conference_due_on: date | None = None
    conference_on: date | None = None
    conference_not_required: bool | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class ProtectionPlan:
    """A child protection plan and the days of its review conferences, in file order."""

    started_on: date | None = None
    ended_on: date | None = None
    initial_category: str | None = None
    latest_category: str | None = None
    previous_plans: int | None = None
    reviewed_on: tuple[date, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class PreProceedings:
    """Pre-proceedings and family group decision making (census of 2026-27 on)."""

    started_on: date | None = None
    letter_before_on: date | None = None
    meeting_offered: bool | None = None
    meeting_held: bool | None = None
    first_meeting_on: date | None = None
    review_meetings: int | None = None
    decided_on: date | None = None
    outcome: str | None = None
    applied_to_court_on: date | None = None
    proceedings_letter_on: date | None = None
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Episode:
    """One referral and what followed it (the census calls it CINdetails)."""

    referred_on: date | None = None
    referral_source: str | None = None
    primary_need: str | None = None
    closed_on: date | None = None
    closure_reason: str | None = None
    conference_on: date | None = None
    no_further_action: bool | None = None
    assessments: tuple[Assessment, ...] = ()
    plans: tuple[CinPlan, ...] = ()
    enquiries: tuple[Section47, ...] = ()
    protection_plans: tuple[ProtectionPlan, ...] = ()
    pre_proceedings: tuple[PreProceedings, ...] = ()
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the census.

    `sex` is M, F, U, or I for the retired "indeterminate", whichever of the two elements gave it; any other
    value is held as written. `sex_as_written` is the file's own text when that is no code of the element it
    stood in (a 1 in Sex, say), and is no part of equality.
    """

    child_id: str | None = None
    upn: str | None = None
    former_upn: str | None = None
    upn_unknown: str | None = None
    born_on: date | None = None
    expected_on: date | None = None
    sex: str | None = None
    died_on: date | None = None
    ethnicity: str | None = None
    disabilities: tuple[str, ...] = ()
    episodes: tuple[Episode, ...] = ()
    sex_as_written: str | None = field(default=None, compare=False, kw_only=True)
    line: int = _line()


@dataclass(frozen=True, slots=True)
class Census:
    """A whole return in memory: for tests and small files."""

    header: Header
    children: tuple[Child, ...] = ()
