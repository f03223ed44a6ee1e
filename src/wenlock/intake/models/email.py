"""The register of the council's mailboxes: every e-mail found in one, filed or rejected, and every pull."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.intake import held
from wenlock.intake.mailbox import codes
from wenlock.intake.models.contact import Contact
from wenlock.people.shared import decided_by_people
from wenlock.security.fields import an_actor, code, key
from wenlock.security.rows import audited, classified, countable, granted, service_policies

MINE = "(SELECT guard.may('receive')) AND recorded_by_id = (SELECT guard.actor())"
FRONT_DOOR = "(SELECT guard.may('screen'))"

_UNREAD = Q(read_at__isnull=True, contact__isnull=True, reason="", sha256="", verified="")
_READ = Q(read_at__isnull=False, sha256__regex="^[0-9a-f]{64}$", verified__in=list(codes.VERIFIED))
_FILED = Q(contact__isnull=False, reason="")
_REJECTED = Q(reason__in=list(codes.REASONS)) & (Q(contact__isnull=True) | Q(wanted_at__isnull=False))


class Email(models.Model):
    """An e-mail found in a mailbox under the number its server gave it: waiting, filed as a contact, or rejected.

    `arrived_at` is the server's own time of arrival. One that was rejected may be wanted after all, by a worker; the
    next pull then files it.
    """

    id = key()
    mailbox = code(40)
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    size = models.BigIntegerField()
    arrived_at = models.DateTimeField()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    message_id = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=150, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    headers = models.TextField(blank=True)
    verified = code(12, blank=True, choices=list(codes.VERIFIED.items()))
    reason = code(12, blank=True, choices=list(codes.REASONS.items()))
    contact = models.OneToOneField(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="email"
    )
    wanted_by = an_actor(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["mailbox"], condition=Q(read_at__isnull=True), name="intake_email_waiting"),
            BTreeIndex(
                fields=["-arrived_at"], condition=Q(contact__isnull=True), name="intake_email_not_filed"
            ),
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["mailbox", "uidvalidity", "uid"], name="intake_email_found_once"),
            UniqueConstraint(fields=["mailbox", "sha256"], condition=_FILED, name="intake_email_filed_once"),
            CheckConstraint(
                name="intake_email_filed_or_rejected", condition=_UNREAD | (_READ & (_FILED | _REJECTED))
            ),
            CheckConstraint(
                name="intake_email_wanted_by_somebody",
                condition=Q(wanted_by__isnull=True, wanted_at__isnull=True)
                | Q(wanted_by__isnull=False, wanted_at__isnull=False, reason__in=codes.MAY_BE_WANTED),
            ),
            decided_by_people("intake_email", "wanted_by_id"),
            DbTrigger(
                name="intake_email_never_changed", events="UPDATE OR DELETE", function="guard.email_kept_v1"
            ),
            RowPolicy(
                name="intake_email_seen",
                command="SELECT",
                using=f"({MINE}) OR (contact_id IS NULL AND {FRONT_DOOR}) OR "
                "EXISTS (SELECT 1 FROM intake_contact c WHERE c.id = contact_id)",
            ),
            RowPolicy(
                name="intake_email_found",
                command="INSERT",
                with_check=f"{MINE} AND read_at IS NULL AND contact_id IS NULL",
            ),
            RowPolicy(
                name="intake_email_read_or_wanted",
                command="UPDATE",
                using=f"({MINE}) OR (contact_id IS NULL AND {FRONT_DOOR})",
                with_check=f"({MINE}) OR (contact_id IS NULL AND {FRONT_DOOR} AND wanted_by_id = (SELECT guard.actor()))",
            ),
            *service_policies("intake_email"),
            *granted(
                "intake_email",
                app=f"SELECT, INSERT, UPDATE ({', '.join(codes.WRITTEN_LATER)})",
                prover=f"SELECT ({', '.join(sorted(countable(held.EMAIL)))})",
            ),
            *audited("intake_email"),
            *classified("intake_email", held.EMAIL),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.uidvalidity}/{self.uid}"


class Pull(models.Model):
    """One look into a mailbox, and how its register stood afterwards: everything received is in one of the four.

    `came` is how many were found for the first time. `missing` were found and have gone from the mailbox unread.
    """

    id = key()
    mailbox = code(40)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    came = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    filed = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    fault = code(12, blank=True, choices=list(codes.FAULTS.items()))
    recorded_by = an_actor()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["mailbox", "-ended_at"], name="intake_pull_newest")]
        constraints: ClassVar = [
            CheckConstraint(
                name="intake_pull_adds_up",
                condition=Q(received=F("filed") + F("rejected") + F("waiting") + F("missing")),
            ),
            CheckConstraint(name="intake_pull_fault_is_known", condition=Q(fault__in=["", *codes.FAULTS])),
            CheckConstraint(
                name="intake_pull_ends_after_it_begins", condition=Q(ended_at__gte=F("began_at"))
            ),
            DbTrigger(
                name="intake_pull_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(
                name="intake_pull_seen_by_staff",
                command="SELECT",
                using=f"({MINE}) OR (SELECT guard.may('take-contact'))",
            ),
            RowPolicy(name="intake_pull_made_by_oneself", command="INSERT", with_check=MINE),
            *service_policies("intake_pull"),
            *granted(
                "intake_pull",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.PULL)))})",
            ),
            *audited("intake_pull"),
            *classified("intake_pull", held.PULL),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.began_at:%Y-%m-%d %H:%M}"
