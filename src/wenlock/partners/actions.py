"""Acts on partners' keys, and taking what comes by them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from wenlock.base.identifiers import new_id
from wenlock.base.sentences import refusal
from wenlock.intake.actions import Named, Telling, take_contact
from wenlock.intake.own_words import receive_own_words
from wenlock.intake.references import new_reference
from wenlock.partners.codes import CHANNEL, REMEMBERED
from wenlock.partners.models import Key, Sent
from wenlock.partners.queries import Caller
from wenlock.partners.secret import Secret, keyed, new_secret
from wenlock.security.actions import record_event
from wenlock.security.models import Actor

TRIES = 5  # for a reference that another contact has, which is one in a hundred thousand million
WAIT = "5s"  # how long a repeat waits for the first of the same requests


class RepeatDiffers(Exception):
    """The same Idempotency-Key came before with another body."""


class NoSuchKey(Exception):
    """There is no key with that prefix within the reach of whoever acts."""


@dataclass(frozen=True)
class Taken:
    """What a partner is told of a contact: the same for the first request and each repeat of it."""

    id: UUID
    reference: str
    received_at: datetime


def issue(
    *,
    agency: UUID,
    called: str,
    purpose: str,
    medium: str,
    scopes: Iterable[str],
    from_on: date,
    until_on: date,
    by: Actor,
    at: datetime,
) -> Secret:
    """Issue a key to an agency's system, `called` so, and give its secret, which is never to be had again.

    It opens nothing until somebody else has approved it. The database refuses an agency that is no more, and a purpose
    or a medium that the notice in force does not name.
    """
    secret = new_secret()
    account = Actor(
        id=new_id(), kind="service", name=called, email=f"partner-{secret.prefix.lower()}@services.invalid"
    )
    account.set_unusable_password()
    account.save(force_insert=True)
    Key(
        id=new_id(), prefix=secret.prefix, digest=secret.digest, actor=account, agency_id=agency, purpose=purpose,
        medium=medium, scopes=list(scopes), from_on=from_on, until_on=until_on, issued_by=by, issued_at=at,
    ).save(force_insert=True)  # fmt: skip
    return secret


def approve(*, prefix: str, by: Actor, at: datetime) -> Key:
    """Approve a key that somebody else issued: from its first day it opens what it is for. Raises NoSuchKey."""
    key = _found(prefix)
    key.approved_by, key.approved_at = by, at
    key.save(update_fields=["approved_by", "approved_at"])
    return key


def revoke(*, prefix: str, why: str, by: Actor, at: datetime) -> Key:
    """End a key now, whatever it is in the middle of. Raises NoSuchKey."""
    key = _found(prefix)
    key.revoked_by, key.revoked_at, key.revoked_why = by, at, why
    key.save(update_fields=["revoked_by", "revoked_at", "revoked_why"])
    return key


def _found(prefix: str) -> Key:
    found = Key.objects.filter(prefix=prefix.upper()).first()
    if found is None:
        raise NoSuchKey
    return found


def send(
    *, telling: Telling, about: Iterable[Named], caller: Caller, repeat: str, said: str, at: datetime
) -> Taken:
    """Take a contact that came by a key, once: a repeat of the same request is told what the first was.

    `repeat` is the Idempotency-Key and `said` the whole request as one text; of both a digest is held, for
    `codes.REMEMBERED`. A repeat that comes while the first is being taken waits for it, `WAIT` at most: then the
    database gives up. Raises RepeatDiffers. To be called while the key's account acts.
    """
    named = tuple(about)

    def take(account: Actor, reference: str) -> UUID:
        return take_contact(
            telling=telling, about=named, channel=CHANNEL, medium=caller.medium, source=caller.source,
            purpose=caller.purpose, by=account, at=at, reference=reference,
        ).pk  # fmt: skip

    return _once(take, caller=caller, repeat=repeat, said=said, at=at)


def send_own_words(
    *,
    words: str,
    written_at: datetime,
    child: Named,
    partner_key: str,
    form: str,
    danger: str,
    caller: Caller,
    repeat: str,
    said: str,
    at: datetime,
) -> Taken:
    """Take what a child wrote in an application, once by the Idempotency-Key and once by the application's own id.

    Raises NoAgreementInForce, and what `send` does; RepeatDiffers too for an id that came by another of the agency's keys.
    """

    def take(account: Actor, reference: str) -> UUID:
        return receive_own_words(
            words=words, written_at=written_at, child=child, partner_key=partner_key, form=form, danger=danger,
            source=caller.source, agency=caller.agency, by=account, at=at, reference=reference,
        )  # fmt: skip

    return _once(take, caller=caller, repeat=repeat, said=said, at=at)


def _once(
    take: Callable[[Actor, str], UUID], *, caller: Caller, repeat: str, said: str, at: datetime
) -> Taken:
    mark, said = keyed("repeat", f"{caller.key} {repeat}"), keyed("body", said)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
    for _ in range(TRIES):
        earlier = Sent.objects.filter(key=caller.key, mark=mark, forgotten_at=None).first()
        if earlier:
            return _again(earlier, said)
        try:
            with transaction.atomic():
                return _taken(take, caller, mark, said, at)
        except IntegrityError as error:
            if refusal(error) not in ("partners_sent_once", "intake_contact_reference_once"):
                raise
    raise RuntimeError("No reference was free.")


def _again(earlier: Sent, said: str) -> Taken:
    if earlier.said != said:
        raise RepeatDiffers
    return Taken(earlier.contact_id, earlier.reference, earlier.recorded_at)


def _taken(take: Callable[[Actor, str], UUID], caller: Caller, mark: str, said: str, at: datetime) -> Taken:
    account, reference = Actor.objects.get(pk=caller.actor), new_reference()
    contact = take(account, reference)
    # What a child wrote may have come before under another Idempotency-Key: it has the answer it had.
    before = Sent.objects.filter(contact=contact).first()
    if before:
        if before.key_id != caller.key:
            raise RepeatDiffers
        return Taken(before.contact_id, before.reference, before.recorded_at)
    Sent(
        id=new_id(), key_id=caller.key, contact_id=contact, reference=reference, mark=mark, said=said,
        recorded_by=account, recorded_at=at,
    ).save(force_insert=True)  # fmt: skip
    return Taken(contact, reference, at)


def note_call(*, caller: Caller, operation: str, answer: int, contact: UUID | None = None) -> None:
    """Write in the audit trail that a key called, for what, and what it was answered."""
    detail: dict[str, object] = {"key": caller.prefix, "operation": operation, "answer": answer}
    record_event("called", table="intake_contact" if contact else None, row=contact, detail=detail)


def forget(*, at: datetime) -> int:
    """Forget what tells a repeat from a new request, of all that is older than `codes.REMEMBERED`. Gives how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.partner_marks_forgotten_v1(%s)", [at - REMEMBERED])
        return int(cursor.fetchone()[0])
