"""Who works with a child. An allocation is the work that opens the record, and its end closes it."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.practice.case import codes, held
from wenlock.security.fields import a_person, an_actor, key
from wenlock.security.rows import (
    audited,
    classified,
    countable,
    granted,
    moved_by_a_merge,
    never_in_conflict,
    seen_within,
    service_policies,
)


class Allocation(models.Model):
    """A worker or a team given a child's case, for a purpose, by somebody else, from when until when."""

    id = key()
    person = a_person(related="allocations")
    worker = an_actor(related="allocations", null=True, blank=True)
    team = models.ForeignKey(
        "council.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=30, choices=list(codes.ALLOCATION_ROLES.items()))
    purpose = models.CharField(max_length=40)
    why = models.CharField(max_length=300, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    allocated_by = an_actor()
    allocated_at = models.DateTimeField()
    ended_by = an_actor(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["person"], name="case_allocation_by_person"),
            BTreeIndex(
                fields=["worker"], condition=Q(until_at__isnull=True), name="case_allocation_by_worker"
            ),
            BTreeIndex(fields=["team"], condition=Q(until_at__isnull=True), name="case_allocation_by_team"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="case_allocation_is_to_worker_or_team",
                condition=Q(worker__isnull=True, team__isnull=False, role="team")
                | (Q(worker__isnull=False, team__isnull=True) & ~Q(role="team")),
            ),
            CheckConstraint(
                name="case_allocation_role_is_known", condition=Q(role__in=list(codes.ALLOCATION_ROLES))
            ),
            CheckConstraint(
                name="case_allocation_ends_after_it_begins",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
            CheckConstraint(
                name="case_allocation_by_another",
                condition=Q(worker__isnull=True) | ~Q(allocated_by=F("worker")),
            ),
            UniqueConstraint(
                fields=["person", "worker", "role"],
                condition=Q(until_at__isnull=True),
                name="case_allocation_once_at_a_time",
            ),
            RowPolicy(
                name="case_allocation_seen_by_relationship",
                command="SELECT",
                using=seen_within("person_id", "summary"),
            ),
            RowPolicy(
                name="case_allocation_made_by_manager",
                command="INSERT",
                with_check="(SELECT guard.may('allocate')) AND allocated_by_id = (SELECT guard.actor()) "
                f"AND ({seen_within('person_id', 'full')})",
            ),
            RowPolicy(
                name="case_allocation_ended_by_manager",
                command="UPDATE",
                using=f"(SELECT guard.may('allocate')) AND ({seen_within('person_id', 'full')})",
                with_check="(SELECT guard.may('allocate')) AND ended_by_id = (SELECT guard.actor())",
            ),
            never_in_conflict("case_allocation", "person_id"),
            *service_policies("case_allocation"),
            *granted(
                "case_allocation",
                app="SELECT, INSERT, UPDATE (until_at, ended_by_id)",
                prover=f"SELECT ({', '.join(sorted(countable(held.ALLOCATION)))})",
            ),
            *audited("case_allocation", person="person_id"),
            *classified("case_allocation", held.ALLOCATION),
            *moved_by_a_merge("case_allocation"),
            DbTrigger(
                name="case_allocation_opens_the_record",
                timing="AFTER",
                events="INSERT OR UPDATE",
                function="guard.allocation_opens_v1",
            ),
        ]
