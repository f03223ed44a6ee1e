"""N28 and N35 to N44: the purposes are a closed list, and each rests on law in force."""

from wenlock.notice.models import Ground, Purpose, PurposeGround
from wenlock.notice.proof.registry import Census, Probe, Proof
from wenlock.notice.proof.stage import NEED, Stage
from wenlock.notice.proof.structure import Function, Trigger, of_model
from wenlock.notice.proofs.information import begun_child
from wenlock.notice.proofs.shared import IN_FORCE, MATRIX, classified_triggers, provenance_of_every_row

ALLOWED = Function("guard", "categories_allowed_v1")
NOT_OPEN = (MATRIX, "provenance_is_in_the_notice")
PURPOSE_IN_FORCE = f"{IN_FORCE} AND in_force_from <= guard.today() AND (in_force_until IS NULL OR in_force_until > guard.today())"


def for_a_purpose_not_listed(stage: Stage) -> None:
    actor = stage.worker("social-worker", purposes=("curiosity",))
    stage.act(actor=actor, purpose="curiosity")
    stage.provenance(actor=actor, purpose="curiosity")


def read_for_a_purpose_not_listed(stage: Stage) -> int:
    """Somebody's own case, asked for under a purpose the notice does not name: the number of people seen."""
    actor, _, _ = begun_child(stage)
    stage.act(actor=actor, purpose="curiosity")
    return int(stage.one("SELECT count(*) FROM people_person"))


def with_no_purpose_at_all(stage: Stage) -> int:
    """The same with nobody named and nothing open."""
    begun_child(stage)
    stage.act(actor=None)
    return int(stage.one("SELECT count(*) FROM people_person"))


def under_a_purpose_without_a_ground(stage: Stage) -> None:
    actor = stage.worker("social-worker", purposes=("unfounded",))
    stage.become("wenlock_owner")
    stage.run(
        "INSERT INTO notice_purpose (id, version_id, code, name, statements, service, needs_consent, in_force_from, "
        "categories) SELECT gen_random_uuid(), version_id, 'unfounded', 'Unfounded', statements, '', false, "
        f"'1900-01-01', categories FROM notice_purpose WHERE code = '{NEED}' AND {IN_FORCE}"
    )
    stage.act(actor=actor, purpose="unfounded")
    provenance = stage.provenance(actor=actor, purpose="unfounded")
    stage.person(actor=actor, provenance=provenance)


def under_a_purpose_that_needs_consent(stage: Stage) -> None:
    actor = stage.worker("social-worker", purposes=("early-help",))
    stage.act(actor=actor, purpose="early-help")
    provenance = stage.provenance(actor=actor, purpose="early-help")
    stage.person(actor=actor, provenance=provenance)


