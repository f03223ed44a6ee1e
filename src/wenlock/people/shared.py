"""What every row about a person says of itself, for the models of this context and of those above it."""

from django.contrib.postgres.indexes import BTreeIndex
from django.db import models

from wenlock.base.constraints import RETURNS, DbTrigger, RowPolicy, TableGrant
from wenlock.security.fields import a_person, a_provenance, an_actor, key

# The quickest a person opens a matter, reads it and says why, at three seconds each; not law, but the house's own measure.
MOST_IN_A_MINUTE = 20


class Recorded(models.Model):
    """A row about a person. `position` keeps the order a file gave; `as_received` marks values not yet checked."""

    id = key()
    person = a_person(related="%(class)ss")
    provenance = a_provenance()
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()
    position = models.PositiveIntegerField(default=0)
    as_received = models.BooleanField(default=False)

    class Meta:
        abstract = True


def by_person(table: str) -> BTreeIndex:
    """The index every list of a record needs."""
    # The table's own noun: PostgreSQL's index names share one space, and Django keeps them to 30 letters.
    return BTreeIndex(fields=["person"], name=f"{table.rsplit('_', 1)[-1]}_by_person")


def keeps_what_was(table: str) -> DbTrigger:
    """A fact replaced by another keeps the old one and needs a reason; a blank filled in does not."""
    return DbTrigger(
        name=f"{table}_keeps_what_was",
        events="UPDATE",
        function="guard.keep_what_was_v1",
        arguments=("person_id",),
    )


def counted_in_returns(table: str, columns: str, *, only: str = "") -> list[RowPolicy | TableGrant]:
    """What the returns role may read of a table, for statutory returns only, in these columns and `only` these rows."""
    using = "(SELECT guard.purpose()) = 'statutory-returns'" + (f" AND {only}" if only else "")
    return [
        RowPolicy(
            name=f"{table}_counted_in_returns",
            role=RETURNS,
            command="SELECT",
            using=using,
        ),
        TableGrant(name=f"{table}_returns_may", role=RETURNS, privileges=f"SELECT ({columns})"),
    ]


def makes_findable(table: str) -> list[DbTrigger]:
    """Triggers that keep what a person can be found by in step with rows of `table`, which have a `person_id`."""
    return [
        DbTrigger(
            name=f"{table}_makes_findable_{event.lower()}",
            timing="AFTER",
            events=event,
            level="STATEMENT",
            referencing="NEW TABLE AS added",
            function="guard.findable_follows_v1",
        )
        for event in ("INSERT", "UPDATE")
    ]


def decided_by_people(table: str, column: str = "recorded_by_id") -> DbTrigger:
    """What is decided about somebody is decided by a named person: a service account's row is refused."""
    return DbTrigger(
        name=f"{table}_decided_by_a_person", function="guard.decided_by_a_person_v1", arguments=(column,)
    )


def weighed_one_by_one(table: str) -> DbTrigger:
    """Outcomes are decided one by one: more in a minute than somebody can weigh are refused, however they are sent."""
    return DbTrigger(
        name=f"{table}_weighed_one_by_one",
        timing="AFTER",
        events="INSERT",
        level="STATEMENT",
        referencing="NEW TABLE AS added",
        function="guard.at_a_human_pace_v1",
        arguments=(str(MOST_IN_A_MINUTE),),
    )


def same_person_as(table: str, column: str, leads_to: str) -> DbTrigger:
    """A fact that hangs from another, by `column` to the table `leads_to`, is about the same person."""
    return DbTrigger(
        name=f"{table}_same_person_as_{column.removesuffix('_id')}",
        timing="AFTER",
        events="INSERT",
        level="STATEMENT",
        referencing="NEW TABLE AS added",
        function="guard.same_person_v1",
        arguments=(column, leads_to),
    )
