"""A place at a recipient where something may be sent: verified by somebody other than whoever wrote it last."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q

from wenlock.base.constraints import DOOR, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, service_policies
from wenlock.sharing import codes

KEEPER = "(SELECT guard.may('keep-recipients'))"


class Destination(models.Model):
    """Where one body is reached: its own name, the post or desk there, by which route, at which address.

    Any change to it takes its verification away, so what changed yesterday is verified again before it is used.
    `recipient` is the notice's code, which outlives each version of the notice.
    """

    id = key()
    recipient = models.CharField(max_length=60)
    body = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    route = models.CharField(max_length=20, choices=list(codes.ROUTES.items()))
    value = models.CharField(max_length=254)
    changed_by = an_actor()
    changed_at = models.DateTimeField()
    verified_by = an_actor(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_how = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["recipient"], name="sharing_destination_to")]
        constraints: ClassVar = [
            CheckConstraint(
                name="sharing_destination_route_is_known", condition=Q(route__in=list(codes.ROUTES))
            ),
            CheckConstraint(
                name="sharing_destination_is_named",
                condition=Q(body__regex=r"\S") & Q(post__regex=r"\S") & Q(value__regex=r"\S"),
            ),
            CheckConstraint(
                name="sharing_destination_verified_by_another",
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("changed_by")),
            ),
            CheckConstraint(
                name="sharing_destination_verified_whole",
                condition=Q(verified_by__isnull=True, verified_at__isnull=True, verified_how="")
                | (Q(verified_by__isnull=False, verified_at__gte=F("changed_at")) & ~Q(verified_how="")),
            ),
            DbTrigger(name="sharing_destination_change_unverifies", function="guard.destination_v1"),
            RowPolicy(
                name="sharing_destination_seen_by_staff",
                command="SELECT",
                using="(SELECT guard.actor()) IS NOT NULL",
            ),
            RowPolicy(name="sharing_destination_kept_by_keepers", command="INSERT", with_check=KEEPER),
            RowPolicy(
                name="sharing_destination_changed_by_keepers",
                command="UPDATE",
                using=KEEPER,
                with_check=KEEPER,
            ),
            RowPolicy(name="sharing_destination_held_by_the_door", role=DOOR, using="true"),
            # To hold a row still while something is sent needs leave to change a column of it; the trigger allows none.
            TableGrant(
                name="sharing_destination_door_may", role=DOOR, privileges="SELECT, UPDATE (ended_at)"
            ),
            *service_policies("sharing_destination"),
            *granted(
                "sharing_destination",
                app="SELECT, INSERT, UPDATE (post, route, value, verified_by_id, verified_at, verified_how, ended_at)",
            ),
            *audited("sharing_destination"),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.post}"
