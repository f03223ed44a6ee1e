"""The bodies information comes from, each of a source the notice names (N15–N26)."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Upper

from wenlock.agencies import held
from wenlock.agencies.codes import OTHER_AUTHORITY, ROLES
from wenlock.base.constraints import DbTrigger, Exclusion, RowPolicy
from wenlock.security.fields import an_actor, code_is_well_shaped, ends_after_it_begins, key
from wenlock.security.rows import audited, classified, granted, service_policies


class Agency(models.Model):
    """A school, a practice, a force or another authority. `source` is the code of its kind in the notice.

    Another authority is named by its Department for Education number, never in free text alone (N20).
    """

    id = key()
    source = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    official_code = models.CharField(max_length=20, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["source", "name"], name="agencies_agency_by_source")]
        constraints: ClassVar = [
            CheckConstraint(name="agencies_agency_has_a_name", condition=Q(name__regex=r"\S")),
            code_is_well_shaped("agencies_agency", "source"),
            CheckConstraint(
                name="agencies_agency_authority_has_its_number",
                condition=~Q(source=OTHER_AUTHORITY) | Q(official_code__regex=r"^[0-9]{3}$"),
            ),
            UniqueConstraint(
                "source",
                Upper("name"),
                condition=Q(until_on__isnull=True),
                name="agencies_agency_named_once",
            ),
            ends_after_it_begins("agencies_agency", "from_on", "until_on", unless_as_received=False),
            RowPolicy(
                name="agencies_agency_seen_by_staff",
                command="SELECT",
                using="(SELECT guard.actor()) IS NOT NULL",
            ),
            RowPolicy(
                name="agencies_agency_recorded_by_staff",
                command="INSERT",
                with_check="(SELECT guard.may('take-contact')) AND recorded_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="agencies_agency_kept_by_the_front_door",
                command="UPDATE",
                using="(SELECT guard.may('screen'))",
                with_check="(SELECT guard.may('screen'))",
            ),
            *service_policies("agencies_agency"),
            *granted(
                "agencies_agency",
                app="SELECT, INSERT, UPDATE (email, telephone, until_on)",
                prover="SELECT (id, source, official_code, until_on)",
            ),
            *audited("agencies_agency"),
            *classified("agencies_agency", held.AGENCY),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """The contract under which a body passes information on: in force in [from_on, until_on), and ended, never changed."""

    id = key()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    reference = models.CharField(max_length=80)
    role = models.CharField(max_length=12, choices=list(ROLES.items()))
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="agencies_agreement_has_a_reference", condition=Q(reference__regex=r"\S")),
            CheckConstraint(name="agencies_agreement_role_is_known", condition=Q(role__in=list(ROLES))),
            CheckConstraint(
                name="agencies_agreement_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
            ),
            Exclusion(
                name="agencies_agreement_one_at_a_time",
                expression="agency_id WITH =, daterange(from_on, until_on, '[)') WITH &&",
            ),
            DbTrigger(
                name="agencies_agreement_only_ends",
                events="UPDATE OR DELETE",
                function="guard.agreement_only_ends_v1",
            ),
            RowPolicy(
                name="agencies_agreement_seen_by_staff",
                command="SELECT",
                using="(SELECT guard.actor()) IS NOT NULL",
            ),
            RowPolicy(
                name="agencies_agreement_recorded_by_whoever_governs",
                command="INSERT",
                with_check="(SELECT guard.may('govern-notice')) AND recorded_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="agencies_agreement_ended_by_whoever_governs",
                command="UPDATE",
                using="(SELECT guard.may('govern-notice'))",
                with_check="(SELECT guard.may('govern-notice'))",
            ),
            *service_policies("agencies_agreement"),
            *granted(
                "agencies_agreement",
                app="SELECT, INSERT, UPDATE (until_on)",
                prover="SELECT (id, agency_id, from_on, until_on)",
            ),
            *audited("agencies_agreement"),
            *classified("agencies_agreement", held.AGREEMENT),
        ]

    def __str__(self) -> str:
        return self.reference
