"""Whatever is done to the sealed trail, even by a superuser with every trigger off, the check finds it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.cast import recall
from tests.integration.audit_examples import Connection, Trail, copied, value
from wenlock.base.server import Server
from wenlock.security import merkle, trail
from wenlock.security.keys import SealingKey
from wenlock.security.trail import Seal

DAYS = 3
EACH = 7


@pytest.fixture(scope="module")
def sealed(
    server: Server,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Trail]:
    """A trail of four seals: what the cast left, then three more days."""
    with django_db_blocker.unblock(), copied(server, tmp_path_factory.mktemp("sealed")) as made:  # type: ignore[attr-defined]
        made.seal(at=datetime.now(UTC) - timedelta(minutes=10))
        for _ in range(DAYS):
            made.write_events(EACH, by=recall().amara.pk, detail='{"level": "full", "share": 0.50}')
            made.seal()
        yield made


@pytest.fixture
def hand(sealed: Trail) -> Iterator[Connection]:
    """The tamperer's connection."""
    with sealed.tampering() as connection:
        yield connection


def an_event(connection: Connection) -> int:
    """An event in the middle of the third seal."""
    return int(
        value(
            connection,
            "SELECT id FROM security_auditevent e JOIN security_seal s ON e.xid >= from_xid AND e.xid < "
            "until_xid "
            "WHERE s.number = 3 ORDER BY xid, id OFFSET 3 LIMIT 1",
        )
    )


def test_a_trail_as_it_was_written_is_sound(sealed: Trail) -> None:
    report = sealed.verify()
    assert report.problems == ()
    assert report.remarks == ()
    assert (report.seals, report.waiting) == (DAYS + 1, 0)
    assert report.events > DAYS * EACH


def test_the_check_does_not_depend_on_the_settings_of_the_session(sealed: Trail, hand: Connection) -> None:
    for setting in (
        "timezone = 'Asia/Kathmandu'",
        "datestyle = 'German'",
        "extra_float_digits = -15",
        "bytea_output = escape",
    ):
        hand.execute(f"SET LOCAL {setting}")
    assert sealed.verify(hand).problems == ()


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "actor_id = gen_random_uuid()",
        "actor_id = NULL",
        "purpose = purpose || 's'",
        "request_id = gen_random_uuid()",
        "kind = 'reae'",
        "person_id = gen_random_uuid()",
        "table_name = 'people_person'",
        "row_id = gen_random_uuid()",
        """detail = jsonb_set(detail, '{level}', '"fulm"')""",
        "detail = jsonb_set(detail, '{share}', '0.51')",
        "detail = jsonb_set(detail, '{share}', '0.5')",
        """detail = jsonb_set(detail, '{share}', '"0.50"')""",
        "detail = detail - 'level'",
        "id = id + 100000",
    ],
)
def test_one_byte_altered_is_found(sealed: Trail, hand: Connection, change: str) -> None:
    assert (
        hand.execute(f"UPDATE security_auditevent SET {change} WHERE id = %s", [an_event(hand)]).rowcount == 1
    )
    assert [p for p in sealed.verify(hand).problems if "Under seal 3" in p and "altered" in p]


@pytest.mark.parametrize("change", ["xid = xid + 1000000", "xid = 3", "epoch = epoch + 1", "epoch = 0"])
def test_an_event_moved_to_another_stretch_is_found(sealed: Trail, hand: Connection, change: str) -> None:
    hand.execute(f"UPDATE security_auditevent SET {change} WHERE id = %s", [an_event(hand)])
    assert any(
        "Under seal 3" in p and "1 of 7 events were removed" in p for p in sealed.verify(hand).problems
    )


def test_a_deleted_row_is_found(sealed: Trail, hand: Connection) -> None:
    hand.execute("DELETE FROM security_auditevent WHERE id = %s", [an_event(hand)])
    assert any(
        "Under seal 3" in p and "1 of 7 events were removed" in p for p in sealed.verify(hand).problems
    )


