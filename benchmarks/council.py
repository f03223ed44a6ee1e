"""A council of a million invented people, for measuring. Loaded past every rule, in a server of its own, and deleted."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.names import COUNCIL, NHS, Folk, family_names, given_names
from wenlock.base import server as servers

COPIES = {
    "people_person": "id, born_on, birth_estimated, sex, gender, professional, restricted, provenance_id, recorded_by_id, "
    "recorded_at",
    "people_name": "id, person_id, kind, title, given, family, provenance_id, recorded_by_id, recorded_at, position, "
    "as_received",
    "people_identifier": "id, person_id, scheme, value, questioned, provenance_id, recorded_by_id, recorded_at, position, "
    "as_received",
    "people_address": "id, lines, postcode, uprn, place_key, confidential, provenance_id, recorded_by_id, recorded_at",
    "people_residence": "id, person_id, address_id, kind, provenance_id, recorded_by_id, recorded_at, position, as_received",
}
AT_ONCE = 5_000
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody invented: `postcode` is "" for a protected address, and `other` a known-as or former name, or none."""

    person: UUID
    restricted: bool
    born: date
    given: str
    family: str
    other: tuple[str, str, str] | None
    postcode: str
    council_number: str
    nhs: str


@dataclass
class Council:
    """The server, and whom to act as: a worker with twenty children, and a child of theirs."""

    server: servers.Server
    admin: psycopg.Connection[Any]
    worker: UUID
    wide: UUID
    child: UUID
    provenance: UUID
    sample: list[Body]

    @property
    def superuser(self) -> dict[str, Any]:
        """What a Django database alias says to come in past every rule."""
        return {"USER": servers.SUPERUSER, "PASSWORD": self.server.home.secret(servers.PASSWORD)}


@contextmanager
def council(*, people: int) -> Iterator[Council]:
    """A throwaway council with that many people, each with a name, a number and, for children, an episode."""
    with servers.throwaway() as server:
        server.home.keep(mode="trial")
        os.environ["WENLOCK_HOME"] = str(server.home.root)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlock.web.settings")
        import django

        django.setup()
        from wenlock.web.setup import make_ready

        make_ready(home=server.home, server=server, say=lambda line: None)
        with psycopg.connect(server.dsn(dbname="wenlock"), autocommit=True) as admin:
            yield _filled(server, admin, people)