def ground_that_names_no_act(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run(
        "INSERT INTO notice_ground (id, version_id, code, name, statements, article_6, instrument, provision, gives, mark) "
        "SELECT gen_random_uuid(), version_id, 'none', 'None', '{}', '6(1)(e)', '', '', '', '' FROM notice_ground LIMIT 1"
    )


def after_the_law_is_repealed(instrument: str) -> Probe:
    """Record somebody when every ground of the purpose has been moved to this Act, and the Act is repealed today."""

    def does(stage: Stage) -> None:
        actor = stage.worker("social-worker")
        stage.act(actor=actor)
        provenance = stage.provenance(actor=actor)
        stage.become("wenlock_owner")
        stage.run("ALTER TABLE notice_ground DISABLE TRIGGER notice_ground_never_changed")
        stage.run(
            "UPDATE notice_ground SET instrument = %s, in_force_until = guard.today() WHERE id IN (SELECT g.ground_id "
            "FROM notice_purposeground g JOIN notice_purpose p ON p.id = g.purpose_id WHERE p.code = %s)",
            [instrument, NEED],
        )
        stage.act(actor=actor)
        stage.person(actor=actor, provenance=provenance)

    return Probe("rely on it on the day it is repealed", does, (MATRIX,))


def before_the_law_has_begun(instrument: str) -> Probe:
    """Record somebody when every ground of the purpose rests on a section of this Act not yet brought into force."""

    def does(stage: Stage) -> None:
        actor = stage.worker("social-worker")
        stage.act(actor=actor)
        provenance = stage.provenance(actor=actor)
        stage.become("wenlock_owner")
        stage.run("ALTER TABLE notice_ground DISABLE TRIGGER notice_ground_never_changed")
        stage.run(
            "UPDATE notice_ground SET instrument = %s, in_force_from = NULL WHERE id IN (SELECT g.ground_id "
            "FROM notice_purposeground g JOIN notice_purpose p ON p.id = g.purpose_id WHERE p.code = %s)",
            [instrument, NEED],
        )
        stage.act(actor=actor)
        stage.person(actor=actor, provenance=provenance)

    return Probe("rely on a section not yet brought into force", does, (MATRIX,))


def act(code: str, instrument: str) -> Proof:
    """The proof of an Act the notice names: its sections are dated grounds, and none is used out of its dates."""
    mine = f"instrument = '{instrument}' AND {IN_FORCE}"
    return Proof(
        code=code,
        structure=(
            *of_model(Ground),
            *of_model(PurposeGround),
            *classified_triggers(sensitive=False),
            ALLOWED,
        ),
        census=(
            Census(
                "grounds in this Act with no section, or with no word on when it is in force",
                f"SELECT count(*) FROM notice_ground WHERE {mine}",
                f"SELECT count(*) FROM notice_ground WHERE {mine} AND (provision = '' OR in_force_from IS NULL)",
                at_least=1,
            ),
        ),
        probes=(after_the_law_is_repealed(instrument), before_the_law_has_begun(instrument)),
    )


WITHOUT_GROUND = """
    SELECT count(*) FROM notice_purpose p
    WHERE p.version_id = guard.notice_in_force(guard.today()) AND p.in_force_from <= guard.today()
      AND (p.in_force_until IS NULL OR p.in_force_until > guard.today())
      AND NOT EXISTS (SELECT 1 FROM notice_purposeground g JOIN notice_ground x ON x.id = g.ground_id
                      WHERE g.purpose_id = p.id AND x.in_force_from <= guard.today()
                        AND (x.in_force_until IS NULL OR x.in_force_until > guard.today()))
"""
USE = (
    Proof(
        code="N28",
        structure=(
            *of_model(Purpose),
            Trigger("notice_provenance", "notice_provenance_under_the_notice_in_force"),
            *provenance_of_every_row(),
            *classified_triggers(sensitive=False),
            ALLOWED,
        ),
        census=(
            Census(
                "acts in the audit trail for a purpose no version of the notice has named",
                "SELECT count(*) FROM security_auditevent WHERE purpose <> ''",
                "SELECT count(*) FROM security_auditevent WHERE purpose <> '' "
                "AND purpose NOT IN (SELECT code FROM notice_purpose)",
            ),
        ),
        probes=(
            Probe("record something for a purpose not listed", for_a_purpose_not_listed, NOT_OPEN),
            Probe(
                "read one's own case for a purpose not listed", read_for_a_purpose_not_listed, ("no rows",)
            ),
            Probe("read it with no purpose and nobody named", with_no_purpose_at_all, ("no rows",)),
        ),
    ),
    Proof(
        code="N35",
        structure=(
            *of_model(Purpose),
            *of_model(PurposeGround),
            *of_model(Ground),
            *classified_triggers(sensitive=False),
            ALLOWED,
        ),
        census=(
            Census(
                "purposes in force with no ground in force",
                f"SELECT count(*) FROM notice_purpose WHERE {PURPOSE_IN_FORCE}",
                WITHOUT_GROUND,
                at_least=1,
            ),
        ),
        probes=(
            Probe(
                "record somebody under a purpose without a ground",
                under_a_purpose_without_a_ground,
                (MATRIX,),
            ),
        ),
    ),
    Proof(
        code="N36",
        structure=(*of_model(Purpose), *classified_triggers(sensitive=False), ALLOWED),
        census=(
            Census(
                "information recorded under a purpose that needs consent, while consent cannot be recorded",
                f"SELECT count(*) FROM notice_purpose WHERE needs_consent AND {PURPOSE_IN_FORCE}",
                "SELECT count(*) FROM people_name n JOIN notice_provenance p ON p.id = n.provenance_id "
                "JOIN notice_purpose u ON u.id = p.purpose_id WHERE u.needs_consent",
            ),
        ),
        probes=(
            Probe(
                "record somebody on the strength of a consent nobody gave",
                under_a_purpose_that_needs_consent,
                (MATRIX,),
            ),
        ),
    ),
    Proof(
        code="N37",
        structure=(*of_model(Ground), *of_model(PurposeGround)),
        census=(
            Census(
                "grounds that name neither a provision nor consent",
                f"SELECT count(*) FROM notice_ground WHERE {IN_FORCE}",
                f"SELECT count(*) FROM notice_ground WHERE {IN_FORCE} AND article_6 <> '6(1)(a)' "
                "AND (instrument = '' OR provision = '')",
                at_least=1,
            ),
        ),
        probes=(
            Probe(
                "declare a ground that names no Act",
                ground_that_names_no_act,
                ("notice_ground_names_a_provision_or_consent",),
            ),
        ),
    ),
    act("N38", "CA1989"),
    act("N39", "CLCA2000"),
    act("N40", "ACA2002"),
    act("N41", "CA2004"),
    act("N42", "CCA2006"),
    act("N43", "CFA2014"),
    act("N44", "CSWA2017"),
)
