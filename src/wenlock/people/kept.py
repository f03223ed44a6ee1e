"""Genograms kept as they were, redrawn from the facts kept with them.

They show only people the reader may see now: a restriction or a conflict of interest that came later hides somebody
here as everywhere else, without a gap, a count or a mark, since any of them would tell that there is somebody to hide.
The page says of every kept genogram, always, that it shows those open to the reader.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from wenlock.people import codes
from wenlock.people.genogram import Family
from wenlock.people.genogram.facts import member_of, tie_of
from wenlock.people.models import Genogram, GenogramMember, GenogramTie
from wenlock.security.queries import NotFound


@dataclass(frozen=True, slots=True)
class Kept:
    """A genogram that was kept: as of which day, for what and why, by whom and when."""

    id: UUID
    drawn_on: date
    occasion: str
    why: str
    by: str
    at: datetime


def genograms_kept(*, person: UUID) -> list[Kept]:
    """The genograms kept in somebody's record, the latest first."""
    return [_kept(row) for row in _with_names().filter(person=person).order_by("-recorded_at", "id")]


def genogram_kept(*, person: UUID, genogram: UUID) -> tuple[Kept, Family]:
    """A kept genogram and the facts it is drawn from, as far as the reader may see each person now.

    Raises NotFound when there is none such in the person's record.
    """
    row = _with_names().filter(person=person, pk=genogram).first()
    if row is None:
        raise NotFound
    members = [
        member_of(str(one.person_id), one.facts) for one in GenogramMember.objects.filter(genogram=row)
    ]
    seen = {one.key for one in members}
    ties = [
        tie_of(str(tie.pair_id), str(tie.person_id), str(tie.other_id), tie.facts)
        for tie in GenogramTie.objects.filter(genogram=row)
    ]
    both = tuple(tie for tie in ties if {tie.person, tie.other} <= seen)
    return _kept(row), Family(str(person), row.drawn_on, tuple(members), both)


def _with_names() -> "QuerySet[Genogram]":
    return Genogram.objects.select_related("recorded_by")


def _kept(row: Genogram) -> Kept:
    return Kept(
        id=row.pk,
        drawn_on=row.drawn_on,
        occasion=codes.GENOGRAM_OCCASIONS[row.occasion],
        why=row.why,
        by=row.recorded_by.name,
        at=row.recorded_at,
    )
