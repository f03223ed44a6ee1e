"""N15 to N25: the very body or person that information comes from, and the tags that follow all that they give."""

from uuid import uuid4

from django.apps import apps

from wenlock.intake.models import Contact, Giver
from wenlock.intake.proofs.attempts import FROM, agency, at_the_door, contact, functions, seeing_all
from wenlock.notice.proof.registry import Census, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import of_model
from wenlock.notice.proofs.coming_in import source
from wenlock.notice.proofs.information import begun_child


def by_nobody_in_particular(of: str) -> Probe:
    """Take something from a source and name no body."""

    def does(stage: Stage) -> None:
        contact(stage, at_the_door(stage), {"source": of})

    return Probe("take it from nobody in particular", does, ("intake_contact_names_its_body",))


def by_a_body_of_another_kind(of: str) -> Probe:
    """Take something from a source and name a body of another."""

    def does(stage: Stage) -> None:
        actor = at_the_door(stage)
        other = "schools" if of != "schools" else "police"
        contact(stage, actor, {"source": of}, agency_id=agency(stage, actor, other))

    return Probe("name a body of another kind", does, ("intake_contact_comes_from_its_source",))


def with_its_tags_left_off(of: str, tags: frozenset[str]) -> Probe:
    """Take something from a source and leave off its tags: the contacts that then lack one are got."""

    def does(stage: Stage) -> int:
        actor = at_the_door(stage)
        body = {} if of in ("family", "friends") else {"agency_id": agency(stage, actor, of)}
        taken = contact(stage, actor, {"source": of}, **body)
        return 0 if tags <= set(stage.one("SELECT tags FROM intake_contact WHERE id = %s", [taken])) else 1

    return Probe("take it without its tags", does, ("no rows",))


def with_its_tags_taken_away(of: str) -> Probe:
    """Take something from a source and take its tags away afterwards, as whoever owns the tables."""

    def does(stage: Stage) -> None:
        actor = at_the_door(stage)
        body = {} if of in ("family", "friends") else {"agency_id": agency(stage, actor, of)}
        contact(stage, actor, {"source": of}, **body)
        seeing_all(stage, "intake_contact")
        stage.run("UPDATE intake_contact SET tags = '{}'")

    return Probe(
        "take its tags away afterwards, as the owner of the tables", does, ("intake_contact_never_changed",)
    )


def tagged(of: str) -> Census:
    """The contacts from a source that lack a tag it has in their version of the notice."""
    mine = f"{FROM} WHERE s.code = '{of}'"
    return Census(
        "contacts from this source without its tags",
        f"SELECT count(*) {mine}",
        f"SELECT count(*) {mine} AND NOT s.tags <@ c.tags",
    )


def named(of: str) -> Census:
    """The contacts from a source that name neither a giver of it nor that none is known."""
    mine = f"{FROM} LEFT JOIN agencies_agency a ON a.id = c.agency_id WHERE s.code = '{of}'"
    nobody = (
        "c.agency_id IS NULL AND NOT EXISTS (SELECT 1 FROM intake_giver g WHERE g.contact_id = c.id) "
        "AND NOT c.giver_unknown"
    )
    return Census(
        "contacts from this source that say neither who gave it nor that it is not known",
        f"SELECT count(*) {mine}",
        f"SELECT count(*) {mine} AND (a.source <> s.code OR {nobody})",
    )


GIVERS = (
    *of_model(Contact),
    *of_model(Giver),
    *functions(
        "contact_from_its_source_v1", "contact_carries_its_tags_v1", "giver_fits_v1", "contact_kept_v1"
    ),
)
BODIES = (
    *GIVERS,
    *of_model(apps.get_model("agencies.Agency")),
    *functions("contact_names_its_body_v1", "contact_fits_its_purpose_v1", "is_a_worker_v1"),
)


