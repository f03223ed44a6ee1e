"""N7, N10 and N27: what is said on the telephone or face to face, and how soon somebody looks at it."""

from collections.abc import Callable

from wenlock.intake import codes
from wenlock.intake.models import Contact
from wenlock.intake.proofs.attempts import FROM, at_the_door, contact, functions
from wenlock.notice.proof.registry import Census, Probe, Proof
from wenlock.notice.proof.stage import NEED, Stage
from wenlock.notice.proof.structure import of_model
from wenlock.notice.proofs.coming_in import PROVENANCE, channel


def met(*, place: str = "Attempt", present: str = "Attempt") -> Callable[[Stage], None]:
    """Take a contact face to face, with something left out."""

    def does(stage: Stage) -> None:
        came = {"source": "self", "channel": codes.FACE_TO_FACE, "place": place}
        contact(stage, at_the_door(stage), came, present=present)

    return does


def met_by_a_machine(stage: Stage) -> None:
    actor = stage.worker("way-in", purposes=(NEED,), kind="service")
    stage.act(actor=actor)
    contact(
        stage, actor, {"source": "self", "channel": codes.FACE_TO_FACE, "place": "Attempt"}, present="Attempt"
    )


def a_recording(stage: Stage) -> None:
    actor = at_the_door(stage)
    stage.provenance(actor=actor, medium="recorded-call")


def for_no_purpose(stage: Stage) -> int:
    """Somebody's own contact, asked for with no purpose open: rows got."""
    actor = at_the_door(stage)
    contact(stage, actor, {"source": "self"})
    stage.act(actor=actor, purpose="")
    return int(stage.one("SELECT count(*) FROM intake_contact"))


MEANS = Census(
    "information kept by a means the notice does not permit, such as the recording of a call",
    "SELECT count(*) FROM notice_provenance WHERE medium <> ''",
    "SELECT count(*) FROM notice_provenance p JOIN notice_channel c ON c.id = p.channel_id "
    "WHERE p.medium <> '' AND NOT p.medium = ANY (c.permitted)",
)
MET = Census(
    "contacts face to face that no worker took",
    f"SELECT count(*) {FROM} WHERE w.code = '{codes.FACE_TO_FACE}'",
    f"SELECT count(*) {FROM} JOIN security_actor a ON a.id = c.recorded_by_id "
    f"WHERE w.code = '{codes.FACE_TO_FACE}' AND a.kind <> 'worker'",
)
MEETING = (
    channel(
        "N7", "telephone", structure=PROVENANCE, census=(MEANS,),
        probes=(Probe("keep the recording of a call", a_recording, ("provenance_by_permitted_means",)),),
    ),
    channel(
        "N10", "face-to-face", structure=(*of_model(Contact), *functions("contact_says_who_met_v1", "is_a_worker_v1")),
        census=(MET,),
        probes=(
            Probe("meet nowhere", met(place=""), ("intake_contact_says_who_met",)),
            Probe("meet nobody", met(present=" "), ("intake_contact_says_who_met",)),
            Probe("meet somebody with no worker there", met_by_a_machine, ("intake_contact_says_who_met",)),
        ),
    ),
    Proof(
        code="N27",
        structure=(*of_model(Contact), *functions("actor", "purpose")),
        census=(
            Census(
                "contacts decided on with no measure of how soon",
                "SELECT count(*) FROM intake_decision",
                "SELECT count(*) FROM intake_decision d JOIN intake_contact c ON c.id = d.contact_id "
                "JOIN notice_provenance p ON p.id = c.provenance_id WHERE d.decided_at < p.received_at",
            ),
        ),
        probes=(Probe("read a contact with no purpose open", for_no_purpose, ("no rows",)),),
        needs_a_person="How soon each contact was decided on is measured; how soon they all were is still to be shown.",
    ),
)  # fmt: skip
