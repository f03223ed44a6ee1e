"""A lawful sharing on a proof's stage, and each way in which it could be made unlawful before it is sent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from wenlock.notice.proof.stage import NEED, Stage

BODY = "Attempt"


@dataclass(frozen=True)
class Ready:
    """A proposal that would be sent, approved and all: who proposed it, what for, and what it rests on."""

    proposal: UUID
    actor: UUID
    keeper: UUID
    purpose: str
    destination: UUID
    agreement: UUID
    child: UUID


def send(stage: Stage, ready: Ready) -> None:
    """Ask the door, as whoever proposed it."""
    stage.act(actor=ready.actor, purpose=ready.purpose)
    stage.run("SELECT entry FROM door.send_v1(%s)", [ready.proposal])


def ready(
    stage: Stage,
    recipient: str,
    *,
    rule: str = "",
    field: str = "given",
    consents: bool = True,
    approved: bool = True,
) -> Ready:
    """All that makes a sharing with a recipient lawful, by its first rule unless another is named.

    The child is 17 and consents for themself, unless not `consents`; a second manager approves, unless not `approved`.
    """
    real = stage.one(
        "SELECT r.code FROM notice_sharingrule r JOIN notice_recipient t ON t.id = r.recipient_id "
        "WHERE t.code = %s AND r.definition = '' AND r.version_id = guard.notice_in_force(guard.today()) "
        "ORDER BY r.code LIMIT 1",
        [recipient],
    )
    purpose = stage.one(
        "SELECT p.code FROM notice_sharingrule r JOIN notice_purpose p ON p.id = r.purpose_id "
        "WHERE r.code = %s AND r.version_id = guard.notice_in_force(guard.today())",
        [real],
    )
    purposes = tuple({NEED, purpose})
    actor, other = (stage.worker("service-manager", purposes=purposes) for _ in range(2))
    keeper = stage.worker("data-protection-officer", purposes=("information-rights",))
    child, name = _child(stage, actor)
    destination, agreement = _place(stage, actor, keeper, recipient)
    if consents:
        _consent(stage, actor, child, recipient, purpose)
    stage.act(actor=actor, purpose=purpose)
    proposal = uuid4()
    _insert(
        stage, "sharing_proposal", id=proposal, person_id=child, destination_id=destination, rule=rule or real,
        why="They need it to help.", asked_in="", regime="part-2", proposed_by_id=actor,
    )  # fmt: skip
    _insert(
        stage, "sharing_item", id=uuid4(), proposal_id=proposal, table_name="people_name", row_id=name,
        columns=[field], originator_agreed="",
    )  # fmt: skip
    if approved:
        approve(stage, proposal, other, purpose)
    return Ready(proposal, actor, keeper, purpose, destination, agreement, child)


def approve(stage: Stage, proposal: UUID, actor: UUID, purpose: str) -> None:
    """Approve a proposal as somebody."""
    stage.act(actor=actor, purpose=purpose)
    _insert(
        stage, "sharing_answer", id=uuid4(), proposal_id=proposal, outcome="approved", answered_by_id=actor,
        because="It is necessary.",
    )  # fmt: skip


STAMPS = {
    "sharing_proposal": "proposed_at",
    "sharing_answer": "answered_at",
    "sharing_destination": "changed_at",
    "sharing_agreement": "written_at",
    "sharing_consent": "recorded_at",
}


def _insert(stage: Stage, table: str, **row: Any) -> None:
    stamp = {STAMPS[table]: stage.now()} if table in STAMPS else {}
    stage.insert(table, row | stamp)


def _child(stage: Stage, actor: UUID) -> tuple[UUID, UUID]:
    stage.act(actor=actor, purpose=NEED)
    provenance = stage.provenance(actor=actor)
    born = stage.one("SELECT (guard.today() - interval '17 years')::date")
    child = stage.person(actor=actor, provenance=provenance, born_on=born)
    name = stage.fact(
        "people_name", person=child, actor=actor, provenance=provenance, kind="legal", title="", given="An",
        family="Attempt",
    )  # fmt: skip
    return child, name


def _place(stage: Stage, actor: UUID, keeper: UUID, recipient: str) -> tuple[UUID, UUID]:
    """A destination that one writes down and another verifies, and an agreement in force."""
    destination, agreement = uuid4(), uuid4()
    _insert(
        stage, "sharing_destination", id=destination, recipient=recipient, body=BODY, post="Desk", route="file",
        value="desk@attempt.invalid", changed_by_id=actor, verified_how="",
    )  # fmt: skip
    today = stage.one("SELECT guard.today()")
    _insert(
        stage, "sharing_agreement", id=agreement, recipient=recipient, body="", reference="Attempt", kind="protocol",
        from_on=today, until_on=stage.one("SELECT guard.today() + 30"), never_sold=True, written_by_id=actor,
    )  # fmt: skip
    stage.act(actor=keeper, purpose="information-rights")
    stage.run(
        "UPDATE sharing_destination SET verified_by_id = %s, verified_at = now(), verified_how = 'Rang them' WHERE id = %s",
        [keeper, destination],
    )
    return destination, agreement


def _consent(stage: Stage, actor: UUID, child: UUID, recipient: str, purpose: str) -> None:
    stage.act(actor=actor, purpose=purpose)
    _insert(
        stage, "sharing_consent", id=uuid4(), person_id=child, given_by_id=child, capacity="own", wording="2026-1",
        competent_because="", recipient=recipient, body=BODY, purpose=purpose, categories=["identity"], how="spoken",
        given_on=stage.one("SELECT guard.today()"), recorded_by_id=actor, withdrawn_by="",
    )  # fmt: skip
