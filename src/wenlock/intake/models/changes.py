"""A change that somebody tells of: how who they are was checked, and what was put right, or why nothing was."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.intake import codes, held
from wenlock.intake.models.contact import OF_A_CONTACT_SEEN, Contact
from wenlock.people.shared import decided_by_people
from wenlock.security.fields import a_person, an_actor, key
from wenlock.security.rows import (
    audited,
    classified,
    countable,
    granted,
    moved_by_a_merge,
    service_policies,
)


class IdentityCheck(models.Model):
    """How somebody who tells of a change was known to be who they say, by whom and when; or that they were not.

    The later of two stands: a check that was not satisfied takes back the one before.
    """

    id = key()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="identity_checks")
    how = models.CharField(max_length=12, choices=list(codes.WAYS_TO_KNOW.items()))
    number = models.ForeignKey(
        "people.ContactPoint", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(max_length=2000)
    satisfied = models.BooleanField()
    checked_by = an_actor()
    checked_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["number"], name="intake_check_by_number")]
        constraints: ClassVar = [
            CheckConstraint(
                name="intake_identitycheck_way_is_known", condition=Q(how__in=list(codes.WAYS_TO_KNOW))
            ),
            CheckConstraint(
                name="intake_identitycheck_names_the_number",
                condition=Q(how__in=codes.BY_A_NUMBER, number__isnull=False)
                | (~Q(how__in=codes.BY_A_NUMBER) & Q(number__isnull=True)),
            ),
            CheckConstraint(name="intake_identitycheck_says_what", condition=Q(words__regex=r"\S")),
            decided_by_people("intake_identitycheck", "checked_by_id"),
            DbTrigger(
                name="intake_identitycheck_of_a_change_matched",
                events="INSERT",
                function="guard.identity_is_checked_v1",
            ),
            DbTrigger(
                name="intake_identitycheck_never_changed",
                events="UPDATE OR DELETE",
                function="guard.refuse_v1",
            ),
            RowPolicy(
                name="intake_identitycheck_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN
            ),
            RowPolicy(
                name="intake_identitycheck_made_by_oneself",
                command="INSERT",
                with_check="(SELECT guard.may('record')) AND checked_by_id = (SELECT guard.actor()) "
                f"AND {OF_A_CONTACT_SEEN}",
            ),
            *service_policies("intake_identitycheck"),
            *granted(
                "intake_identitycheck",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.IDENTITY_CHECK)))})",
            ),
            *audited("intake_identitycheck"),
            *classified("intake_identitycheck", held.IDENTITY_CHECK),
        ]


class Change(models.Model):
    """What came of a change somebody told of: one fact put right, or left as it was, and why.

    `says` is what the record now holds; "" where nothing was changed. The record itself keeps what stood there before.
    """

    id = key()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="changes")
    person = a_person(null=True, blank=True)
    fact = models.CharField(max_length=8, choices=list(codes.FACTS.items()), blank=True)
    outcome = models.CharField(max_length=8, choices=list(codes.CHANGE_OUTCOMES.items()))
    says = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500)
    identity = models.ForeignKey(
        IdentityCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    decided_by = an_actor()
    decided_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person"], name="intake_change_by_person")]
        constraints: ClassVar = [
            CheckConstraint(
                name="intake_change_fact_is_known", condition=Q(fact="") | Q(fact__in=list(codes.FACTS))
            ),
            CheckConstraint(
                name="intake_change_applied_after_a_check",
                condition=Q(outcome="declined", says="")
                | Q(
                    outcome="applied",
                    identity__isnull=False,
                    person__isnull=False,
                    fact__in=list(codes.FACTS),
                    says__regex=r"\S",
                ),
            ),
            CheckConstraint(name="intake_change_says_why", condition=Q(reason__regex=r"\S")),
            decided_by_people("intake_change", "decided_by_id"),
            DbTrigger(
                name="intake_change_rests_on_a_check",
                events="INSERT",
                function="guard.change_rests_on_a_check_v1",
            ),
            DbTrigger(
                name="intake_change_opens_the_record",
                timing="AFTER",
                events="INSERT",
                function="guard.change_opens_v1",
            ),
            DbTrigger(
                name="intake_change_never_changed",
                events="UPDATE OR DELETE",
                function="guard.kept_but_for_a_merge_v1",
            ),
            RowPolicy(name="intake_change_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN),
            RowPolicy(
                name="intake_change_made_by_oneself",
                command="INSERT",
                with_check="(SELECT guard.may('record')) AND decided_by_id = (SELECT guard.actor()) "
                f"AND {OF_A_CONTACT_SEEN}",
            ),
            RowPolicy(
                name="intake_change_never_in_conflict",
                restrictive=True,
                using="person_id IS NULL OR person_id <> ALL ((SELECT guard.conflicts())::uuid[])",
                with_check="person_id IS NULL OR person_id <> ALL ((SELECT guard.conflicts())::uuid[])",
            ),
            *service_policies("intake_change"),
            *granted(
                "intake_change",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.CHANGE)))})",
            ),
            *moved_by_a_merge("intake_change"),
            *audited("intake_change", person="person_id"),
            *classified("intake_change", held.CHANGE),
        ]
