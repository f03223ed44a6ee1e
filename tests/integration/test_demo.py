"""Seeding a new installation: all or nothing, once, and each worker sees what they would."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from wenlock.base import server as servers
from wenlock.demo import cast
from wenlock.demo.loading_people import TAKEN
from wenlock.intake.actions import WAYS_IN
from wenlock.people.numbers import fault

ROOT = Path(__file__).resolve().parents[2]
SIZE = 1200
TABLES = (
    "people_person",
    "people_name",
    "case_note",
    "case_allocation",
    "child_in_need_episode",
    "security_grant",
    "council_membership",
)
READY = (
    "import django; django.setup(); from wenlock.base.home import Home; from wenlock.base.server import"
    " Server; "
    "from wenlock.web.setup import make_ready; home = Home.find(); make_ready(home=home,"
    " server=Server(home), say=print)"
)


@dataclass
class Demonstration:
    """A server with the invented council on it, and what the seeding said."""

    server: servers.Server
    after_the_kill: dict[str, int]
    seen: dict[str, dict[str, list[str]]]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database's own administrator reads, past every policy."""
        with psycopg.connect(self.server.dsn(dbname="wenlock"), autocommit=True) as admin:
            return admin.execute(sql).fetchall()

    def counts(self) -> dict[str, int]:
        """How many rows each table about people holds."""
        return {table: self.rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES}

    def run(self, *arguments: str) -> subprocess.Popen[str]:
        """A process of the demonstration, its output a pipe."""
        where = {"WENLOCK_HOME": str(self.server.home.root), "DJANGO_SETTINGS_MODULE": "wenlock.web.settings"}
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=os.environ | where, stdout=subprocess.PIPE, text=True
        )

    def seed(self) -> dict[str, Any]:
        """Seed, and give back what the process said last."""
        process = self.run("-m", "tests.integration.demo_council", str(SIZE))
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        return json.loads(output.splitlines()[-1])


@pytest.fixture(scope="module")
def demonstration() -> Iterator[Demonstration]:
    """Set up; kill a seeding half way; seed again."""
    with servers.throwaway() as server:
        server.home.keep(mode="demo")
        made = Demonstration(server, {}, {})
        ready = made.run("-c", READY)
        ready.communicate(timeout=300)
        assert ready.returncode == 0
        _kill_half_way(made)
        made.after_the_kill = made.counts()
        made.seen = made.seed()["seen"]
        yield made


def _kill_half_way(made: Demonstration) -> None:
    process = made.run("-m", "tests.integration.demo_council", str(SIZE))
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("Gave out the cases"):
            process.send_signal(signal.SIGKILL)
            break
    assert process.wait(timeout=60) == -signal.SIGKILL
    process.stdout.close()


def test_a_seeding_killed_half_way_leaves_nobody_behind(demonstration: Demonstration) -> None:
    assert demonstration.after_the_kill["people_person"] == 0
    assert demonstration.after_the_kill["case_allocation"] == 0


def test_the_council_is_there_after_the_next_seeding(demonstration: Demonstration) -> None:
    counts = demonstration.counts()
    assert counts["people_person"] == pytest.approx(SIZE, abs=12)
    assert counts["child_in_need_episode"] > 250 and counts["case_note"] > 100
    at_work = sum(bool(each.team) for each in cast.EVERYONE)
    keeper = 1  # of clocks: a service account, in a team of its own as each way in is
    assert counts["council_membership"] == at_work + len(WAYS_IN) + keeper


def test_the_front_door_has_had_emails(demonstration: Demonstration) -> None:
    came = demonstration.rows(
        "SELECT verified, reason, contact_id IS NOT NULL FROM intake_email ORDER BY uid"
    )
    assert came == [("verified", "", True), ("failed", "", True), ("verified", "automatic", False)]


def test_seeding_again_adds_nothing(demonstration: Demonstration) -> None:
    before = demonstration.counts()
    assert demonstration.seed()["added"] is False
    assert demonstration.counts() == before


def test_whoever_has_no_business_with_a_record_sees_none(demonstration: Demonstration) -> None:
    for slug in ("noel", "gwen", "harriet"):
        assert not any(demonstration.seen[slug].values()), slug


def test_amara_sees_the_children_of_her_team_and_reads_their_notes(demonstration: Demonstration) -> None:
    hers, everybody = demonstration.seen["amara"], demonstration.seen["femi"]
    assert 20 < len(hers["people"]) < len(everybody["people"]) / 3
    assert hers["episodes"] and hers["notes"]