def body(
    code: str,
    of: str,
    *tags: str,
    waits: str = "",
    more: tuple[Probe, ...] = (),
    counts: tuple[Census, ...] = (),
) -> Proof:
    """The proof of a source whose very body is named, and whose tags follow what it gives."""
    probes = (by_nobody_in_particular(of), by_a_body_of_another_kind(of), *more)
    if tags:
        probes += (with_its_tags_left_off(of, frozenset(tags)), with_its_tags_taken_away(of))
    return source(code, of, waits, structure=BODIES, census=(tagged(of), named(of), *counts), probes=probes)


def people(code: str, of: str, *tags: str, waits: str = "", more: tuple[Probe, ...] = ()) -> Proof:
    """The proof of a source whose people are known, or not, each with a record where they are."""
    probes = (with_its_tags_left_off(of, frozenset(tags)), with_its_tags_taken_away(of), *more)
    return source(code, of, waits, structure=GIVERS, census=(tagged(of), named(of)), probes=probes)


def without_its_number(stage: Stage) -> None:
    agency(stage, at_the_door(stage), "other-local-authorities", number="")


def from_an_employer_for_advice(stage: Stage) -> None:
    actor = at_the_door(stage, purpose="advice-and-support")
    body = agency(stage, actor, "employer")
    contact(stage, actor, {"source": "employer", "purpose": "advice-and-support"}, agency_id=body)


def a_relative_of_nobody_in_it(stage: Stage) -> None:
    *_, stranger = begun_child(stage)
    team = stage.worker("front-door")
    stage.act(actor=team)
    taken = contact(stage, team, {"source": "family"})
    stage.insert(
        "intake_giver",
        {"id": uuid4(), "contact_id": taken, "person_id": stranger, "named_by_id": team, "named_at": stage.now()},
    )  # fmt: skip


def no_code_from_the_police(stage: Stage) -> int:
    """Take something from the police with no word of their code; 0 when it says that none was given."""
    actor = at_the_door(stage)
    taken = contact(stage, actor, agency_id=agency(stage, actor, "police"))
    kept = stage.one("SELECT originator_code FROM intake_contact WHERE id = %s", [taken])
    return 0 if kept == "none-given" else 1


UNCODED = Census(
    "contacts from the police with neither their code nor the word that none was given",
    f"SELECT count(*) {FROM} WHERE s.code = 'police'",
    f"SELECT count(*) {FROM} WHERE s.code = 'police' AND c.originator_code = ''",
)
ON_OTHERS_SHARING = (
    "The code and the mark are kept with it; asking the police before it is shared on comes with sharing."
)
SOURCES = (
    body("N15", "health", "health", "special"),
    body("N16", "schools", "education"),
    body("N17", "mental-health", "health", "special"),
    body("N18", "probation", "criminal"),
    body(
        "N19", "police", "criminal", "ask-originator", waits=ON_OTHERS_SHARING, counts=(UNCODED,),
        more=(Probe("take it with no word of their handling code", no_code_from_the_police, ("no rows",)),),
    ),
    body(
        "N20", "other-local-authorities",
        more=(
            Probe(
                "name another authority in free text alone", without_its_number,
                ("agencies_agency_authority_has_its_number",),
            ),
        ),
    ),
    people(
        "N21", "family", "third-party",
        more=(
            Probe(
                "say that it came from a relative of nobody it is about", a_relative_of_nobody_in_it,
                ("intake_giver_fits_the_source",),
            ),
        ),
    ),
    people(
        "N22", "friends", "third-party", "confidence",
        waits="Who told in confidence is marked and kept; deciding on it before a copy is given comes with the rights.",
    ),
    body(
        "N23", "employer",
        more=(
            Probe(
                "ask an employer for a purpose that may not hold it", from_an_employer_for_advice,
                ("intake_contact_fits_its_purpose",),
            ),
        ),
    ),
    body("N24", "housing"),
    body(
        "N25", "internal-departments",
        waits="The very department is named; the other end of each transfer comes with sharing between departments.",
    ),
)  # fmt: skip
