"""Actors, what opens a record to them, what closes it, and the trail they leave."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, SEALER, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, service_policies

CONFLICT_KINDS = {
    "self": "The record is their own",
    "partner": "Partner or former partner",
    "relative": "Relative",
    "neighbour": "Neighbour",
    "other": "Another close connection",
}


class ActorManager(BaseUserManager["Actor"]):
    """Finds and makes actors; e-mail addresses are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Actor":
        return self.get(email__iexact=username)

    def create_user(
        self, email: str, *, name: str, kind: str = "worker", password: str | None = None
    ) -> "Actor":
        actor = self.model(email=email, name=name, kind=kind)
        actor.set_password(password)
        actor.save(using=self._db)
        return actor


class Actor(AbstractBaseUser):
    """Whoever acts: a worker, or the service account of one job. Membership of teams, not this row, gives reach."""

    KINDS: ClassVar = {"worker": "Worker", "service": "Service account"}

    id = key()
    kind = models.CharField(max_length=10, choices=list(KINDS.items()), default="worker")
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    is_active = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    staff_subject = models.CharField(max_length=255, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = ActorManager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(models.functions.Lower("email"), name="security_actor_email_is_one_persons"),
            CheckConstraint(name="security_actor_kind_is_known", condition=Q(kind__in=["worker", "service"])),
            CheckConstraint(
                name="security_actor_service_has_no_password",
                condition=~Q(kind="service") | Q(password__startswith="!"),
            ),
            *granted("security_actor", app="SELECT, INSERT, UPDATE", prover="SELECT (id, kind, is_active)"),
            *audited("security_actor"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Grant(models.Model):
    """A legitimate relationship: who may see whom, to what level, for what purpose, from when until when.

    Never typed in: triggers write it from the work that makes the relationship (`source_table`, `source_id`).
    """

    LEVELS: ClassVar = {1: "Index", 2: "Summary", 3: "Full"}

    id = key()
    actor = an_actor(related="grants", null=True)
    team_id = models.UUIDField(null=True)
    person_id = models.UUIDField()
    level = models.PositiveSmallIntegerField(choices=list(LEVELS.items()))
    purpose = models.CharField(max_length=40)
    relationship = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    source_table = models.CharField(max_length=63)
    source_id = models.UUIDField()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["actor", "purpose"], name="security_grant_by_actor"),
            BTreeIndex(fields=["team_id", "purpose"], name="security_grant_by_team"),
            BTreeIndex(fields=["person_id"], name="security_grant_by_person"),
            BTreeIndex(fields=["source_id"], name="security_grant_by_source"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="security_grant_is_to_one_actor_or_team",
                condition=Q(actor__isnull=True, team_id__isnull=False)
                | Q(actor__isnull=False, team_id__isnull=True),
            ),
            CheckConstraint(name="security_grant_level_is_known", condition=Q(level__in=[1, 2, 3])),
            RowPolicy(
                name="security_grant_seen_with_the_record",
                command="SELECT",
                using="person_id = ANY ((SELECT guard.people('full'))::uuid[]) "
                "OR (SELECT guard.may('review-access'))",
            ),
            RowPolicy(name="security_grant_written_by_work", role=GUARD, using="true", with_check="true"),
            *service_policies("security_grant")[1:],
            *granted("security_grant", app="SELECT", guard="SELECT, INSERT, UPDATE"),
            *audited("security_grant", person="person_id"),
        ]


class Restriction(models.Model):
    """A record closed to all but those it names: a member of staff's family, a matter of note, a risk."""

    id = key()
    person_id = models.UUIDField()
    reason = models.CharField(max_length=500)
    placed_by = an_actor()
    placed_at = models.DateTimeField()
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person_id"], name="security_restriction_by_person")]
        constraints: ClassVar = [
            CheckConstraint(name="security_restriction_says_why", condition=~Q(reason="")),
            RowPolicy(
                name="security_restriction_seen_by_manager",
                command="SELECT",
                using="(SELECT guard.may('restrict')) OR person_id = ANY ((SELECT guard.people('full'))::uuid[])",
            ),
            RowPolicy(
                name="security_restriction_placed_by_manager",
                command="INSERT",
                with_check="(SELECT guard.may('restrict')) AND placed_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="security_restriction_ended_by_manager",
                command="UPDATE",
                using="(SELECT guard.may('restrict'))",
                with_check="(SELECT guard.may('restrict'))",
            ),
            *service_policies("security_restriction"),
            *granted("security_restriction", app="SELECT, INSERT, UPDATE"),
            *audited("security_restriction", person="person_id"),
            DbTrigger(
                name="security_restriction_marks_the_person",
                timing="AFTER",
                events="INSERT OR UPDATE",
                function="guard.restriction_marks_v1",
            ),
        ]


