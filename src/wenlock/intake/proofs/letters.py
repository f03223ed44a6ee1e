"""N6: a letter keeps the day it came and its scan, as it was made."""

from typing import Any
from uuid import UUID, uuid4

from wenlock.intake.models import Paper
from wenlock.intake.proofs.attempts import FROM, at_the_door, seeing_all
from wenlock.notice.proof.registry import Census, Probe
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, of_model
from wenlock.notice.proofs.coming_in import channel

WITHOUT_ITS_SCAN = (
    "w.code = 'letter' AND c.recorded_at < now() - interval '7 days' "
    "AND NOT EXISTS (SELECT 1 FROM intake_paper p WHERE p.contact_id = c.id)"
)


def a_letter(stage: Stage) -> tuple[UUID, UUID]:
    """Somebody at the front door, and a letter they have taken."""
    actor = at_the_door(stage)
    return actor, stage.contact(actor=actor, provenance=stage.provenance(actor=actor, channel="letter"))


def scan(stage: Stage, actor: UUID, contact: UUID, **changes: Any) -> UUID:
    """The scan of a letter, as a row; `changes` are the faults to try."""
    row: dict[str, Any] = {
        "id": uuid4(), "contact_id": contact, "position": 0, "kind": "scan", "file_name": "letter.pdf",
        "media_type": "application/pdf", "size": 9, "sha256": "0" * 64, "stored_as": "attempt",
        "recorded_by_id": actor, "recorded_at": stage.now(),
    } | changes  # fmt: skip
    stage.insert("intake_paper", row)
    return UUID(str(row["id"]))


def with_no_received_date(stage: Stage) -> None:
    actor = at_the_door(stage)
    stage.provenance(actor=actor, channel="letter", received_at=None)


def unchecked(stage: Stage) -> None:
    actor, contact = a_letter(stage)
    scan(stage, actor, contact, sha256="")


def replaced(stage: Stage) -> None:
    actor, contact = a_letter(stage)
    kept = scan(stage, actor, contact)
    seeing_all(stage, "intake_paper")
    stage.run("UPDATE intake_paper SET sha256 = repeat('1', 64) WHERE id = %s", [kept])


def put_with_anothers(stage: Stage) -> None:
    """A scan put by somebody with a letter that they may not see."""
    _, contact = a_letter(stage)
    stranger = stage.worker("social-worker")
    stage.act(actor=stranger)
    scan(stage, stranger, contact)


LETTERS = (
    channel(
        "N6",
        "letter",
        structure=(*of_model(Paper), Function("guard", "paper_is_added_v1")),
        census=(
            Census(
                "letters taken more than a week ago whose scan is not kept",
                f"SELECT count(*) {FROM} WHERE w.code = 'letter'",
                f"SELECT count(*) {FROM} WHERE {WITHOUT_ITS_SCAN}",
            ),
        ),
        probes=(
            Probe("record a letter with no word of when it came", with_no_received_date, ("23502",)),
            Probe(
                "keep a scan that nothing can be checked against", unchecked, ("intake_paper_hash_is_whole",)
            ),
            Probe(
                "put another scan in its place, as the owner of the tables",
                replaced,
                ("intake_paper_never_changed",),
            ),
            Probe(
                "put a scan with a letter out of reach",
                put_with_anothers,
                ("intake_paper_of_a_contact_in_reach",),
            ),
        ),
    ),
)
