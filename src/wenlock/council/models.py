"""Teams, the roles people hold in them, and when."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, OWNER, RowPolicy
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, service_policies


class Role(models.Model):
    """A role as the database knows it; written from `codes.ROLES` by set-up, and by nobody at run time."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80)
    says = models.CharField(max_length=200)
    whole_service_level = models.PositiveSmallIntegerField()
    capabilities = ArrayField(models.CharField(max_length=30))

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="council_role_level_is_known", condition=Q(whole_service_level__in=[0, 1, 2, 3])
            ),
            *granted("council_role", app="SELECT"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team, and the purposes of the notice it works for; the first is the one its members begin with."""

    id = key()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    purposes = ArrayField(models.CharField(max_length=40))
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["code"], name="council_team_code_is_one_teams"),
            CheckConstraint(name="council_team_has_a_purpose", condition=Q(purposes__len__gte=1)),
            # The guard makes the team of one that a partner's key works in: `wenlock.partners`.
            *granted("council_team", app="SELECT", guard="SELECT, INSERT"),
            *audited("council_team"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A worker's place in a team, in a role, from when until when. Nobody makes or lengthens their own."""

    id = key()
    actor = an_actor(related="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, db_column="role_code", related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    made_by = an_actor(null=True)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["actor"], name="council_membership_by_actor")]
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["actor", "team", "role"],
                condition=Q(until_at__isnull=True),
                name="council_membership_once_at_a_time",
            ),
            CheckConstraint(
                name="council_membership_ends_after_it_begins",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
            CheckConstraint(
                name="council_membership_made_by_another",
                condition=Q(made_by__isnull=True) | ~Q(made_by=F("actor")),
            ),
            RowPolicy(
                name="council_membership_seen", command="SELECT", using="(SELECT guard.actor()) IS NOT NULL"
            ),
            RowPolicy(
                name="council_membership_made_for_another",
                command="INSERT",
                with_check="(SELECT guard.may('manage-teams')) AND actor_id <> (SELECT guard.actor()) "
                "AND made_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="council_membership_ended_for_another",
                command="UPDATE",
                using="(SELECT guard.may('manage-teams')) AND actor_id <> (SELECT guard.actor())",
                with_check="(SELECT guard.may('manage-teams')) AND actor_id <> (SELECT guard.actor())",
            ),
            # The first administrator has nobody to be made by: set-up, which owns the tables, may add and not see.
            RowPolicy(
                name="council_membership_begun_by_setup",
                role=OWNER,
                command="INSERT",
                with_check="made_by_id IS NULL",
            ),
            # What a partner's key may do begins with its approval and ends with the key: `wenlock.partners`.
            RowPolicy(
                name="council_membership_begun_by_guard", role=GUARD, command="INSERT", with_check="true"
            ),
            RowPolicy(
                name="council_membership_ended_by_guard",
                role=GUARD,
                command="UPDATE",
                using="true",
                with_check="true",
            ),
            *service_policies("council_membership"),
            *granted(
                "council_membership",
                app="SELECT, INSERT, UPDATE (until_at)",
                guard="SELECT, INSERT, UPDATE (until_at)",
            ),
            *audited("council_membership"),
        ]
