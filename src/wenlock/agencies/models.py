"""The bodies information comes from, each of a source the notice names (N15–N26)."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Upper

from wenlock.agencies import held
from wenlock.base.constraints import RowPolicy
from wenlock.security.fields import an_actor, code_is_well_shaped, ends_after_it_begins, key
from wenlock.security.rows import audited, classified, granted, service_policies

OTHER_AUTHORITY = "other-local-authorities"


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
