"""What closes a record: a restriction to those it names, and a conflict of interest."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, service_policies

CONFLICT_KINDS = {
    "self": "The record is their own",
    "partner": "Partner or former partner",
    "relative": "Relative",
    "neighbour": "Neighbour",
    "other": "Another close connection",
}


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
