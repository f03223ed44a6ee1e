"""Two hundred workers for the benchmark council: in teams of ten, each with twenty children, and contacts waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.council import Council

TEAM = 10  # workers
CASELOAD = 20  # children: above what councils aim for, which is about sixteen
WAITING = 300  # contacts not decided on
PURPOSE = "children-in-need"

ALLOCATED = """
    INSERT INTO case_allocation (id, person_id, worker_id, team_id, role, purpose, from_at, why, allocated_by_id,
                                 allocated_at)
    SELECT gen_random_uuid(), person_id, %(worker)s, %(team)s, %(role)s, %(purpose)s, now(), '', %(by)s, now()
    FROM child_in_need_episode ORDER BY person_id OFFSET %(skip)s LIMIT %(children)s
"""
OPENED = """
    INSERT INTO security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, source_table, source_id)
    SELECT gen_random_uuid(), %(worker)s, person_id, 3, %(purpose)s, 'case-worker', now(), 'bench', person_id
    FROM child_in_need_episode ORDER BY person_id OFFSET %(skip)s LIMIT %(children)s
"""
CAME_IN = """
    INSERT INTO intake_contact (id, reference, kind, words, teller, teller_name, teller_role, teller_reach, in_confidence,
                                giver_unknown, originator_code, tags, present, danger, urgency, agreed, complaint_about,
                                people, provenance_id, recorded_by_id, recorded_at)
    SELECT gen_random_uuid(), 'BENCH' || lpad(n::text, 4, '0'), 'concern', 'A child was alone after dark.', 'public', '', '',
           '', false, false, '', '{}', '', 'unknown', 'today', 'not-asked', '', '{}', %(provenance)s, %(by)s, now() - n * interval '1 minute'
    FROM generate_series(1, %(waiting)s) n
"""


@dataclass(frozen=True, slots=True)
class Staff:
    """The workers, and how many of them screen what comes in."""

    workers: tuple[UUID, ...]
    screen: int


def staff(of: Council, *, workers: int) -> Staff:
    """Put that many workers into the council. One in each team is its manager, and one team is the front door."""
    of.admin.execute("SET session_replication_role = replica")
    ids = [uuid4() for _ in range(workers)]
    for start in range(0, workers, TEAM):
        _team(of.admin, of, ids[start : start + TEAM], start, front_door=start == 0)
    of.admin.execute(CAME_IN, {"provenance": of.provenance, "by": of.worker, "waiting": WAITING})
    of.admin.execute("SET session_replication_role = origin")
    of.admin.execute("ANALYZE")
    return Staff(tuple(ids), screen=min(TEAM, workers))


def _team(
    admin: psycopg.Connection[Any], of: Council, workers: list[UUID], start: int, *, front_door: bool
) -> None:
    team = uuid4()
    admin.execute(
        "INSERT INTO council_team (id, code, name, purposes) VALUES (%s, %s, %s, %s)",
        [team, f"bench-{start}", f"Team {start // TEAM + 1}", [PURPOSE]],
    )
    for place, worker in enumerate(workers):
        role = "front-door" if front_door else "team-manager" if place == 0 else "social-worker"
        admin.execute(
            "INSERT INTO security_actor (id, kind, name, email, is_active, password, staff_subject) "
            "VALUES (%s, 'worker', %s, %s, true, '!', '')",
            [worker, f"Worker {start + place}", f"{worker}@bench.invalid"],
        )
        admin.execute(
            "INSERT INTO council_membership (id, actor_id, team_id, role_code, from_at) VALUES (%s, %s, %s, %s, now())",
            [uuid4(), worker, team, role],
        )
        if role == "social-worker":
            held = {"worker": worker, "purpose": PURPOSE, "by": of.wide, "children": CASELOAD}
            held |= {"skip": 20 + (start + place) * CASELOAD}
            admin.execute(ALLOCATED, held | {"team": None, "role": "case-worker"})
            admin.execute(OPENED, held)
    shared = {"worker": None, "team": team, "role": "team", "purpose": PURPOSE, "by": of.wide}
    admin.execute(ALLOCATED, shared | {"skip": 20 + start * CASELOAD, "children": TEAM * CASELOAD})
