"""What a mailbox holds and what became of it: its last pull, how its register stands, and what was not filed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from wenlock.intake.mailbox import codes
from wenlock.intake.mailbox.declared import MailboxFaulty, declared
from wenlock.intake.models import Email, Pull
from wenlock.security.queries import NotFound

SHOWN = 100
OFTEN = timedelta(hours=1)  # a mailbox not read for longer is one that nobody should trust to be empty


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mailbox stood after its last pull; `pull` is None before the first. `faults` are sentences: none, and it adds up."""

    mailbox: str
    pull: Pull | None
    faults: tuple[str, ...]

    @property
    def adds_up(self) -> bool:
        """Whether all that was received is filed or rejected, and was looked for lately."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class NotFiled:
    """An e-mail that was rejected: enough to tell whether it should be taken after all. `wanted` once somebody asked."""

    id: UUID
    mailbox: str
    arrived_at: datetime
    sender: str
    sender_name: str
    subject: str
    why: str
    may_be_wanted: bool
    wanted: bool


def standings(*, at: datetime) -> list[Standing]:
    """Every mailbox that is declared or was ever read, by name."""
    newest = Pull.objects.order_by("mailbox", "-ended_at").distinct("mailbox")
    pulls = {pull.mailbox: pull for pull in newest}
    try:
        names, wrong = set(declared()), []
    except MailboxFaulty as error:
        names, wrong = set(), [Standing("authority.toml", None, (str(error),))]
    return wrong + [
        Standing(name, pulls.get(name), tuple(faults(pulls.get(name), at=at, read=name in names)))
        for name in sorted(pulls.keys() | names)
    ]


def faults(pull: Pull | None, *, at: datetime, read: bool = True) -> list[str]:
    """What is wrong with how a mailbox stands, in sentences. `read` is whether it is still to be read."""
    if pull is None:
        return ["It has never been read."]
    said = [f"{codes.FAULTS[pull.fault]}."] if pull.fault and read else []
    said += [f"{_many(pull.waiting)} in the mailbox not yet filed."] if pull.waiting else []
    said += [f"{_many(pull.missing)} gone from the mailbox without being filed."] if pull.missing else []
    late = read and at - pull.ended_at > OFTEN
    return [*said, "It has not been read for more than an hour."] if late else said


def not_filed() -> list[NotFiled]:
    """What was rejected and not filed since, the newest first, but for what is counted under another line."""
    rows = Email.objects.filter(read_at__isnull=False, contact__isnull=True).exclude(reason="renumbered")
    return [_not_filed(row) for row in rows.defer("headers").order_by("-arrived_at")[:SHOWN]]


def rejected(email: UUID) -> Email:
    """An e-mail that was rejected and may be wanted after all. Raises NotFound for any other."""
    row = Email.objects.filter(
        pk=email, contact__isnull=True, wanted_at__isnull=True, reason__in=codes.MAY_BE_WANTED
    ).first()
    if row is None:
        raise NotFound
    return row


def on_server_only(*, mailbox: str, uidvalidity: int, uids: Collection[int]) -> list[int]:
    """The numbers in the mailbox that the register does not have."""
    rows = Email.objects.filter(mailbox=mailbox, uidvalidity=uidvalidity)
    return sorted(set(uids) - set(rows.values_list("uid", flat=True)))


def in_register_only(*, mailbox: str, uidvalidity: int, uids: Collection[int]) -> list[int]:
    """The numbers the register waits for that the mailbox does not have."""
    rows = Email.objects.filter(mailbox=mailbox, uidvalidity=uidvalidity, read_at__isnull=True)
    return sorted(set(rows.values_list("uid", flat=True)) - set(uids))


def _many(count: int) -> str:
    return "1 e-mail is" if count == 1 else f"{count} e-mails are"


def _not_filed(row: Email) -> NotFiled:
    return NotFiled(
        id=row.pk,
        mailbox=row.mailbox,
        arrived_at=timezone.localtime(row.arrived_at),
        sender=row.sender,
        sender_name=row.sender_name,
        subject=row.subject,
        why=codes.REASONS[row.reason],
        may_be_wanted=row.reason in codes.MAY_BE_WANTED and row.wanted_at is None,
        wanted=row.wanted_at is not None,
    )
