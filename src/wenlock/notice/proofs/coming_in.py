"""How information comes, and from whom: what every channel and every source rests on (N5 to N10, N14 to N26)."""

from wenlock.notice.models import Channel, Provenance, Source
from wenlock.notice.proof.registry import Census, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, Refuser, of_model
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


def channel(
    code: str,
    name: str,
    waits: str = "",
    *,
    structure: tuple[Refuser, ...] = (),
    census: tuple[Census, ...] = (),
    probes: tuple[Probe, ...] = (),
) -> Proof:
    """The proof of a channel, with what a context above this one adds; `waits` says what is still to come for it."""
    return Proof(
        code=code,
        structure=(*PROVENANCE, *provenance_of_every_row(), *of_model(Channel), *structure),
        census=(
            *census,
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
            *probes,
        ),
        needs_a_person=waits,
    )


def source(
    code: str,
    name: str,
    waits: str = "",
    *,
    structure: tuple[Refuser, ...] = (),
    census: tuple[Census, ...] = (),
    probes: tuple[Probe, ...] = (),
) -> Proof:
    """The proof of a source, with what a context above this one adds; `waits` says what is still to come for it."""
    return Proof(
        code=code,
        structure=(*PROVENANCE, *provenance_of_every_row(), *of_model(Source), *structure),
        census=(
            *census,
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
            *probes,
        ),
        needs_a_person=waits,
    )


# N6 to N8, N10 and N14 to N27 are proved in `intake`, where what comes is taken, and N9 in `partners`.
CHANNELS = (channel("N5", "website"),)