def test_every_row_of_a_seal_deleted_is_found(sealed: Trail, hand: Connection) -> None:
    hand.execute(
        "DELETE FROM security_auditevent e USING security_seal s WHERE s.number = 3 AND xid >= from_xid "
        "AND xid < until_xid"
    )
    assert any("Under seal 3" in p and "7 of 7" in p for p in sealed.verify(hand).problems)


def test_rows_that_changed_places_are_found(sealed: Trail, hand: Connection) -> None:
    one = an_event(hand)
    hand.execute("UPDATE security_auditevent SET id = -id WHERE id IN (%s, %s)", [one, one + 1])
    hand.execute(
        "UPDATE security_auditevent SET id = CASE id WHEN %s THEN %s ELSE %s END WHERE id IN (%s, %s)",
        [-one, one + 1, one, -one, -one - 1],
    )
    assert any("Under seal 3" in p and "changed places" in p for p in sealed.verify(hand).problems)


def test_a_last_day_dropped_with_its_seals_is_found_by_the_copy_outside(
    sealed: Trail, hand: Connection
) -> None:
    hand.execute(
        "DELETE FROM security_auditevent WHERE xid >= (SELECT from_xid FROM security_seal WHERE number = 3)"
    )
    hand.execute("DELETE FROM security_seal WHERE number >= 3")
    (problem,) = sealed.verify(hand).problems
    assert problem == f"In {sealed.place} and no longer in the database: Seals 3 to 4."
    assert sealed.verify(hand, places=()).problems == ()  # so the copy outside is what proves it


def reseal(connection: Connection, number: int, key: SealingKey | None) -> None:
    """Replace the root of a seal and all that hangs on it, as somebody would to hide an alteration."""
    before: Seal | None = None
    for seal in trail.seals(connection):
        if seal.number >= number:
            leaves = [merkle.leaf(event.canonical) for event in trail.events(connection, seal=seal)]
            made = replace(seal, root=merkle.root(leaves), previous=before.digest if before else trail.FIRST)
            made = replace(made, digest=made.due_digest)
            if key:
                made = replace(made, key_id=key.public.key_id, signature=key.sign(made.digest))
            connection.execute(
                "UPDATE security_seal SET root = %s, previous = %s, digest = %s, key_id = %s, signature "
                "= %s WHERE number = %s",
                [made.root, made.previous, made.digest, made.key_id, made.signature, seal.number],
            )
            seal = made
        before = seal


@pytest.mark.parametrize(
    "key", [None, SealingKey(Ed25519PrivateKey.generate())], ids=["unsigned", "another key"]
)
def test_a_replaced_root_is_found(sealed: Trail, hand: Connection, key: SealingKey | None) -> None:
    hand.execute("UPDATE security_auditevent SET kind = 'search' WHERE id = %s", [an_event(hand)])
    reseal(hand, 3, key)
    inside = sealed.verify(hand, places=()).problems  # without the copies: the signature alone gives it away
    sentence = "signed with a key that is not trusted" if key else "does not carry the signature of its key"
    assert [p for p in inside if p.startswith(("Seal 3", "Seal 4")) and sentence in p] == list(inside)
    assert len(inside) == 2
    assert f"Seal 3 in the database is not seal 3 in {sealed.place}." in sealed.verify(hand).problems


def test_even_our_own_key_cannot_replace_a_root_that_is_kept_outside(sealed: Trail, hand: Connection) -> None:
    hand.execute("UPDATE security_auditevent SET kind = 'search' WHERE id = %s", [an_event(hand)])
    reseal(hand, 3, sealed.key)
    assert sealed.verify(hand).problems == (
        f"Seal 3 in the database is not seal 3 in {sealed.place}.",
        f"Seal 4 in the database is not seal 4 in {sealed.place}.",
    )


