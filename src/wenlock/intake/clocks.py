"""The front door's clocks on a contact: when it must be screened, and when whoever referred a child must be told."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from wenlock.clocks.matters import Matter, RowEvent, Story, of_row
from wenlock.law.clocks_front_door import (
    CONTACT_RECEIVED,
    CONTACT_SCREENED,
    CONTACT_SCREENING,
    REFERRAL_RECEIVED,
    REFERRER_ANSWERED,
    REFERRER_NOT_TOLD,
    REFERRER_REPLY,
)

CONTACT = "intake_contact"
SCREENING = CONTACT_SCREENING.code
# A referral is received when the contact that became it was (Working Together 2023, chapter 3).
KINDS = {
    "received": CONTACT_RECEIVED,
    "decided": CONTACT_SCREENED,
    "referred": REFERRAL_RECEIVED,
    "told": REFERRER_ANSWERED,
    "not-told": REFERRER_NOT_TOLD,
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
        clocks=(CONTACT_SCREENING, REFERRER_REPLY),
        stories=stories,
        seen_with="screen",
        own_seen_with="take-contact",
    ),
)
