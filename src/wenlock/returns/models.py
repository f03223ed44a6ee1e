"""What came in with a census file: the batch, the rows its children rest on, and what it gave otherwise."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex, GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.people.shared import counted_in_returns
from wenlock.returns import held
from wenlock.security.fields import a_person, a_provenance, an_actor, key
from wenlock.security.rows import about_a_person, audited, countable, granted, service_policies

SEEN = "(SELECT guard.may('import')) OR (SELECT guard.may('approve-return'))"


class ImportBatch(models.Model):
    """One file brought in. `years` are those in which its census ends, by Year and by ReferenceDate.

    `report` counts what was done and lists what was odd by line, and names no child.
    """

    id = key()
    provenance = a_provenance()
    collection = models.CharField(max_length=20)
    years = ArrayField(models.PositiveSmallIntegerField())
    authority = models.CharField(max_length=10, blank=True)
    children = models.PositiveIntegerField()
    report = models.JSONField()
    imported_by = an_actor()
    imported_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["years"], name="returns_batch_by_year"),
            BTreeIndex(fields=["-imported_at"], name="returns_batch_newest"),
        ]
        constraints: ClassVar = [
            CheckConstraint(name="returns_importbatch_has_a_year", condition=Q(years__len__gte=1)),
            DbTrigger(
                name="returns_importbatch_never_changed",
                events="UPDATE OR DELETE",
                function="guard.refuse_v1",
            ),
            RowPolicy(name="returns_importbatch_seen_by_those_who_bring_in", command="SELECT", using=SEEN),
            RowPolicy(
                name="returns_importbatch_brought_in_by_oneself",
                command="INSERT",
                with_check="(SELECT guard.may('import')) AND imported_by_id = (SELECT guard.actor())",
            ),
            *service_policies("returns_importbatch"),
            *granted(
                "returns_importbatch",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.BATCH)))})",
            ),
            *audited("returns_importbatch"),
            *counted_in_returns("returns_importbatch", "id, years, provenance_id"),
        ]


class ImportedChild(models.Model):
    """A child of a file, in the file's order, and the rows that hold what it told of them.

    The rows stay part of the census the file was, whatever the rules of selection say of their dates.
    `as_given` are those the file dated after its own census or gave against the rules: they go back as they
    came.
    """

    id = key()
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="told")
    person = a_person(related="+")
    position = models.PositiveIntegerField()
    rows = ArrayField(models.UUIDField())
    as_given = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person"], name="returns_importedchild_person")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["batch", "position"], name="returns_importedchild_in_order"),
            DbTrigger(
                name="returns_importedchild_never_changed",
                events="UPDATE OR DELETE",
                function="guard.refuse_v1",
            ),
            *about_a_person(
                "returns_importedchild",
                level="full",
                held=held.CHILD,
                capability="import",
                app="SELECT, INSERT",
                moves=(),
            ),
            *counted_in_returns("returns_importedchild", "batch_id, person_id, position, rows, as_given"),
        ]


class ImportDifference(models.Model):
    """Something a file said of a fact that is held otherwise: not applied, left for a person to decide."""

    id = key()
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="differences")
    person = a_person(related="+")
    row_id = models.UUIDField()
    element = models.CharField(max_length=80)
    given = models.CharField(max_length=80)
    line = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person"], name="returns_difference_by_person")]
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["batch", "row_id", "element", "given"], name="returns_importdifference_once"
            ),
            DbTrigger(
                name="returns_importdifference_never_changed",
                events="UPDATE OR DELETE",
                function="guard.refuse_v1",
            ),
            *about_a_person(
                "returns_importdifference",
                level="full",
                held=held.DIFFERENCE,
                capability="import",
                app="SELECT, INSERT",
                moves=(),
            ),
        ]
