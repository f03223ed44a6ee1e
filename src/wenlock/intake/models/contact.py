"""A contact: somebody telling or asking the council something, in their own words, and whom it is about."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex, GinIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.intake import codes, held
from wenlock.people.shared import decided_by_people
from wenlock.security.fields import a_person, a_provenance, an_actor, key
from wenlock.security.rows import (
    audited,
    classified,
    countable,
    granted,
    moved_by_a_merge,
    service_policies,
)

OPEN_TO_ME = (
    "(SELECT guard.may('screen')) "
    "OR ((SELECT guard.may('take-contact')) AND recorded_by_id = (SELECT guard.actor())) "
    "OR people && (SELECT guard.people('full'))::uuid[]"
)
# Nobody with a conflict sees it, and a contact about somebody whose record is closed is for those it is open to.
NOT_CLOSED_TO_ME = (
    "NOT (people && (SELECT guard.conflicts())::uuid[]) "
    "AND NOT (people && (SELECT guard.restricted_to_others())::uuid[])"
)
OF_A_CONTACT_SEEN = "EXISTS (SELECT 1 FROM intake_contact c WHERE c.id = contact_id)"


def where_it_came_from() -> list[DbTrigger]:
    """What the database sees to of a contact's source: the very body, the marks, the purpose and who met."""
    of_the_source: dict[str, tuple[str, ...]] = {
        "comes_from_its_source": ("contact_from_its_source_v1",),
        "names_its_body": ("contact_names_its_body_v1",),
        "carries_its_tags": ("contact_carries_its_tags_v1",),
        "fits_its_purpose": ("contact_fits_its_purpose_v1",),
        "says_who_met": ("contact_says_who_met_v1", codes.FACE_TO_FACE),
    }
    return [
        DbTrigger(
            name=f"intake_contact_{name}",
            events="INSERT",
            function=f"guard.{function}",
            arguments=tuple(arguments),
        )
        for name, (function, *arguments) in of_the_source.items()
    ]


class Contact(models.Model):
    """What was said, by whom and how; never changed, only decided on.

    `people` are those it was matched with, `decided_at` is when it was decided on, and `giver_unknown` says that the very
    body or person it came from is still to be found: the database keeps all three. It sets `tags` too, from the source,
    and `originator_code` where whoever gave it must be asked and gave no code.
    """

    id = key()
    reference = models.CharField(max_length=9)
    kind = models.CharField(max_length=10, choices=list(codes.KINDS.items()))
    words = models.TextField(blank=True)  # as much as somebody writes: no word of it is cut
    teller = models.CharField(max_length=12, choices=list(codes.TELLERS.items()))
    teller_name = models.CharField(max_length=150, blank=True)
    teller_role = models.CharField(max_length=150, blank=True)
    teller_reach = models.CharField(max_length=300, blank=True)
    in_confidence = models.BooleanField(default=False)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    giver_unknown = models.BooleanField(default=False, editable=False)
    originator_code = models.CharField(
        max_length=10, blank=True, choices=[(code.code, code.name) for code in codes.ORIGINATOR_CODES]
    )
    tags = ArrayField(models.CharField(max_length=20), default=list, editable=False)
    present = models.CharField(max_length=300, blank=True)  # who was there, when it was face to face
    danger = models.CharField(max_length=8, choices=list(codes.DANGERS.items()))
    urgency = models.CharField(max_length=10, choices=list(codes.URGENCIES.items()))
    complaint_about = models.CharField(max_length=12, choices=list(codes.COMPLAINT_ABOUT.items()), blank=True)
    agreed = models.CharField(max_length=10, choices=list(codes.AGREED.items()), default="not-asked")
    people = ArrayField(models.UUIDField(), default=list, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    provenance = a_provenance()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(
                fields=["recorded_at"], condition=Q(decided_at__isnull=True), name="intake_contact_undecided"
            ),
            GinIndex(fields=["people"], name="intake_contact_by_people"),
            BTreeIndex(fields=["recorded_by", "recorded_at"], name="intake_contact_by_recorder"),
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["reference"], name="intake_contact_reference_once"),
            CheckConstraint(name="intake_contact_kind_is_known", condition=Q(kind__in=list(codes.KINDS))),
            CheckConstraint(
                name="intake_contact_teller_is_known", condition=Q(teller__in=list(codes.TELLERS))
            ),
            CheckConstraint(
                name="intake_contact_danger_is_known", condition=Q(danger__in=list(codes.DANGERS))
            ),
            CheckConstraint(
                name="intake_contact_urgency_is_known", condition=Q(urgency__in=list(codes.URGENCIES))
            ),
            CheckConstraint(
                name="intake_contact_agreed_is_known", condition=Q(agreed__in=list(codes.AGREED))
            ),
            CheckConstraint(
                name="intake_contact_complaint_is_about_something",
                condition=Q(kind="complaint", complaint_about__in=list(codes.COMPLAINT_ABOUT))
                | (~Q(kind="complaint") & Q(complaint_about="")),
            ),
            CheckConstraint(
                name="intake_contact_danger_is_acted_on", condition=~Q(danger="now") | Q(urgency="immediate")
            ),
            CheckConstraint(
                name="intake_contact_unnamed_has_no_name",
                condition=~Q(teller="unnamed") | Q(teller_name=""),
            ),
            CheckConstraint(
                name="intake_contact_originator_code_is_known",
                condition=Q(originator_code__in=["", *(code.code for code in codes.ORIGINATOR_CODES)]),
            ),
            *where_it_came_from(),
            DbTrigger(
                name="intake_contact_never_changed",
                events="UPDATE OR DELETE",
                function="guard.contact_kept_v1",
            ),
            DbTrigger(
                name="intake_contact_clocks_follow_people",
                timing="AFTER",
                events="UPDATE OF people",
                function="guard.clocks_follow_people_v1",
            ),
            RowPolicy(name="intake_contact_seen", command="SELECT", using=OPEN_TO_ME),
            RowPolicy(
                name="intake_contact_taken",
                command="INSERT",
                with_check="((SELECT guard.may('take-contact')) OR (SELECT guard.may('receive'))) "
                "AND recorded_by_id = (SELECT guard.actor()) AND people = '{}' AND decided_at IS NULL",
            ),
            RowPolicy(
                name="intake_contact_not_closed_to_me",
                restrictive=True,
                using=NOT_CLOSED_TO_ME,
                with_check=NOT_CLOSED_TO_ME,
            ),
            RowPolicy(name="intake_contact_marked_by_guard", role=GUARD, command="UPDATE", using="true"),
            *service_policies("intake_contact"),
            *granted(
                "intake_contact",
                app="SELECT, INSERT",
                guard="SELECT, UPDATE (people, giver_unknown, decided_at)",
                prover=f"SELECT ({', '.join(sorted(countable(held.CONTACT)))})",
            ),
            *audited("intake_contact"),
            *classified("intake_contact", held.CONTACT),
        ]

    def __str__(self) -> str:
        return self.reference