class RestrictionName(models.Model):
    """Somebody a restriction names, who may still see the record if their work gives them reach."""

    id = key()
    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="names")
    actor = an_actor()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["restriction", "actor"], name="security_restrictionname_once"),
            RowPolicy(
                name="security_restrictionname_seen_by_manager",
                command="SELECT",
                using="(SELECT guard.may('restrict'))",
            ),
            RowPolicy(
                name="security_restrictionname_placed_by_manager",
                command="INSERT",
                with_check="(SELECT guard.may('restrict')) AND actor_id <> (SELECT guard.actor())",
            ),
            *service_policies("security_restrictionname"),
            *granted("security_restrictionname", app="SELECT, INSERT"),
            *audited("security_restrictionname"),
        ]


class Conflict(models.Model):
    """A conflict of interest between an actor and a person: it denies everyone it names, administrators included."""

    id = key()
    actor = an_actor(related="conflicts")
    person_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=list(CONFLICT_KINDS.items()))
    declared_by = an_actor()
    declared_at = models.DateTimeField()
    ended_by = an_actor(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["actor"], name="security_conflict_by_actor"),
            BTreeIndex(fields=["person_id"], name="security_conflict_by_person"),
        ]
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["actor", "person_id"],
                condition=Q(ended_at__isnull=True),
                name="security_conflict_declared_once",
            ),
            CheckConstraint(
                name="security_conflict_kind_is_known", condition=Q(kind__in=list(CONFLICT_KINDS))
            ),
            CheckConstraint(
                name="security_conflict_ended_by_another",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(ended_by=F("actor"))),
            ),
            RowPolicy(
                name="security_conflict_seen_by_reviewer",
                command="SELECT",
                using="(SELECT guard.may('review-access')) OR actor_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="security_conflict_declared_by_self_or_manager",
                command="INSERT",
                with_check="declared_by_id = (SELECT guard.actor()) "
                "AND (actor_id = (SELECT guard.actor()) OR (SELECT guard.may('review-access')))",
            ),
            RowPolicy(
                name="security_conflict_ended_by_manager",
                command="UPDATE",
                using="(SELECT guard.may('review-access')) AND actor_id <> (SELECT guard.actor())",
                with_check="(SELECT guard.may('review-access')) AND ended_by_id = (SELECT guard.actor())",
            ),
            *service_policies("security_conflict"),
            *granted("security_conflict", app="SELECT, INSERT, UPDATE"),
            *audited("security_conflict", person="person_id"),
        ]


class EmergencyAccess(models.Model):
    """Break-glass: a record opened without a relationship, for at most four hours, with a reason, and then reviewed."""

    REASONS: ClassVar = {
        "immediate-risk": "A child may be at immediate risk of harm",
        "out-of-hours": "Emergency duty: the allocated team cannot be reached",
        "police-or-hospital": "Police or hospital are asking now, to keep a child safe",
    }

    id = key()
    actor = an_actor(related="emergency_accesses")
    person_id = models.UUIDField()
    reason_code = models.CharField(max_length=30, choices=list(REASONS.items()))
    reason = models.CharField(max_length=1000)
    live_risk = models.BooleanField()
    purpose = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    review_due_on = models.DateField()
    reviewed_by = an_actor(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review = models.CharField(max_length=1000, blank=True)
    justified = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["actor", "opened_at"], name="security_emergency_by_actor"),
            BTreeIndex(fields=["person_id"], name="security_emergency_by_person"),
            BTreeIndex(
                fields=["review_due_on"],
                condition=Q(reviewed_at__isnull=True),
                name="security_emergency_to_review",
            ),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="security_emergencyaccess_reason_is_known",
                condition=Q(reason_code__in=["immediate-risk", "out-of-hours", "police-or-hospital"]),
            ),
            CheckConstraint(name="security_emergencyaccess_says_why", condition=Q(reason__regex=r"\S.{9,}")),
            CheckConstraint(
                name="security_emergencyaccess_four_hours_at_most",
                condition=Q(
                    until_at__lte=F("opened_at")
                    + models.Value("4 hours", output_field=models.DurationField())
                ),
            ),
            CheckConstraint(
                name="security_emergencyaccess_reviewed_by_another",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (
                    Q(reviewed_by__isnull=False, reviewed_at__isnull=False, justified__isnull=False)
                    & ~Q(reviewed_by=F("actor"))
                    & ~Q(review="")
                ),
            ),
            RowPolicy(
                name="security_emergencyaccess_seen_by_self_or_reviewer",
                command="SELECT",
                using="actor_id = (SELECT guard.actor()) OR (SELECT guard.may('review-access'))",
            ),
            RowPolicy(
                name="security_emergencyaccess_opened_for_oneself",
                command="INSERT",
                with_check="actor_id = (SELECT guard.actor()) AND (SELECT guard.may('open-in-emergency')) "
                "AND purpose = (SELECT guard.purpose()) AND reviewed_at IS NULL "
                "AND opened_at BETWEEN statement_timestamp() - interval '1 minute' AND statement_timestamp() + interval '1 minute' "
                "AND person_id <> ALL ((SELECT guard.conflicts())::uuid[])",
            ),
            RowPolicy(
                name="security_emergencyaccess_reviewed_by_manager",
                command="UPDATE",
                using="(SELECT guard.may('review-access')) AND actor_id <> (SELECT guard.actor())",
                with_check="(SELECT guard.may('review-access')) AND reviewed_by_id = (SELECT guard.actor())",
            ),
            *service_policies("security_emergencyaccess"),
            *granted(
                "security_emergencyaccess",
                app="SELECT, INSERT, UPDATE (reviewed_by_id, reviewed_at, review, justified)",
            ),
            *audited("security_emergencyaccess", person="person_id"),
            DbTrigger(
                name="security_emergencyaccess_grants",
                timing="AFTER",
                events="INSERT",
                function="guard.grant_in_emergency_v1",
            ),
        ]


