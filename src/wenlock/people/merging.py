"""Two records of one person made one, and made two again: a person decides, and the database does it whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Q
from psycopg.types.json import Jsonb

from wenlock.people.models import MatchProposal, Merge, MergeUndo, Person
from wenlock.people.recognising import Likeness, propose_matches
from wenlock.security.models import Actor

COMPARED = "Compared by a worker"


@dataclass(frozen=True, slots=True)
class Reader:
    """A worker or team that a merge would show more than now: `more_of` is the record of the two they see less of."""

    id: UUID
    name: str
    more_of: UUID


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge in a record's history, and its undoing if there was one. `kept` counts what was corrected in between."""

    id: UUID
    person: UUID
    other: UUID
    reason: str
    by: str
    at: datetime
    moved: int
    undone_by: str
    undone_at: datetime | None
    undone_because: str
    kept: int


def merge(
    *,
    person: UUID,
    other: UUID,
    fields: Mapping[str, UUID],
    aside: Collection[UUID],
    seen_by: Collection[UUID],
    reason: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Merge the record `other` into that of `person`, which stands; the key of the merge.

    `fields` says of each fact that differs (`comparing.ONE_OF_EACH`) whose record is right. `aside` are names, numbers,
    residences and ways to be reached, of either, that are not kept: they stay with `other`. `seen_by` are those the
    worker knows will see more. All is done or nothing; the database refuses with a sentence of `sentences.py`.
    """
    told = Jsonb({name: str(chosen) for name, chosen in fields.items()})
    return _call(
        "SELECT guard.merge_people_v1(%s, %s, %s, %s::uuid[], %s::uuid[], %s, %s)",
        [person, other, told, list(aside), list(seen_by), reason, at],
        by,
    )


def undo_merge(*, merge: UUID, reason: str, by: Actor, at: datetime) -> UUID:
    """Make two records of a merged one again; the key of the undoing.

    What went returns as it is now. What was written since stays with the record that stood, and a fact corrected since
    keeps the correction. The latest merge of a record is undone first.
    """
    return _call("SELECT guard.undo_merge_v1(%s, %s, %s)", [merge, reason, at], by)


def who_would_see_more(*, person: UUID, other: UUID) -> list[Reader]:
    """The workers and teams a merge of the two would show more than they see now, by name.

    Raises what `merge` would where the two cannot be merged at all.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT reader, who, more_of FROM guard.merge_opens_v1(%s, %s)", [person, other])
        return [Reader(*row) for row in cursor.fetchall()]


def standing(person: UUID) -> UUID:
    """The record that stands for a person, as far as the actor may see: the same one, unless it was merged away."""
    into = Person.objects.filter(pk=person).values_list("merged_into_id", flat=True).first()
    return into or person


def answer_different(*, person: UUID, other: UUID, by: Actor, at: datetime) -> None:
    """Say that two records are two people's, which is kept: they are not proposed again. A pair answered stays so."""
    between = Q(person=person, other=other) | Q(person=other, other=person)
    if not MatchProposal.objects.filter(between).exists():
        propose_matches([Likeness(person, other, (COMPARED,))], by=by, at=at)
    MatchProposal.objects.filter(between, answer="").update(answer="different", decided_by=by, decided_at=at)


def history(person: UUID) -> list[Merged]:
    """The merges into a person's record, the latest first, those undone with the rest."""
    rows = (
        Merge.objects.filter(Q(person=person) | Q(other=person))
        .select_related("decided_by")
        .annotate(rows=ArrayAgg("moves__row_id"))
        .order_by("-decided_at", "id")
    )
    undone = {
        undo.merge_id: undo
        for undo in MergeUndo.objects.filter(merge__in=[row.pk for row in rows]).select_related("undone_by")
    }
    return [_merged(row, undone.get(row.pk)) for row in rows]


def _merged(row: Merge, undo: MergeUndo | None) -> Merged:
    return Merged(
        id=row.pk,
        person=row.person_id,
        other=row.other_id,
        reason=row.reason,
        by=row.decided_by.name,
        at=row.decided_at,
        moved=len(set(row.rows)),  # type: ignore[attr-defined]
        undone_by=undo.undone_by.name if undo else "",
        undone_at=undo.undone_at if undo else None,
        undone_because=undo.reason if undo else "",
        kept=len(undo.kept) if undo else 0,
    )


def _call(query: str, values: list[Any], by: Actor) -> UUID:
    """Call a function of the guard's, which reads who acts from the context: it must be `by`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.actor()")
        assert cursor.fetchone() == (by.pk,), "the context names somebody else"
        cursor.execute(query, values)
        return UUID(str(cursor.fetchone()[0]))
