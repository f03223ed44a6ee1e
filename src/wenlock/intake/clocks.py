"""The front door's clocks on a contact: when it must be screened, when whoever referred a child must be told, and when
those it is about must be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from wenlock.clocks.matters import Matter, RowEvent, Story, of_row
from wenlock.intake.models import Contact, Informed
from wenlock.law.clocks_front_door import (
    CONTACT_RECEIVED,
    CONTACT_SCREENED,
    CONTACT_SCREENING,
    INFORMATION_OBTAINED,
    PERSON_DIED,
    PRIVACY_EXEMPTION_RECORDED,
    PRIVACY_INFORMATION,
    PRIVACY_INFORMATION_GIVEN,
    REFERRAL_RECEIVED,
    REFERRER_ANSWERED,
    REFERRER_NOT_TOLD,
    REFERRER_REPLY,
)
from wenlock.law.clocks_rights import DATA_COMPLAINT, DATA_COMPLAINT_ACKNOWLEDGED, DATA_COMPLAINT_RECEIVED
from wenlock.law.events import Event
from wenlock.law.running import Reading, run

CONTACT = "intake_contact"
SCREENING = CONTACT_SCREENING.code
# A referral is received when the contact that became it was (Working Together 2023, chapter 3).
KINDS = {
    "received": CONTACT_RECEIVED,
    "decided": CONTACT_SCREENED,
    "referred": REFERRAL_RECEIVED,
    "told": REFERRER_ANSWERED,
    "not-told": REFERRER_NOT_TOLD,
    "complaint": DATA_COMPLAINT_RECEIVED,
    "complaint-acknowledged": DATA_COMPLAINT_ACKNOWLEDGED,
}


def stories(contacts: Collection[UUID]) -> dict[UUID, Story]:
    """What has happened to each contact, as far as whoever acts may reckon it. One query."""
    events: dict[UUID, list[RowEvent]] = {}
    about: dict[UUID, tuple[UUID, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guard.contact_events_v1(%s)", [list(contacts)])
        for contact, people, what, table, row, at in cursor.fetchall():
            events.setdefault(contact, []).append(of_row(table, row, KINDS[what], at=at))
            about[contact] = tuple(people)
    return {contact: Story(events=tuple(found), people=about[contact]) for contact, found in events.items()}


MATTERS = (
    Matter(
        table=CONTACT,
        clocks=(CONTACT_SCREENING, REFERRER_REPLY, DATA_COMPLAINT),
        stories=stories,
        seen_with="screen",
        own_seen_with="take-contact",
    ),
)


def informing(contact: Contact, informed: Informed | None, *, died_on: date | None, at: datetime) -> Reading:
    """What the clock of telling somebody reads at an aware instant (UK GDPR, Article 14(3)).

    It runs from when the contact came until they were told, need not be (`informed`), or died.
    """
    return run(PRIVACY_INFORMATION, _of_telling(contact, informed, died_on), at=at)


def _of_telling(contact: Contact, informed: Informed | None, died_on: date | None) -> Iterator[Event]:
    obtained = contact.provenance.received_at
    yield Event(id=f"{contact.pk} obtained", kind=INFORMATION_OBTAINED.code, at=obtained)
    if informed is not None and informed.told_on is not None:
        yield Event(id=str(informed.pk), kind=PRIVACY_INFORMATION_GIVEN.code, on=informed.told_on)
    elif informed is not None:
        yield Event(id=str(informed.pk), kind=PRIVACY_EXEMPTION_RECORDED.code, at=informed.decided_at)
    if died_on is not None:
        yield Event(id=f"{contact.pk} died", kind=PERSON_DIED.code, on=died_on)
