"""N91 to N96: how to complain, and that a complaint of the use of information is acknowledged in thirty days."""

from dataclasses import replace

from wenlock.notice.proof.registry import REGISTRY, Counted, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Constraint
from wenlock.notice.proofs.who import contacts

OF_SOMETHING = "intake_contact_complaint_is_about_something"
LATE = "c.recorded_at < statement_timestamp() - interval '30 days' AND NOT EXISTS (SELECT 1 FROM intake_feedback f "
LATE += (
    "WHERE f.contact_id = c.id AND f.how <> 'not-told' AND f.told_at < c.recorded_at + interval '30 days')"
)


def acknowledged_late(stage: Stage) -> tuple[int, list[str]]:
    """Complaints that are, or may be, of the use of information, and those not acknowledged within thirty days."""
    stage.become("wenlock_guard")
    covered, late = stage.run(
        f"SELECT count(*), count(*) FILTER (WHERE {LATE}) FROM intake_contact c "
        "WHERE c.complaint_about IN ('information', 'unsure')"
    ).fetchone()  # type: ignore[misc]
    return covered, [f"{late} complaints"] if late else []


def of_nothing(stage: Stage) -> None:
    """A complaint that does not say what it is of, so that no clock would run."""
    actor = stage.worker("team-manager")
    stage.act(actor=actor)
    stage.contact(
        actor=actor,
        provenance=stage.provenance(actor=actor),
        kind="complaint",
        words="You lost my file",
        teller="family",
    )


def complaints(code: str, why: str) -> Proof:
    """The proof of a way to complain: the contact is owned and looked at, and what comes is acknowledged in time."""
    given = contacts(code, why)
    return replace(
        given,
        structure=(*given.structure, Constraint("intake_contact", OF_SOMETHING)),
        census=(
            *given.census,
            Counted("complaints of information not acknowledged within thirty days", acknowledged_late),
        ),
        probes=(
            *given.probes,
            Probe("take a complaint that no clock would run for", of_nothing, (OF_SOMETHING,)),
        ),
    )


REGISTRY.add(
    complaints("N91", "Somebody must write to the address, and record that it was answered."),
    complaints("N92", "Somebody must ring the number, and record that it was answered."),
    complaints("N93", "Somebody must write to the address, and record that it was answered."),
    contacts("N94", "Somebody must confirm that the regulator is still at this address."),
    contacts("N95", "Somebody must ring both numbers, and record that the regulator answered."),
    contacts(
        "N96", "Somebody must follow the link and write to the address, and record that both were answered."
    ),
)
