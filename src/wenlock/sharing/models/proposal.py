"""What somebody wants to share: about whom, with whom, why, and which rows of the record; and what was decided."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from wenlock.base.constraints import DOOR, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import a_person, an_actor, key
from wenlock.security.rows import audited, granted, never_in_conflict, seen_within, service_policies
from wenlock.sharing import codes
from wenlock.sharing.models.destination import Destination

SEEN = seen_within("person_id", "full")
SEEN_WITH_ITS_PROPOSAL = "EXISTS (SELECT 1 FROM sharing_proposal p WHERE p.id = proposal_id)"


def kept_as_written(table: str) -> list[DbTrigger | RowPolicy | TableGrant]:
    """What the rows of a proposal share: never changed, read by the door, seen by the guard and the prover."""
    return [
        DbTrigger(name=f"{table}_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"),
        RowPolicy(name=f"{table}_read_by_the_door", role=DOOR, command="SELECT", using="true"),
        TableGrant(name=f"{table}_door_may", role=DOOR, privileges="SELECT"),
        *service_policies(table),
        *granted(table, app="SELECT, INSERT"),
    ]


class Proposal(models.Model):
    """A proposal to share something about one person, under a named rule of the notice, at one destination.

    `why` says what makes it necessary; `asked_in` is the recipient's own reference, if they asked.
    """

    id = key()
    person = a_person(related="sharing_proposals")
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=80)
    why = models.CharField(max_length=2000)
    asked_in = models.CharField(max_length=80, blank=True)
    regime = models.CharField(max_length=10, choices=list(codes.REGIMES.items()), blank=True)
    proposed_by = an_actor()
    proposed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["person"], name="sharing_proposal_by_person"),
            BTreeIndex(fields=["proposed_at"], name="sharing_proposal_newest"),
        ]
        constraints: ClassVar = [
            CheckConstraint(name="sharing_proposal_says_why", condition=Q(why__regex=r"\S.{9,}")),
            CheckConstraint(
                name="sharing_proposal_regime_is_known", condition=Q(regime__in=["", *codes.REGIMES])
            ),
            DbTrigger(
                name="sharing_proposal_to_a_destination_kept",
                events="INSERT",
                function="guard.destination_kept_v1",
            ),
            RowPolicy(name="sharing_proposal_seen_by_relationship", command="SELECT", using=SEEN),
            RowPolicy(
                name="sharing_proposal_made_by_relationship",
                command="INSERT",
                with_check=f"(SELECT guard.may('share')) AND ({SEEN}) AND proposed_by_id = (SELECT guard.actor())",
            ),
            never_in_conflict("sharing_proposal", "person_id"),
            *kept_as_written("sharing_proposal"),
            *audited("sharing_proposal", person="person_id"),
        ]


class Item(models.Model):
    """One row of a record, and which of its columns are to be shared.

    `originator_agreed` names who at the body it came from agreed to its going further, and on which day.
    """

    id = key()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="items")
    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    columns = ArrayField(models.CharField(max_length=63))
    originator_agreed = models.CharField(max_length=200, blank=True)
    originator_agreed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["proposal", "table_name", "row_id"], name="sharing_item_once"),
            CheckConstraint(name="sharing_item_names_its_columns", condition=Q(columns__len__gte=1)),
            CheckConstraint(
                name="sharing_item_agreement_is_dated",
                condition=Q(originator_agreed="", originator_agreed_on__isnull=True)
                | (~Q(originator_agreed="") & Q(originator_agreed_on__isnull=False)),
            ),
            DbTrigger(
                name="sharing_item_not_once_weighed", events="INSERT", function="guard.item_in_time_v1"
            ),
            RowPolicy(
                name="sharing_item_seen_with_its_proposal", command="SELECT", using=SEEN_WITH_ITS_PROPOSAL
            ),
            RowPolicy(
                name="sharing_item_chosen_by_the_proposer",
                command="INSERT",
                with_check="EXISTS (SELECT 1 FROM sharing_proposal p WHERE p.id = proposal_id "
                "AND p.proposed_by_id = (SELECT guard.actor()))",
            ),
            *kept_as_written("sharing_item"),
            *audited("sharing_item"),
        ]


class Weighing(models.Model):
    """What was found when a proposal was weighed: every finding, for and against, as it stood at that moment."""

    id = key()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="weighings")
    stage = models.CharField(max_length=10, choices=list(codes.STAGES.items()))
    allowed = models.BooleanField()
    findings = models.JSONField()
    weighed_by = an_actor()
    weighed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [BTreeIndex(fields=["proposal"], name="sharing_weighing_of")]
        constraints: ClassVar = [
            CheckConstraint(
                name="sharing_weighing_stage_is_known", condition=Q(stage__in=list(codes.STAGES))
            ),
            RowPolicy(
                name="sharing_weighing_seen_with_its_proposal", command="SELECT", using=SEEN_WITH_ITS_PROPOSAL
            ),
            RowPolicy(
                name="sharing_weighing_of_a_proposal_seen",
                command="INSERT",
                with_check=f"weighed_by_id = (SELECT guard.actor()) AND {SEEN_WITH_ITS_PROPOSAL}",
            ),
            *kept_as_written("sharing_weighing"),
            *audited("sharing_weighing"),
        ]


class Answer(models.Model):
    """What was decided: approved by somebody other than whoever proposed it, or not to be shared, and why."""

    id = key()
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10, choices=list(codes.ANSWERS.items()))
    because = models.CharField(max_length=1000)
    answered_by = an_actor()
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="sharing_answer_outcome_is_known", condition=Q(outcome__in=list(codes.ANSWERS))
            ),
            CheckConstraint(name="sharing_answer_says_why", condition=Q(because__regex=r"\S.{9,}")),
            DbTrigger(name="sharing_answer_by_who_may_give_it", events="INSERT", function="guard.answer_v1"),
            DbTrigger(
                name="sharing_answer_by_a_person",
                function="guard.decided_by_a_person_v1",
                arguments=("answered_by_id",),
            ),
            RowPolicy(
                name="sharing_answer_seen_with_its_proposal", command="SELECT", using=SEEN_WITH_ITS_PROPOSAL
            ),
            RowPolicy(
                name="sharing_answer_to_a_proposal_seen",
                command="INSERT",
                with_check=f"answered_by_id = (SELECT guard.actor()) AND {SEEN_WITH_ITS_PROPOSAL}",
            ),
            *kept_as_written("sharing_answer"),
            *audited("sharing_answer"),
        ]
