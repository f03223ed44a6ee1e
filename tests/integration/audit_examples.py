"""A copy of the database whose audit trail may be sealed, altered and thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from tests.cast import PURPOSE
from wenlock.base.home import Home
from wenlock.base.server import Server
from wenlock.security import sealing
from wenlock.security.context import signed_context
from wenlock.security.keys import PublicKey, SealingKey, sealing_key
from wenlock.security.seal_copies import FILE
from wenlock.security.trail import Seal
from wenlock.security.verifying import Report, verify
from wenlock.web.database import DATABASE, password

Connection = psycopg.Connection[Any]
FAR_AHEAD = 32_503_680_000  # the year 3000, for contexts that need not expire


@dataclass(frozen=True)
class Trail:
    """One copy of the database, and a home of its own to keep its key and its seals."""

    server: Server
    database: str
    home: Home

    @property
    def key(self) -> SealingKey:
        return sealing_key(self.home)

    @property
    def keys(self) -> dict[str, PublicKey]:
        return {self.key.public.key_id: self.key.public}

    @property
    def place(self) -> Path:
        return self.home.seals / FILE

    @contextmanager
    def connected(self, role: str = "wenlock_sealer", *, autocommit: bool = True) -> Iterator[Connection]:
        """A connection to the copy as one of our roles, or as `postgres`, the superuser."""
        secret = None if role == "postgres" else password(role, home=self.server.home)
        dsn = self.server.dsn(user=role, dbname=self.database, password=secret)
        with psycopg.connect(dsn, autocommit=autocommit) as connection:
            yield connection

    @contextmanager
    def tampering(self) -> Iterator[Connection]:
        """A superuser's transaction in which no trigger fires; nothing of it is kept."""
        with self.connected("postgres", autocommit=False) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            yield connection
            connection.rollback()

    def seal(self, *, at: datetime | None = None, places: tuple[Path, ...] = ()) -> Seal | None:
        with self.connected() as connection:
            return sealing.seal(
                connection, key=self.key, places=(self.place, *places), at=at or datetime.now(UTC)
            )

    def verify(self, connection: Connection | None = None, **changes: Any) -> Report:
        values = {"keys": self.keys, "places": (self.place,), "at": datetime.now(UTC)} | changes
        if connection:
            return verify(connection, **values)
        with self.connected() as own:
            return verify(own, **values)

    def write_events(self, count: int, *, by: UUID, kind: str = "read", detail: str = "{}") -> None:
        """Write events as the site does: each in a transaction of its own, by the runtime role."""
        with self.connected("wenlock_app", autocommit=False) as connection:
            for _ in range(count):
                act(connection, by=by)
                write_event(connection, kind=kind, detail=detail)
                connection.commit()


def act(connection: Connection, *, by: UUID, purpose: str = PURPOSE) -> None:
    """Set the signed context of the transaction now open."""
    token = signed_context(
        actor=by, purpose=purpose, request_id=uuid4(), expires_at=FAR_AHEAD, key=settings.CONTEXT_KEY
    )
    connection.execute("SELECT set_config('wenlock.context', %s, true)", [token])


def write_event(connection: Connection, *, kind: str = "read", detail: str = "{}") -> None:
    connection.execute("SELECT guard.record_event_v1(%s, NULL, NULL, NULL, %s)", [kind, detail])


@contextmanager
def copied(server: Server, folder: Path) -> Iterator[Trail]:
    """A copy of the database of this run, with a home in `folder`."""
    connections.close_all()
    connections["default"].close_pool()  # PostgreSQL copies no database that anybody is in
    database = f"copy_{uuid4().hex}"
    name = sql.Identifier(database)
    with psycopg.connect(server.dsn(), autocommit=True) as admin:
        # The browser tests' server keeps connections of its own threads; it checks them before it uses them again.
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [DATABASE])
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(DATABASE)))
        with psycopg.connect(server.dsn(dbname=database), autocommit=True) as copy:
            # What another test had sealed was sealed by the key of another home.
            copy.execute("SET session_replication_role = replica")
            copy.execute("DELETE FROM security_seal")
        try:
            yield Trail(server, database, Home(folder).prepare())
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def value(connection: Connection, query: str, *values: object) -> Any:
    """The one value a query gives."""
    row = connection.execute(query, values or None).fetchone()
    return row[0] if row else None
