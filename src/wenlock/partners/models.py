"""Partners' keys, how often each calls, and which contact came by which."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.partners import codes, held
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, countable, granted, service_policies

WHOLE_DIGEST = r"^[0-9a-f]{64}$"
MANAGED = "(SELECT guard.may('link-partners'))"


class Key(models.Model):
    """What lets one agency's system send, by one medium, for one purpose, from `from_on` until before `until_on`.

    Of the secret only a keyed digest is held. One person issues a key and another approves it; until then it opens
    nothing. `actor` is the service account it acts as, in a team of its own whose one role is that of a way in.
    """

    id = key()
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    actor = models.OneToOneField("security.Actor", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    medium = models.CharField(max_length=40)
    scopes = ArrayField(models.CharField(max_length=30, choices=list(codes.SCOPES.items())))
    from_on = models.DateField()
    until_on = models.DateField()
    issued_by = an_actor()
    issued_at = models.DateTimeField()
    approved_by = an_actor(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    revoked_by = an_actor(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["prefix"], name="partners_key_prefix_once"),
            CheckConstraint(name="partners_key_digest_is_whole", condition=Q(digest__regex=WHOLE_DIGEST)),
            CheckConstraint(
                name="partners_key_is_for_something",
                condition=Q(scopes__len__gte=1) & Q(scopes__contained_by=list(codes.SCOPES)),
            ),
            CheckConstraint(
                name="partners_key_lasts_a_year_at_most",
                condition=Q(until_on__gt=F("from_on")) & Q(until_on__lte=F("from_on") + codes.LONGEST),
            ),
            CheckConstraint(
                name="partners_key_approved_by_another",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("issued_by"))),
            ),
            CheckConstraint(
                name="partners_key_revoked_with_a_reason",
                condition=Q(revoked_by__isnull=True, revoked_at__isnull=True, revoked_why="")
                | Q(revoked_by__isnull=False, revoked_at__isnull=False, revoked_why__regex=r"\S"),
            ),
            DbTrigger(
                name="partners_key_within_the_notice",
                events="INSERT",
                function="guard.partner_key_within_the_notice_v1",
            ),
            DbTrigger(
                name="partners_key_only_approved_and_revoked",
                events="UPDATE OR DELETE",
                function="guard.partner_key_kept_v1",
            ),
            DbTrigger(
                name="partners_key_opens_and_closes",
                timing="AFTER",
                events="UPDATE",
                function="guard.partner_key_opens_v1",
            ),
            RowPolicy(
                name="partners_key_seen_by_those_who_link",
                command="SELECT",
                using=f"{MANAGED} OR (SELECT guard.may('read-audit'))",
            ),
            RowPolicy(
                name="partners_key_issued_by_oneself",
                command="INSERT",
                with_check=f"{MANAGED} AND issued_by_id = (SELECT guard.actor()) "
                "AND approved_at IS NULL AND revoked_at IS NULL",
            ),
            RowPolicy(
                name="partners_key_approved_or_revoked", command="UPDATE", using=MANAGED, with_check=MANAGED
            ),
            *service_policies("partners_key"),
            *granted(
                "partners_key",
                app="SELECT, INSERT, UPDATE (approved_by_id, approved_at, revoked_by_id, revoked_at, revoked_why)",
                prover=f"SELECT ({', '.join(sorted(countable(held.KEY) - {'digest', 'prefix'}))})",
            ),
            *audited("partners_key"),
        ]

    def __str__(self) -> str:
        return self.prefix


class Meter(models.Model):
    """How often a key has called since `began_at`, counted by the guard alone; and when it was last used."""

    id = key()
    key = models.OneToOneField(Key, on_delete=models.PROTECT, related_name="meter")
    began_at = models.DateTimeField()
    calls = models.PositiveIntegerField()
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            RowPolicy(
                name="partners_meter_seen_by_those_who_link",
                command="SELECT",
                using=f"{MANAGED} OR (SELECT guard.may('read-audit'))",
            ),
            RowPolicy(name="partners_meter_kept_by_guard", role=GUARD, using="true", with_check="true"),
            *service_policies("partners_meter"),
            *granted(
                "partners_meter", app="SELECT", guard="SELECT, INSERT, UPDATE (began_at, calls, used_at)"
            ),
        ]


class Sent(models.Model):
    """A contact that came by a key. `mark` and `said` are keyed digests of the Idempotency-Key and of what was asked.

    The two are forgotten after `codes.REMEMBERED`; that the contact came by the key is kept as long as the contact.
    """

    id = key()
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="sent")
    contact = models.OneToOneField("intake.Contact", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=9)
    mark = models.CharField(max_length=64, blank=True)
    said = models.CharField(max_length=64, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["key", "mark"], condition=Q(forgotten_at__isnull=True), name="partners_sent_once"
            ),
            CheckConstraint(
                name="partners_sent_known_until_forgotten",
                condition=Q(forgotten_at__isnull=True, mark__regex=WHOLE_DIGEST, said__regex=WHOLE_DIGEST)
                | Q(forgotten_at__isnull=False, mark="", said=""),
            ),
            DbTrigger(
                name="partners_sent_as_the_key_says", events="INSERT", function="guard.partner_sends_v1"
            ),
            DbTrigger(
                name="partners_sent_only_forgotten",
                events="UPDATE OR DELETE",
                function="guard.partner_sent_kept_v1",
            ),
            RowPolicy(
                name="partners_sent_seen_with_its_contact",
                command="SELECT",
                using="recorded_by_id = (SELECT guard.actor()) "
                "OR EXISTS (SELECT 1 FROM intake_contact c WHERE c.id = contact_id)",
            ),
            RowPolicy(
                name="partners_sent_by_its_key",
                command="INSERT",
                with_check="(SELECT guard.may('receive')) AND recorded_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="partners_sent_forgotten_by_guard",
                role=GUARD,
                command="UPDATE",
                using="true",
                with_check="true",
            ),
            *service_policies("partners_sent"),
            *granted(
                "partners_sent",
                app="SELECT, INSERT",
                guard="SELECT, UPDATE (mark, said, forgotten_at)",
                prover="SELECT (id, key_id, contact_id, recorded_by_id, recorded_at)",
            ),
            *audited("partners_sent"),
        ]
