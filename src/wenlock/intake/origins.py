"""Where a contact came from, found out later, and telling those it is about that the council holds it (Article 14)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from wenlock.base.identifiers import new_id
from wenlock.intake import codes
from wenlock.intake.clocks import informing
from wenlock.intake.models import Contact, Giver, Informed, Mention
from wenlock.law.running import Reading
from wenlock.people.queries import Brief, briefs
from wenlock.security.models import Actor

SHOWN = 100
_TO_TELL = "SELECT contact_id FROM guard.to_tell_v1(%s::text[]) LIMIT %s"
EXEMPT = {ground.code: ground for ground in codes.EXEMPT}


@dataclass(frozen=True, slots=True)
class ToTell:
    """Somebody a contact is about who did not give it: whether they were told, or by when they must be.

    `informed` is None until somebody was told or exempt; `clock` is the reading of Article 14(3).
    """

    person: UUID
    informed: Informed | None
    clock: Reading

    @property
    def exemption(self) -> codes.Exemption | None:
        """The ground on which they need not be told, if one was recorded."""
        return EXEMPT.get(self.informed.exempt) if self.informed else None


@dataclass(frozen=True, slots=True)
class NotTold:
    """A line of the list of those not told yet. `due` is the last day in London."""

    contact: UUID
    reference: str
    person: Brief
    due: date | datetime | None
    late: bool


def name_giver(
    *,
    contact: Contact,
    by: Actor,
    at: datetime,
    agency: UUID | None = None,
    person: UUID | None = None,
) -> Giver:
    """Say which body, or who, a contact came from. The latest that is named counts; the database keeps each.

    One of `agency` and `person` is given: an agency of the contact's own source, or for one that came from the family or
    from friends somebody with a record, who for the family is of the family of those it is about.
    """
    giver = Giver(id=new_id(), contact=contact, agency_id=agency, person_id=person, named_by=by, named_at=at)
    giver.save(force_insert=True)
    return giver


def inform(
    *, contact: Contact, person: UUID, told_on: date, how: str, by: Actor, at: datetime, reason: str = ""
) -> Informed:
    """Record that somebody was told, on a day and by a way of `codes.HOW_INFORMED`, that the council holds what was said."""
    return _kept(contact, person, by, at, told_on=told_on, how=how, reason=reason)


def exempt(*, contact: Contact, person: UUID, ground: str, reason: str, by: Actor, at: datetime) -> Informed:
    """Record that somebody need not be told, on a ground of `codes.EXEMPT` and for a reason in words."""
    return _kept(contact, person, by, at, exempt=ground, reason=reason)


def to_tell(contact: Contact, *, at: datetime, died: Mapping[UUID, date | None]) -> tuple[ToTell, ...]:
    """Those a contact is about who did not give it themselves, in the order they were named.

    `died` gives the days of death that are known: nobody need be told after one.
    """
    told = {row.person_id: row for row in contact.informed.all()}
    return tuple(
        ToTell(
            person, told.get(person), informing(contact, told.get(person), died_on=died.get(person), at=at)
        )
        for person in others(contact)
    )


def not_told(*, at: datetime) -> list[NotTold]:
    """Whoever has not been told yet of what others said of them, in the contacts one sees, the soonest due first."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_TELL, [sorted(codes.OF_THEMSELF), SHOWN])
        contacts = {row[0] for row in cursor.fetchall()}
    rows = (
        Contact.objects.filter(pk__in=contacts)
        .select_related("provenance__source")
        .prefetch_related("mentions", "givers", "informed")
    )
    known = briefs({person for row in rows for person in row.people})
    died = {key: brief.died_on for key, brief in known.items()}
    lines = [
        NotTold(row.pk, row.reference, known[one.person], one.clock.due, one.clock.state == "late")
        for row in rows
        for one in to_tell(row, at=at, died=died)
        if one.clock.is_open and one.person in known
    ]
    return sorted(lines, key=lambda line: str(line.due))


def others(contact: Contact) -> Iterator[UUID]:
    """The people of a contact who did not give it themselves.

    In a contact from somebody about themself that is everybody but them: whoever was named as themself, or first.
    """
    giver = latest_giver(contact)
    mentions = [mention for mention in _in_order(contact) if mention.person_id]
    themself = giver.person_id if giver else None
    if contact.provenance.source.code in codes.OF_THEMSELF:
        themself = next((one.person_id for one in mentions if one.relationship == "themself"), None) or next(
            (one.person_id for one in mentions if one.position == 0), None
        )
    yield from (one.person_id for one in mentions if one.person_id != themself and one.person_id)


def latest_giver(contact: Contact) -> Giver | None:
    """Who a contact came from, as last found out; None while nobody was named since it was taken."""
    return max(contact.givers.all(), key=lambda giver: giver.named_at, default=None)


def _in_order(contact: Contact) -> list[Mention]:
    return sorted(contact.mentions.all(), key=lambda mention: mention.position)


def _kept(contact: Contact, person: UUID, by: Actor, at: datetime, **facts: object) -> Informed:
    informed = Informed(id=new_id(), contact=contact, person_id=person, decided_by=by, decided_at=at, **facts)
    informed.save(force_insert=True)
    return informed
