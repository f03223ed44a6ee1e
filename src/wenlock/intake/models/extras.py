"""What rests on consent alone and is offered beside a contact; nothing of it stands before a contact itself."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.intake import codes, held
from wenlock.intake.models.contact import OF_A_CONTACT_SEEN, Contact
from wenlock.people.shared import decided_by_people
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, classified, countable, granted, service_policies

RECEIVES_OR_RECORDS = "((SELECT guard.may('receive')) OR (SELECT guard.may('record')))"


class Extra(models.Model):
    """Somebody's yes to something they could as well do without, at `age` years as they say, or as an adult (`grown`).

    A child under the age of the notice in force has a parent's permission, which a named worker has verified; the
    database takes none without it. Law: UK GDPR, Article 8; Data Protection Act 2018, section 9.
    """

    id = key()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="extras")
    code = models.CharField(max_length=20, choices=list(codes.EXTRAS.items()))
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    grown = models.BooleanField(default=False)
    permission_by = an_actor(null=True, blank=True)
    permission_how = models.CharField(max_length=300, blank=True)
    recorded_by = an_actor()
    agreed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="intake_extra_is_known", condition=Q(code__in=list(codes.EXTRAS))),
            CheckConstraint(
                name="intake_extra_age_is_one", condition=Q(age__isnull=True) | Q(age__lte=codes.OLDEST)
            ),
            CheckConstraint(
                name="intake_extra_permission_is_verified",
                condition=Q(permission_by__isnull=True, permission_how="")
                | Q(permission_by__isnull=False, permission_how__regex=r"\S"),
            ),
            CheckConstraint(
                name="intake_extra_ends_after_it_begins",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("agreed_at")),
            ),
            UniqueConstraint(
                fields=["contact", "code"], condition=Q(ended_at__isnull=True), name="intake_extra_once"
            ),
            decided_by_people("intake_extra", "permission_by_id"),
            DbTrigger(name="intake_extra_by_age", events="INSERT", function="guard.extra_by_age_v1"),
            DbTrigger(
                name="intake_extra_only_ends", events="UPDATE OR DELETE", function="guard.extra_ends_v1"
            ),
            RowPolicy(name="intake_extra_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN),
            RowPolicy(
                name="intake_extra_agreed",
                command="INSERT",
                with_check=f"{RECEIVES_OR_RECORDS} AND recorded_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="intake_extra_ended",
                command="UPDATE",
                using=f"(SELECT guard.may('record')) AND {OF_A_CONTACT_SEEN}",
            ),
            *service_policies("intake_extra"),
            *granted(
                "intake_extra",
                app="SELECT, INSERT, UPDATE (ended_at)",
                prover=f"SELECT ({', '.join(sorted(countable(held.EXTRA)))})",
            ),
            *audited("intake_extra"),
            *classified("intake_extra", held.EXTRA),
        ]
