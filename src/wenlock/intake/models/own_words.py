"""A child's own words, kept letter for letter, and what was done about them."""

from typing import ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.intake import codes, held
from wenlock.intake.models.contact import OF_A_CONTACT_SEEN, Contact
from wenlock.intake.models.sources import NEVER_IN_CONFLICT
from wenlock.people.shared import decided_by_people
from wenlock.security.fields import a_person, a_provenance, an_actor, key
from wenlock.security.rows import audited, classified, countable, granted, seen_within, service_policies

SEEN = f"({seen_within('person_id', 'full')}) OR {OF_A_CONTACT_SEEN}"
OF_WORDS_SEEN = "EXISTS (SELECT 1 FROM intake_ownwords w WHERE w.id = own_words_id)"


class OwnWords(models.Model):
    """What a child wrote, exactly, in the contact it came in. `person` is the child once a worker has found who wrote it.

    `written_at` is when the child wrote it, `form` what they wrote it on, and `partner_key` the name it has with whoever
    passed it on, which is theirs alone: the same thing sent twice is one.
    """

    id = key()
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="own_words")
    person = a_person(null=True, blank=True)
    words = models.TextField()
    written_at = models.DateTimeField()
    source = models.CharField(max_length=40)
    form = models.CharField(max_length=120, blank=True)
    partner_key = models.CharField(max_length=100)
    agreement = models.ForeignKey("agencies.Agreement", on_delete=models.PROTECT, related_name="+")
    provenance = a_provenance()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person", "-written_at"], name="intake_ownwords_by_person")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["source", "partner_key"], name="intake_ownwords_once_from_a_partner"),
            CheckConstraint(name="intake_ownwords_say_something", condition=Q(words__regex=r"\S")),
            CheckConstraint(
                name="intake_ownwords_written_before_received", condition=Q(written_at__lte=F("recorded_at"))
            ),
            DbTrigger(
                name="intake_ownwords_under_an_agreement",
                events="INSERT",
                function="guard.own_words_received_v1",
            ),
            DbTrigger(
                name="intake_ownwords_never_changed",
                events="UPDATE OR DELETE",
                function="guard.own_words_kept_v1",
            ),
            RowPolicy(name="intake_ownwords_seen_with_the_child", command="SELECT", using=SEEN),
            RowPolicy(
                name="intake_ownwords_passed_on",
                command="INSERT",
                with_check="(SELECT guard.may('receive')) AND recorded_by_id = (SELECT guard.actor()) "
                "AND person_id IS NULL",
            ),
            RowPolicy(
                name="intake_ownwords_never_in_conflict",
                restrictive=True,
                using=NEVER_IN_CONFLICT,
                with_check=NEVER_IN_CONFLICT,
            ),
            RowPolicy(
                name="intake_ownwords_child_found_by_guard", role=GUARD, command="UPDATE", using="true"
            ),
            *service_policies("intake_ownwords"),
            *granted(
                "intake_ownwords",
                app="SELECT, INSERT",
                guard="SELECT, UPDATE (person_id)",
                prover=f"SELECT ({', '.join(sorted(countable(held.OWN_WORDS)))})",
            ),
            *audited("intake_ownwords", person="person_id"),
            *classified("intake_ownwords", held.OWN_WORDS),
        ]


class Answer(models.Model):
    """What was done about a child's own words, and when and how the child was told back, if they were yet."""

    id = key()
    own_words = models.ForeignKey(OwnWords, on_delete=models.PROTECT, related_name="answers")
    done = models.TextField(max_length=4000)
    told_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=12, choices=list(codes.HOW_INFORMED.items()), blank=True)
    answered_by = an_actor()
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="intake_answer_says_what_was_done", condition=Q(done__regex=r"\S")),
            CheckConstraint(
                name="intake_answer_says_how_the_child_was_told",
                condition=Q(told_on__isnull=True, how="")
                | Q(told_on__isnull=False, how__in=list(codes.HOW_INFORMED)),
            ),
            CheckConstraint(
                name="intake_answer_told_before_recorded",
                condition=Q(told_on__isnull=True) | Q(told_on__lte=F("answered_at__date")),
            ),
            decided_by_people("intake_answer", "answered_by_id"),
            DbTrigger(
                name="intake_answer_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(name="intake_answer_seen_with_the_words", command="SELECT", using=OF_WORDS_SEEN),
            RowPolicy(
                name="intake_answer_given_by_oneself",
                command="INSERT",
                with_check="((SELECT guard.may('screen')) OR (SELECT guard.may('record'))) "
                f"AND answered_by_id = (SELECT guard.actor()) AND {OF_WORDS_SEEN}",
            ),
            *service_policies("intake_answer"),
            *granted(
                "intake_answer",
                app="SELECT, INSERT",
                prover=f"SELECT ({', '.join(sorted(countable(held.ANSWER)))})",
            ),
            *audited("intake_answer"),
            *classified("intake_answer", held.ANSWER),
        ]
