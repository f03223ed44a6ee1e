"""The case notes: written by their authors, finished, and a few of them retracted."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from wenlock.demo.loading import Desk, Office
from wenlock.demo.story import Written
from wenlock.practice.case.models import Note, NoteSubject

_CHANNELS = {"visit": "face-to-face", "meeting": "face-to-face", "telephone": "telephone", "letter": "letter"}


def load_notes(office: Office, notes: Iterable[Written]) -> int:
    """Write the notes, author by author. How many there were."""
    by_author: dict[str, list[Written]] = defaultdict(list)
    for note in notes:
        by_author[note.author].append(note)
    for author, written in sorted(by_author.items()):
        _load(Desk(office, author), written)
    return sum(len(written) for written in by_author.values())


def _load(desk: Desk, written: list[Written]) -> None:
    """Write one author's notes, the corrections last: only what is there can be corrected."""
    for round_ in (
        [note for note in written if not note.corrects],
        [note for note in written if note.corrects],
    ):
        rows = {note.id: _lay_out(desk, note) for note in round_}
        desk.write()
        _finish(desk, [note for note in round_ if note.final], rows)
        _retract(desk, [note for note in round_ if note.retracted_because], rows)


def _finish(desk: Desk, final: list[Written], rows: dict[UUID, Note]) -> None:
    """Make notes final. Each was first a draft, since the subjects of a final note are closed."""
    for note in final:
        rows[note.id].final_at = rows[note.id].recorded_at
    with desk.acting():
        Note.objects.bulk_update([rows[note.id] for note in final], ["final_at"], batch_size=500)


def _retract(desk: Desk, retracted: list[Written], rows: dict[UUID, Note]) -> None:
    for note in retracted:
        row = rows[note.id]
        row.retracted_at, row.retracted_by = _no_later(desk, row.recorded_at + timedelta(days=2)), desk.actor
        row.retracted_because = note.retracted_because
    with desk.acting():
        Note.objects.bulk_update(
            [rows[note.id] for note in retracted], ["retracted_at", "retracted_by", "retracted_because"]
        )


def _lay_out(desk: Desk, note: Written) -> Note:
    recorded_at = _no_later(desk, note.recorded_at)
    how = desk.obtained(
        (note.about[0][0].id, note.kind, recorded_at.date()),
        channel=_CHANNELS.get(note.kind, "other-electronic"),
        source="self" if note.kind == "visit" else "internal-departments",
        recorded_at=_no_later(desk, note.happened_at),
    )
    row: Note = desk.add(
        Note,
        id=note.id,
        kind=note.kind,
        title=note.title,
        text=note.text,
        happened_at=note.happened_at,
        significance=note.significant,
        third_party=note.third_party,
        author=desk.actor,
        recorded_at=recorded_at,
        provenance=how,
        corrects_id=note.corrects.id if note.corrects else None,
    )
    for child, seen, alone in note.about:
        desk.add(NoteSubject, note=row, person_id=child.id, seen=seen, seen_alone=alone)
    return row


def _no_later(desk: Desk, moment: datetime) -> datetime:
    return min(moment, desk.office.at - timedelta(minutes=1))
