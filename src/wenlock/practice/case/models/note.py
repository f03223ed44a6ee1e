"""Case notes: one note may be about several children; once final, it is only ever corrected by another."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.practice.case import codes, held
from wenlock.security.fields import a_person, a_provenance, an_actor, key
from wenlock.security.rows import about_a_person, audited, classified, countable, granted, service_policies

OPEN_TO_ME = (
    "author_id = (SELECT guard.actor()) "
    "OR (final_at IS NOT NULL AND EXISTS (SELECT 1 FROM case_notesubject s WHERE s.note_id = case_note.id))"
)
NOT_OF_MY_OWN = "id <> ALL ((SELECT guard.notes_in_conflict())::uuid[])"


class Note(models.Model):
    """What happened, in somebody's words. A draft is its author's alone; `corrects` is the note it replaces."""

    id = key()
    kind = models.CharField(max_length=12, choices=list(codes.NOTE_KINDS.items()))
    title = models.CharField(max_length=150)
    happened_at = models.DateTimeField()
    text = models.TextField(max_length=100_000)
    significance = models.BooleanField(default=False)
    third_party = models.BooleanField(default=False)
    author = an_actor()
    recorded_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_by = an_actor(null=True, blank=True)
    retracted_because = models.CharField(max_length=500, blank=True)
    provenance = a_provenance()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["author", "final_at"], name="case_note_by_author")]
        constraints: ClassVar = [
            CheckConstraint(name="case_note_kind_is_known", condition=Q(kind__in=list(codes.NOTE_KINDS))),
            CheckConstraint(
                name="case_note_final_says_something",
                condition=Q(final_at__isnull=True) | (~Q(text="") & ~Q(title="")),
            ),
            CheckConstraint(
                name="case_note_retraction_is_whole",
                condition=Q(retracted_at__isnull=True, retracted_by__isnull=True, retracted_because="")
                | (Q(retracted_at__isnull=False, retracted_by__isnull=False) & ~Q(retracted_because="")),
            ),
            RowPolicy(name="case_note_seen_with_a_subject", command="SELECT", using=OPEN_TO_ME),
            RowPolicy(
                name="case_note_written_by_its_author",
                command="INSERT",
                with_check="(SELECT guard.may('record')) AND author_id = (SELECT guard.actor())",
            ),
            RowPolicy(
                name="case_note_changed_with_a_subject",
                command="UPDATE",
                using=f"(SELECT guard.may('record')) AND ({OPEN_TO_ME})",
                with_check="(SELECT guard.may('record'))",
            ),
            RowPolicy(
                name="case_note_never_in_conflict",
                restrictive=True,
                using=NOT_OF_MY_OWN,
                with_check=NOT_OF_MY_OWN,
            ),
            *service_policies("case_note"),
            *granted(
                "case_note",
                app="SELECT, INSERT, UPDATE",
                prover=f"SELECT ({', '.join(sorted(countable(held.NOTE)))})",
            ),
            *audited("case_note"),
            *classified("case_note", held.NOTE),
            DbTrigger(
                name="case_note_corrects_one_seen",
                events="INSERT OR UPDATE OF corrects_id",
                function="guard.note_corrects_v1",
            ),
            DbTrigger(name="case_note_final_is_final", events="UPDATE", function="guard.note_is_final_v1"),
        ]


class NoteSubject(models.Model):
    """A child a note is about, and whether they were seen, and seen alone."""

    id = key()
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="subjects")
    person = a_person(related="note_subjects")
    seen = models.BooleanField(null=True, blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person"], name="case_notesubject_by_person")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["note", "person"], name="case_notesubject_once"),
            CheckConstraint(
                name="case_notesubject_alone_is_seen", condition=~Q(seen_alone=True) | Q(seen=True)
            ),
            DbTrigger(name="case_notesubject_not_once_final", function="guard.note_subject_v1"),
            *about_a_person(
                "case_notesubject",
                level="full",
                held=held.NOTE_SUBJECT,
                app="SELECT, INSERT, UPDATE (seen, seen_alone)",
            ),
        ]
