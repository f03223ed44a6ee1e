"""A clock that runs on a matter, the due dates it had before, and why it was late."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BTreeIndex, GinIndex
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from wenlock.base.constraints import GUARD, DbTrigger, RowPolicy
from wenlock.base.held import Held
from wenlock.clocks import codes, held
from wenlock.people.shared import decided_by_people
from wenlock.security.fields import an_actor, key
from wenlock.security.rows import (
    audited,
    classified,
    countable,
    granted,
    service_policies,
)

MINE = "people && (SELECT guard.people('full'))::uuid[]"
NOT_CLOSED = "NOT (people && (SELECT guard.restricted_to_others())::uuid[])"
HELD = "(SELECT guard.capabilities())::text[]"
KEEPER = "(SELECT guard.may('keep-clocks'))"
# A clock is seen as its matter is. A matter about a child follows the child's record. One that is not (a contact may be
# about nobody yet) names the capability that sees every such matter, and the one that sees those one began.
OPEN_TO_ME = (
    f"({MINE} AND (seen_with = '' OR {NOT_CLOSED})) "
    f"OR ({NOT_CLOSED} AND (seen_with = ANY ({HELD}) "
    f"OR (own_seen_with = ANY ({HELD}) AND recorded_by_id = (SELECT guard.actor())) "
    "OR (seen_with = '' AND people <> '{}' AND (SELECT guard.whole_service('full'))))) "
    f"OR {KEEPER}"
)
# Whoever begins one sees the people of it, or is one who sees every matter of the kind, or names nobody.
BEGUN = (
    f"recorded_by_id = (SELECT guard.actor()) AND (seen_with = ANY ({HELD}) OR (seen_with <> '' AND people = '{{}}') "
    "OR (people <> '{}' AND (SELECT count(*) FROM people_person p WHERE p.id = ANY (people)) = cardinality(people)))"
)
OF_A_CLOCK_SEEN = "EXISTS (SELECT 1 FROM clocks_clock c WHERE c.id = clock_id)"
RECKONED = (
    "state, is_timed, started_at, due_at, warn_at, rule_since, settings, finished_kind, finished_table, finished_id, "
    "finished_at, because, reckoned_at"
)


def _shared(table: str, classification: Held, *, app: str, guard: str = "SELECT") -> list[Any]:
    return [
        *service_policies(table),
        *granted(
            table, app=app, guard=guard, prover=f"SELECT ({', '.join(sorted(countable(classification)))})"
        ),
        *audited(table),
        *classified(table, classification),
    ]


class Clock(models.Model):
    """One declared clock as it runs on one matter: the row `matter_id` of `matter_table`.

    `code` is the clock's in `law.clock_catalogue`. `due_at` and `finished_at` are instants, in time until `due_at`
    inclusive; without `is_timed` the due date is a whole day in London and `due_at` its last moment. `due_at` is None
    while the clock stands still or cannot be reckoned; `because` says which, and each step to the date. `rule_since`
    is the version of the rule, `settings` the authority's own numbers that were used. `people` are those the matter
    is about; `reason_owed` says that it was finished late and nobody has said why. The database keeps both.
    """

    id = key()
    code = models.CharField(max_length=60)
    matter_table = models.CharField(max_length=63)
    matter_id = models.UUIDField()
    people = ArrayField(models.UUIDField(), default=list)
    seen_with = models.CharField(max_length=30, blank=True)
    own_seen_with = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=12, choices=list(codes.STATES.items()))
    is_timed = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    rule_since = models.DateField(null=True, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    finished_kind = models.CharField(max_length=60, blank=True)
    finished_table = models.CharField(max_length=63, blank=True)
    finished_id = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    because = ArrayField(models.TextField(), default=list)
    reason_owed = models.BooleanField(default=False, editable=False)
    recorded_by = an_actor()
    recorded_at = models.DateTimeField()
    reckoned_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            BTreeIndex(fields=["due_at"], condition=Q(state=codes.OPEN), name="clocks_clock_due"),
            BTreeIndex(fields=["finished_at"], condition=Q(reason_owed=True), name="clocks_clock_owed"),
            GinIndex(fields=["people"], name="clocks_clock_by_people"),
        ]
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["matter_id", "matter_table", "code"], name="clocks_clock_once_for_a_matter"
            ),
            CheckConstraint(
                name="clocks_clock_matter_is_a_table", condition=Q(matter_table__regex=r"^[a-z][a-z0-9_]*$")
            ),
            CheckConstraint(
                name="clocks_clock_finished_has_its_row",
                condition=Q(
                    state__in=codes.FINISHED_STATES,
                    finished_id__isnull=False,
                    finished_at__isnull=False,
                    finished_table__regex=".",
                    finished_kind__regex=".",
                )
                | Q(
                    state__in=[codes.OPEN, codes.NOT_STARTED],
                    finished_id__isnull=True,
                    finished_at__isnull=True,
                    finished_table="",
                    finished_kind="",
                ),
            ),
            # A stop with no due date, while the clock stood still, is in time.
            CheckConstraint(
                name="clocks_clock_late_says_so",
                condition=Q(state__in=codes.LATE_STATES, due_at__isnull=False, finished_at__gt=F("due_at"))
                | (
                    ~Q(state__in=codes.LATE_STATES)
                    & (Q(finished_at__isnull=True) | Q(due_at__isnull=True) | Q(finished_at__lte=F("due_at")))
                ),
            ),
            CheckConstraint(
                name="clocks_clock_open_has_begun",
                condition=Q(due_at__isnull=True)
                | (~Q(state=codes.NOT_STARTED) & Q(started_at__isnull=False, rule_since__isnull=False)),
            ),
            CheckConstraint(
                name="clocks_clock_warns_before_it_is_due",
                condition=Q(warn_at__isnull=True, due_at__isnull=True) | Q(warn_at__lte=F("due_at")),
            ),
            DbTrigger(name="clocks_clock_closes_with_its_row", function="guard.clock_closes_v1"),
            DbTrigger(name="clocks_clock_owes_a_reason", function="guard.clock_owes_v1"),
            DbTrigger(
                name="clocks_clock_keeps_what_was",
                timing="AFTER",
                events="UPDATE",
                function="guard.clock_keeps_what_was_v1",
            ),
            RowPolicy(name="clocks_clock_seen_with_its_matter", command="SELECT", using=OPEN_TO_ME),
            RowPolicy(name="clocks_clock_begun", command="INSERT", with_check=BEGUN),
            RowPolicy(
                name="clocks_clock_reckoned", command="UPDATE", using=OPEN_TO_ME, with_check=OPEN_TO_ME
            ),
            RowPolicy(
                name="clocks_clock_never_in_conflict",
                restrictive=True,
                using="NOT (people && (SELECT guard.conflicts())::uuid[])",
                with_check="NOT (people && (SELECT guard.conflicts())::uuid[])",
            ),
            RowPolicy(name="clocks_clock_marked_by_guard", role=GUARD, command="UPDATE", using="true"),
            *_shared(
                "clocks_clock",
                held.CLOCK,
                app=f"SELECT, INSERT, UPDATE ({RECKONED})",
                guard="SELECT, UPDATE (people, reason_owed)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.matter_table} {self.matter_id}"


class Former(models.Model):
    """A due date a clock had until `replaced_at`, with what was said for it; written by the database alone."""

    id = key()
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="formers")
    due_at = models.DateTimeField(null=True)
    is_timed = models.BooleanField()
    rule_since = models.DateField(null=True)
    settings = models.JSONField(default=dict)
    because = ArrayField(models.TextField(), default=list)
    position = models.PositiveIntegerField()
    replaced_at = models.DateTimeField()
    replaced_by = an_actor(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["clock", "position"], name="clocks_former_in_order"),
            DbTrigger(
                name="clocks_former_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(name="clocks_former_seen_with_its_clock", command="SELECT", using=OF_A_CLOCK_SEEN),
            RowPolicy(name="clocks_former_kept_by_guard", role=GUARD, command="INSERT", with_check="true"),
            *_shared("clocks_former", held.FORMER, app="SELECT", guard="SELECT, INSERT"),
        ]


class Breach(models.Model):
    """Why a time limit was passed, as a named worker gave it. There may be more than one."""

    id = key()
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="breaches")
    reason = models.CharField(max_length=20, choices=list(codes.BREACHES.items()))
    words = models.TextField(max_length=2000)
    given_by = an_actor()
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="clocks_breach_reason_is_known", condition=Q(reason__in=list(codes.BREACHES))
            ),
            CheckConstraint(name="clocks_breach_says_why", condition=Q(words__regex=r"\S")),
            decided_by_people("clocks_breach", "given_by_id"),
            DbTrigger(
                name="clocks_breach_of_a_late_clock",
                events="INSERT",
                function="guard.breach_of_a_late_clock_v1",
            ),
            DbTrigger(
                name="clocks_breach_settles_the_clock",
                timing="AFTER",
                events="INSERT",
                function="guard.breach_settles_v1",
            ),
            DbTrigger(
                name="clocks_breach_never_changed", events="UPDATE OR DELETE", function="guard.refuse_v1"
            ),
            RowPolicy(name="clocks_breach_seen_with_its_clock", command="SELECT", using=OF_A_CLOCK_SEEN),
            RowPolicy(
                name="clocks_breach_given_by_oneself",
                command="INSERT",
                with_check=f"given_by_id = (SELECT guard.actor()) AND {OF_A_CLOCK_SEEN}",
            ),
            *_shared("clocks_breach", held.BREACH, app="SELECT, INSERT"),
        ]
