"""The same request many times at once, and a process killed in the middle: one contact, or none."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests
from django.db import connection
from django.utils import timezone

from tests.cast import recall
from tests.integration.audit_examples import Trail, value
from tests.integration.partner_examples import BODY, a_partner
from tests.integration.partner_stage import partner_site
from wenlock.base.server import Server
from wenlock.partners import actions, queries
from wenlock.partners.limits import Rate
from wenlock.partners.secret import keyed

REPEATS = 20


@dataclass
class Running:
    """The site as a partner's system finds it, and its database."""

    address: str
    secret: str
    copy: Trail

    def post(self, repeat: str, body: Any = None) -> requests.Response:
        return requests.post(
            f"{self.address}/api/v1/contacts", json=body or BODY, timeout=60,
            headers={"Authorization": f"Bearer {self.secret}", "Idempotency-Key": repeat},
        )  # fmt: skip

    def count(self, query: str, *values: object) -> Any:
        with self.copy.connected("postgres") as superuser:
            return value(superuser, query, *values)

    @property
    def contacts(self) -> int:
        return self.count(
            "SELECT count(*) FROM intake_contact c JOIN security_actor a ON a.id = c.recorded_by_id "
            "WHERE a.email LIKE 'partner-%%'"
        )


@pytest.fixture
def running(
    server: Server,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Running]:
    without_end = Rate(calls=10**6, seconds=60, since=date(2026, 1, 1))
    monkeypatch.setattr(queries, "rate", lambda on: without_end)
    with django_db_blocker.unblock(), partner_site(server, tmp_path) as (address, copy):  # type: ignore[attr-defined]
        yield Running(address, a_partner(recall()).secret, copy)


def at_once(act: Any, count: int = REPEATS) -> list[Any]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_twenty_repeats_at_once_are_one_contact_and_one_answer(running: Running) -> None:
    answers = at_once(lambda _: running.post("request-1"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert running.contacts == 1
    assert running.count("SELECT count(*) FROM intake_mention m JOIN partners_sent USING (contact_id)") == 3


def test_twenty_requests_at_once_are_twenty_contacts_and_each_is_counted(running: Running) -> None:
    answers = at_once(lambda number: running.post(f"request-{number}"))
    assert {answer.status_code for answer in answers} == {201}
    assert running.contacts == REPEATS
    assert running.count("SELECT calls FROM partners_meter") == REPEATS


def test_of_two_bodies_under_one_name_one_is_taken(running: Running) -> None:
    answers = at_once(lambda number: running.post("request-1", BODY | {"words": f"Word {number}."}))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * (REPEATS - 1)
    assert running.contacts == 1


def test_a_repeat_that_waits_too_long_for_the_first_is_told_to_come_again(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "WAIT", "50ms")
    assert running.post("request-1").status_code == 201
    with running.copy.connected("postgres", autocommit=False) as first:
        key = value(first, "SELECT key_id FROM partners_sent")
        # Somebody is in the middle of taking request-2: their row is there, and nobody else can see it yet.
        first.execute("SET LOCAL session_replication_role = replica")
        first.execute(
            "INSERT INTO partners_sent SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), "
            "'contact_id', gen_random_uuid(), 'mark', %s::text))).* FROM partners_sent s",
            [keyed("repeat", f"{key} request-2")],
        )
        answer = running.post("request-2")
        assert (answer.status_code, answer.json()["code"]) == (409, "still-being-taken")
        assert answer.headers["Retry-After"] == "1"
        first.rollback()
    assert running.post("request-2").status_code == 201
    assert running.contacts == 2


def test_what_dies_before_it_is_done_leaves_nothing_and_its_repeat_is_taken(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_call = actions.note_call
    lives = iter([False, True])

    def dies_once(**what: Any) -> None:
        if not next(lives):  # everything is written, and nothing yet for good
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                running.count("SELECT pg_terminate_backend(%s)", cursor.fetchone()[0])
        note_call(**what)

    monkeypatch.setattr(actions, "note_call", dies_once)
    assert running.post("request-1").status_code == 503
    assert running.contacts == 0
    assert running.post("request-1").status_code == 201
    assert (running.contacts, running.count("SELECT count(*) FROM partners_sent")) == (1, 1)


def test_a_week_later_a_repeat_is_forgotten_and_the_contact_is_still_the_keys(running: Running) -> None:
    running.post("request-1")
    with running.copy.connected("postgres") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE partners_sent SET recorded_at = recorded_at - interval '7 days'")
    assert actions.forget(at=timezone.now()) == 1
    assert running.count("SELECT mark || said FROM partners_sent") == ""
    assert running.contacts == 1
    assert running.post("request-1").status_code == 201
    assert running.contacts == 2
