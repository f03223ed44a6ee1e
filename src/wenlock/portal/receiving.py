"""Passing on what somebody sent, once, and the address of the page that thanks them."""

import hmac
import json
import logging
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import DatabaseError, IntegrityError

from wenlock.intake import actions, extras
from wenlock.intake.codes import urgency
from wenlock.intake.references import reference_from
from wenlock.notice.queries import NoNoticeInForce, NotInTheNotice
from wenlock.portal.telling import Message
from wenlock.security.context import acting
from wenlock.security.models import Actor

log = logging.getLogger("wenlock.front_door")

WINDOW = 600  # seconds in which the same words from the same page are one message
SHOWN = 600  # seconds for which a reference may be shown
TRIES = 5  # for a reference that another contact has, which is one in a hundred thousand million


class NotTakenNow(Exception):
    """The front door cannot take anything at the moment; nothing was recorded."""


@dataclass(frozen=True)
class Sent:
    """What whoever sent something is shown: how to name it, of which kind it is, and how soon it is looked at.

    `too_young`: it is taken, but they are not asked afterwards, since a parent must agree to that.
    """

    reference: str
    kind: str
    urgency: str
    too_young: bool = False


def receive(message: Message, *, sending: str, at: datetime) -> Sent:
    """Pass the message to the front door, in the name of the website's own account.

    `sending` is the mark of the page it was written on: the same words from the same page within ten minutes are one
    contact, and have its reference. Raises NotTakenNow; the log has the kind of fault, and no word of the message.
    """
    told = message.telling
    how_soon = urgency(danger=told.danger, teller=told.teller)
    try:
        reference, too_young = _once(message, _mark(message, sending, at), at=at)
    except (DatabaseError, NoNoticeInForce, NotInTheNotice, Actor.DoesNotExist) as error:
        log.error("A message was not taken: %s %s", type(error).__name__, _constraint(error))
        raise NotTakenNow from None
    return Sent(reference, told.kind, how_soon, too_young)


def _once(message: Message, mark: str, *, at: datetime) -> tuple[str, bool]:
    """The reference of the one contact these words are, and whether a yes that came with it was a child's alone."""
    for attempt in range(TRIES):
        digest = hmac.digest(settings.SECRET_KEY.encode(), f"contact {mark} {attempt}".encode(), "sha256")
        reference = reference_from(digest[16:])
        try:
            return reference, _take(message, UUID(bytes=digest[:16], version=4), reference, at=at)
        except IntegrityError as error:
            if _constraint(error) == "intake_contact_pkey":  # the very same: the first of two clicks
                return reference, False
            if _constraint(error) != "intake_contact_reference_once":
                raise
    raise NotTakenNow


def _take(message: Message, key: UUID, reference: str, *, at: datetime) -> bool:
    website = actions.way_in()
    with acting(actor=website.pk, purpose=actions.PURPOSE):
        contact = actions.take_contact(
            telling=message.telling, about=message.about, channel=actions.WEBSITE, source=message.source,
            purpose=actions.PURPOSE, by=website, at=at, key=key, reference=reference,
        )  # fmt: skip
        return message.yes is not None and not extras.agree(
            contact=contact, yes=message.yes, by=website, at=at
        )


def _mark(message: Message, sending: str, at: datetime) -> str:
    """What makes two messages the same. One from a page with no mark is like no other, so that none is lost."""
    said = json.dumps(asdict(message), default=str, sort_keys=True)
    page = sending or secrets.token_hex(16)
    return sha256(f"{int(at.timestamp()) // WINDOW} {page} {said}".encode()).hexdigest()


def _constraint(error: Exception) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "sqlstate", None) or ""


def sealed(sent: Sent, *, at: datetime) -> str:
    """What goes in the address of the page that thanks: it cannot be read, made or changed outside, and soon ends."""
    return _seal().encrypt_at_time(json.dumps(asdict(sent)).encode(), int(at.timestamp())).decode()


def opened(token: str, *, at: datetime) -> Sent | None:
    """What was sealed, or None for what was not, or was ten minutes ago."""
    try:
        return Sent(**json.loads(_seal().decrypt_at_time(token.encode(), SHOWN, int(at.timestamp()))))
    except InvalidToken:
        return None


def _seal() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"wenlock.portal.sent" + settings.SECRET_KEY.encode()).digest()))
