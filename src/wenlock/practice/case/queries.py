"""Who works with whom, and what was written."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from wenlock.law.calendars import LONDON
from wenlock.practice.case import codes
from wenlock.practice.case.chronology import Chronology, Happened
from wenlock.practice.case.models import Allocation, Note, NoteSubject
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound


@dataclass(frozen=True, slots=True)
class Case:
    """A child's case in the hands of a worker or a team, since when."""

    person: UUID
    role: str
    worker_id: UUID | None
    worker: str
    team: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A child a note is about, and whether they were seen (None: the question does not arise)."""

    person: UUID
    seen: bool | None
    seen_alone: bool | None


@dataclass(frozen=True, slots=True)
class Written:
    """A note. A draft has no `final_at`; `corrected_by` is the note that replaced it, if one did."""

    id: UUID
    kind_code: str
    kind: str
    title: str
    text: str
    happened_at: datetime
    author_id: UUID
    author: str
    recorded_at: datetime
    final_at: datetime | None
    significance: bool
    third_party: bool
    corrects: UUID | None
    corrected_by: UUID | None
    retracted_at: datetime | None
    retracted_by: str
    retracted_because: str
    about: tuple[Subject, ...]

    @property
    def stands(self) -> bool:
        """Whether it is final, and neither corrected nor retracted."""
        return bool(self.final_at) and self.corrected_by is None and self.retracted_at is None


def caseload(*, actor: Actor, at: datetime) -> list[Case]:
    """The cases in an actor's own hands now, the longest held first. Found by the index on who works with whom."""
    return _cases(_now(at).filter(worker=actor.pk))


def team_cases(*, at: datetime) -> list[Case]:
    """The cases in the hands of the actor's teams now, for the purpose that is open, the longest held first."""
    return _cases(_now(at).filter(team__in=RawSQL("SELECT unnest(guard.teams())", [])))


def working_with(*, people: Collection[UUID], at: datetime, ended: bool = False) -> list[Case]:
    """Who works with the people now, as far as the actor may see; with `ended`, who did before as well."""
    rows = Allocation.objects.all() if ended else _now(at)
    return _cases(rows.filter(person__in=people))


def notes_about(*, person: UUID) -> list[Written]:
    """The notes about a person that the actor may see, the latest happening first: final ones, and their own drafts."""
    about = NoteSubject.objects.filter(person=person).values("note")
    return _written(Note.objects.filter(pk__in=about))


def note_about(*, person: UUID, note: UUID) -> tuple[Note, Written]:
    """One note about a person. Raises NotFound when there is none that the actor may see."""
    rows = Note.objects.filter(pk=note, subjects__person=person)
    found = _written(rows)
    if not found:
        raise NotFound
    return rows.get(), found[0]


def drafts(*, actor: Actor) -> list[Written]:
    """An actor's notes not yet final, the latest begun first."""
    return _written(Note.objects.filter(author=actor.pk, final_at__isnull=True).order_by("-recorded_at"))


def chronology(*, person: UUID) -> Chronology:
    """The notes that stand, as things that happened."""
    standing = (note for note in notes_about(person=person) if note.stands)
    return Chronology(happened=tuple(_happened(note, person) for note in standing))


def _now(at: datetime) -> "QuerySet[Allocation]":
    return Allocation.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)


def _cases(rows: "QuerySet[Allocation]") -> list[Case]:
    return [
        Case(
            person=row.person_id,
            role=codes.ALLOCATION_ROLES[row.role],
            worker_id=row.worker_id,
            worker=row.worker.name if row.worker else "",
            team=row.team.name if row.team else "",
            since=row.from_at,
            until=row.until_at,
        )
        for row in rows.select_related("worker", "team").order_by("from_at", "role")
    ]


def _written(rows: "QuerySet[Note]") -> list[Written]:
    ordered = rows if rows.query.order_by else rows.order_by("-happened_at", "-recorded_at")
    found = list(
        ordered.select_related("author", "retracted_by").prefetch_related("subjects", "corrected_by")
    )
    return [
        Written(
            id=row.pk,
            kind_code=row.kind,
            kind=codes.NOTE_KINDS[row.kind],
            title=row.title,
            text=row.text,
            happened_at=row.happened_at,
            author_id=row.author_id,
            author=row.author.name,
            recorded_at=row.recorded_at,
            final_at=row.final_at,
            significance=row.significance,
            third_party=row.third_party,
            corrects=row.corrects_id,
            corrected_by=_replacement(row),
            retracted_at=row.retracted_at,
            retracted_by=row.retracted_by.name if row.retracted_by else "",
            retracted_because=row.retracted_because,
            about=tuple(Subject(one.person_id, one.seen, one.seen_alone) for one in row.subjects.all()),
        )
        for row in found
    ]


def _replacement(row: Note) -> UUID | None:
    # A correction still in draft is its author's alone, and replaces nothing yet.
    newer = getattr(row, "corrected_by", None)
    return newer.pk if newer and newer.final_at else None


def _happened(note: Written, person: UUID) -> Happened:
    seen = next((one for one in note.about if one.person == person), None)
    says = "" if seen is None or seen.seen is None else _seen(seen)
    first = note.text.strip().partition("\n")[0]
    return Happened(
        title=note.title,
        on=note.happened_at.astimezone(LONDON).date(),
        at=note.happened_at,
        text=" ".join(part for part in (says, first[:240] + ("…" if len(first) > 240 else "")) if part),
        by=f"{note.author}, {note.kind.lower()}",
        tag="Significant" if note.significance else "",
        tone="law",
        strong=note.significance,
        turning=note.significance,
    )


def _seen(seen: Subject) -> str:
    if not seen.seen:
        return "Child not seen."
    return "Child seen alone." if seen.seen_alone else "Child seen, not alone."
