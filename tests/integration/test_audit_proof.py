"""One event proved to an auditor, and the operator's commands round it."""

import copy
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.cast import recall
from tests.integration.audit_examples import Connection, Trail, copied, value
from wenlock.base.server import Server
from wenlock.security import inclusion, sealer, tasks
from wenlock.security.audit_commands import audit
from wenlock.security.inclusion import NoProof, ProofFails
from wenlock.security.keys import SealingKey


@pytest.fixture(scope="module")
def sealed(
    server: Server,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Trail]:
    """A trail of two seals, the second over eleven events, and one event that waits."""
    with django_db_blocker.unblock(), copied(server, tmp_path_factory.mktemp("proof")) as made:  # type: ignore[attr-defined]
        made.seal()
        made.write_events(11, by=recall().amara.pk, detail='{"level": "full"}')
        made.seal()
        made.write_events(1, by=recall().amara.pk)
        yield made


@pytest.fixture(autouse=True)
def installation(sealed: Trail, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands and the worker work on the copy."""

    def connected(alias: str = "sealer") -> AbstractContextManager[Connection]:
        return sealed.connected(f"wenlock_{alias}")

    monkeypatch.setattr(sealer, "connected", connected)
    monkeypatch.setattr(sealer, "home", lambda: sealed.home)


def newest(sealed: Trail) -> int:
    """The newest event under a seal."""
    with sealed.connected() as connection:
        return int(value(connection, "SELECT max(id) - 1 FROM security_auditevent"))


def proof_of(sealed: Trail, event_id: int) -> dict[str, Any]:
    with sealed.connected() as connection:
        return inclusion.prove(connection, event_id=event_id, keys=sealed.keys)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(audit, arguments)


def test_every_event_under_a_seal_can_be_proved(sealed: Trail) -> None:
    for event_id in range(newest(sealed) - 10, newest(sealed) + 1):
        proved = inclusion.check(
            json.loads(json.dumps(proof_of(sealed, event_id))), trusted=sealed.key.public
        )
        assert (proved.event["id"], proved.event["kind"], proved.event["detail"]) == (
            event_id,
            "read",
            {"level": "full"},
        )
        assert proved.seal.number == 2


def test_a_proof_shows_no_other_event(sealed: Trail) -> None:
    shown = json.dumps(proof_of(sealed, newest(sealed)))
    with sealed.connected() as connection:
        others = connection.execute(
            "SELECT request_id::text FROM security_auditevent WHERE id < %s AND request_id IS NOT NULL",
            [newest(sealed)],
        ).fetchall()
    assert others
    assert not [request for (request,) in others if request in shown]


def altered(proof: dict[str, Any], *path: Any, to: Any) -> dict[str, Any]:
    changed = copy.deepcopy(proof)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to(place[path[-1]]) if callable(to) else to
    return changed


@pytest.mark.parametrize(
    ("path", "to", "sentence"),
    [
        (("event",), lambda event: event.replace('"read"', '"denied"'), "not under seal 2"),
        (("index",), 0, "not under seal 2"),
        (("path", 0), "00" * 32, "not under seal 2"),
        (("path",), lambda path: path[:-1], "not under seal 2"),
        (("seal", "root"), "00" * 32, "not under seal 2"),
        (("seal", "rows"), 12, "not under seal 2|was altered"),
        (("seal", "until_xid"), 9, "was altered"),
        (("seal", "sealed_at"), "2020-01-01T00:00:00.000000+00:00", "was altered"),
        (("seal", "signature"), "00" * 64, "signature"),
        (("seal", "key_id"), "00" * 32, "signature"),
        (("public_key",), SealingKey(Ed25519PrivateKey.generate()).public.pem, "signature"),
        (("public_key",), "-----", "not a proof"),
        (("event",), "[]", "not a proof"),
        (("event",), "[" * 5000, "not a proof"),
        (("path",), None, "not a proof"),
        (("seal",), [], "not a proof"),
        (("format",), "other", "not a proof"),
    ],
)
def test_a_proof_altered_anywhere_fails(sealed: Trail, path: tuple[Any, ...], to: Any, sentence: str) -> None:
    proof = proof_of(sealed, newest(sealed))
    inclusion.check(proof)
    with pytest.raises(ProofFails, match=sentence):
        inclusion.check(altered(proof, *path, to=to))


def test_a_proof_by_another_key_than_the_auditors_fails(sealed: Trail) -> None:
    with pytest.raises(ProofFails, match="another key than yours"):
        inclusion.check(
            proof_of(sealed, newest(sealed)), trusted=SealingKey(Ed25519PrivateKey.generate()).public
        )


def test_what_is_not_sealed_or_not_there_has_no_proof(sealed: Trail) -> None:
    with pytest.raises(NoProof, match="not sealed yet"):
        proof_of(sealed, newest(sealed) + 1)
    with pytest.raises(NoProof, match="no event"):
        proof_of(sealed, newest(sealed) + 1000)


def test_an_altered_trail_gives_no_proof(sealed: Trail) -> None:
    with sealed.tampering() as hand:
        hand.execute("UPDATE security_auditevent SET kind = 'search' WHERE id = %s", [newest(sealed) - 1])
        with pytest.raises(NoProof, match="does not agree"):
            inclusion.prove(hand, event_id=newest(sealed), keys=sealed.keys)


def test_an_auditor_checks_a_file_with_the_published_key(sealed: Trail, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    (key,) = (sealed.home.seals / "keys").glob("*.pem")
    assert run("proof", str(newest(sealed)), "--to", str(file)).exit_code == 0
    checked = run("check-proof", str(file), "--key", str(key))
    assert checked.exit_code == 0 and "under seal 2" in checked.output
    file.write_text(file.read_text().replace("full", "none"))
    refused = run("check-proof", str(file), "--key", str(key))
    assert refused.exit_code == 1 and "not under seal 2" in refused.output
    file.write_text("no proof at all")
    assert "not a proof" in run("check-proof", str(file)).output


def test_the_commands_say_what_they_found(sealed: Trail) -> None:
    checked = run("verify")
    assert checked.exit_code == 0 and "Everything agrees." in checked.output
    shown = run("show", "--last", "1")
    assert sealed.key.public.key_id in shown.output and "11 events" in shown.output
    assert run("proof", "999999999").output.strip() == "Error: There is no event 999999999."


def test_the_check_exits_with_a_fault_when_there_is_one(
    sealed: Trail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealer, "places", lambda: (tmp_path / "seals.jsonl",))
    checked = run("verify")
    assert checked.exit_code == 1
    assert "FAULT  In the database and not in" in checked.output
    with pytest.raises(tasks.TrailUnsound, match="Seals 1 to 2"):
        tasks.verify(0)


def test_a_strangers_key_is_not_trusted(sealed: Trail, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text(SealingKey(Ed25519PrivateKey.generate()).public.pem)
    assert "signed with a key that is not trusted" in run("verify", "--key", str(other)).output
    other.write_text("no key")
    assert "is not a public key" in run("verify", "--key", str(other)).output


def test_the_worker_seals_and_checks(sealed: Trail) -> None:
    tasks.seal(0)
    tasks.verify(0)
    assert sealed.verify().waiting == 0
    assert run("seal").output == "Nothing to seal.\n"


def test_a_new_epoch_is_begun_by_command(sealed: Trail) -> None:
    begun = run("new-epoch", "--reason", "Restored from Tuesday's backup")
    assert begun.exit_code == 0 and "Epoch 2 has begun." in begun.output
    assert run("verify").exit_code == 0
