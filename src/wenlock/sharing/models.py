"""The one door out: what was shared, with whom, on what ground, approved by whom; and what waits to leave."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DOOR, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, service_policies

REPORTED_TO = "(SELECT guard.may('approve-return')) OR (SELECT guard.may('read-audit'))"


class Definition(models.Model):
    """The fields a return consists of in a form of it, each with the notice's category; written by set-up alone."""

    id = key()
    code = models.CharField(max_length=20)
    field = models.CharField(max_length=80)
    category = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["code", "field"], name="sharing_definition_field_once"),
            TableGrant(name="sharing_definition_door_may", role=DOOR, privileges="SELECT"),
            *granted("sharing_definition", app="SELECT", guard=""),
        ]


class Disclosure(models.Model):
    """One entry of the ledger, written before anything leaves. `person_id` is None for a return about many.

    `consideration_pence` exists to be nought: the notice says information is not sold or rented.
    """

    id = key()
    version = models.ForeignKey("notice.Version", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("notice.SharingRule", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("notice.Recipient", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey("notice.Purpose", on_delete=models.PROTECT, related_name="+")
    ground = models.ForeignKey("notice.Ground", on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField(null=True)
    definition = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=80)
    fields = ArrayField(models.CharField(max_length=80))
    people = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    route = models.CharField(max_length=20)
    approved_by = an_actor()
    approved_at = models.DateTimeField()
    consideration_pence = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["-approved_at"], name="sharing_disclosure_newest"),
            BTreeIndex(fields=["person_id"], name="sharing_disclosure_by_person"),
        ]
        constraints: ClassVar = [
            CheckConstraint(name="sharing_disclosure_is_never_sold", condition=Q(consideration_pence=0)),
            CheckConstraint(name="sharing_disclosure_names_its_fields", condition=Q(fields__len__gte=1)),
            CheckConstraint(
                name="sharing_disclosure_has_its_hash", condition=Q(content_sha256__regex="^[0-9a-f]{64}$")
            ),
            DbTrigger(
                name="sharing_disclosure_approved_by_a_person",
                function="guard.decided_by_a_person_v1",
                arguments=("approved_by_id",),
            ),
            DbTrigger(
                name="sharing_disclosure_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(
                name="sharing_disclosure_seen_by_the_accountable",
                command="SELECT",
                using=f"{REPORTED_TO} OR person_id = ANY ((SELECT guard.people('full'))::uuid[])",
            ),
            RowPolicy(
                name="sharing_disclosure_written_by_the_door", role=DOOR, using="true", with_check="true"
            ),
            TableGrant(name="sharing_disclosure_door_may", role=DOOR, privileges="SELECT, INSERT"),
            *service_policies("sharing_disclosure"),
            *granted("sharing_disclosure", app="SELECT", guard=""),
            *audited("sharing_disclosure", person="person_id"),
        ]


class Outgoing(models.Model):
    """The outbox: one disclosure on its way, and when it left."""

    id = key()
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="outgoing")
    file_name = models.CharField(max_length=255)
    put_out_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            RowPolicy(name="sharing_outgoing_seen_by_the_accountable", command="SELECT", using=REPORTED_TO),
            RowPolicy(
                name="sharing_outgoing_written_by_the_door", role=DOOR, using="true", with_check="true"
            ),
            TableGrant(
                name="sharing_outgoing_door_may", role=DOOR, privileges="SELECT, INSERT, UPDATE (left_at)"
            ),
            *service_policies("sharing_outgoing"),
            *granted("sharing_outgoing", app="SELECT", guard=""),
            *audited("sharing_outgoing"),
        ]