class AuditEvent(models.Model):
    """One act: a read, a search, a change, a refusal, an export, a sign-in. Written by `guard` functions only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    xid = models.BigIntegerField()
    epoch = models.IntegerField()
    actor = models.ForeignKey(
        Actor, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    purpose = models.CharField(max_length=40, null=True)
    request_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    person_id = models.UUIDField(null=True)
    table_name = models.CharField(max_length=63, null=True)
    row_id = models.UUIDField(null=True)
    detail = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["person_id", "-at"], name="security_audit_by_person"),
            BTreeIndex(fields=["actor", "-at"], name="security_audit_by_actor"),
            BTreeIndex(fields=["epoch", "xid", "id"], name="security_audit_in_order"),
        ]
        constraints: ClassVar = [
            RowPolicy(
                name="security_auditevent_seen_with_the_record",
                command="SELECT",
                using="(person_id = ANY ((SELECT guard.people('full'))::uuid[]) "
                "OR ((SELECT guard.whole_service('full')) "
                "AND person_id <> ALL ((SELECT guard.restricted_to_others())::uuid[])) "
                "OR actor_id = (SELECT guard.actor()) "
                "OR (SELECT guard.may('read-audit')))",
            ),
            RowPolicy(
                name="security_auditevent_never_in_conflict",
                restrictive=True,
                using="person_id IS NULL OR person_id <> ALL ((SELECT guard.conflicts())::uuid[])",
            ),
            RowPolicy(
                name="security_auditevent_written_by_guard", role=GUARD, command="INSERT", with_check="true"
            ),
            RowPolicy(name="security_auditevent_sealed", role=SEALER, command="SELECT", using="true"),
            *service_policies("security_auditevent"),
            TableGrant(name="security_auditevent_sealer_may", role=SEALER, privileges="SELECT"),
            *granted(
                "security_auditevent",
                app="SELECT",
                guard="SELECT, INSERT",
                prover="SELECT (id, at, kind, table_name, purpose, actor_id, person_id, row_id)",
            ),
            DbTrigger(
                name="security_auditevent_append_only", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            DbTrigger(
                name="security_auditevent_never_emptied",
                events="TRUNCATE",
                level="STATEMENT",
                function="guard.refuse_v1",
            ),
        ]


class Seal(models.Model):
    """A signed Merkle root over a stretch of the audit trail, chained to the one before."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    epoch = models.IntegerField()
    from_xid = models.BigIntegerField()
    until_xid = models.BigIntegerField()
    rows = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    digest = models.BinaryField()
    key_id = models.CharField(max_length=64)
    signature = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["epoch", "from_xid"], name="security_seal_covers_once"),
            CheckConstraint(name="security_seal_covers_forwards", condition=Q(until_xid__gte=F("from_xid"))),
            TableGrant(name="security_seal_sealer_may", role=SEALER, privileges="SELECT, INSERT"),
            *granted("security_seal", app="SELECT", guard="", prover="SELECT"),
            DbTrigger(
                name="security_seal_append_only", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            DbTrigger(
                name="security_seal_never_emptied",
                events="TRUNCATE",
                level="STATEMENT",
                function="guard.refuse_v1",
            ),
        ]
