"""What opens a record to somebody: a relationship their work makes, or emergency access."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, granted, moved_by_a_merge, service_policies


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
            RowPolicy(
                name="security_emergencyaccess_ended_by_guard", role=GUARD, command="UPDATE", using="true"
            ),
            *service_policies("security_emergencyaccess"),
            *granted(
                "security_emergencyaccess",
                guard="SELECT, UPDATE (until_at)",
                app="SELECT, INSERT, UPDATE (reviewed_by_id, reviewed_at, review, justified)",
            ),
            *audited("security_emergencyaccess", person="person_id"),
            *moved_by_a_merge("security_emergencyaccess"),
            DbTrigger(
                name="security_emergencyaccess_grants",
                timing="AFTER",
                events="INSERT",
                function="guard.grant_in_emergency_v1",
            ),
        ]
