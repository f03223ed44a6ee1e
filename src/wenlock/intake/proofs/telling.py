"""N14: whoever another tells us of is told that we hold it, or a reason in law not to is recorded."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from wenlock.intake import codes
from wenlock.intake.models import Contact, Informed
from wenlock.intake.proofs.attempts import contact, functions
from wenlock.notice.proof.registry import Census, Counted, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import of_model
from wenlock.notice.proofs.coming_in import PROVENANCE, UNNAMED, from_a_source_not_named, with_no_provenance
from wenlock.notice.proofs.information import begun_child
from wenlock.notice.proofs.shared import provenance_of_every_row


def informed(**facts: Any) -> Callable[[Stage], None]:
    """Record that somebody was told, with something left out."""

    def does(stage: Stage) -> None:
        actor, _, child = begun_child(stage)
        taken = contact(stage, actor, {"source": "family"})
        stage.become("wenlock_guard")
        stage.run("UPDATE intake_contact SET people = %s WHERE id = %s", [[child], taken])
        stage.act(actor=actor)
        row = {
            "id": uuid4(), "contact_id": taken, "person_id": child, "told_on": None, "how": "", "exempt": "",
            "reason": "", "decided_by_id": actor, "decided_at": stage.now(),
        } | facts  # fmt: skip
        stage.insert("intake_informed", row)

    return does


def late(stage: Stage) -> tuple[int, list[str]]:
    """People who are still to be told, and how many of them should have been by now."""
    row = stage.run("SELECT * FROM guard.count_to_tell_v1(%s)", [sorted(codes.OF_THEMSELF)]).fetchone()
    waiting, overdue = row if row else (0, 0)
    return waiting, [f"{overdue} not told in time"] if overdue else []


TOLD = (
    Probe(
        "record neither that somebody was told nor why not", informed(), ("intake_informed_told_or_exempt",)
    ),
    Probe(
        "tell somebody nothing on a ground that is not law",
        informed(exempt="too-busy", reason="Attempt"),
        ("intake_informed_told_or_exempt",),
    ),
    Probe(
        "tell somebody nothing and not say why",
        informed(exempt="crime"),
        ("intake_informed_exempt_says_why",),
    ),
)
TELLING = (
    Proof(
        code="N14",
        structure=(
            *PROVENANCE,
            *provenance_of_every_row(),
            *of_model(Informed),
            *of_model(Contact),
            *functions("informed_was_told_of_v1", "to_tell_v1", "count_to_tell_v1", "decided_by_a_person_v1"),
        ),
        census=(
            Census(
                "information held without a source",
                "SELECT count(*) FROM notice_provenance",
                "SELECT count(*) FROM notice_provenance WHERE source_id IS NULL",
            ),
            Counted("people still to be told that we hold what others said of them, and not told in a month", late),
        ),
        probes=(
            Probe("record something from a source not named", from_a_source_not_named, UNNAMED),
            Probe("record somebody with no word of how it came", with_no_provenance, ("23502",)),
            *TOLD,
        ),
    ),
)  # fmt: skip