def insert(connection: Connection, **columns: str) -> None:
    copied_from = {
        name: name for name in ("at", "xid", "epoch", "actor_id", "purpose", "request_id", "kind", "detail")
    }
    values = copied_from | columns
    connection.execute(
        f"INSERT INTO security_auditevent ({', '.join(values)}) SELECT {', '.join(values.values())} "
        "FROM security_auditevent WHERE id = %s",
        [an_event(connection)],
    )


def test_an_event_put_into_the_past_is_found(sealed: Trail, hand: Connection) -> None:
    insert(hand)
    assert any("Under seal 3" in p and "1 events were put in" in p for p in sealed.verify(hand).problems)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (
            {"xid": "pg_current_xact_id()::text::bigint", "at": "at - interval '2 days'"},
            "says it happened more than a day before",
        ),
        ({"xid": "pg_current_xact_id()::text::bigint + 1000000"}, "which has not happened"),
        ({"epoch": "0"}, "are under no seal and wait for none"),
        ({"epoch": "9"}, "are under no seal and wait for none"),
        (
            {"epoch": "9", "xid": "pg_current_xact_id()::text::bigint"},
            "are under no seal and wait for none",
        ),
    ],
    ids=["backdated", "future transaction", "earlier epoch", "later epoch", "later epoch, now"],
)
def test_an_event_put_in_beside_the_seals_is_found(
    sealed: Trail, hand: Connection, columns: dict[str, str], sentence: str
) -> None:
    insert(hand, **columns)
    assert any(sentence in problem for problem in sealed.verify(hand).problems)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("DELETE FROM security_seal WHERE number = 2", "Between seals 1 and 3 seals are missing."),
        (
            "DELETE FROM security_seal WHERE number = 1",
            "Seal 2 is the oldest there is, and it is not a first seal.",
        ),
        (
            "UPDATE security_seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 3",
            "Seal 3 does not agree with its own digest",
        ),
        (
            "UPDATE security_seal SET rows = rows - 1 WHERE number = 3",
            "Seal 3 does not agree with its own digest",
        ),
        (
            "UPDATE security_seal SET until_xid = until_xid + 1 WHERE number = 3",
            "Seal 4 does not begin where seal 3 ends.",
        ),
        ("UPDATE security_seal SET previous = root WHERE number = 3", "Seal 3 is not chained to seal 2."),
        (
            "UPDATE security_seal SET signature = root || root WHERE number = 3",
            "Seal 3 does not carry the signature of its key.",
        ),
    ],
)
def test_an_altered_seal_is_found(sealed: Trail, hand: Connection, change: str, sentence: str) -> None:
    hand.execute(change)
    assert any(sentence in p for p in sealed.verify(hand, places=()).problems)
    assert sealed.verify(hand).problems != sealed.verify(hand, places=()).problems


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (
            lambda lines: [*lines[:2], lines[2].replace(b'"rows": 7', b'"rows": 8'), *lines[3:]],
            "Seal 3 in the database is not seal 3",
        ),
        (lambda lines: lines[:2], "In the database and not in"),
        (lambda lines: [lines[0], *lines[2:]], "does not follow the line before"),
        (lambda lines: [*lines[:3], b"{}\n"], "is not a seal"),
        (lambda lines: [*lines[:3], lines[3][:50]], "ends in half a line"),
        (lambda lines: [], "Seals 1 to 4"),
    ],
    ids=["altered", "cut short", "one taken out", "no seal", "torn", "emptied"],
)
def test_an_altered_copy_is_found(sealed: Trail, tmp_path: Path, alter: object, sentence: str) -> None:
    copy = tmp_path / "seals.jsonl"
    lines = sealed.place.read_bytes().splitlines(keepends=True)
    copy.write_bytes(b"".join(alter(lines)))  # type: ignore[operator]
    assert any(sentence in p for p in sealed.verify(places=(copy,)).problems)
