"""Acts upon the papers of a contact: keeping the scan of a letter or what came with an e-mail, and opening it."""

from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from wenlock.base.home import Home
from wenlock.files.arriving import Arrived, arriving
from wenlock.files.kept import Opened, note_kept, open_kept
from wenlock.intake.models import Contact, Paper
from wenlock.intake.queries import Received
from wenlock.security.actions import record_event
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound


def add_paper(
    *,
    contact: Contact,
    kind: str,
    stream: BinaryIO,
    file_name: str,
    by: Actor,
    at: datetime,
    dated_on: date | None = None,
    home: Home | None = None,
) -> Paper:
    """Keep a file as a paper of a contact, after those it has.

    `stream` is read from its beginning and must be able to seek; `dated_on` is the day written on the paper. Raises
    sniffing.Refused for a file that is not kept, scanning.CheckerSilent, store.NotStored and envelope.KeyMissing; and a
    database error for a contact out of reach, and for the same file twice.
    """
    with arriving(stream, file_name, home=home or settings.HOME) as arrived:
        position = contact.papers.count()
        return keep_arrived(
            arrived, contact=contact, kind=kind, position=position, by=by, at=at, dated_on=dated_on
        )


def keep_arrived(
    arrived: Arrived,
    *,
    contact: Contact,
    kind: str,
    position: int,
    by: Actor,
    at: datetime,
    dated_on: date | None = None,
) -> Paper:
    """Write the row of a paper whose file is safe already; a way in, which sees no papers, says their order itself."""
    paper = Paper(
        contact=contact,
        position=position,
        kind=kind,
        dated_on=dated_on,
        recorded_by=by,
        recorded_at=at,
        **arrived.columns(),
    )
    paper.save(force_insert=True)
    note_kept(paper, arrived, contact=contact.reference)
    return paper


def open_paper(*, found: Received, paper: UUID, home: Home | None = None) -> Opened:
    """A paper of a contact to be read, once all of it is as it was kept; the look is written down for each person matched.

    Raises NotFound, envelope.KeyMissing, and Damaged, which is written down too and must not be rolled back.
    """
    row = next((each for each in found.papers if each.pk == paper), None)
    if row is None:
        raise NotFound
    opened = open_kept(row, home=home)
    for person in found.people or (None,):
        record_event("read", person=person, table="intake_paper", row=paper, detail={"part": "paper"})
    return opened
