"""Consent to share: who gave it, to whom, for what, in which words; and its withdrawal, which takes effect at once."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q

from wenlock.base.constraints import DOOR, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import a_person, an_actor, key
from wenlock.security.rows import (
    audited,
    granted,
    moved_by_a_merge,
    never_in_conflict,
    seen_within,
    service_policies,
)
from wenlock.sharing import codes

SEEN = seen_within("person_id", "full")


class Consent(models.Model):
    """One consent about `person`, given by them or by somebody with parental responsibility for them.

    It covers one body of a recipient, one purpose and the categories named, until it is withdrawn or `until_on`. The
    withdrawal is filled in once, by anybody who sees the record, on nobody's approval; nothing else ever changes.
    """

    id = key()
    person = a_person(related="sharing_consents")
    given_by = a_person()
    capacity = models.CharField(max_length=12, choices=list(codes.CAPACITIES.items()))
    competent_because = models.CharField(max_length=500, blank=True)
    recipient = models.CharField(max_length=60)
    body = models.CharField(max_length=200)
    purpose = models.CharField(max_length=60)
    categories = ArrayField(models.CharField(max_length=60))
    wording = models.CharField(max_length=12, choices=list(codes.WORDINGS.items()))
    how = models.CharField(max_length=10, choices=list(codes.GIVEN_HOW.items()))
    given_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(
        max_length=12, choices=list(codes.WITHDRAWN_BY.items()), blank=True, default=""
    )
    withdrawal_recorded_by = an_actor(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person"], name="sharing_consent_by_person")]
        constraints: ClassVar = [
            CheckConstraint(
                name="sharing_consent_capacity_is_known", condition=Q(capacity__in=list(codes.CAPACITIES))
            ),
            CheckConstraint(
                name="sharing_consent_says_why_competent",
                condition=~Q(capacity="competent") | Q(competent_because__regex=r"\S.{9,}"),
            ),
            CheckConstraint(
                name="sharing_consent_has_a_scope",
                condition=Q(categories__len__gte=1) & Q(body__regex=r"\S"),
            ),
            CheckConstraint(
                name="sharing_consent_wording_is_known", condition=Q(wording__in=list(codes.WORDINGS))
            ),
            CheckConstraint(name="sharing_consent_how_is_known", condition=Q(how__in=list(codes.GIVEN_HOW))),
            CheckConstraint(
                name="sharing_consent_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawal_recorded_by__isnull=True)
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__in=list(codes.WITHDRAWN_BY),
                    withdrawal_recorded_by__isnull=False,
                ),
            ),
            DbTrigger(
                name="sharing_consent_by_who_may_give_it",
                events="INSERT",
                function="guard.consent_given_v1",
            ),
            DbTrigger(
                name="sharing_consent_only_withdrawn", events="UPDATE", function="guard.consent_withdrawn_v1"
            ),
            RowPolicy(name="sharing_consent_seen_by_relationship", command="SELECT", using=SEEN),
            RowPolicy(
                name="sharing_consent_recorded_by_relationship",
                command="INSERT",
                with_check=f"(SELECT guard.may('record')) AND ({SEEN}) AND recorded_by_id = (SELECT guard.actor())",
            ),
            # As easy as giving: whoever sees the record writes the withdrawal down, whatever else their role does.
            RowPolicy(
                name="sharing_consent_withdrawn_by_relationship",
                command="UPDATE",
                using=SEEN,
                with_check="true",
            ),
            never_in_conflict("sharing_consent", "person_id"),
            RowPolicy(name="sharing_consent_held_by_the_door", role=DOOR, using="true"),
            TableGrant(
                name="sharing_consent_door_may", role=DOOR, privileges="SELECT, UPDATE (withdrawn_at)"
            ),
            *service_policies("sharing_consent"),
            *granted(
                "sharing_consent",
                app="SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by, withdrawal_recorded_by_id)",
            ),
            *moved_by_a_merge("sharing_consent", "person_id", "given_by_id"),
            *audited("sharing_consent", person="person_id"),
        ]
