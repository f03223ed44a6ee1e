"""Backups to try things on: a copy of the database with documents, processes killed as they speak."""

import io
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from psycopg import sql

from tests.integration.audit_examples import Connection, Trail, value
from wenlock.backup import making
from wenlock.backup.making import Made, Source
from wenlock.backup.recovery import RecoveryKey
from wenlock.backup.vault import Vault
from wenlock.base.home import Home
from wenlock.base.identifiers import new_id
from wenlock.files import store
from wenlock.files.kept import KeptFile
from wenlock.web.database import password

Say = Callable[[str], None]
CHANGES = {
    "security_auditevent",
    "security_seal",
    "epoch",
    "django_session",
}  # since, or by the restore itself


@dataclass(frozen=True)
class Council:
    """A council whose backups are tried: its database and home, a folder for backups, and its recovery key."""

    trail: Trail
    folder: Path
    recovery: RecoveryKey

    @property
    def home(self) -> Home:
        return self.trail.home

    @property
    def vault(self) -> Vault:
        return Vault.of(self.folder, public=self.recovery.public).prepare()

    @property
    def source(self) -> Source:
        server = self.trail.server
        return Source(
            home=self.home,
            superuser=server.dsn(dbname=self.trail.database),
            owner=self.reached_by("wenlock_owner"),
            sealer=self.reached_by("wenlock_sealer"),
            binaries=server.binaries,
            authority="shropshire",
            tables=sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, KeptFile)),
            places=(self.trail.place,),
        )

    def reached_by(self, role: str) -> str:
        """How one of our roles reaches the database."""
        secret = password(role, home=self.trail.server.home)
        return self.trail.server.dsn(user=role, dbname=self.trail.database, password=secret)

    def back_up(self, say: Say = lambda line: None, *, source: Source | None = None) -> Made:
        """Make a backup, as `wenlock backup` does."""
        with self.vault.alone():
            return making.make(
                source or self.source,
                vault=self.vault,
                public=self.recovery.public,
                now=lambda: datetime.now(UTC),
                say=say,
            )

    def keep_document(self, content: bytes) -> UUID:
        """Keep a document with its row, as the site leaves them."""
        version, document = new_id(), new_id()
        kept = store.keep(io.BytesIO(content), version=version, home=self.home)
        with self.trail.connected("postgres", autocommit=False) as superuser:
            superuser.execute("SET LOCAL session_replication_role = replica")
            superuser.execute(
                "INSERT INTO case_document (id, title, document_class, third_party, irreplaceable, provenance_id, "
                "recorded_by_id, recorded_at) SELECT %s, 'Letter', 'letter', false, false, p.id, a.id, now() "
                "FROM notice_provenance p, security_actor a LIMIT 1",
                [document],
            )
            superuser.execute(
                "INSERT INTO case_documentversion (id, file_name, media_type, size, sha256, stored_as, document_id, "
                "number, recorded_by_id, recorded_at) SELECT %s, 'letter.pdf', 'application/pdf', %s, %s, %s, %s, 1, "
                "a.id, now() FROM security_actor a LIMIT 1",
                [version, kept.size, kept.sha256, kept.stored_as, document],
            )
        return version


@contextmanager
def council(trail: Trail, folder: Path) -> Iterator[Council]:
    """A council with the keys of the run's own home, and three documents."""
    for name in ("context", "django"):
        shutil.copy2(trail.server.home.secrets / name, trail.home.secrets / name)
    trail.home.keep(mode="demo", database="/elsewhere")
    folder.mkdir()
    made = Council(trail, folder, RecoveryKey.made(signer=trail.key.public))
    trail.home.keep(recovery_key=made.recovery.public.hex())
    yield made


def killed(act: Callable[[Say], object], *, at: str) -> None:
    """Do something in a process of its own, which is killed with -9 as it says `at`."""
    child = os.fork()
    if child == 0:

        def die(line: str) -> None:
            if at in line:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            act(die)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def tables(connection: Connection) -> dict[str, Any]:
    """How many rows each table holds, and a digest of them all, however they lie."""
    names = connection.execute(
        "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'guard', 'door')"
    ).fetchall()
    query = "SELECT count(*)::text || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') FROM {} t"
    connection.execute("SET timezone = 'UTC'")
    found = {}
    for schema, name in names:
        if name not in CHANGES:
            asked = sql.SQL(query).format(sql.Identifier(schema, name))  # type: ignore[arg-type]
            row = connection.execute(asked).fetchone()
            found[f"{schema}.{name}"] = row[0] if row else None
    return found


def events(connection: Connection, *, until: int) -> Any:
    """A digest of the events of the first epoch up to one."""
    return value(
        connection,
        "SELECT md5(string_agg(e::text, chr(10) ORDER BY id)) FROM security_auditevent e WHERE id <= %s",
        until,
    )
