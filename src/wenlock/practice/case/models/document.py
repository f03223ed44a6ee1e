"""Documents: encrypted where they lie, never changed, and kept in versions."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.files.kept import KeptFile, arrived_whole
from wenlock.practice.case import codes, held
from wenlock.security.fields import a_person, a_provenance, an_actor, key
from wenlock.security.rows import about_a_person, audited, classified, countable, granted, service_policies

SEEN_WITH_A_SUBJECT = (
    "recorded_by_id = (SELECT guard.actor()) "
    "OR EXISTS (SELECT 1 FROM case_documentsubject s WHERE s.document_id = case_document.id)"
)
NOT_OF_MY_OWN = "{column} <> ALL ((SELECT guard.documents_in_conflict())::uuid[])"


class Document(models.Model):
    """A paper, photograph or file about one or several people. An irreplaceable one is never disposed of in bulk."""

    id = key()
    title = models.CharField(max_length=200)
    document_class = models.CharField(max_length=12, choices=list(codes.DOCUMENT_CLASSES.items()))
    dated_on = models.DateField(null=True, blank=True)
    third_party = models.BooleanField(default=False)
    irreplaceable = models.BooleanField(default=False)
    provenance = a_provenance()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="case_document_class_is_known",
                condition=Q(document_class__in=list(codes.DOCUMENT_CLASSES)),
            ),
            CheckConstraint(name="case_document_has_a_title", condition=~Q(title="")),
            RowPolicy(name="case_document_seen_with_a_subject", command="SELECT", using=SEEN_WITH_A_SUBJECT),
            RowPolicy(
                name="case_document_recorded_by_worker",
                command="INSERT",
                with_check="(SELECT guard.may('record')) AND recorded_by_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="case_document_never_in_conflict",
                restrictive=True,
                using=NOT_OF_MY_OWN.format(column="id"),
            ),
            *service_policies("case_document"),
            *granted(
                "case_document",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.DOCUMENT)))})",
            ),
            *audited("case_document"),
            *classified("case_document", held.DOCUMENT),
        ]


class DocumentSubject(models.Model):
    """Somebody a document is about."""

    id = key()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="subjects")
    person = a_person(related="document_subjects")

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person"], name="case_documentsubject_by_person")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["document", "person"], name="case_documentsubject_once"),
            DbTrigger(
                name="case_documentsubject_of_a_document_seen",
                events="INSERT",
                function="guard.document_subject_v1",
            ),
            *about_a_person(
                "case_documentsubject", level="full", held=held.DOCUMENT_SUBJECT, app="SELECT, INSERT"
            ),
        ]


class DocumentVersion(KeptFile):
    """The bytes of a document at one time: where they lie encrypted, what they are, and their hash in the clear."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["document", "number"], name="case_documentversion_number_once"),
            *arrived_whole("case_documentversion"),
            RowPolicy(
                name="case_documentversion_seen_with_its_document",
                command="SELECT",
                using="EXISTS (SELECT 1 FROM case_document d WHERE d.id = document_id)",
            ),
            RowPolicy(
                name="case_documentversion_recorded_by_worker",
                command="INSERT",
                with_check="(SELECT guard.may('record')) AND recorded_by_id = (SELECT guard.actor()) "
                "AND EXISTS (SELECT 1 FROM case_document d WHERE d.id = document_id)",
            ),
            RowPolicy(
                name="case_documentversion_never_in_conflict",
                restrictive=True,
                using=NOT_OF_MY_OWN.format(column="document_id"),
            ),
            *service_policies("case_documentversion"),
            *granted(
                "case_documentversion",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.DOCUMENT_VERSION)))})",
            ),
            *audited("case_documentversion"),
            *classified("case_documentversion", held.DOCUMENT_VERSION),
            DbTrigger(
                name="case_documentversion_never_changed",
                events="UPDATE OR DELETE",
                function="guard.refuse_v1",
            ),
        ]
