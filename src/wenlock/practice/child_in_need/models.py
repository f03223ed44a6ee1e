"""The facts of need: referral, assessment and its factors, plan and visits. The census reads them; nobody types it."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.people.shared import (
    Recorded,
    by_person,
    counted_in_returns,
    decided_by_people,
    keeps_what_was,
    same_person_as,
)
from wenlock.practice.child_in_need import codes, held
from wenlock.security.fields import an_actor, code_is_well_shaped, ends_after_it_begins
from wenlock.security.rows import about_a_person


def in_episode(related: str) -> "models.ForeignKey[Any, Any]":
    """The social care episode a fact belongs to."""
    return models.ForeignKey("child_in_need.Episode", on_delete=models.PROTECT, related_name=related)


class Episode(Recorded):
    """A referral, and the social care episode it opens; open until `closed_on`.

    `no_further_action` is None where nobody has said.
    """

    referred_on = models.DateField(null=True)
    referral_source = models.CharField(max_length=10, blank=True)
    referrer = models.CharField(max_length=200, blank=True)
    primary_need = models.CharField(max_length=10, blank=True)
    no_further_action = models.BooleanField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("child_in_need_episode"),
            BTreeIndex(fields=["referred_on"], name="child_in_need_episode_by_date"),
            BTreeIndex(
                fields=["person"], condition=Q(closed_on__isnull=True), name="child_in_need_episode_open"
            ),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="child_in_need_episode_has_a_referral",
                condition=Q(as_received=True) | (Q(referred_on__isnull=False) & ~Q(referral_source="")),
            ),
            CheckConstraint(
                name="child_in_need_episode_closed_with_a_reason",
                condition=Q(as_received=True)
                | Q(closed_on__isnull=True, closure_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closure_reason="")),
            ),
            ends_after_it_begins("child_in_need_episode", "referred_on", "closed_on"),
            *(
                code_is_well_shaped("child_in_need_episode", column)
                for column in ("referral_source", "primary_need", "closure_reason")
            ),
            keeps_what_was("child_in_need_episode"),
            decided_by_people("child_in_need_episode"),
            *about_a_person("child_in_need_episode", level="full", held=held.EPISODE),
            *counted_in_returns(
                "child_in_need_episode",
                "id, person_id, referred_on, referral_source, primary_need, no_further_action, closed_on, "
                "closure_reason, position, provenance_id",
            ),
        ]


class Assessment(Recorded):
    """A child and family assessment. `factors_asked` is true where factors were recorded as asked, though none found."""

    episode = in_episode("assessments")
    began_on = models.DateField(null=True)
    internal_review_on = models.DateField(null=True, blank=True)
    authorised_on = models.DateField(null=True, blank=True)
    factors_asked = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            by_person("child_in_need_assessment"),
            BTreeIndex(fields=["episode"], name="child_in_need_assessment_ep"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="child_in_need_assessment_has_begun",
                condition=Q(as_received=True) | Q(began_on__isnull=False),
            ),
            ends_after_it_begins("child_in_need_assessment", "began_on", "authorised_on"),
            keeps_what_was("child_in_need_assessment"),
            decided_by_people("child_in_need_assessment"),
            same_person_as("child_in_need_assessment", "episode_id", "child_in_need_episode"),
            *about_a_person("child_in_need_assessment", level="full", held=held.ASSESSMENT),
            *counted_in_returns(
                "child_in_need_assessment",
                "id, person_id, episode_id, began_on, internal_review_on, authorised_on, factors_asked, position, "
                "provenance_id",
            ),
        ]


class AssessmentFactor(Recorded):
    """A factor found by the end of an assessment, in the Department's code."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="factors")
    code = models.CharField(max_length=10)

    class Meta:
        indexes: ClassVar = [
            by_person("child_in_need_assessmentfactor"),
            BTreeIndex(fields=["assessment"], name="child_in_need_factor_by_asst"),
        ]
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["assessment", "code"],
                condition=Q(as_received=False),
                name="child_in_need_assessmentfactor_once",
            ),
            code_is_well_shaped("child_in_need_assessmentfactor", "code"),
            keeps_what_was("child_in_need_assessmentfactor"),
            decided_by_people("child_in_need_assessmentfactor"),
            same_person_as("child_in_need_assessmentfactor", "assessment_id", "child_in_need_assessment"),
            *about_a_person("child_in_need_assessmentfactor", level="full", held=held.FACTOR),
            *counted_in_returns(
                "child_in_need_assessmentfactor", "id, person_id, assessment_id, code, position"
            ),
        ]


class Plan(Recorded):
    """A child in need plan; at most one is open for a child at a time."""

    episode = in_episode("plans")
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("child_in_need_plan"),
            BTreeIndex(fields=["episode"], name="child_in_need_plan_by_episode"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="child_in_need_plan_has_begun", condition=Q(as_received=True) | Q(began_on__isnull=False)
            ),
            UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True, as_received=False),
                name="child_in_need_plan_one_open",
            ),
            ends_after_it_begins("child_in_need_plan", "began_on", "ended_on"),
            keeps_what_was("child_in_need_plan"),
            decided_by_people("child_in_need_plan"),
            same_person_as("child_in_need_plan", "episode_id", "child_in_need_episode"),
            *about_a_person("child_in_need_plan", level="full", held=held.PLAN),
            *counted_in_returns(
                "child_in_need_plan", "id, person_id, episode_id, began_on, ended_on, position, provenance_id"
            ),
        ]


class Visit(Recorded):
    """A visit to a child under an episode, by a named worker (notice: face to face)."""

    episode = in_episode("visits")
    duty = models.CharField(max_length=12, choices=list(codes.VISIT_DUTIES.items()))
    visited_on = models.DateField()
    visitor = an_actor()
    place = models.CharField(max_length=120, blank=True)
    seen = models.BooleanField()
    seen_alone = models.BooleanField()
    bedroom_seen = models.BooleanField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [by_person("child_in_need_visit")]
        constraints: ClassVar = [
            CheckConstraint(
                name="child_in_need_visit_duty_is_known", condition=Q(duty__in=list(codes.VISIT_DUTIES))
            ),
            CheckConstraint(
                name="child_in_need_visit_alone_is_seen", condition=Q(seen_alone=False) | Q(seen=True)
            ),
            keeps_what_was("child_in_need_visit"),
            decided_by_people("child_in_need_visit"),
            same_person_as("child_in_need_visit", "episode_id", "child_in_need_episode"),
            *about_a_person("child_in_need_visit", level="full", held=held.VISIT),
        ]
