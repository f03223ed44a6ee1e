"""The facts of protection: strategy discussion, enquiry, conference, plan with its categories, and reviews."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
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
from wenlock.practice.protection import codes, held
from wenlock.security.fields import an_actor, code_is_well_shaped, ends_after_it_begins
from wenlock.security.rows import about_a_person


def in_episode(related: str) -> "models.ForeignKey[Any, Any]":
    """The social care episode a fact belongs to."""
    return models.ForeignKey("child_in_need.Episode", on_delete=models.PROTECT, related_name=related)


class StrategyDiscussion(Recorded):
    """A discussion between agencies when a child is suspected to be suffering, or likely to suffer, significant harm.

    Law: Children Act 1989 s.47; Working Together to Safeguard Children.
    """

    episode = in_episode("strategy_discussions")
    held_on = models.DateField()
    chair = an_actor(null=True, blank=True)
    agencies = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    decided = models.CharField(max_length=30, choices=list(codes.STRATEGY_DECISIONS.items()), blank=True)

    class Meta:
        indexes: ClassVar = [by_person("protection_strategydiscussion")]
        constraints: ClassVar = [
            CheckConstraint(
                name="protection_strategydiscussion_decision_is_known",
                condition=Q(decided="") | Q(decided__in=list(codes.STRATEGY_DECISIONS)),
            ),
            keeps_what_was("protection_strategydiscussion"),
            decided_by_people("protection_strategydiscussion"),
            same_person_as("protection_strategydiscussion", "episode_id", "child_in_need_episode"),
            *about_a_person("protection_strategydiscussion", level="full", held=held.STRATEGY_DISCUSSION),
        ]


class Section47Enquiry(Recorded):
    """An enquiry under section 47, from the strategy discussion that started it (`began_on`) to its outcome."""

    episode = in_episode("enquiries")
    strategy_discussion = models.ForeignKey(
        StrategyDiscussion, on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    began_on = models.DateField(null=True)
    conference_target_on = models.DateField(null=True, blank=True)
    conference_not_required = models.BooleanField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=30, choices=list(codes.ENQUIRY_OUTCOMES.items()), blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("protection_section47enquiry"),
            BTreeIndex(fields=["episode"], name="protection_enquiry_by_episode"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="protection_section47enquiry_has_begun",
                condition=Q(as_received=True) | Q(began_on__isnull=False),
            ),
            CheckConstraint(
                name="protection_section47enquiry_outcome_is_known",
                condition=Q(outcome="") | Q(outcome__in=list(codes.ENQUIRY_OUTCOMES)),
            ),
            ends_after_it_begins("protection_section47enquiry", "began_on", "ended_on"),
            keeps_what_was("protection_section47enquiry"),
            decided_by_people("protection_section47enquiry"),
            same_person_as("protection_section47enquiry", "episode_id", "child_in_need_episode"),
            same_person_as(
                "protection_section47enquiry", "strategy_discussion_id", "protection_strategydiscussion"
            ),
            *about_a_person("protection_section47enquiry", level="full", held=held.ENQUIRY),
            *counted_in_returns(
                "protection_section47enquiry",
                "id, person_id, episode_id, began_on, conference_target_on, conference_not_required, position, "
                "provenance_id",
            ),
        ]


class InitialConference(Recorded):
    """An initial child protection conference: after an enquiry, or (`enquiry` empty) for a child who moved in."""

    episode = in_episode("conferences")
    enquiry = models.ForeignKey(
        Section47Enquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="conferences"
    )
    held_on = models.DateField()
    transfer_in = models.BooleanField(null=True, blank=True)
    meeting = models.UUIDField(null=True, blank=True)
    chair = an_actor(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("protection_initialconference"),
            BTreeIndex(fields=["episode"], name="protection_conference_by_ep"),
        ]
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["enquiry"],
                condition=Q(enquiry__isnull=False),
                name="protection_initialconference_one_each",
            ),
            keeps_what_was("protection_initialconference"),
            decided_by_people("protection_initialconference"),
            same_person_as("protection_initialconference", "episode_id", "child_in_need_episode"),
            same_person_as("protection_initialconference", "enquiry_id", "protection_section47enquiry"),
            *about_a_person("protection_initialconference", level="full", held=held.CONFERENCE),
            *counted_in_returns(
                "protection_initialconference",
                "id, person_id, episode_id, enquiry_id, held_on, position, provenance_id",
            ),
        ]


class ProtectionPlan(Recorded):
    """A child protection plan. `previous_plans` counts the plans the child had before, here or elsewhere."""

    episode = in_episode("protection_plans")
    conference = models.ForeignKey(
        InitialConference, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True, blank=True)
    previous_plans = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("protection_protectionplan"),
            BTreeIndex(fields=["episode"], name="protection_plan_by_episode"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="protection_protectionplan_has_begun",
                condition=Q(as_received=True) | Q(began_on__isnull=False),
            ),
            UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True, as_received=False),
                name="protection_protectionplan_one_open",
            ),
            ends_after_it_begins("protection_protectionplan", "began_on", "ended_on"),
            keeps_what_was("protection_protectionplan"),
            decided_by_people("protection_protectionplan"),
            same_person_as("protection_protectionplan", "episode_id", "child_in_need_episode"),
            same_person_as("protection_protectionplan", "conference_id", "protection_initialconference"),
            *about_a_person("protection_protectionplan", level="full", held=held.PLAN),
            *counted_in_returns(
                "protection_protectionplan",
                "id, person_id, episode_id, began_on, ended_on, previous_plans, position, provenance_id",
            ),
        ]


class PlanCategory(Recorded):
    """A category of abuse a plan was made or continued under; the first is position 0, the latest the highest."""

    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="categories")
    code = models.CharField(max_length=10)
    since_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("protection_plancategory"),
            BTreeIndex(fields=["plan"], name="protection_category_by_plan"),
        ]
        constraints: ClassVar = [
            UniqueConstraint(fields=["plan", "position"], name="protection_plancategory_in_order"),
            code_is_well_shaped("protection_plancategory", "code"),
            keeps_what_was("protection_plancategory"),
            decided_by_people("protection_plancategory"),
            same_person_as("protection_plancategory", "plan_id", "protection_protectionplan"),
            *about_a_person("protection_plancategory", level="full", held=held.CATEGORY),
            *counted_in_returns("protection_plancategory", "id, person_id, plan_id, code, position"),
        ]


class ReviewConference(Recorded):
    """A review of a protection plan."""

    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    chair = an_actor(null=True, blank=True)
    plan_continues = models.BooleanField(null=True, blank=True)
    quorate = models.BooleanField(null=True, blank=True)
    participation = models.CharField(max_length=4, choices=list(codes.PARTICIPATION.items()), blank=True)

    class Meta:
        indexes: ClassVar = [
            by_person("protection_reviewconference"),
            BTreeIndex(fields=["plan"], name="protection_review_by_plan"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="protection_reviewconference_participation_is_known",
                condition=Q(participation="") | Q(participation__in=list(codes.PARTICIPATION)),
            ),
            keeps_what_was("protection_reviewconference"),
            decided_by_people("protection_reviewconference"),
            same_person_as("protection_reviewconference", "plan_id", "protection_protectionplan"),
            *about_a_person("protection_reviewconference", level="full", held=held.REVIEW),
            *counted_in_returns(
                "protection_reviewconference", "id, person_id, plan_id, held_on, position, provenance_id"
            ),
        ]
