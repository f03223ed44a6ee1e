"""Filing one e-mail: its contact, its papers and its line in the register, in one transaction or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from wenlock.agencies import queries as agencies
from wenlock.base.home import Home
from wenlock.files.arriving import Arrived, arriving
from wenlock.files.sniffing import Refused, safe_name
from wenlock.intake.actions import PURPOSE, ROOM, Telling, take_contact
from wenlock.intake.mailbox import rules, senders
from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.mailbox.reading import Letter, read, read_head
from wenlock.intake.models import Contact, Email
from wenlock.intake.papers import keep_arrived
from wenlock.law.calendars import LONDON
from wenlock.security.context import acting
from wenlock.security.models import Actor

CHANNEL = "email"
THEMSELF = "self"  # the source where the sender is no agency we know
WHOLE = "email"  # and the ending of what it turns out to be
MOST_WORDS = 200_000  # characters: more than anybody reads on a page, and the e-mail itself is kept
READ = [
    "read_at", "sha256", "message_id", "sender", "sender_name", "subject", "headers", "verified", "reason", "contact",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to be kept with the contact, and of which kind of paper it would be."""

    kind: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sorted:
    """What came with an e-mail, sorted: files that are safe on the disk, and a sentence for each that is not kept."""

    kept: tuple[tuple[str, Arrived], ...]
    refused: tuple[str, ...]


def take_in(
    raw: bytes, *, email: Email, mailbox: Mailbox, by: Actor, at: datetime, home: Home
) -> Email | None:
    """File an e-mail, or reject it by rule; None when somebody else did a moment ago.

    One that a worker wants after all is filed whatever the rules say. Raises scanning.CheckerSilent, store.NotStored and
    envelope.KeyMissing, and then nothing is written.
    """
    letter, digest = read(raw), sha256(raw).hexdigest()
    with ExitStack() as files, acting(actor=by.pk, purpose=PURPOSE):
        row = _still_to_do(email)
        if row is None:
            return None
        if row.wanted_at is None:
            _read_into(row, letter, digest, mailbox, at)
            row.reason = _twice(row, digest) or rules.reason_against(letter, mailbox)
        if not row.reason or row.wanted_at:
            found = _sorted_out(raw, letter, mailbox, files, home)
            row.contact = _contact(row, letter, found.refused, by=by, at=at)
            for position, (kind, arrived) in enumerate(found.kept):
                keep_arrived(arrived, contact=row.contact, kind=kind, position=position, by=by, at=at)
        row.save(update_fields=["contact"] if row.wanted_at else READ)
        _close_earlier_number(row)
    return row


def reject_unread(
    head: bytes, *, digest: str, email: Email, mailbox: Mailbox, by: Actor, at: datetime
) -> Email | None:
    """Reject an e-mail too large to be read, by its headers; None when somebody else did a moment ago."""
    with acting(actor=by.pk, purpose=PURPOSE):
        row = _still_to_do(email)
        if row is not None:
            _read_into(row, read_head(head), digest, mailbox, at)
            row.reason = "too-large"
            row.save(update_fields=READ)
    return row


def _still_to_do(email: Email) -> Email | None:
    """The line of the register, held against anybody else until this is done."""
    row = Email.objects.select_for_update().get(pk=email.pk)
    return row if row.read_at is None or (row.wanted_at and row.contact_id is None) else None


def _read_into(row: Email, letter: Letter, digest: str, mailbox: Mailbox, at: datetime) -> None:
    row.read_at, row.sha256 = at, digest
    row.message_id, row.sender, row.sender_name = letter.message_id, letter.sender, letter.sender_name
    row.subject, row.headers = letter.subject, letter.head
    row.verified = senders.verdict(
        letter.headers, domain=letter.domain, authserv_id=mailbox.authserv_id, hops=mailbox.hops
    )


def _twice(row: Email, digest: str) -> str:
    """Whether the very same bytes are filed already: sent twice, or found again under another number."""
    before = Email.objects.filter(mailbox=row.mailbox, sha256=digest, contact__isnull=False)
    validity = before.values_list("uidvalidity", flat=True).first()
    if validity is None:
        return ""
    return "duplicate" if validity == row.uidvalidity else "renumbered"


def _close_earlier_number(row: Email) -> None:
    """Where the server numbered its e-mails anew, the line under this one's earlier number waits for nothing more."""
    alike = Email.objects.filter(
        mailbox=row.mailbox, size=row.size, arrived_at=row.arrived_at, read_at__isnull=True
    )
    earlier = alike.exclude(uidvalidity=row.uidvalidity).first()
    if earlier is not None:
        earlier.read_at, earlier.sha256, earlier.verified = row.read_at, row.sha256, row.verified
        earlier.reason = "renumbered"
        earlier.save(update_fields=["read_at", "sha256", "verified", "reason"])


def _sorted_out(raw: bytes, letter: Letter, mailbox: Mailbox, files: ExitStack, home: Home) -> Sorted:
    kept, refused, known = [], [], set[str]()
    for offered in _offered(raw, letter):
        digest = sha256(offered.content).hexdigest()
        if digest in known:  # a picture in a signature comes many times
            continue
        known.add(digest)
        try:
            arrived = files.enter_context(arriving(BytesIO(offered.content), offered.name, home=home))
            kept.append((offered.kind, arrived))
        except Refused as refusal:
            refused.append(_not_kept(offered, refusal, mailbox))
    return Sorted(tuple(kept), tuple(refused))


def _offered(raw: bytes, letter: Letter) -> Iterator[Offered]:
    yield Offered("message", WHOLE, raw)
    for one in letter.attached:
        yield Offered("attachment", one.name, one.content)


def _not_kept(offered: Offered, refusal: Refused, mailbox: Mailbox) -> str:
    """The sentence that stands with the words. What is wrong with an attachment is said once, and not of the whole too."""
    what = "The e-mail as it came" if offered.kind == "message" else f"The attachment “{_shown(offered)}”"
    why = "" if refusal.code == "attachment" and offered.kind == "message" else f"{refusal.advice} "
    return f"[{what} was not kept here. {why}It is in the mailbox, in “{mailbox.filed}”.]"


def _shown(offered: Offered) -> str:
    return safe_name(offered.name, ending="file")


def _contact(row: Email, letter: Letter, refused: Sequence[str], *, by: Actor, at: datetime) -> Contact:
    today = at.astimezone(LONDON).date()
    known = agencies.at_address(row.sender, on=today) if row.verified == "verified" else None
    source, agency = known or (THEMSELF, None)
    said = [letter.subject, letter.words[:MOST_WORDS], *refused]
    said += ["[There are more words than fit here. The rest is in the e-mail as it came.]"] * (
        len(letter.words) > MOST_WORDS
    )
    return take_contact(
        telling=Telling(
            kind="concern",
            words="\n\n".join(filter(None, said)),
            teller="professional" if known else "public",
            teller_name=letter.sender_name[: ROOM["teller_name"]],
            teller_reach=letter.sender[: ROOM["teller_reach"]],
            agency=agency,
        ),
        about=(),
        channel=CHANNEL,
        source=source,
        purpose=PURPOSE,
        by=by,
        at=at,
        received_at=min(row.arrived_at, at),
        key=row.pk,
    )
