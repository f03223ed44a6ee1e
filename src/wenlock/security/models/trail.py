"""The trail that every act leaves, and the seals on it."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, SEALER, DbTrigger, RowPolicy, TableGrant
from wenlock.security.addresses import CUT
from wenlock.security.models.actor import Actor
from wenlock.security.rows import granted, service_policies


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
            CheckConstraint(
                name="security_auditevent_address_is_cut",
                condition=~Q(detail__has_key="address") | Q(detail__address__regex=CUT),
            ),
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
