"""What the front door makes of a contact: notes while screening, one decision, and what the teller was told."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DbTrigger, RowPolicy
from wenlock.intake import codes, held
from wenlock.intake.models.contact import OF_A_CONTACT_SEEN, Contact
from wenlock.people.shared import decided_by_people, weighed_one_by_one
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import audited, classified, countable, granted, service_policies

# Whoever works with somebody a change is about may settle it, and say what came of it, without screening.
RECORDS = "(SELECT guard.may('record'))"
OF_A_CHANGE_SETTLED = (
    "EXISTS (SELECT 1 FROM intake_decision d WHERE d.contact_id = intake_feedback.contact_id "
    "AND d.outcome = 'settled')"
)


def _seen_with_its_contact(table: str) -> RowPolicy:
    return RowPolicy(name=f"{table}_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN)


def _kept(table: str, classification: Any, *, app: str) -> list[Any]:
    return [
        *service_policies(table),
        *granted(table, app=app, prover=f"SELECT ({', '.join(sorted(countable(classification)))})"),
        *audited(table),
        *classified(table, classification),
    ]


class Draft(models.Model):
    """A contact being taken, as far as its worker has typed it. Emptied when it is finished: the contact is kept then."""

    id = key()
    author = an_actor()
    typed = models.JSONField(default=dict, blank=True)
    kept_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["author"], condition=Q(finished_at__isnull=True), name="intake_draft_one_each"
            ),
            CheckConstraint(
                name="intake_draft_is_emptied", condition=Q(finished_at__isnull=True) | Q(typed={})
            ),
            RowPolicy(
                name="intake_draft_is_its_authors",
                using="author_id = (SELECT guard.actor()) AND (SELECT guard.may('take-contact'))",
                with_check="author_id = (SELECT guard.actor()) AND (SELECT guard.may('take-contact'))",
            ),
            *_kept("intake_draft", held.DRAFT, app="SELECT, INSERT, UPDATE (typed, kept_at, finished_at)"),
        ]


class ScreeningNote(models.Model):
    """What one worker writes while screening. Two who write at once have a note each, so both keep their words."""

    id = key()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="screening_notes")
    author = an_actor()
    text = models.TextField(max_length=20_000, blank=True)
    kept_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["contact", "author"],
                condition=Q(final_at__isnull=True),
                name="intake_screeningnote_one_draft_each",
            ),
            CheckConstraint(
                name="intake_screeningnote_final_says_something",
                condition=Q(final_at__isnull=True) | Q(text__regex=r"\S"),
            ),
            DbTrigger(
                name="intake_screeningnote_final_is_final",
                events="UPDATE",
                function="guard.screening_note_v1",
            ),
            _seen_with_its_contact("intake_screeningnote"),
            RowPolicy(
                name="intake_screeningnote_written_by_its_author",
                command="INSERT",
                with_check=f"(SELECT guard.may('screen')) AND author_id = (SELECT guard.actor()) AND {OF_A_CONTACT_SEEN}",
            ),
            RowPolicy(
                name="intake_screeningnote_changed_by_its_author",
                command="UPDATE",
                using="(SELECT guard.may('screen')) AND author_id = (SELECT guard.actor())",
                with_check="author_id = (SELECT guard.actor())",
            ),
            *_kept(
                "intake_screeningnote",
                held.SCREENING_NOTE,
                app="SELECT, INSERT, UPDATE (text, kept_at, final_at)",
            ),
        ]


class Decision(models.Model):
    """What follows from a contact: one outcome, by one person, with what they saw and why."""

    id = key()
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12)
    seen = models.TextField(max_length=4000)
    reason = models.TextField(max_length=4000)
    decided_by = an_actor()
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="intake_decision_outcome_is_known",
                condition=Q(outcome__in=[outcome.code for outcome in codes.OUTCOMES]),
            ),
            CheckConstraint(name="intake_decision_says_what_was_seen", condition=Q(seen__regex=r"\S")),
            CheckConstraint(name="intake_decision_says_why", condition=Q(reason__regex=r"\S")),
            decided_by_people("intake_decision", "decided_by_id"),
            weighed_one_by_one("intake_decision"),
            DbTrigger(
                name="intake_decision_names_a_child",
                events="INSERT",
                function="guard.decision_names_a_child_v1",
                arguments=tuple(outcome.code for outcome in codes.OUTCOMES if outcome.needs_child),
            ),
            DbTrigger(
                name="intake_decision_answers_its_kind",
                events="INSERT",
                function="guard.decision_answers_its_kind_v1",
                arguments=tuple(part for pair in codes.ANSWERS.items() for part in pair),
            ),
            DbTrigger(
                name="intake_decision_marks_the_contact",
                timing="AFTER",
                events="INSERT",
                function="guard.decision_marks_v1",
            ),
            DbTrigger(
                name="intake_decision_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            _seen_with_its_contact("intake_decision"),
            RowPolicy(
                name="intake_decision_made_by_oneself",
                command="INSERT",
                with_check=f"((SELECT guard.may('screen')) OR (outcome = 'settled' AND {RECORDS})) "
                f"AND decided_by_id = (SELECT guard.actor()) AND {OF_A_CONTACT_SEEN}",
            ),
            *_kept("intake_decision", held.DECISION, app="SELECT, INSERT"),
        ]


class Feedback(models.Model):
    """What whoever made contact was told of the decision, or why they were not told."""

    id = key()
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="feedback")
    how = models.CharField(max_length=12, choices=list(codes.HOW_TOLD.items()))
    words = models.TextField(max_length=4000, blank=True)
    why_not = models.CharField(max_length=500, blank=True)
    told_by = an_actor()
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="intake_feedback_how_is_known", condition=Q(how__in=list(codes.HOW_TOLD))),
            CheckConstraint(
                name="intake_feedback_says_what_or_why_not",
                condition=Q(how="not-told", why_not__regex=r"\S", words="")
                | (~Q(how="not-told") & Q(words__regex=r"\S", why_not="")),
            ),
            decided_by_people("intake_feedback", "told_by_id"),
            DbTrigger(
                name="intake_feedback_follows_a_decision",
                events="INSERT",
                function="guard.feedback_follows_v1",
            ),
            DbTrigger(
                name="intake_feedback_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            _seen_with_its_contact("intake_feedback"),
            RowPolicy(
                name="intake_feedback_given_by_oneself",
                command="INSERT",
                with_check=f"((SELECT guard.may('screen')) OR ({RECORDS} AND {OF_A_CHANGE_SETTLED})) "
                f"AND told_by_id = (SELECT guard.actor()) AND {OF_A_CONTACT_SEEN}",
            ),
            *_kept("intake_feedback", held.FEEDBACK, app="SELECT, INSERT"),
        ]
