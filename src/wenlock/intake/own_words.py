"""A child's own words: received once, read as they were written, and answered."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from wenlock.agencies import queries as agencies
from wenlock.base.identifiers import new_id
from wenlock.base.sentences import refusal
from wenlock.intake.actions import MIND_OF_MY_OWN, PURPOSE, Named, Telling, take_contact
from wenlock.intake.models import Answer, OwnWords
from wenlock.law.calendars import LONDON
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound

CHANNEL, MEDIUM = "other-electronic", "app"
NAMESPACE = UUID("6a0f4f0e-6d0c-4f0b-9d5c-0e6a6b2f7c11")  # of the keys made from a partner's own


class NoAgreementInForce(Exception):
    """No agreement with the provider is in force on the day, so nothing may be taken from it."""

    advice = (
        "The agreement with the provider is not in force. The data protection officer records the new one."
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A child's own words, as they are shown: whole, and letter for letter. Instants are in London."""

    id: UUID
    contact: UUID
    words: str
    written_at: datetime
    form: str
    by_way_of: str
    answers: tuple[Answer, ...]

    @property
    def told_on(self) -> date | None:
        """The last day on which the child was told what was done; None while nobody told them."""
        return max((answer.told_on for answer in self.answers if answer.told_on), default=None)


def receive_own_words(
    *,
    words: str,
    written_at: datetime,
    child: Named,
    partner_key: str,
    by: Actor,
    at: datetime,
    form: str = "",
    danger: str = "unknown",
    source: str = MIND_OF_MY_OWN,
    agency: UUID | None = None,
    reference: str = "",
) -> UUID:
    """Take what a child wrote in an application, as a contact that is looked at today, and give its id.

    `words` are kept letter for letter; `child` is the child as the application names them, whom a worker will find;
    `partner_key` is the application's own id for it: what was received first stands, and the same id again gives the
    same answer. `by` is the service account of the way in, which may give the provider's `agency` and the
    contact's `reference`. Raises NoAgreementInForce.
    """
    agreement = agencies.agreement_with(source, on=at.astimezone(LONDON).date())
    if agreement is None:
        raise NoAgreementInForce
    key = uuid5(NAMESPACE, f"{source} {partner_key}")
    try:
        with transaction.atomic():
            contact = take_contact(
                telling=Telling(kind="help", teller="child", danger=danger, agency=agency), about=[child],
                channel=CHANNEL, medium=MEDIUM, source=source, purpose=PURPOSE, by=by, at=at, key=key,
                reference=reference,
            )  # fmt: skip
            OwnWords(
                id=key, contact=contact, words=words, written_at=written_at, source=source, form=form,
                partner_key=partner_key, agreement_id=agreement, provenance=contact.provenance, recorded_by=by,
                recorded_at=at,
            ).save(force_insert=True)  # fmt: skip
    except IntegrityError as error:
        if refusal(error) != "intake_contact_pkey":
            raise
    return key


def answer(
    *, own_words: UUID, done: str, by: Actor, at: datetime, told_on: date | None = None, how: str = ""
) -> Answer:
    """Say what was done about a child's own words, and on what day and how (`codes.HOW_INFORMED`) the child was told."""
    given = Answer(
        id=new_id(),
        own_words_id=own_words,
        done=done,
        told_on=told_on,
        how=how,
        answered_by=by,
        answered_at=at,
    )
    given.save(force_insert=True)
    return given


def of_child(person: UUID) -> list[Said]:
    """What a child wrote themself, as far as the worker may see it, the newest first."""
    rows = OwnWords.objects.filter(person=person).order_by("-written_at")
    return [_said(row) for row in _whole(rows)]


def in_contact(contact: UUID) -> Said | None:
    """The child's own words that came in a contact; None where none did."""
    return next((_said(row) for row in _whole(OwnWords.objects.filter(contact=contact))), None)


def one_of(person: UUID, own_words: UUID) -> Said:
    """One of a child's own, that the worker may see. Raises NotFound."""
    for said in of_child(person):
        if said.id == own_words:
            return said
    raise NotFound


def _whole(rows):  # type: ignore[no-untyped-def]
    return rows.select_related("provenance__source").prefetch_related("answers__answered_by")


def _said(row: OwnWords) -> Said:
    answers = sorted(row.answers.all(), key=lambda given: given.answered_at)
    return Said(
        id=row.pk,
        contact=row.contact_id,
        words=row.words,
        written_at=timezone.localtime(row.written_at),
        form=row.form,
        by_way_of=row.provenance.source.name,
        answers=tuple(answers),
    )
