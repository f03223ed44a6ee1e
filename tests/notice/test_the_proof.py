"""The proof itself: what it finds when all is well, and that it sees each refuser go."""

import psycopg
import pytest
from django.conf import settings

from wenlock.notice.proof.catalogue import Catalogue
from wenlock.notice.proof.engine import prove
from wenlock.notice.proof.registry import declared
from wenlock.notice.proof.structure import Constraint, Function, Policy, Privileges, Reference, Trigger

CARRIED = [
    f"N{n}"
    for n in (
        1,
        2,
        11,
        12,
        13,
        28,
        35,
        36,
        37,
        38,
        39,
        40,
        41,
        42,
        43,
        44,
        47,
        48,
        49,
        50,
        56,
        57,
        59,
        60,
        61,
        64,
        66,
        68,
        69,
        85,
    )
]


# Statements that give a contact past the day on which it must be looked at.
PAST = {"N3", "N91", "N94"}


def statuses(connection: psycopg.Connection, *codes: str) -> dict[str, dict]:
    return prove(connection, statements=[(code, "") for code in codes], key=settings.CONTEXT_KEY)


@pytest.mark.parametrize("code", CARRIED)
def test_the_floor_carries_the_statement(code: str, prover: psycopg.Connection) -> None:
    found = statuses(prover, code)[code]
    assert found["status"] == "green", found["reason"]


def test_nothing_that_is_declared_is_red_but_for_a_contact_past_its_day(prover: psycopg.Connection) -> None:
    found = statuses(prover, *declared())
    assert {code: row["reason"] for code, row in found.items() if row["status"] == "red"}.keys() <= PAST


def test_a_statement_nobody_proves_is_red_and_says_so(prover: psycopg.Connection) -> None:
    found = statuses(prover, "N77")["N77"]
    assert found["status"] == "red"
    assert "still to be built" in found["reason"]


def test_proving_changes_nothing(prover: psycopg.Connection) -> None:
    count = "SELECT (SELECT count(*) FROM security_actor), (SELECT count(*) FROM people_person)"
    before = prover.execute(count).fetchone()
    statuses(prover, *CARRIED)
    assert prover.execute(count).fetchone() == before


def test_every_refuser_is_missed_when_it_goes(superuser: psycopg.Connection) -> None:
    """The mutation drill: each object dropped in turn, in a transaction undone, turns what relies on it red."""
    proofs = declared()
    standing = {
        code: row["status"] for code, row in statuses(superuser, *proofs).items() if row["status"] != "red"
    }
    assert set(CARRIED) <= {code for code, status in standing.items() if status == "green"}
    relied_on: dict[object, list[str]] = {}
    for code in standing:
        for refuser in proofs[code].structure:
            relied_on.setdefault(refuser, []).append(code)
    survived = []
    for refuser, codes in relied_on.items():
        with superuser.transaction(force_rollback=True):
            drop(superuser, refuser)
            if refuser.missing(Catalogue.read(superuser)) is None:
                survived.append((refuser, codes))
            # What is missing makes each of them red; proved whole for a green one.
            green = [code for code in codes if standing[code] == "green"][:1]
            survived += [
                (refuser, code) for code in green if statuses(superuser, code)[code]["status"] != "red"
            ]
    assert len(relied_on) > 700
    assert survived == []


def drop(connection: psycopg.Connection, refuser: object) -> None:
    """Take one object away, as somebody careless with the owner's password would."""
    table = refuser.table
    match refuser:
        case Policy():
            connection.execute(f'DROP POLICY "{refuser.name}" ON {table}')
        case Trigger():
            connection.execute(f'DROP TRIGGER "{refuser.name}" ON {table}')
        case Constraint():
            drop_constraint(connection, table, refuser.name)
        case Reference():
            name = connection.execute(
                "SELECT conname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid "
                "AND a.attnum = k.conkey[1] WHERE k.contype = 'f' AND k.conrelid = %s::regclass AND a.attname = %s",
                [table, refuser.name],
            ).fetchone()[0]
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        case Privileges() if refuser.declared:
            connection.execute(f"REVOKE ALL ON {table} FROM {refuser.name}")
        case Privileges():
            connection.execute(f"GRANT SELECT ON {table} TO {refuser.name}")
        case Function():
            connection.execute(f"ALTER FUNCTION {refuser.object} RENAME TO gone")
        case _:
            raise AssertionError(f"The drill does not know how to drop {refuser}")


def drop_constraint(connection: psycopg.Connection, table: str, name: str) -> None:
    """A unique constraint on part of a table is an index to PostgreSQL."""
    found = connection.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [name]).fetchone()
    connection.execute(
        f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE' if found else f'DROP INDEX "{name}"'
    )
