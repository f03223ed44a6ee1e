"""One event of the audit trail, proved to an auditor without the rest of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from wenlock.security import merkle, trail
from wenlock.security.keys import KeyUnusable, PublicKey, read_key
from wenlock.security.trail import Event, Seal

FORMAT = "wenlock audit proof 1"


class NoProof(Exception):
    """There is no such event, or it is not sealed yet, or the trail no longer agrees with its seal."""


class ProofFails(Exception):
    """A proof does not hold; the sentence says at which step."""


@dataclass(frozen=True)
class Proved:
    """An event that is under a seal: its columns by name, the seal, and the id of the key to compare."""

    event: Mapping[str, Any]
    seal: Seal
    key_id: str


def prove(
    connection: psycopg.Connection[Any], *, event_id: int, keys: Mapping[str, PublicKey]
) -> dict[str, Any]:
    """What an auditor needs to check one event: it, its neighbours up to the root, the seal, the public key.

    Raises NoProof.
    """
    seal = _seal_over(connection, event_id)
    leaves: list[bytes] = []
    index, event = -1, b""
    for each in trail.events(connection, seal=seal):
        if each.id == event_id:
            index, event = len(leaves), each.canonical
        leaves.append(merkle.leaf(each.canonical))
    if merkle.root(leaves) != seal.root or seal.key_id not in keys:
        raise NoProof(f"Seal {seal.number} does not agree with the trail. Run: wenlock audit verify")
    return {
        "format": FORMAT,
        "event": event.decode("ascii"),
        "index": index,
        "path": [digest.hex() for digest in merkle.proof(leaves, index)],
        "seal": seal.as_json(),
        "public_key": keys[seal.key_id].pem,
    }


def check(proof: Any, *, trusted: PublicKey | None = None) -> Proved:
    """The event a proof shows. `trusted` is the key the auditor was given; None takes the proof's own.

    A proof that carries its own key shows no more than that the file agrees with itself: whoever is shown the
    key id compares it with the one published. Raises ProofFails.
    """
    seal, key, columns = _read(proof)
    if trusted and trusted.key_id != key.key_id:
        raise ProofFails("The proof is signed with another key than yours.")
    path = [bytes.fromhex(digest) for digest in proof["path"]]
    digest = merkle.leaf(proof["event"].encode("utf-8"))
    if merkle.root_from_proof(digest, index=proof["index"], size=seal.rows, path=path) != seal.root:
        raise ProofFails(f"The event is not under seal {seal.number}.")
    if seal.due_digest != seal.digest:
        raise ProofFails(f"Seal {seal.number} was altered.")
    if seal.key_id != key.key_id or not key.signed(seal.digest, seal.signature):
        raise ProofFails(f"Seal {seal.number} does not carry the signature of that key.")
    return Proved(dict(zip(Event._fields, columns, strict=True)), seal, key.key_id)


def _seal_over(connection: psycopg.Connection[Any], event_id: int) -> Seal:
    found = connection.execute(
        "SELECT epoch, xid FROM public.security_auditevent WHERE id = %s", [event_id]
    ).fetchone()
    if not found:
        raise NoProof(f"There is no event {event_id}.")
    number = connection.execute(
        "SELECT min(number) FROM public.security_seal WHERE epoch = %s AND from_xid <= %s AND until_xid > %s",
        [found[0], found[1], found[1]],
    ).fetchone()
    if not number or number[0] is None:
        raise NoProof(f"Event {event_id} is not sealed yet. Sealing runs each minute; try again then.")
    return trail.seals(connection, since=number[0])[0]


def _read(proof: Any) -> tuple[Seal, PublicKey, list[Any]]:
    try:
        if proof["format"] != FORMAT or not isinstance(proof["index"], int):
            raise ValueError("another format")
        columns = json.loads(proof["event"])
        if len(columns) != len(Event._fields) or any(
            len(bytes.fromhex(digest)) != 32 for digest in proof["path"]
        ):
            raise ValueError("not an event")
        return Seal.from_json(proof["seal"]), read_key(proof["public_key"], called="The proof's key"), columns
    except (AttributeError, KeyError, TypeError, ValueError, KeyUnusable, RecursionError) as error:
        raise ProofFails("This is not a proof that Wenlock wrote.") from error
