"""The one door out: what was shared, with whom, on what ground, approved by whom; and what waits to leave."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q

from wenlock.base.constraints import DOOR, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, seen_within, service_policies
from wenlock.sharing import codes
from wenlock.sharing.models.agreement import Agreement
from wenlock.sharing.models.consent import Consent
from wenlock.sharing.models.proposal import Proposal

REPORTED_TO = "(SELECT guard.may('approve-return')) OR (SELECT guard.may('read-audit'))"
SEEN_WITH_THE_LEDGER = "EXISTS (SELECT 1 FROM sharing_disclosure d WHERE d.id = disclosure_id)"


class Disclosure(models.Model):
    """One entry of the ledger, written before anything leaves. `person_id` is None for a return about many.

    What was proposed about one person names its proposal, the agreement it went under and the consent it rests on.
    `consideration_pence` exists to be nought: the notice says information is not sold or rented.
    """

    id = key()
    version = models.ForeignKey("notice.Version", on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("notice.SharingRule", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("notice.Recipient", on_delete=models.PROTECT, related_name="+")
    purpose = models.ForeignKey("notice.Purpose", on_delete=models.PROTECT, related_name="+")
    ground = models.ForeignKey("notice.Ground", on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField(null=True)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, related_name="disclosure")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    definition = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=80)
    fields = ArrayField(models.CharField(max_length=80))
    people = models.PositiveIntegerField()
    content_sha256 = models.CharField(max_length=64)
    route = models.CharField(max_length=20)
    sent_by = an_actor()
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
            CheckConstraint(
                name="sharing_disclosure_of_a_return_or_a_proposal",
                condition=Q(person_id__isnull=True, proposal__isnull=True, agreement__isnull=True)
                & ~Q(definition="")
                | Q(
                    person_id__isnull=False,
                    proposal__isnull=False,
                    agreement__isnull=False,
                    definition="",
                ),
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
                using=f"{REPORTED_TO} OR {seen_within('person_id', 'full')}",
            ),
            # Somebody in conflict with a person is not told what was shared of them, whatever their role reports on.
            RowPolicy(
                name="sharing_disclosure_never_in_conflict",
                restrictive=True,
                using="person_id IS NULL OR person_id <> ALL ((SELECT guard.conflicts())::uuid[])",
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
            RowPolicy(
                name="sharing_outgoing_seen_with_the_ledger", command="SELECT", using=SEEN_WITH_THE_LEDGER
            ),
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


class Receipt(models.Model):
    """What became of something sent about one person: handed over, to whom and when; or never handed over, and why."""

    id = key()
    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="receipt")
    outcome = models.CharField(max_length=12, choices=list(codes.RECEIPTS.items()))
    says = models.CharField(max_length=500)
    happened_on = models.DateField()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="sharing_receipt_outcome_is_known", condition=Q(outcome__in=list(codes.RECEIPTS))
            ),
            CheckConstraint(name="sharing_receipt_says_to_whom", condition=Q(says__regex=r"\S")),
            DbTrigger(
                name="sharing_receipt_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(
                name="sharing_receipt_seen_with_the_ledger", command="SELECT", using=SEEN_WITH_THE_LEDGER
            ),
            RowPolicy(
                name="sharing_receipt_of_what_one_sees",
                command="INSERT",
                with_check=f"recorded_by_id = (SELECT guard.actor()) AND (SELECT guard.may('share')) AND {SEEN_WITH_THE_LEDGER}",
            ),
            *service_policies("sharing_receipt"),
            *granted("sharing_receipt", app="SELECT, INSERT", guard=""),
            *audited("sharing_receipt"),
        ]
