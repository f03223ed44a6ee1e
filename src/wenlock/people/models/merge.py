"""Two records of one person made one: what was decided, every write with what was there before, and the undoing."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.base.held import Held
from wenlock.people import held
from wenlock.people.shared import by_person, decided_by_people
from wenlock.security.fields import a_person, an_actor, key
from wenlock.security.rows import (
    audited,
    countable,
    granted,
    never_in_conflict,
    seen_within,
    service_policies,
)


def kept_by_guard(table: str, declared: Held) -> list[Any]:
    """What a table of merges needs: written by the guard alone, never changed, seen with the record that stands."""
    return [
        RowPolicy(
            name=f"{table}_seen_by_relationship", command="SELECT", using=seen_within("person_id", "full")
        ),
        never_in_conflict(table, "person_id"),
        RowPolicy(name=f"{table}_kept_by_guard", role=GUARD, command="INSERT", with_check="true"),
        *service_policies(table),
        *granted(
            table,
            app="SELECT",
            guard="SELECT, INSERT",
            prover=f"SELECT ({', '.join(sorted(countable(declared)))})",
        ),
        DbTrigger(name=f"{table}_append_only", events="UPDATE OR DELETE", function="guard.refuse_v1"),
    ]


class Merge(models.Model):
    """That `other` was merged into `person`, who decided it and why.

    `fields` say for each fact that differed which record told it; `aside` are the rows not kept, which stand with
    `other`; `seen_by` are those who would see more, as the worker was shown.
    """

    id = key()
    person = a_person(related="merges")
    other = a_person(related="merged_away")
    fields = models.JSONField()
    aside = ArrayField(models.UUIDField())
    seen_by = ArrayField(models.UUIDField())
    reason = models.CharField(max_length=500)
    decided_by = an_actor()
    decided_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            by_person("people_merge"),
            BTreeIndex(fields=["other"], name="people_merge_by_other"),
        ]
        constraints: ClassVar = [
            CheckConstraint(name="people_merge_is_of_two", condition=~Q(other=F("person"))),
            CheckConstraint(name="people_merge_says_why", condition=Q(reason__regex=r"\S")),
            decided_by_people("people_merge", "decided_by_id"),
            *kept_by_guard("people_merge", held.MERGE),
            *audited("people_merge", person="person_id"),
        ]


class MergeMove(models.Model):
    """One write of a merge: the row, what its columns were and what they became, in the order they were written."""

    id = key()
    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="moves")
    person = a_person()
    position = models.PositiveIntegerField()
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    was = models.JSONField()
    becomes = models.JSONField()

    class Meta:
        indexes: ClassVar = [by_person("people_mergemove")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["merge", "position"], name="people_mergemove_in_order"),
            *kept_by_guard("people_mergemove", held.MERGE_MOVE),
        ]


class MergeUndo(models.Model):
    """That a merge was undone, by whom and why. `kept` are the columns that had been corrected since and kept that."""

    id = key()
    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="undone")
    person = a_person()
    reason = models.CharField(max_length=500)
    undone_by = an_actor()
    undone_at = models.DateTimeField()
    kept = models.JSONField()

    class Meta:
        indexes: ClassVar = [by_person("people_mergeundo")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["merge"], name="people_mergeundo_once"),
            CheckConstraint(name="people_mergeundo_says_why", condition=Q(reason__regex=r"\S")),
            decided_by_people("people_mergeundo", "undone_by_id"),
            *kept_by_guard("people_mergeundo", held.MERGE_UNDO),
            *audited("people_mergeundo", person="person_id"),
        ]
