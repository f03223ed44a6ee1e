"""The agreement under which a recipient is sent anything, and the dates it holds for."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q

from wenlock.base.constraints import DOOR, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, service_policies
from wenlock.sharing import codes
from wenlock.sharing.models.destination import KEEPER


class Agreement(models.Model):
    """An agreement with a recipient, or with one `body` of it ("" for every body); in force [from_on, until_on).

    `never_sold`: somebody read it and found the clause that what is shared is neither sold nor rented on.
    """

    id = key()
    recipient = models.CharField(max_length=60)
    body = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=list(codes.AGREEMENT_KINDS.items()))
    from_on = models.DateField()
    until_on = models.DateField()
    never_sold = models.BooleanField()
    written_by = an_actor()
    written_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["recipient"], name="sharing_agreement_with")]
        constraints: ClassVar = [
            CheckConstraint(
                name="sharing_agreement_kind_is_known", condition=Q(kind__in=list(codes.AGREEMENT_KINDS))
            ),
            CheckConstraint(
                name="sharing_agreement_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))
            ),
            CheckConstraint(name="sharing_agreement_has_a_reference", condition=Q(reference__regex=r"\S")),
            CheckConstraint(name="sharing_agreement_never_sells", condition=Q(never_sold=True)),
            DbTrigger(name="sharing_agreement_only_ends", function="guard.agreement_v1"),
            RowPolicy(
                name="sharing_agreement_seen_by_staff",
                command="SELECT",
                using="(SELECT guard.actor()) IS NOT NULL",
            ),
            RowPolicy(
                name="sharing_agreement_kept_by_keepers",
                command="INSERT",
                with_check=f"{KEEPER} AND written_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="sharing_agreement_ended_by_keepers", command="UPDATE", using=KEEPER, with_check=KEEPER
            ),
            RowPolicy(name="sharing_agreement_held_by_the_door", role=DOOR, using="true"),
            TableGrant(name="sharing_agreement_door_may", role=DOOR, privileges="SELECT, UPDATE (ended_on)"),
            *service_policies("sharing_agreement"),
            *granted("sharing_agreement", app="SELECT, INSERT, UPDATE (ended_on)"),
            *audited("sharing_agreement"),
        ]

    def __str__(self) -> str:
        return self.reference
