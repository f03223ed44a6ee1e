"""Where people live, and how to reach them; and the addresses that must not be found."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.people import codes, held
from wenlock.people.shared import Recorded, by_person, keeps_what_was, makes_findable
from wenlock.security.fields import a_provenance, an_actor, ends_after_it_begins, key
from wenlock.security.rows import about_a_person, audited, classified, countable, granted, service_policies

# An address is seen with the residence that leads to it; a confidential one by nobody, until it is revealed.
SEEN_WITH_A_RESIDENCE = (
    "EXISTS (SELECT 1 FROM people_residence r WHERE r.address_id = people_address.id) "
    "AND (NOT confidential OR id = ANY ((SELECT guard.revealed_addresses())::uuid[]))"
)


class Address(models.Model):
    """A place. Marked confidential, its lines reach nobody through any person linked to it.

    `place_key` is the place however it is written (UPRN, or postcode and first line without punctuation), so that
    the same place recorded twice is protected twice.
    """

    id = key()
    lines = ArrayField(models.CharField(max_length=120))
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    place_key = models.CharField(max_length=140, editable=False)
    confidential = models.BooleanField(default=False)
    provenance = a_provenance()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["place_key"], name="people_address_by_place")]
        constraints: ClassVar = [
            CheckConstraint(name="people_address_has_a_line", condition=Q(lines__len__gte=1)),
            CheckConstraint(
                name="people_address_uprn_is_digits", condition=Q(uprn__regex=r"^([0-9]{1,12})?$")
            ),
            CheckConstraint(
                name="people_address_postcode_is_shaped",
                condition=Q(postcode__regex=r"^([A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})?$"),
            ),
            RowPolicy(
                name="people_address_seen_with_a_residence", command="SELECT", using=SEEN_WITH_A_RESIDENCE
            ),
            RowPolicy(
                name="people_address_recorded_by_worker",
                command="INSERT",
                with_check="(SELECT guard.may('record')) AND recorded_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="people_address_changed_with_a_residence",
                command="UPDATE",
                using=SEEN_WITH_A_RESIDENCE,
                with_check="(SELECT guard.may('record'))",
            ),
            RowPolicy(name="people_address_protected_by_guard", role=GUARD, command="UPDATE", using="true"),
            *service_policies("people_address"),
            *granted(
                "people_address",
                app="SELECT, INSERT, UPDATE (confidential)",
                guard="SELECT, UPDATE (confidential)",
                prover=f"SELECT ({', '.join(sorted(countable(held.ADDRESS)))})",
            ),
            *audited("people_address"),
            *classified("people_address", held.ADDRESS),
            DbTrigger(
                name="people_address_place", events="INSERT OR UPDATE", function="guard.address_place_v1"
            ),
            DbTrigger(
                name="people_address_protection_spreads",
                timing="AFTER",
                events="INSERT OR UPDATE",
                function="guard.protection_spreads_v1",
            ),
            DbTrigger(
                name="people_address_makes_findable",
                timing="AFTER",
                events="UPDATE",
                level="STATEMENT",
                referencing="OLD TABLE AS removed NEW TABLE AS added",
                function="guard.findable_follows_address_v1",
            ),
        ]


class Residence(Recorded):
    """Somebody's time at an address."""

    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="residences")
    kind = models.CharField(max_length=12, choices=list(codes.RESIDENCE_KINDS.items()), default="home")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("people_residence"),
            BTreeIndex(fields=["address"], name="people_residence_by_address"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="people_residence_kind_is_known", condition=Q(kind__in=list(codes.RESIDENCE_KINDS))
            ),
            ends_after_it_begins("people_residence", "from_on", "until_on"),
            keeps_what_was("people_residence"),
            DbTrigger(
                name="people_residence_at_an_address_seen",
                events="INSERT OR UPDATE OF address_id",
                function="guard.residence_in_sight_v1",
            ),
            *makes_findable("people_residence"),
            *about_a_person("people_residence", level="summary", held=held.RESIDENCE),
        ]


class AddressReveal(models.Model):
    """A protected address shown to one worker for ten minutes, with the reason; their manager sees that it was."""

    id = key()
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    revealed_to = an_actor()
    reason = models.CharField(max_length=500)
    revealed_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["revealed_to"], name="people_addressreveal_by_actor"),
            BTreeIndex(fields=["person_id"], name="people_addressreveal_by_person"),
        ]
        constraints: ClassVar = [
            CheckConstraint(name="people_addressreveal_says_why", condition=Q(reason__regex=r"\S.{9,}")),
            CheckConstraint(
                name="people_addressreveal_ten_minutes_at_most",
                condition=Q(
                    until_at__lte=F("revealed_at")
                    + models.Value("10 minutes", output_field=models.DurationField())
                ),
            ),
            RowPolicy(
                name="people_addressreveal_seen_by_self_or_manager",
                command="SELECT",
                using="revealed_to_id = (SELECT guard.actor()) OR (SELECT guard.may('review-access'))",
            ),
            RowPolicy(
                name="people_addressreveal_made_for_oneself",
                command="INSERT",
                with_check="revealed_to_id = (SELECT guard.actor()) AND (SELECT guard.may('reveal-address')) "
                "AND revealed_at BETWEEN statement_timestamp() - interval '1 minute' AND statement_timestamp() + interval '1 minute' "
                "AND EXISTS (SELECT 1 FROM people_residence r WHERE r.address_id = people_addressreveal.address_id "
                "AND r.person_id = people_addressreveal.person_id)",
            ),
            *service_policies("people_addressreveal"),
            *granted("people_addressreveal", app="SELECT, INSERT"),
            *audited("people_addressreveal", person="person_id"),
        ]


class ContactPoint(Recorded):
    """A number or address to reach somebody by; one not safe to use is shown with its warning, never as a link."""

    kind = models.CharField(max_length=10, choices=list(codes.CONTACT_KINDS.items()))
    value = models.CharField(max_length=254)
    safe_to_use = models.BooleanField(default=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [by_person("people_contactpoint")]
        constraints: ClassVar = [
            CheckConstraint(
                name="people_contactpoint_kind_is_known", condition=Q(kind__in=list(codes.CONTACT_KINDS))
            ),
            CheckConstraint(name="people_contactpoint_is_not_blank", condition=~Q(value="")),
            ends_after_it_begins("people_contactpoint", "from_on", "until_on"),
            keeps_what_was("people_contactpoint"),
            *about_a_person("people_contactpoint", level="summary", held=held.CONTACT_POINT),
        ]