def _filled(server: servers.Server, admin: psycopg.Connection[Any], people: int) -> Council:
    began = time.perf_counter()
    admin.execute(
        "SET session_replication_role = replica"
    )  # no trigger, no key: the rows are ours and only measured
    provenance, worker, wide = uuid4(), uuid4(), uuid4()
    for actor, name in ((worker, "Worker"), (wide, "Wide")):
        admin.execute(
            "INSERT INTO security_actor (id, kind, name, email, is_active, password, staff_subject) "
            "VALUES (%s, 'worker', %s, %s, true, '!', '')",
            [actor, name, f"{name}@bench.invalid"],
        )
    for actor, role in ((worker, "social-worker"), (wide, "service-manager")):
        team = uuid4()
        admin.execute(
            "INSERT INTO council_team (id, code, name, purposes) VALUES (%s, %s, 'Team', '{children-in-need}')",
            [team, str(team)[:30]],
        )
        admin.execute(
            "INSERT INTO council_membership (id, actor_id, team_id, role_code, from_at) VALUES (%s, %s, %s, %s, now())",
            [uuid4(), actor, team, role],
        )
    admin.execute(
        "INSERT INTO notice_provenance (id, version_id, channel_id, source_id, purpose_id, source_name, handling, medium, "
        "received_at, recorded_by_id, recorded_at, place, file_name, file_sha256) SELECT %s, v.id, c.id, s.id, p.id, '', "
        "'', '', now(), %s, now(), '', '', '' FROM notice_version v, notice_channel c, notice_source s, notice_purpose p "
        "LIMIT 1",
        [provenance, worker],
    )
    sample = _peopled(server, admin, people, provenance, worker)
    admin.execute(EPISODES, {"n": people // 5, "worker": worker, "provenance": provenance})
    admin.execute(
        "INSERT INTO security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, source_table, "
        "source_id) SELECT gen_random_uuid(), %s, person_id, 3, 'children-in-need', 'case-worker', now(), 'bench', person_id "
        "FROM child_in_need_episode LIMIT 20",
        [worker],
    )
    admin.execute("SET session_replication_role = origin")
    admin.execute("VACUUM ANALYZE")
    row = admin.execute(
        "SELECT person_id FROM security_grant WHERE actor_id = %s LIMIT 1", [worker]
    ).fetchone()
    print(f"{people:,} people loaded in {time.perf_counter() - began:.0f} s", flush=True)
    return Council(server, admin, worker, wide, row[0] if row else uuid4(), provenance, sample)


def _peopled(
    server: servers.Server, admin: psycopg.Connection[Any], people: int, provenance: UUID, worker: UUID
) -> list[Body]:
    """Copy in that many people with names, numbers and addresses, and give a sample of them, the same every time."""
    indexes = admin.execute(
        "SELECT indexname::text, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND indexdef NOT LIKE '%%UNIQUE%%'",
        [[*COPIES, "people_findable"]],
    ).fetchall()
    for name, _ in indexes:
        admin.execute(f'DROP INDEX "{name}"')
    folk = Folk(SEED)
    tail = (provenance, worker, "2026-09-01")
    sample: list[Body] = []
    chance = random.Random(SEED)
    for start in range(0, people, 100_000):
        bodies = [
            _body(folk, start + n, names) for n, names in enumerate(folk.names(min(100_000, people - start)))
        ]
        sample += chance.sample(bodies, len(bodies) // 20)
        _copied(admin, folk, bodies, tail)
    admin.execute("SET maintenance_work_mem = '512MB'")
    for _, made in sorted(indexes, key=lambda index: "findable" in index[0]):
        if "findable_by_keys" not in made:
            admin.execute(made)
    admin.execute("ANALYZE people_person, people_name, people_residence, people_address")
    _findable(server, admin)
    admin.execute(next(made for _, made in indexes if "findable_by_keys" in made))
    return sample


def _body(folk: Folk, n: int, name: tuple[str, str]) -> Body:
    chance = folk.chance
    given, family = name
    roll = chance.random()
    other = None
    if roll < 0.06:
        other = ("birth", given, chance.choice(family_names()))
    elif roll < 0.12:
        other = ("known-as", chance.choice(given_names()), family)
    return Body(
        UUID(int=chance.getrandbits(128), version=4),
        chance.random() < 0.01,
        folk.born(),
        given,
        family,
        other,
        "" if chance.random() < 0.01 else folk.postcode(),
        f"B{n:07d}",
        folk.nhs(n),
    )


def _copied(admin: psycopg.Connection[Any], folk: Folk, bodies: list[Body], tail: tuple[object, ...]) -> None:
    def key() -> UUID:
        return UUID(int=folk.chance.getrandbits(128), version=4)

    end = (*tail, 0, False)
    homes = [key() for _ in bodies]
    rows: dict[str, Any] = {
        "people_person": (
            (body.person, body.born, False, "U", "", False, body.restricted, *tail) for body in bodies
        ),
        "people_name": (
            (key(), body.person, kind, "", given, family, *end)
            for body in bodies
            for kind, given, family in (
                ("legal", body.given, body.family),
                *([body.other] if body.other else []),
            )
        ),
        "people_identifier": (
            (key(), body.person, scheme, value, "", *end)
            for body in bodies
            for scheme, value in ((COUNCIL, body.council_number), (NHS, body.nhs))
        ),
        "people_address": (
            (home, ["1 Long Row"], body.postcode or "SY25 9ZZ", "", str(home), not body.postcode, *tail)
            for home, body in zip(homes, bodies, strict=True)
        ),
        "people_residence": (
            (key(), body.person, home, "home", *end) for home, body in zip(homes, bodies, strict=True)
        ),
    }
    for table, columns in COPIES.items():
        with admin.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows[table]:
                copy.write_row(row)


def _findable(server: servers.Server, admin: psycopg.Connection[Any]) -> None:
    """Make everybody findable as the triggers would have, on two connections."""
    ids = [row[0] for row in admin.execute("SELECT id FROM people_person")]
    batches = [ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE)]

    def made(part: list[list[UUID]]) -> None:
        with psycopg.connect(server.dsn(dbname="wenlock"), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for batch in part:
                connection.execute("SELECT guard.make_findable_v1(%s)", [batch])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(made, (batches[::2], batches[1::2])))


EPISODES = """
    INSERT INTO child_in_need_episode (id, person_id, referred_on, referral_source, referrer, primary_need, closure_reason,
                                       provenance_id, recorded_by_id, recorded_at, position, as_received)
    SELECT gen_random_uuid(), id, date '2020-01-01' + (random() * 2000)::int, '6', '', 'N1', '', %(provenance)s, %(worker)s,
           now(), 0, false
    FROM people_person ORDER BY id LIMIT %(n)s
"""


def quantile(times: list[float], share: float) -> float:
    """The time, in milliseconds, within which that share of `times` (in seconds) fell."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000
