"""A person, their names over time, and the numbers others know them by."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex, OpClass
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.db.models.functions import Upper

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.people import codes, held
from wenlock.people.shared import Recorded, by_person, counted_in_returns, keeps_what_was, makes_findable
from wenlock.security.fields import (
    a_person,
    a_provenance,
    an_actor,
    code_is_well_shaped,
    ends_after_it_begins,
    key,
)
from wenlock.security.rows import (
    about_a_person,
    audited,
    classified,
    countable,
    granted,
    moved_by_a_merge,
    never_in_conflict,
    seen_within,
    service_policies,
)

LETTERS_AND_FIGURES = Func(
    F("value"), Value("[^A-Za-z0-9]"), Value(""), Value("g"), function="regexp_replace"
)


class Person(models.Model):
    """A child or an adult. Not yet born: `expected_on` and no `born_on`. `restricted` follows the restrictions in force.

    Both dates may stand together only as a file gave them: a check of the return questions it, nobody's record is lost.
    `merged_into` is the record that stands for this one, which is then only kept: `sql/merge_v1.sql` alone writes it.
    """

    id = key()
    born_on = models.DateField(null=True, blank=True)
    birth_estimated = models.BooleanField(default=False)
    expected_on = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, blank=True)
    gender = models.CharField(max_length=60, blank=True)
    professional = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    merged_into = a_person(related="merged", null=True, blank=True, db_index=False)
    provenance = a_provenance()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["born_on"], name="people_person_by_birth"),
            BTreeIndex(fields=["recorded_at", "id"], name="people_person_by_recording"),
            BTreeIndex(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="people_person_by_standing",
            ),
        ]
        constraints: ClassVar = [
            code_is_well_shaped("people_person", "sex"),
            CheckConstraint(
                name="people_person_is_merged_into_another",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            RowPolicy(
                name="people_person_seen_by_relationship",
                command="SELECT",
                using=seen_within("id", "index", person_table=True),
            ),
            RowPolicy(
                name="people_person_begun_by_worker",
                command="INSERT",
                with_check="(SELECT guard.may('record-person')) AND recorded_by_id = (SELECT guard.actor()) AND NOT restricted "
                "AND merged_into_id IS NULL",
            ),
            RowPolicy(
                name="people_person_changed_by_relationship",
                command="UPDATE",
                using=seen_within("id", "full", person_table=True),
                with_check="(SELECT guard.may('record')) AND merged_into_id IS NULL",
            ),
            never_in_conflict("people_person", "id"),
            RowPolicy(name="people_person_restricted_by_guard", role=GUARD, command="UPDATE", using="true"),
            *service_policies("people_person"),
            *granted(
                "people_person",
                app="SELECT, INSERT, UPDATE (born_on, birth_estimated, expected_on, died_on, sex, gender)",
                guard="SELECT, UPDATE (restricted)",  # and what a merge writes, below
                prover=f"SELECT ({', '.join(sorted(countable(held.PERSON)))})",
            ),
            *audited("people_person", person="id"),
            *moved_by_a_merge(
                "people_person",
                *("merged_into_id", "born_on", "birth_estimated", "expected_on", "died_on"),
                *("sex", "gender", "professional"),
            ),
            *classified("people_person", held.PERSON),
            DbTrigger(
                name="people_person_keeps_what_was",
                events="UPDATE",
                function="guard.keep_what_was_v1",
                arguments=("id",),
            ),
            DbTrigger(
                name="people_person_opens_to_its_recorder",
                timing="AFTER",
                events="INSERT",
                level="STATEMENT",
                referencing="NEW TABLE AS added",
                function="guard.open_to_recorder_v1",
            ),
            DbTrigger(
                name="people_person_birth_makes_findable",
                timing="AFTER",
                events="UPDATE",
                level="STATEMENT",
                referencing="OLD TABLE AS removed NEW TABLE AS added",
                function="guard.findable_follows_birth_v1",
            ),
            *counted_in_returns("people_person", "id, born_on, expected_on, died_on, sex"),
        ]


class Name(Recorded):
    """A name somebody has or had. What it can be found by is kept in `Findable`."""

    kind = models.CharField(max_length=10, choices=list(codes.NAME_KINDS.items()), default="legal")
    title = models.CharField(max_length=20, blank=True)
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [by_person("people_name")]
        constraints: ClassVar = [
            CheckConstraint(name="people_name_kind_is_known", condition=Q(kind__in=list(codes.NAME_KINDS))),
            CheckConstraint(name="people_name_is_not_blank", condition=~Q(given="") | ~Q(family="")),
            ends_after_it_begins("people_name", "from_on", "until_on"),
            keeps_what_was("people_name"),
            *makes_findable("people_name"),
            *about_a_person("people_name", level="index", held=held.NAME),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.given, self.family) if part)


class Identifier(Recorded):
    """A number others know somebody by. `questioned` says a check digit is wrong or another holds the same number."""

    scheme = models.CharField(max_length=20, choices=list(codes.IDENTIFIER_SCHEMES.items()))
    value = models.CharField(max_length=60)
    questioned = models.CharField(max_length=200, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("people_identifier"),
            BTreeIndex(fields=["scheme", "value"], name="people_identifier_by_value"),
            # As a search compares it, and by how it begins.
            BTreeIndex(
                OpClass(Upper(LETTERS_AND_FIGURES), name="text_pattern_ops"), name="identifier_as_typed"
            ),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="people_identifier_scheme_is_known",
                condition=Q(scheme__in=list(codes.IDENTIFIER_SCHEMES)),
            ),
            CheckConstraint(name="people_identifier_is_not_blank", condition=Q(value__regex=r"^\S(.*\S)?$")),
            ends_after_it_begins("people_identifier", "from_on", "until_on"),
            # Two people may be recorded under one number only when somebody has been told of it.
            UniqueConstraint(
                fields=["scheme", "value"],
                condition=Q(questioned="", until_on__isnull=True),
                name="people_identifier_is_one_persons",
            ),
            keeps_what_was("people_identifier"),
            *about_a_person("people_identifier", level="index", held=held.IDENTIFIER),
            *counted_in_returns(
                "people_identifier",
                "id, person_id, scheme, value, position, until_on",
                only="scheme IN ('LA-child-id', 'UPN', 'former-UPN')",
            ),
        ]


class IdentifierAbsence(Recorded):
    """Why somebody has no number of a scheme."""

    scheme = models.CharField(max_length=20, choices=list(codes.IDENTIFIER_SCHEMES.items()))
    reason = models.CharField(max_length=10)

    class Meta:
        indexes: ClassVar = [by_person("people_identifierabsence")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["person", "scheme"], name="people_identifierabsence_once"),
            code_is_well_shaped("people_identifierabsence", "reason"),
            keeps_what_was("people_identifierabsence"),
            *about_a_person("people_identifierabsence", level="full", held=held.IDENTIFIER_ABSENCE),
            *counted_in_returns("people_identifierabsence", "id, person_id, scheme, reason"),
        ]
