"""Acts of the front door: taking a contact, finding whom it is about, deciding what follows, and telling the teller."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import CharField

from wenlock.base.identifiers import new_id
from wenlock.clocks.actions import reckon
from wenlock.council.actions import declare_service
from wenlock.intake.clocks import CONTACT
from wenlock.intake.codes import urgency
from wenlock.intake.models import Contact, Decision, Draft, Feedback, Mention, ScreeningNote
from wenlock.intake.references import new_reference
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.security.models import Actor

PURPOSE = (
    "safeguarding"  # what comes in unasked is looked at to keep a child safe, before anything else is known
)
WEBSITE, MAILBOX, MIND_OF_MY_OWN = "website", "mailbox", "mind-of-my-own"
WAYS_IN = {
    WEBSITE: "The council's website",
    MAILBOX: "The council's mailboxes",
    MIND_OF_MY_OWN: "Mind Of My Own",
}
# How much each short answer holds. What a form cannot fit goes with the words, which have no end.
ROOM = {
    field.name: field.max_length
    for model in (Contact, Mention)
    for field in model._meta.fields
    if isinstance(field, CharField) and not field.choices and field.max_length
}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What somebody tells, and who they are as far as they say. Only `kind` is needed: nobody is turned away.

    `agency` is the very body it came from, which a worker always asks; `originator_code` is the police's own, of
    `codes.ORIGINATOR_CODES`; `present` is who was there, when it was face to face.
    """

    kind: str
    words: str = ""
    teller: str = "unnamed"
    teller_name: str = ""
    teller_role: str = ""
    teller_reach: str = ""
    in_confidence: bool = False
    danger: str = "unknown"
    agreed: str = "not-asked"
    complaint_about: str = ""
    agency: UUID | None = None
    originator_code: str = ""
    present: str = ""


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody a contact is about, as the teller named them."""

    mentioned_as: str = "child"
    given: str = ""
    family: str = ""
    born_on: date | None = None
    age_said: str = ""
    relationship: str = ""
    where: str = ""


def way_in(code: str = WEBSITE) -> Actor:
    """The service account of a way in. Raises Actor.DoesNotExist where set-up has not made it."""
    return Actor.objects.get(email=f"{code}@services.invalid", kind="service")


def declare_ways_in(*, at: datetime) -> None:
    """Make the service account by which each way in passes contacts on, if it is not there yet."""
    for code, name in WAYS_IN.items():
        declare_service(code=code, name=name, role="way-in", purposes=[PURPOSE], at=at)


def take_contact(
    *,
    telling: Telling,
    about: Iterable[Named],
    channel: str,
    source: str,
    purpose: str,
    by: Actor,
    at: datetime,
    received_at: datetime | None = None,
    source_name: str = "",
    place: str = "",
    medium: str = "",
    key: UUID | None = None,
    reference: str = "",
) -> Contact:
    """Record a contact with those it is about. It is kept as it was told.

    A way in that may be sent the same thing twice gives its own `key` and `reference`: the second is refused as the
    same row. Raises NotInTheNotice for a channel, source or purpose the notice does not name.
    """
    provenance = obtained(
        channel=channel, source=source, purpose=purpose, by=by, at=at, received_at=received_at,
        source_name=source_name, place=place, medium=medium,
    )  # fmt: skip
    told = asdict(telling)
    contact = Contact(
        id=key or new_id(),
        reference=reference or new_reference(),
        agency_id=told.pop("agency"),
        urgency=urgency(danger=telling.danger, teller=telling.teller),
        provenance=provenance,
        recorded_by=by,
        recorded_at=at,
        **told,
    )
    contact.save(force_insert=True)
    for position, named in enumerate(about):
        _name(contact, named, position)
    reckon(table=CONTACT, row=contact.pk, by=by, at=at)
    return contact


def keep_draft(*, typed: Mapping[str, str], by: Actor, at: datetime) -> Draft:
    """Keep a contact as far as `by` has typed it: each worker has one, which nobody else sees."""
    draft = Draft.objects.filter(author=by, finished_at__isnull=True).first()
    if draft is None:
        draft = Draft(id=new_id(), author=by, typed=dict(typed), kept_at=at)
        draft.save(force_insert=True)
        return draft
    draft.typed, draft.kept_at = dict(typed), at
    draft.save(update_fields=["typed", "kept_at"])
    return draft


def finish_draft(*, by: Actor, at: datetime) -> None:
    """The worker's draft is done with: nothing of it is kept."""
    Draft.objects.filter(author=by, finished_at__isnull=True).update(typed={}, finished_at=at)