def test_the_front_door_sees_that_children_are_known_and_no_more_than_today_s_referrals(
    demonstration: Demonstration,
) -> None:
    door, everybody = demonstration.seen["dilys"], demonstration.seen["femi"]
    assert len(door["people"]) == len(everybody["people"])
    assert len(door["episodes"]) < len(everybody["episodes"]) / 10


def test_emergency_duty_sees_the_record_opened_tonight_and_nothing_else(demonstration: Demonstration) -> None:
    [(opened,)] = demonstration.rows(
        "SELECT person_id FROM security_emergencyaccess WHERE reviewed_at IS NULL"
    )
    [*episodes] = demonstration.rows(f"SELECT id FROM child_in_need_episode WHERE person_id = '{opened}'")
    assert sorted(demonstration.seen["joan"]["episodes"]) == sorted(str(key) for (key,) in episodes)


def test_nobody_with_the_whole_service_sees_a_closed_record(demonstration: Demonstration) -> None:
    closed = {str(key) for (key,) in demonstration.rows("SELECT id FROM people_person WHERE restricted")}
    assert closed
    for slug in ("esme", "femi", "dilys"):
        assert closed.isdisjoint(demonstration.seen[slug]["people"])
    assert closed & set(demonstration.seen["carys"]["people"])


def test_the_service_manager_does_not_see_her_neighbours_child(demonstration: Demonstration) -> None:
    [(child,)] = demonstration.rows(
        "SELECT c.person_id FROM security_conflict c JOIN security_actor a ON a.id = c.actor_id "
        "WHERE a.name = 'Esme Clarke' AND c.ended_at IS NULL"
    )
    assert str(child) in demonstration.seen["femi"]["people"]
    assert str(child) not in demonstration.seen["esme"]["people"]


def test_a_protected_address_reaches_nobody(demonstration: Demonstration) -> None:
    hidden = {str(key) for (key,) in demonstration.rows("SELECT id FROM people_address WHERE confidential")}
    assert len(hidden) >= 3
    for slug, seen in demonstration.seen.items():
        assert hidden.isdisjoint(seen["addresses"]), slug


def test_a_number_is_questioned_when_it_fails_its_check_or_is_anothers(demonstration: Demonstration) -> None:
    questioned = demonstration.rows(
        "SELECT scheme, value, questioned FROM people_identifier WHERE questioned <> ''"
    )
    assert len(questioned) == 3
    assert sorted(scheme for scheme, value, _ in questioned if fault(scheme, value)) == ["NHS", "UPN"]
    assert [why for scheme, value, why in questioned if not fault(scheme, value)] == [TAKEN]
    unquestioned = demonstration.rows("SELECT scheme, value FROM people_identifier WHERE questioned = ''")
    assert not [value for scheme, value in unquestioned if fault(scheme, value)]


def test_every_note_is_final_but_the_drafts_and_every_case_was_given_by_another(
    demonstration: Demonstration,
) -> None:
    assert demonstration.rows("SELECT count(*) FROM case_note WHERE final_at IS NULL") == [(4,)]
    assert demonstration.rows("SELECT count(*) FROM case_note WHERE retracted_at IS NOT NULL") == [(2,)]
    assert demonstration.rows("SELECT count(*) FROM people_correction") >= [(1,)]


def test_a_closed_case_is_open_to_no_worker(demonstration: Demonstration) -> None:
    assert demonstration.rows(
        "SELECT count(*) FROM child_in_need_episode e "
        "JOIN case_allocation a ON a.person_id = e.person_id AND a.until_at IS NULL "
        "WHERE NOT EXISTS (SELECT 1 FROM child_in_need_episode o WHERE o.person_id = e.person_id AND"
        " o.closed_on IS NULL)"
    ) == [(0,)]


def test_each_row_is_recorded_by_whoever_wrote_it_in_the_audit(demonstration: Demonstration) -> None:
    for table in (
        "people_person",
        "child_in_need_episode",
        "child_in_need_visit",
        "protection_protectionplan",
    ):
        assert demonstration.rows(
            f"SELECT count(*) FROM {table} r JOIN security_auditevent e ON e.row_id = r.id "
            "WHERE e.kind = 'created' AND e.actor_id <> r.recorded_by_id"
        ) == [(0,)]
