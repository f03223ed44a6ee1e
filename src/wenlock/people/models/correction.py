"""What was there before a correction, and records that may be one person's."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.people import held
from wenlock.people.shared import by_person
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


class Correction(models.Model):
    """A row as it was before somebody corrected it, which columns changed, and why. Written by trigger alone."""

    id = key()
    person = a_person(related="corrections")
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    columns = ArrayField(models.CharField(max_length=63))
    was = models.JSONField()
    reason = models.CharField(max_length=500)
    recorded_by = an_actor(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            by_person("people_correction"),
            BTreeIndex(fields=["row_id"], name="people_correction_by_row"),
        ]
        constraints: ClassVar = [
            CheckConstraint(name="people_correction_says_why", condition=~Q(reason="")),
            RowPolicy(
                name="people_correction_seen_by_relationship",
                command="SELECT",
                using=seen_within("person_id", "full"),
            ),
            never_in_conflict("people_correction", "person_id"),
            RowPolicy(
                name="people_correction_kept_by_guard", role=GUARD, command="INSERT", with_check="true"
            ),
            *service_policies("people_correction"),
            *granted(
                "people_correction",
                app="SELECT",
                guard="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.CORRECTION)))})",
            ),
            DbTrigger(
                name="people_correction_append_only", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
        ]


class MatchProposal(models.Model):
    """Two records that may be one person's: proposed with reasons by a rule, decided by a person, never by itself."""

    id = key()
    person = a_person(related="match_proposals")
    other = a_person(related="+")
    reasons = ArrayField(models.CharField(max_length=200))
    proposed_by = an_actor()
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True)
    decided_by = an_actor(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [by_person("people_matchproposal")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["person", "other"], name="people_matchproposal_once"),
            CheckConstraint(name="people_matchproposal_is_of_two", condition=~Q(other=F("person"))),
            CheckConstraint(
                name="people_matchproposal_answer_is_somebodys",
                condition=Q(answer="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(answer__in=["same", "different"], decided_by__isnull=False, decided_at__isnull=False),
            ),
            DbTrigger(
                name="people_matchproposal_decided_by_a_person",
                function="guard.decided_by_a_person_v1",
                arguments=("decided_by_id",),
            ),
            RowPolicy(
                name="people_matchproposal_seen_by_relationship",
                command="SELECT",
                using=seen_within("person_id", "summary"),
            ),
            RowPolicy(
                name="people_matchproposal_proposed",
                command="INSERT",
                with_check="(SELECT guard.may('record')) AND proposed_by_id = (SELECT guard.actor()) AND answer = ''",
            ),
            RowPolicy(
                name="people_matchproposal_answered",
                command="UPDATE",
                using=f"(SELECT guard.may('record')) AND ({seen_within('person_id', 'summary')})",
                with_check="decided_by_id = (SELECT guard.actor())",
            ),
            never_in_conflict("people_matchproposal", "person_id", "other_id"),
            *service_policies("people_matchproposal"),
            *granted(
                "people_matchproposal",
                app="SELECT, INSERT, UPDATE (answer, decided_by_id, decided_at)",
                prover=f"SELECT ({', '.join(sorted(countable(held.MATCH)))})",
            ),
            *audited("people_matchproposal", person="person_id"),
            *classified("people_matchproposal", held.MATCH),
            *moved_by_a_merge(
                "people_matchproposal", "person_id", "other_id", "answer", "decided_by_id", "decided_at"
            ),
        ]
