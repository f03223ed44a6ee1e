"""Where violations are attempted: a transaction that is always undone, with invented people in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Json

from wenlock.security.context import signed_context

NEED = "children-in-need"


class Stage:
    """An attempt's surroundings: the connection, and how to act on it as owner, runtime role or returns role.

    Nothing done on a stage outlives it: `attempt` undoes each one.
    """

    def __init__(self, connection: psycopg.Connection[Any], *, key: bytes) -> None:
        self.connection, self.key = connection, key

    def run(self, query: str, values: Any = None) -> psycopg.Cursor[Any]:
        """Run one statement as whoever is acting now."""
        return self.connection.execute(query, values)

    def one(self, query: str, values: Any = None) -> Any:
        """The first column of the first row, or None."""
        row = self.run(query, values).fetchone()
        return row[0] if row else None

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Do something and take it back, whoever one was before."""
        with self.connection.transaction(force_rollback=True):
            yield

    def become(self, role: str) -> None:
        """Act as a database role until the attempt is undone."""
        self.run("RESET ROLE")
        self.run(f"SET LOCAL ROLE {role}")

    def act(self, *, actor: UUID | None, purpose: str = NEED, role: str = "wenlock_app") -> None:
        """Act as a person for a purpose, as the runtime role; `actor` None means nobody is named."""
        self.become(role)
        token = ""
        if actor:
            expires = int(time.time()) + 120
            token = signed_context(
                actor=actor, purpose=purpose, request_id=uuid4(), expires_at=expires, key=self.key
            )
        self.run("SELECT set_config('wenlock.context', %s, true)", [token])

    def worker(self, role: str | None, *, purposes: tuple[str, ...] = (NEED,), kind: str = "worker") -> UUID:
        """An invented actor, in a team for `purposes`, with a role of the council; None for no team."""
        self.become("wenlock_owner")
        actor = uuid4()
        self.run(
            "INSERT INTO security_actor (id, kind, name, email, is_active, password, staff_subject) "
            "VALUES (%s, %s, 'Attempt', %s, true, '!', '')",
            [actor, kind, f"{actor}@attempt.invalid"],
        )
        if role:
            team = uuid4()
            self.run(
                "INSERT INTO council_team (id, code, name, purposes) VALUES (%s, %s, 'Attempt', %s)",
                [team, str(team), list(purposes)],
            )
            self.run(
                "INSERT INTO council_membership (id, actor_id, team_id, role_code, from_at) "
                "VALUES (%s, %s, %s, %s, statement_timestamp() - interval '1 minute')",
                [uuid4(), actor, team, role],
            )
        return actor

    def policy(self, kind: str, code: str) -> UUID | None:
        """The id of a row of the version in force, such as ("channel", "letter")."""
        return self.one(
            f"SELECT id FROM notice_{kind} WHERE code = %s AND version_id = "
            "(SELECT id FROM notice_version WHERE in_force_from <= current_date "
            "AND (in_force_until IS NULL OR in_force_until > current_date))",
            [code],
        )

    def provenance(
        self,
        *,
        actor: UUID,
        channel: str = "telephone",
        source: str = "family",
        purpose: str = NEED,
        **changes: Any,
    ) -> UUID:
        """How something came, recorded as the runtime role; `changes` are the faults to try."""
        row: dict[str, Any] = {
            "id": uuid4(),
            "version_id": self.one("SELECT guard.notice_in_force(guard.today())"),
            "channel_id": self.policy("channel", channel),
            "source_id": self.policy("source", source),
            "purpose_id": self.policy("purpose", purpose),
            "handling": self.one(
                "SELECT handling FROM notice_source WHERE id = %s", [self.policy("source", source)]
            ),
            "recorded_by_id": actor,
        } | changes
        self.insert("notice_provenance", _provenance_defaults() | row)
        return row["id"]

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Insert a row given by column."""
        columns = ", ".join(row)
        marks = ", ".join(["%s"] * len(row))
        self.run(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})", [_value(value) for value in row.values()]
        )

    def person(self, *, actor: UUID, provenance: UUID, **changes: Any) -> UUID:
        """An invented child, recorded by the actor."""
        row = {
            "id": uuid4(), "born_on": "2015-05-05", "birth_estimated": False, "sex": "F", "gender": "",
            "professional": False, "restricted": False, "provenance_id": provenance, "recorded_by_id": actor,
            "recorded_at": self.now(),
        } | changes  # fmt: skip
        self.insert("people_person", row)
        return row["id"]

    def contact(self, *, actor: UUID, provenance: UUID, **changes: Any) -> UUID:
        """Something told, taken by the actor; `changes` are the faults to try."""
        row: dict[str, Any] = {
            "id": uuid4(), "reference": str(uuid4())[:9], "kind": "concern", "words": "", "teller": "unnamed",
            "teller_name": "", "teller_role": "", "teller_reach": "", "in_confidence": False, "giver_unknown": False,
            "originator_code": "", "tags": [], "present": "", "danger": "no", "urgency": "routine",
            "agreed": "not-asked", "complaint_about": "", "people": [], "provenance_id": provenance,
            "recorded_by_id": actor, "recorded_at": self.now(),
        } | changes  # fmt: skip
        self.insert("intake_contact", row)
        return UUID(str(row["id"]))

    def fact(self, table: str, *, person: UUID, actor: UUID, provenance: UUID, **facts: Any) -> UUID:
        """A row about a person, in any table of such rows."""
        row = {
            "id": uuid4(), "person_id": person, "provenance_id": provenance, "recorded_by_id": actor,
            "recorded_at": self.now(), "position": 0, "as_received": False,
        } | facts  # fmt: skip
        self.insert(table, row)
        return row["id"]

    def now(self) -> Any:
        """The database's clock."""
        return self.one("SELECT clock_timestamp()")


def _value(value: Any) -> Any:
    return Json(value) if isinstance(value, dict) else value


def _provenance_defaults() -> dict[str, Any]:
    now = "now"
    return {
        "received_at": now, "recorded_at": now, "source_name": "", "medium": "", "place": "", "file_name": "",
        "file_sha256": "",
    }  # fmt: skip
