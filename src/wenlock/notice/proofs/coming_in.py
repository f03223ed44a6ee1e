"""N5 to N10 and N14 to N26: how information comes, and from whom."""

from wenlock.notice.models import Channel, Provenance, Source
from wenlock.notice.proof.registry import Census, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, of_model
from wenlock.notice.proofs.shared import IN_FORCE, provenance_of_every_row

PROVENANCE = (*of_model(Provenance), Function("guard", "provenance_in_force_v1"))


def by_a_channel_not_named(stage: Stage) -> None:
    actor = stage.worker("social-worker")
    stage.act(actor=actor)
    stage.provenance(actor=actor, channel="fax-machine-of-a-friend")


def from_a_source_not_named(stage: Stage) -> None:
    actor = stage.worker("social-worker")
    stage.act(actor=actor)
    stage.provenance(actor=actor, source="somebody-on-the-internet", handling="")


def with_no_provenance(stage: Stage) -> None:
    actor = stage.worker("social-worker")
    stage.act(actor=actor)
    stage.person(actor=actor, provenance=None)  # type: ignore[arg-type]


def without_its_mark(source: str) -> Probe:
    """Take something from a source and leave off the mark of how it must be handled."""

    def does(stage: Stage) -> None:
        actor = stage.worker("social-worker")
        stage.act(actor=actor)
        stage.provenance(actor=actor, source=source, handling="none")

    return Probe("take it without the mark of how it is handled", does, ("provenance_carries_its_handling",))


UNNAMED = ("23502", "provenance_is_in_the_notice")


def channel(code: str, name: str, waits: str = "") -> Proof:
    """The proof of a channel; `waits` says what is still to come for it."""
    return Proof(
        code=code,
        structure=(*PROVENANCE, *provenance_of_every_row(), *of_model(Channel)),
        census=(
            Census(
                "information recorded by a channel its version does not name",
                "SELECT count(*) FROM notice_provenance p JOIN notice_channel c ON c.id = p.channel_id "
                f"WHERE c.code = '{name}'",
                "SELECT count(*) FROM notice_provenance p JOIN notice_channel c ON c.id = p.channel_id "
                "WHERE c.version_id <> p.version_id",
            ),
            Census(
                "the channel, in the version in force",
                f"SELECT count(*) FROM notice_channel WHERE code = '{name}' AND {IN_FORCE}",
                "SELECT 0",
                at_least=1,
            ),
        ),
        probes=(
            Probe("record something by a channel not named", by_a_channel_not_named, UNNAMED),
            Probe("record somebody with no word of how it came", with_no_provenance, ("23502",)),
        ),
        needs_a_person=waits,
    )


def source(code: str, name: str, waits: str = "") -> Proof:
    """The proof of a source; `waits` says what is still to come for it."""
    return Proof(
        code=code,
        structure=(*PROVENANCE, *provenance_of_every_row(), *of_model(Source)),
        census=(
            Census(
                "information from this source without its handling mark",
                f"SELECT count(*) FROM notice_provenance p JOIN notice_source s ON s.id = p.source_id WHERE s.code = '{name}'",
                "SELECT count(*) FROM notice_provenance p JOIN notice_source s ON s.id = p.source_id "
                f"WHERE s.code = '{name}' AND (s.version_id <> p.version_id)",
            ),
            Census(
                "the source, in the version in force",
                f"SELECT count(*) FROM notice_source WHERE code = '{name}' AND {IN_FORCE}",
                "SELECT 0",
                at_least=1,
            ),
        ),
        probes=(
            Probe("record something from a source not named", from_a_source_not_named, UNNAMED),
            without_its_mark(name),
        ),
        needs_a_person=waits,
    )


FRONT_DOOR = "The rows are bound; the {} itself comes with the front door, and is not yet built."
NAMED_BODY = (
    "The source and its handling are enforced; naming the very {} comes with the register of agencies."
)
CHANNELS = (
    channel("N5", "website"),
    channel("N6", "letter", FRONT_DOOR.format("scanning of letters")),
    channel("N7", "telephone"),
    channel("N8", "email", FRONT_DOOR.format("mailbox, with its count of received against filed,")),
    channel("N9", "other-electronic"),
    channel("N10", "face-to-face"),
)
SOURCES = (
    Proof(
        code="N14",
        structure=(*PROVENANCE, *provenance_of_every_row(), *of_model(Source)),
        census=(
            Census(
                "information held without a source",
                "SELECT count(*) FROM notice_provenance",
                "SELECT count(*) FROM notice_provenance WHERE source_id IS NULL",
            ),
        ),
        probes=(
            Probe("record something from a source not named", from_a_source_not_named, UNNAMED),
            Probe("record somebody with no word of how it came", with_no_provenance, ("23502",)),
        ),
        needs_a_person="Every row names its source; telling people within a month (Article 14) comes with the front door.",
    ),
    source("N15", "health"),
    source("N16", "schools"),
    source("N17", "mental-health"),
    source("N18", "probation"),
    source(
        "N19",
        "police",
        "The originator's mark is kept; asking the originator before sharing on comes with sharing.",
    ),
    source("N20", "other-local-authorities", NAMED_BODY.format("council")),
    source("N21", "family"),
    source("N22", "friends"),
    source("N23", "employer"),
    source("N24", "housing", NAMED_BODY.format("provider")),
    source("N25", "internal-departments", NAMED_BODY.format("department")),
    source("N26", "mind-of-my-own", NAMED_BODY.format("contract")),
)