def add_mention(*, contact: Contact, named: Named) -> Mention:
    """Add somebody a contact turns out to be about."""
    return _name(contact, named, contact.mentions.count())


def match(*, mention: Mention, person: UUID, by: Actor, at: datetime) -> Mention:
    """Say that somebody named in a contact is the person of a record: `by` decides it, and may take it back."""
    mention.person_id, mention.matched_by, mention.matched_at = person, by, at
    mention.save(update_fields=["person", "matched_by", "matched_at"])
    return mention


def unmatch(*, mention: Mention) -> Mention:
    """Take a match back: the contact and the record are apart again, and the trail keeps that they were not."""
    mention.person_id = mention.matched_by = mention.matched_at = None
    mention.save(update_fields=["person", "matched_by", "matched_at"])
    return mention


def begin_record(*, mention: Mention, by: Actor, at: datetime) -> UUID:
    """Begin a record for somebody named in a contact who has none, and match the two."""
    person = people.record_person(
        given=mention.given,
        family=mention.family,
        born_on=mention.born_on,
        by=by,
        at=at,
        provenance=mention.contact.provenance,
    )
    match(mention=mention, person=person.pk, by=by, at=at)
    return person.pk


def keep_note(*, contact: Contact, text: str, by: Actor, at: datetime, final: bool = False) -> ScreeningNote:
    """Keep what `by` writes while screening: one draft each, so that two who write at once both keep their words."""
    note = ScreeningNote.objects.filter(contact=contact, author=by, final_at__isnull=True).first()
    kept = {"text": text, "kept_at": at, "final_at": at if final else None}
    if note is None:
        note = ScreeningNote(id=new_id(), contact=contact, author=by, **kept)
        note.save(force_insert=True)
        return note
    for name, value in kept.items():
        setattr(note, name, value)
    note.save(update_fields=list(kept))
    return note


def decide(*, contact: Contact, outcome: str, seen: str, reason: str, by: Actor, at: datetime) -> Decision:
    """Decide what follows from a contact, once. The database refuses a decision by no person, or without a reason."""
    decision = Decision(
        id=new_id(), contact=contact, outcome=outcome, seen=seen, reason=reason, decided_by=by, decided_at=at
    )
    decision.save(force_insert=True)
    reckon(table=CONTACT, row=contact.pk, by=by, at=at)
    return decision


def tell(
    *, contact: Contact, how: str, by: Actor, at: datetime, words: str = "", why_not: str = ""
) -> Feedback:
    """Record what whoever made contact was told of the decision, or why they were not."""
    feedback = Feedback(
        id=new_id(), contact=contact, how=how, words=words, why_not=why_not, told_by=by, told_at=at
    )
    feedback.save(force_insert=True)
    reckon(table=CONTACT, row=contact.pk, by=by, at=at)
    return feedback


def answer(
    *, contact: Contact, how: str, by: Actor, at: datetime, words: str = "", why_not: str = ""
) -> Feedback:
    """Record the answer to a question and how it was sent, or why there is none. That finishes it."""
    decide(
        contact=contact, outcome="answered", seen="The question", reason="They asked a question", by=by, at=at
    )
    return tell(contact=contact, how=how, words=words, why_not=why_not, by=by, at=at)


def acknowledge(
    *,
    contact: Contact,
    passed_to: str,
    how: str,
    by: Actor,
    at: datetime,
    words: str = "",
    why_not: str = "",
) -> Feedback:
    """Pass a complaint to whoever answers it, and record that whoever complains was told that we have it.

    Law: Data Protection Act 2018, section 164A, where it is of the use of information.
    """
    decide(
        contact=contact,
        outcome="complaint",
        seen="The complaint",
        reason=f"Passed to {passed_to}",
        by=by,
        at=at,
    )
    return tell(contact=contact, how=how, words=words, why_not=why_not, by=by, at=at)


def _name(contact: Contact, named: Named, position: int) -> Mention:
    mention = Mention(id=new_id(), contact=contact, position=position, **asdict(named))
    mention.save(force_insert=True)
    return mention