class Mention(models.Model):
    """A child or adult a contact is about, as they were named; matched with a record by somebody, or not yet."""

    id = key()
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="mentions")
    position = models.PositiveSmallIntegerField()
    mentioned_as = models.CharField(max_length=5, choices=list(codes.MENTIONED_AS.items()))
    given = models.CharField(max_length=120, blank=True)
    family = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True, blank=True)
    age_said = models.CharField(max_length=40, blank=True)
    relationship = models.CharField(max_length=80, blank=True)
    where = models.CharField(max_length=300, blank=True)
    person = a_person(null=True, blank=True)
    matched_by = an_actor(null=True, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["person"], name="intake_mention_by_person")]
        constraints: ClassVar = [
            UniqueConstraint(fields=["contact", "position"], name="intake_mention_once_in_its_place"),
            UniqueConstraint(fields=["contact", "person"], name="intake_mention_of_one_person_once"),
            CheckConstraint(
                name="intake_mention_is_child_or_adult",
                condition=Q(mentioned_as__in=list(codes.MENTIONED_AS)),
            ),
            CheckConstraint(
                name="intake_mention_matched_by_somebody",
                condition=Q(person__isnull=True, matched_by__isnull=True, matched_at__isnull=True)
                | Q(person__isnull=False, matched_by__isnull=False, matched_at__isnull=False),
            ),
            decided_by_people("intake_mention", "matched_by_id"),
            DbTrigger(
                name="intake_mention_of_ones_own_contact",
                events="INSERT",
                function="guard.mention_is_written_v1",
            ),
            DbTrigger(
                name="intake_mention_marks_the_contact",
                timing="AFTER",
                events="UPDATE",
                function="guard.mention_marks_v1",
            ),
            DbTrigger(
                name="intake_mention_finds_who_wrote",
                timing="AFTER",
                events="UPDATE",
                function="guard.own_words_follow_v1",
            ),
            RowPolicy(name="intake_mention_seen_with_its_contact", command="SELECT", using=OF_A_CONTACT_SEEN),
            RowPolicy(
                name="intake_mention_named",
                command="INSERT",
                with_check="((SELECT guard.may('take-contact')) OR (SELECT guard.may('receive'))) AND person_id IS NULL",
            ),
            RowPolicy(
                name="intake_mention_matched",
                command="UPDATE",
                using=f"(SELECT guard.may('screen')) AND {OF_A_CONTACT_SEEN}",
                with_check="(SELECT guard.may('screen')) AND (person_id IS NULL "
                "OR (matched_by_id = (SELECT guard.actor()) "
                "AND EXISTS (SELECT 1 FROM people_person p WHERE p.id = person_id)))",
            ),
            RowPolicy(
                name="intake_mention_never_in_conflict",
                restrictive=True,
                using="person_id IS NULL OR person_id <> ALL ((SELECT guard.conflicts())::uuid[])",
                with_check="person_id IS NULL OR person_id <> ALL ((SELECT guard.conflicts())::uuid[])",
            ),
            *service_policies("intake_mention"),
            *granted(
                "intake_mention",
                app="SELECT, INSERT, UPDATE (person_id, matched_by_id, matched_at)",
                prover=f"SELECT ({', '.join(sorted(countable(held.MENTION)))})",
            ),
            *audited("intake_mention", person="person_id"),
            *classified("intake_mention", held.MENTION),
            *moved_by_a_merge("intake_mention"),
        ]

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()
