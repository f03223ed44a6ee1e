"""A council of a million invented people, for measuring. Loaded past every rule, in a server of its own, and deleted."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from wenlock.base import server as servers

GIVEN = [
    "Amelia",
    "Oliver",
    "Isla",
    "George",
    "Ava",
    "Noah",
    "Mia",
    "Arthur",
    "Ivy",
    "Harry",
    "Lily",
    "Leo",
    "Freya",
    "Muhammad",
    "Florence",
    "Jack",
    "Willow",
    "Theo",
    "Rosie",
    "Oscar",
    "Sophia",
    "Charlie",
    "Isabella",
    "Archie",
    "Grace",
    "Jacob",
    "Daisy",
    "Thomas",
    "Sienna",
    "Henry",
    "Aisha",
    "Yusuf",
    "Zofia",
    "Jakub",
    "Chidi",
    "Ngozi",
    "Priya",
    "Arjun",
    "Mei",
    "Wei",
    "Rhys",
    "Cerys",
    "Callum",
    "Eilidh",
    "Conor",
    "Niamh",
    "Ezra",
    "Hana",
    "Idris",
    "Jude",
]
FAMILY = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Patel",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
    "Roberts",
    "Green",
    "Hall",
    "Wood",
    "Khan",
    "Clarke",
    "Jackson",
    "Hughes",
    "Lewis",
    "Harris",
    "Edwards",
    "Begum",
    "Turner",
    "Cooper",
    "Ward",
    "Morris",
    "Hill",
    "Moore",
    "Lee",
    "King",
    "Baker",
    "Harrison",
    "Morgan",
    "Allen",
    "Scott",
    "Watson",
    "Phillips",
    "Kowalski",
    "Nowak",
    "Okafor",
    "Adeyemi",
    "Singh",
    "Kaur",
    "Chen",
    "Novak",
]


@dataclass
class Council:
    """The server, and whom to act as: a worker with twenty children, and a child of theirs."""

    server: servers.Server
    admin: psycopg.Connection[Any]
    worker: UUID
    wide: UUID
    child: UUID
    provenance: UUID

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
    admin.execute(PEOPLE, {"n": people, "worker": worker, "provenance": provenance})
    admin.execute(NAMES, {"given": GIVEN, "family": FAMILY, "worker": worker, "provenance": provenance})
    admin.execute(NUMBERS, {"worker": worker, "provenance": provenance})
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
    return Council(server, admin, worker, wide, row[0] if row else uuid4(), provenance)


PEOPLE = """
    INSERT INTO people_person (id, born_on, birth_estimated, sex, gender, professional, restricted, provenance_id,
                               recorded_by_id, recorded_at)
    SELECT gen_random_uuid(), date '1950-01-01' + (random() * 27000)::int, false, (ARRAY['F', 'M'])[1 + (random())::int],
           '', false, random() < 0.01, %(provenance)s, %(worker)s, now()
    FROM generate_series(1, %(n)s)
"""
NAMES = """
    INSERT INTO people_name (id, person_id, kind, title, given, family, given_sound, family_sound, provenance_id,
                             recorded_by_id, recorded_at, position, as_received)
    SELECT gen_random_uuid(), id, 'legal', '', given, family, left(dmetaphone(given), 12), left(dmetaphone(family), 12),
           %(provenance)s, %(worker)s, now(), 0, false
    FROM (SELECT id, (%(given)s::text[])[1 + (random() * 49)::int] AS given,
                 (%(family)s::text[])[1 + (random() * 49)::int] || (ARRAY['', '', '', 'son', '-Hart', 'by'])[1 + (random() * 5)::int]
                 AS family
          FROM people_person) invented
"""
NUMBERS = """
    INSERT INTO people_identifier (id, person_id, scheme, value, questioned, provenance_id, recorded_by_id, recorded_at,
                                   position, as_received)
    SELECT gen_random_uuid(), id, 'LA-child-id', 'B' || row_number() OVER (), '', %(provenance)s, %(worker)s, now(), 0, false
    FROM people_person
"""
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
