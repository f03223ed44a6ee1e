"""Whom a contact came from, found out while it was screened; and who was told that the council holds it."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

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

NEVER_IN_CONFLICT = "person_id IS NULL OR person_id <> ALL ((SELECT guard.conflicts())::uuid[])"
# Whoever screens, and whoever works with the child: the contact itself says which of them sees it.
SEES_AND_WORKS = f"((SELECT guard.may('screen')) OR (SELECT guard.may('record'))) AND {OF_A_CONTACT_SEEN}"


class Giver(models.Model):
    """The very body, or the person, that a contact came from: the latest that was named counts, and none is changed."""

    id = key()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="givers")
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = a_person(null=True, blank=True)
    named_by = an_actor()
    named_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="intake_giver_is_a_body_or_a_person",
                condition=Q(agency__isnull=False, person__isnull=True)
                | Q(agency__isnull=True, person__isnull=False),
            ),
            decided_by_people("intake_giver", "named_by_id"),
            DbTrigger(
                name="intake_giver_fits_the_source",
                events="INSERT",
                function="guard.giver_fits_v1",
                arguments=(codes.FAMILY,),
            ),
            DbTrigger(
                name="intake_giver_marks_the_contact",
                timing="AFTER",
                events="INSERT",
                function="guard.giver_marks_v1",
            ),
            DbTrigger(
                name="intake_giver_never_changed",
                events="UPDATE OR DELETE",
                function="guard.kept_but_for_a_merge_v1",
            ),
            RowPolicy(name="intake_giver_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN),
            RowPolicy(
                name="intake_giver_named_by_oneself",
                command="INSERT",
                with_check=f"(SELECT guard.may('screen')) AND named_by_id = (SELECT guard.actor()) AND {OF_A_CONTACT_SEEN} "
                "AND (person_id IS NULL OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id))",
            ),
            RowPolicy(
                name="intake_giver_never_in_conflict",
                restrictive=True,
                using=NEVER_IN_CONFLICT,
                with_check=NEVER_IN_CONFLICT,
            ),
            *service_policies("intake_giver"),
            *granted(
                "intake_giver",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.GIVER)))})",
            ),
            *moved_by_a_merge("intake_giver"),
            *audited("intake_giver", person="person_id"),
            *classified("intake_giver", held.GIVER),
        ]


class Informed(models.Model):
    """That somebody was told the council holds what another said of them, or why in law they need not be (Article 14)."""

    id = key()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="informed")
    person = a_person()
    told_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=12, choices=list(codes.HOW_INFORMED.items()), blank=True)
    exempt = models.CharField(
        max_length=12, choices=[(ground.code, ground.name) for ground in codes.EXEMPT], blank=True
    )
    reason = models.TextField(max_length=2000, blank=True)
    decided_by = an_actor()
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["contact", "person"], name="intake_informed_once_each"),
            CheckConstraint(
                name="intake_informed_told_or_exempt",
                condition=Q(told_on__isnull=False, how__in=list(codes.HOW_INFORMED), exempt="")
                | Q(told_on__isnull=True, how="", exempt__in=[ground.code for ground in codes.EXEMPT]),
            ),
            CheckConstraint(
                name="intake_informed_exempt_says_why", condition=Q(exempt="") | Q(reason__regex=r"\S")
            ),
            CheckConstraint(
                name="intake_informed_told_before_recorded",
                condition=Q(told_on__isnull=True) | Q(told_on__lte=models.F("decided_at__date")),
            ),
            decided_by_people("intake_informed", "decided_by_id"),
            DbTrigger(
                name="intake_informed_is_about_them",
                events="INSERT",
                function="guard.informed_was_told_of_v1",
            ),
            DbTrigger(
                name="intake_informed_never_changed",
                events="UPDATE OR DELETE",
                function="guard.kept_but_for_a_merge_v1",
            ),
            RowPolicy(
                name="intake_informed_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN
            ),
            RowPolicy(
                name="intake_informed_recorded_by_oneself",
                command="INSERT",
                with_check=f"{SEES_AND_WORKS} AND decided_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="intake_informed_never_in_conflict",
                restrictive=True,
                using=NEVER_IN_CONFLICT,
                with_check=NEVER_IN_CONFLICT,
            ),
            *service_policies("intake_informed"),
            *granted(
                "intake_informed",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.INFORMED)))})",
            ),
            *moved_by_a_merge("intake_informed"),
            *audited("intake_informed", person="person_id"),
            *classified("intake_informed", held.INFORMED),
        ]
