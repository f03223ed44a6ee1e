"""Sealing as it runs: what it covers, what it waits for, and how it recovers."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from tests.cast import recall
from tests.integration.audit_examples import Trail, act, copied, value, write_event
from wenlock.base.server import Server
from wenlock.security import seal_copies, sealing, trail
from wenlock.security.keys import sealing_key
from wenlock.security.seal_copies import CopyDisagrees


@pytest.fixture
def fresh(
    server: Server, django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Trail]:
    """A trail with what the cast left under its first seal."""
    with django_db_blocker.unblock(), copied(server, tmp_path / "home") as made:  # type: ignore[attr-defined]
        made.seal()
        yield made


@pytest.fixture
def amara(fresh: Trail) -> UUID:
    return recall().amara.pk


def test_each_seal_covers_what_came_since_the_last(fresh: Trail, amara: UUID) -> None:
    fresh.write_events(5, by=amara)
    second = fresh.seal()
    fresh.write_events(2, by=amara)
    third = fresh.seal()
    assert second and third
    assert (second.number, second.rows, third.number, third.rows) == (2, 5, 3, 2)
    assert (third.from_xid, third.previous) == (second.until_xid, second.digest)
    assert fresh.verify().problems == ()


def test_nothing_written_makes_no_seal_until_an_hour_has_passed(fresh: Trail, amara: UUID) -> None:
    assert fresh.seal() is None
    quiet = fresh.seal(at=datetime.now(UTC) + timedelta(hours=1))
    assert quiet and (quiet.number, quiet.rows) == (2, 0)
    fresh.write_events(1, by=amara)
    after = fresh.seal(at=datetime.now(UTC) + timedelta(hours=1))
    assert after and (after.number, after.rows) == (3, 1)
    assert fresh.verify().problems == ()


def test_a_transaction_still_running_is_waited_for(fresh: Trail, amara: UUID) -> None:
    with fresh.connected("wenlock_app", autocommit=False) as slow:
        act(slow, by=amara)
        write_event(slow, kind="slow")
        fresh.write_events(3, by=amara, kind="quick")  # later transactions, over before the slow one
        during = fresh.seal(at=datetime.now(UTC) + timedelta(hours=2))
        assert during is None or during.rows == 0
        assert fresh.verify().waiting == 3
        slow.commit()
    after = fresh.seal()
    assert after and after.rows == 4
    assert fresh.verify().problems == ()


def test_an_event_taken_back_is_never_sealed(fresh: Trail, amara: UUID) -> None:
    with fresh.connected("wenlock_app", autocommit=False) as connection:
        act(connection, by=amara)
        write_event(connection)
        connection.rollback()
    assert fresh.seal() is None


def test_two_sealers_at_once_seal_everything_once(fresh: Trail, amara: UUID) -> None:
    faults: list[BaseException] = []

    def keep_sealing() -> None:
        try:
            for _ in range(10):
                fresh.seal()
        except BaseException as error:
            faults.append(error)

    sealers = [threading.Thread(target=keep_sealing) for _ in range(3)]
    for thread in sealers:
        thread.start()
    fresh.write_events(100, by=amara)
    for thread in sealers:
        thread.join()
    fresh.seal()
    assert faults == []
    report = fresh.verify()
    assert (report.problems, report.waiting) == ((), 0)


def test_a_seal_made_and_not_yet_copied_is_copied_by_the_next_run(
    fresh: Trail, amara: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.write_events(1, by=amara)
    with monkeypatch.context() as killed:
        killed.setattr(sealing, "_copy", lambda connection, places, put_off=False: None if put_off else 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fresh.seal()
    assert fresh.verify().problems == (f"In the database and not in {fresh.place}: Seal 2.",)
    assert fresh.seal() is None
    assert fresh.verify().problems == ()


def test_a_line_cut_short_is_completed(fresh: Trail, amara: UUID) -> None:
    before = fresh.place.read_bytes()
    fresh.write_events(1, by=amara)
    fresh.seal()
    whole = fresh.place.read_bytes()
    for written in (0, 1, 200, -1):
        fresh.place.write_bytes(before + whole[len(before) :][:written])
        fresh.seal()
        assert fresh.place.read_bytes() == whole


def test_half_a_line_of_something_else_stops_the_sealing(fresh: Trail, amara: UUID) -> None:
    fresh.place.write_bytes(fresh.place.read_bytes() + b'{"digest": "00')
    fresh.write_events(1, by=amara)
    with pytest.raises(CopyDisagrees, match="half a line"):
        fresh.seal()


def test_a_second_place_gets_every_seal_and_its_absence_does_not_stop_the_first(
    fresh: Trail, amara: UUID, tmp_path: Path
) -> None:
    second = tmp_path / "other disk" / "seals.jsonl"
    fresh.write_events(1, by=amara)
    with pytest.raises(FileNotFoundError):
        fresh.seal(places=(second,))
    assert fresh.verify().problems == ()
    second.parent.mkdir()
    fresh.seal(places=(second,))
    assert second.read_bytes() == fresh.place.read_bytes()
    assert fresh.verify(places=(fresh.place, second)).problems == ()


def test_a_copy_longer_than_the_database_stops_the_sealing(fresh: Trail, amara: UUID) -> None:
    fresh.write_events(1, by=amara)
    fresh.seal()
    with fresh.connected("postgres") as superuser:
        superuser.execute("ALTER TABLE security_seal DISABLE TRIGGER USER")
        superuser.execute("DELETE FROM security_seal WHERE number = 2")
    fresh.write_events(1, by=amara)
    with pytest.raises(CopyDisagrees, match="the database has no such seal"):
        fresh.seal()
    with fresh.connected() as connection:
        assert len(trail.seals(connection)) == 1


def restore(made: Trail) -> None:
    """Put the database back to its first seal, its transactions counted anew as after a restore elsewhere.

    Five events of the old epoch had not been sealed when the backup was made.
    """
    with made.connected("postgres") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("DELETE FROM security_seal WHERE number > 1")
        until = value(superuser, "SELECT until_xid FROM security_seal")
        superuser.execute("UPDATE security_auditevent SET xid = xid + 1000000000 WHERE xid >= %s", [until])


def test_a_restored_database_is_sealed_again_only_in_a_new_epoch(fresh: Trail, amara: UUID) -> None:
    fresh.write_events(4, by=amara)
    fresh.seal()
    fresh.write_events(1, by=amara)
    fresh.seal()
    restore(fresh)
    with pytest.raises(CopyDisagrees, match="new-epoch"):
        fresh.seal()
    with fresh.connected("wenlock_owner") as owner, fresh.connected() as sealer:
        begun = sealing.begin_epoch(
            owner,
            sealer,
            key=fresh.key,
            places=(fresh.place,),
            reason="Tuesday's backup",
            at=datetime.now(UTC),
        )
    assert begun == 2
    fresh.write_events(2, by=amara)
    assert fresh.seal()
    report = fresh.verify()
    assert report.problems == ()
    assert report.remarks == (
        f"{fresh.place}: Seals 2 to 3 of epoch 1 were lost when the database was restored.",
    )
    with fresh.connected() as connection:
        assert [(seal.epoch, seal.rows) for seal in trail.seals(connection)][1:] == [(1, 5), (2, 1), (2, 2)]
        assert (
            value(connection, "SELECT detail ->> 'reason' FROM security_auditevent WHERE epoch = 2 LIMIT 1")
            == "Tuesday's backup"
        )


def test_a_counter_that_went_back_stops_the_sealing(fresh: Trail, amara: UUID) -> None:
    # No transaction of the server has come so far: the seal was made by another, whose copies are lost.
    with fresh.connected("postgres") as superuser:
        superuser.execute("SET session_replication_role = replica")
        superuser.execute("UPDATE security_seal SET until_xid = until_xid + 1000000000")
    fresh.place.unlink()
    fresh.write_events(1, by=amara)
    with pytest.raises(sealing.SealingStopped, match="restored from a copy"):
        fresh.seal()


DETAILS = (
    '{"deep": ' + "[" * 3000 + "]" * 3000 + "}",
    '{"long": ' + "7" * 6000 + "}",
    '{"odd": "\\u00e9 \\" \\\\ \\ud83d\\ude00", "n": -0.0}',
)


def test_no_detail_of_an_event_can_stop_the_sealing(fresh: Trail, amara: UUID) -> None:
    for detail in DETAILS:
        fresh.write_events(1, by=amara, detail=detail)
    made = fresh.seal()
    assert made and made.rows == len(DETAILS)
    assert fresh.verify().problems == ()


def test_the_sealer_reads_the_trail_adds_seals_and_does_nothing_else(fresh: Trail) -> None:
    attempts = (
        "UPDATE security_auditevent SET kind = 'x'",
        "DELETE FROM security_auditevent",
        "INSERT INTO security_auditevent (at, xid, epoch, kind, detail) VALUES (now(), 1, 1, 'x', '{}')",
        "SELECT guard.record_event_v1('signed-in', NULL, NULL, NULL, '{}')",
        "UPDATE security_seal SET rows = 0",
        "DELETE FROM security_seal",
        "TRUNCATE security_seal",
        "SELECT * FROM people_person",
        "SELECT * FROM guard.context_key",
        "UPDATE guard.epoch SET number = 7",
        "SET ROLE wenlock_owner",
    )
    with fresh.connected() as sealer:
        for attempt in attempts:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                sealer.execute(attempt)


def test_the_owner_too_finds_the_seals_closed_to_change(fresh: Trail) -> None:
    attempts = (
        "UPDATE security_seal SET rows = 0",
        "DELETE FROM security_seal",
        "TRUNCATE security_seal",
        "TRUNCATE security_auditevent",
    )
    with fresh.connected("wenlock_owner") as owner:
        for attempt in attempts:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(attempt)


def test_the_private_key_stays_in_the_secrets_and_the_public_one_is_beside_the_seals(fresh: Trail) -> None:
    (public,) = (fresh.home.seals / "keys").glob("*.pem")
    assert public.stem == fresh.key.public.key_id
    assert "PUBLIC KEY" in public.read_text()
    assert (fresh.home.secrets / "audit-seal").stat().st_mode & 0o777 == 0o600
    assert fresh.place.stat().st_mode & 0o777 == 0o600
    assert sealing_key(fresh.home).public.key_id == public.stem


def test_sixty_three_thousand_events_are_sealed_and_checked_in_seconds(fresh: Trail, amara: UUID) -> None:
    with fresh.connected("postgres") as superuser:
        superuser.execute(
            "INSERT INTO security_auditevent (at, xid, epoch, actor_id, purpose, request_id, kind, "
            "person_id, detail) "
            "SELECT clock_timestamp(), pg_current_xact_id()::text::bigint, 1, %s, 'children-in-need', "
            "gen_random_uuid(), "
            "'read', gen_random_uuid(), jsonb_build_object('level', 'full', 'n', n) FROM "
            "generate_series(1, 63000) n",
            [amara],
        )
    began = time.monotonic()
    made = fresh.seal()
    sealed = time.monotonic()
    report = fresh.verify()
    checked = time.monotonic()
    assert made and made.rows == 63_000
    assert report.problems == ()
    print(f"sealed in {sealed - began:.1f} s, checked in {checked - sealed:.1f} s")
    # Several times what it takes, for a machine that does other things as well.
    assert sealed - began < 20 and checked - sealed < 20


def test_a_line_of_the_copy_says_all_that_the_seal_says(fresh: Trail) -> None:
    with fresh.connected() as connection:
        (seal,) = trail.seals(connection)
    said = json.loads(fresh.place.read_text())
    assert trail.Seal.from_json(said) == seal
    assert seal_copies.read(fresh.place).seals == (seal,)
    for name, wrong in (("rows", "7"), ("root", "zz"), ("sealed_at", "today"), ("more", 1)):
        with pytest.raises(ValueError, match="not a seal"):
            trail.Seal.from_json(said | {name: wrong})
