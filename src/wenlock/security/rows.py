"""The constraints every table about people carries, written once.

A model splices them into `Meta.constraints`; the sweeps in `tests/sweeps` fail on any table that does not.
"""

from typing import Any

from wenlock.base.constraints import APP, GUARD, PROVER, DbTrigger, RowPolicy, TableGrant
from wenlock.base.held import Held

AUDITED = "guard.audit_change_v1"


def audited(table: str, *, person: str = "", deletes: bool = True) -> list[DbTrigger]:
    """Triggers that write one audit row for each row of `table` changed; `person` is the column that leads to them."""
    shapes = [
        ("insert", "INSERT", "NEW TABLE AS added"),
        ("update", "UPDATE", "OLD TABLE AS removed NEW TABLE AS added"),
    ]
    shapes += [("delete", "DELETE", "OLD TABLE AS removed")] if deletes else []
    return [
        DbTrigger(
            name=f"{table}_audited_{word}",
            timing="AFTER",
            events=event,
            level="STATEMENT",
            referencing=referencing,
            function=AUDITED,
            arguments=(person,),
        )
        for word, event, referencing in shapes
    ]


def classified(table: str, held: Held) -> list[DbTrigger]:
    """Triggers that refuse what the open purpose may not hold, column by column, as the notice's matrix says."""
    arguments = (held.category, *(f"{column}:{category}" for column, category in held.categories()))
    return [
        DbTrigger(
            name=f"{table}_within_the_matrix_{word}",
            timing="AFTER",
            events=event,
            level="STATEMENT",
            referencing="NEW TABLE AS added",
            function="guard.within_the_matrix_v1",
            arguments=arguments,
        )
        for word, event in (("insert", "INSERT"), ("update", "UPDATE"))
    ]


def granted(table: str, *, app: str, guard: str = "SELECT", prover: str = "SELECT") -> list[TableGrant]:
    """What each role may do on `table`; a role or privilege not named is not held."""
    named = ((APP, app), (GUARD, guard), (PROVER, prover))
    return [
        TableGrant(name=f"{table}_{role.removeprefix('wenlock_')}_may", role=role, privileges=privileges)
        for role, privileges in named
        if privileges
    ]


def seen_within(column: str, level: str, *, person_table: bool = False) -> str:
    """The SQL that is true of rows whose person the actor may see at `level`."""
    if person_table:
        whole = "NOT restricted"
    else:
        whole = f"EXISTS (SELECT 1 FROM people_person p WHERE p.id = {column})"
    return (
        f"{column} = ANY ((SELECT guard.people('{level}'))::uuid[]) "
        f"OR ((SELECT guard.whole_service('{level}')) AND {whole})"
    )


def never_in_conflict(table: str, *columns: str) -> RowPolicy:
    """The restrictive policy that hides a person from an actor with a conflict, whatever else allows."""
    using = " AND ".join(f"{column} <> ALL ((SELECT guard.conflicts())::uuid[])" for column in columns)
    return RowPolicy(name=f"{table}_never_in_conflict", restrictive=True, using=using, with_check=using)


def service_policies(table: str) -> list[RowPolicy]:
    """Policies by which the guard's functions read the rows they decide from, and the prover counts them."""
    return [
        RowPolicy(name=f"{table}_read_by_guard", role=GUARD, command="SELECT", using="true"),
        RowPolicy(name=f"{table}_counted_by_prover", role=PROVER, command="SELECT", using="true"),
    ]


def moved_by_a_merge(table: str, *columns: str) -> list[Any]:
    """What lets a merge of two people's records take rows of `table` to the other: this grant is the declaration.

    `columns` lead to a person ("person_id" unless given). What is not declared stays where it was written.
    """
    return [
        RowPolicy(name=f"{table}_moved_by_a_merge", role=GUARD, command="UPDATE", using="true"),
        TableGrant(
            name=f"{table}_guard_moves",
            role=GUARD,
            privileges=f"UPDATE ({', '.join(columns or ('person_id',))})",
        ),
    ]


def about_a_person(
    table: str,
    *,
    level: str,
    held: Held,
    column: str = "person_id",
    capability: str = "record",
    write_level: str = "full",
    also: tuple[str, ...] = (),
    app: str = "SELECT, INSERT, UPDATE",
    guard: str = "SELECT",
    extra_check: str = "",
    moves: tuple[str, ...] = ("person_id",),
) -> list[Any]:
    """All that a table with rows about one person needs: policies, grants, audit, and the notice's matrix.

    `also` names further columns that lead to people, for the conflict policy alone. `moves` are those that a merge of
    two records takes to the one that stands; none for rows that never change.
    """
    seen = seen_within(column, level)
    written = f"(SELECT guard.may('{capability}')) AND ({seen_within(column, write_level)})"
    written += f" AND ({extra_check})" if extra_check else ""
    # Nobody writes a row down in another's name; those who see the record may correct it, whoever wrote it.
    signed = " AND recorded_by_id = (SELECT guard.actor())" if "recorded_by_id" in held.plumbing else ""
    return [
        RowPolicy(name=f"{table}_seen_by_relationship", command="SELECT", using=seen),
        RowPolicy(name=f"{table}_recorded_by_relationship", command="INSERT", with_check=written + signed),
        RowPolicy(name=f"{table}_changed_by_relationship", command="UPDATE", using=seen, with_check=written),
        never_in_conflict(table, column, *also),
        *service_policies(table),
        *granted(table, app=app, guard=guard, prover=f"SELECT ({', '.join(sorted(countable(held)))})"),
        *audited(table, person=column),
        *classified(table, held),
        *(moved_by_a_merge(table, *moves) if moves else ()),
    ]


def countable(held: Held) -> set[str]:
    """The columns the prover may read: plumbing, which says nothing of a person, and no other."""
    return set(held.plumbing) | {"id"}
