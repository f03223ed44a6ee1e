"""Two people at work on one record at the same moment: one merge stands, and nothing is written past it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest

from tests.cast import Cast, recall
from tests.integration.audit_examples import Connection, Trail, act, copied
from wenlock.base.server import Server

MERGE = """
    SELECT guard.merge_people_v1(%(stands)s, %(other)s,
        (SELECT jsonb_object_agg(name, %(other)s::text) FROM unnest(
            '{born_on,died_on,sex,gender,professional,ethnicity}'::text[]) name),
        '{}', ARRAY(SELECT reader FROM guard.merge_opens_v1(%(stands)s, %(other)s)), 'The school confirms it', now())
"""
WAITING = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"


@pytest.fixture
def copy(
    server: Server, django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Trail]:
    with django_db_blocker.unblock(), copied(server, tmp_path / "home") as made:  # type: ignore[attr-defined]
        yield made


def second(copy: Trail, act_of: Callable[[Connection], object]) -> str:
    """What refuses somebody who acts while a merge of Tom into Mia is not yet over; "" for nothing."""
    the: Cast = recall()
    told: list[Any] = []

    def meanwhile() -> None:
        with copy.connected("wenlock_app", autocommit=False) as other:
            act(other, by=the.femi.pk)
            try:
                act_of(other)
                told.append("")
            except psycopg.Error as error:
                told.append(error.diag.constraint_name)

    with copy.connected("wenlock_app", autocommit=False) as first, copy.connected("postgres") as watching:
        act(first, by=the.femi.pk)
        first.execute(MERGE, {"stands": the.people.mia.pk, "other": the.people.tom.pk})
        thread = Thread(target=meanwhile)
        thread.start()
        while thread.is_alive() and not watching.execute(WAITING, [copy.database]).fetchone()[0]:  # type: ignore[index]
            pass
        assert thread.is_alive(), told  # it waits for the merge
        first.commit()
        thread.join()
    return str(told[0])


def test_of_two_merges_of_one_record_at_once_one_stands(copy: Trail) -> None:
    people = recall().people
    merging = {"stands": people.lee.pk, "other": people.tom.pk}
    assert second(copy, lambda other: other.execute(MERGE, merging)) == "people_merge_of_records_that_stand"
    with copy.connected("postgres") as connection:
        assert connection.execute(
            "SELECT merged_into_id FROM people_person WHERE id = %s", [people.tom.pk]
        ).fetchone() == (people.mia.pk,)
        assert connection.execute("SELECT count(*) FROM people_merge").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM guard.merging").fetchone() == (0,)


def test_what_is_written_while_a_record_is_merged_away_is_refused(copy: Trail) -> None:
    the = recall()
    name = (
        "INSERT INTO people_name (id, person_id, kind, title, given, family, provenance_id, recorded_by_id, recorded_at, "
        "position, as_received) SELECT gen_random_uuid(), %s, 'alias', '', 'Tam', 'Birch', provenance_id, %s, now(), 9, "
        "false FROM people_person WHERE id = %s"
    )
    values = [the.people.tom.pk, the.femi.pk, the.people.tom.pk]
    assert second(copy, lambda other: other.execute(name, values)) == "record_is_not_merged"
