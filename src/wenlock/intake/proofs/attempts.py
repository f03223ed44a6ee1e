"""What the attempts of these proofs have in common: a contact, a body, and whoever takes the one and lists the other."""

from typing import Any
from uuid import UUID, uuid4

from wenlock.notice.proof.stage import NEED, Stage
from wenlock.notice.proof.structure import Function, Refuser

FROM = (
    "FROM intake_contact c JOIN notice_provenance p ON p.id = c.provenance_id "
    "JOIN notice_source s ON s.id = p.source_id JOIN notice_channel w ON w.id = p.channel_id"
)


def functions(*names: str) -> tuple[Refuser, ...]:
    """Functions of the guard by which contacts are kept."""
    return tuple(Function("guard", name) for name in ("source_of_v1", *names))


def contact(stage: Stage, actor: UUID, came: dict[str, Any] | None = None, **changes: Any) -> UUID:
    """A contact taken by an actor, from the police if nothing is said of it; `came` and `changes` are faults to try."""
    came = {"source": "police"} | (came or {})
    provenance = changes.pop("provenance_id", None) or stage.provenance(actor=actor, **came)
    told = {"words": "Attempt", "teller": "professional"}
    return stage.contact(actor=actor, provenance=provenance, **(told | changes))


def agency(stage: Stage, actor: UUID, of: str, *, number: str = "999") -> UUID:
    """A body of a source, recorded by an actor."""
    row: dict[str, Any] = {
        "id": uuid4(), "source": of, "name": f"Attempt {uuid4()}", "official_code": number, "email": "",
        "telephone": "", "recorded_by_id": actor, "recorded_at": stage.now(),
    }  # fmt: skip
    stage.insert("agencies_agency", row)
    return UUID(str(row["id"]))


def at_the_door(stage: Stage, *, purpose: str = NEED) -> UUID:
    """Somebody who takes and screens contacts, at work."""
    actor = stage.worker("front-door", purposes=(purpose,))
    stage.act(actor=actor, purpose=purpose)
    return actor


def seeing_all(stage: Stage, table: str) -> None:
    """Act as the owner of a table with its row security let go, so that nothing but a trigger stands in the way."""
    stage.run("SET CONSTRAINTS ALL IMMEDIATE")
    stage.become("wenlock_owner")
    stage.run(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
