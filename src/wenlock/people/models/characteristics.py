"""What is known of a person beyond name and place: much of it sensitive, each piece in a table of its own."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.people import codes, held
from wenlock.people.shared import Recorded, by_person, counted_in_returns, keeps_what_was
from wenlock.security.fields import an_actor, code_is_well_shaped, ends_after_it_begins
from wenlock.security.rows import about_a_person


class Disability(Recorded):
    """One impairment, in the Department's code; NONE is said, not left out."""

    code = models.CharField(max_length=10)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [by_person("people_disability")]
        constraints: ClassVar = [
            code_is_well_shaped("people_disability", "code"),
            ends_after_it_begins("people_disability", "from_on", "until_on"),
            keeps_what_was("people_disability"),
            *about_a_person("people_disability", level="full", held=held.DISABILITY),
            *counted_in_returns("people_disability", "id, person_id, code, position, from_on, until_on"),
        ]


class Ethnicity(Recorded):
    """Ethnic group as the child or carer gave it."""

    code = models.CharField(max_length=10)

    class Meta:
        indexes: ClassVar = [by_person("people_ethnicity")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["person"], name="people_ethnicity_one_each"),
            code_is_well_shaped("people_ethnicity", "code"),
            keeps_what_was("people_ethnicity"),
            *about_a_person(
                "people_ethnicity",
                level="full",
                held=held.ETHNICITY,
                # One each: where two records differ, a merge writes the one chosen.
                moves=("person_id", "code", "provenance_id", "recorded_by_id", "recorded_at", "as_received"),
            ),
            *counted_in_returns("people_ethnicity", "id, person_id, code"),
        ]


class Language(Recorded):
    """A language somebody speaks, and whether they need an interpreter in it."""

    name = models.CharField(max_length=60)
    first = models.BooleanField(default=True)
    interpreter_needed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [by_person("people_language")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["person", "name"], name="people_language_once"),
            CheckConstraint(name="people_language_is_not_blank", condition=~Q(name="")),
            keeps_what_was("people_language"),
            *about_a_person("people_language", level="summary", held=held.LANGUAGE),
        ]


class CommunicationNeed(Recorded):
    """How somebody is best spoken or written to."""

    need = models.CharField(max_length=120)
    what_helps = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [by_person("people_communicationneed")]
        constraints: ClassVar = [
            CheckConstraint(name="people_communicationneed_is_not_blank", condition=~Q(need="")),
            keeps_what_was("people_communicationneed"),
            *about_a_person("people_communicationneed", level="summary", held=held.COMMUNICATION_NEED),
        ]


class Warning(Recorded):
    """Something a worker must know before acting. It is reviewed, and says whether the person was told and, if not, why."""

    kind = models.CharField(max_length=30, choices=list(codes.WARNING_KINDS.items()))
    detail = models.CharField(max_length=1000)
    began_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    disclosed = models.BooleanField()
    not_disclosed_because = models.CharField(max_length=500, blank=True)
    agreed_by = an_actor()

    class Meta:
        indexes: ClassVar = [by_person("people_warning")]
        constraints: ClassVar = [
            CheckConstraint(
                name="people_warning_kind_is_known", condition=Q(kind__in=list(codes.WARNING_KINDS))
            ),
            CheckConstraint(
                name="people_warning_review_follows", condition=Q(review_on__gte=models.F("began_on"))
            ),
            CheckConstraint(
                name="people_warning_silence_has_a_reason",
                condition=Q(disclosed=True) | ~Q(not_disclosed_because=""),
            ),
            ends_after_it_begins("people_warning", "began_on", "ended_on"),
            keeps_what_was("people_warning"),
            *about_a_person("people_warning", level="summary", held=held.WARNING),
        ]
