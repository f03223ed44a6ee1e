"""Acts every service shares: giving a child's case to somebody, writing a note, correcting and retracting it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.practice.case.models import Allocation, Note, NoteSubject


@dataclass(frozen=True)
class About:
    """A child a note is about; `seen` and `seen_alone` are None when the question does not arise."""

    person: UUID
    seen: bool | None = None
    seen_alone: bool | None = None


def allocate(
    *,
    person: UUID,
    role: str,
    purpose: str,
    by: UUID,
    at: datetime,
    worker: UUID | None = None,
    team: UUID | None = None,
    why: str = "",
) -> Allocation:
    """Give a child's case to a worker or a team, which opens the record to them for that purpose.

    The database refuses somebody who may not allocate, and anybody allocating to themself.
    """
    allocation = Allocation(
        id=new_id(),
        person_id=person,
        worker_id=worker,
        team_id=team,
        role=role,
        purpose=purpose,
        why=why,
        from_at=at,
        allocated_by_id=by,
        allocated_at=at,
    )
    allocation.save(force_insert=True)
    return allocation


def end_allocation(*, allocation: Allocation, by: UUID, at: datetime) -> Allocation:
    """End an allocation: the record closes to its worker at `at`."""
    allocation.until_at, allocation.ended_by_id = at, by
    allocation.save(update_fields=["until_at", "ended_by"])
    return allocation


def write_note(
    *,
    about: Iterable[About],
    kind: str,
    title: str,
    text: str,
    happened_at: datetime,
    provenance: UUID,
    by: UUID,
    at: datetime,
    final: bool,
    significance: bool = False,
    third_party: bool = False,
    corrects: Note | None = None,
) -> Note:
    """Write a note about one child or several; a draft is its author's alone until it is final."""
    note = Note(
        id=new_id(),
        kind=kind,
        title=title,
        text=text,
        happened_at=happened_at,
        significance=significance,
        third_party=third_party,
        author_id=by,
        recorded_at=at,
        provenance_id=provenance,
        corrects=corrects,
    )
    note.save(force_insert=True)
    for child in about:
        NoteSubject(
            id=new_id(), note=note, person_id=child.person, seen=child.seen, seen_alone=child.seen_alone
        ).save(force_insert=True)
    return finish_note(note=note, at=at) if final else note


def change_draft(*, note: Note, about: Iterable[About], **facts: object) -> Note:
    """Put new words in a draft, and say of each child whether they were seen. A child once named stays named.

    The database refuses anybody but the author, and a note that is final.
    """
    for name, value in facts.items():
        setattr(note, name, value)
    note.save(update_fields=list(facts))
    named = {row.person_id: row for row in note.subjects.all()}
    for child in about:
        row = named.get(child.person)
        if row is None:
            row = NoteSubject(id=new_id(), note=note, person_id=child.person)
        row.seen, row.seen_alone = child.seen, child.seen_alone
        known = child.person in named
        row.save(force_insert=not known, update_fields=["seen", "seen_alone"] if known else None)
    return note


def finish_note(*, note: Note, at: datetime) -> Note:
    """Make a draft final: from now on it is only corrected by another note, or retracted."""
    note.final_at = at
    note.save(update_fields=["final_at"])
    return note


def retract_note(*, note: Note, because: str, by: UUID, at: datetime) -> Note:
    """Retract a final note with a reason; it stays readable, marked as retracted."""
    note.retracted_at, note.retracted_by_id, note.retracted_because = at, by, because
    note.save(update_fields=["retracted_at", "retracted_by", "retracted_because"])
    return note
