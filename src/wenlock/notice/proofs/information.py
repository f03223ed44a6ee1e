"""N11 to N13: what may be held."""

from uuid import UUID

from wenlock.base.held import REGISTRY as HELD
from wenlock.notice.models import Category, Condition, Purpose
from wenlock.notice.proof.registry import Census, Counted, Probe, Proof
from wenlock.notice.proof.stage import NEED, Stage
from wenlock.notice.proof.structure import Function, of_model
from wenlock.notice.proofs.shared import (
    IN_FORCE,
    MATRIX,
    a_column_nobody_mapped,
    classified_triggers,
    provenance_of_every_row,
    unmapped_columns,
    with_provenance,
)


def begun_child(stage: Stage, *, purposes: tuple[str, ...] = (NEED,)) -> tuple[UUID, UUID, UUID]:
    """A worker, a provenance and a child they have begun, as the runtime role."""
    actor = stage.worker("social-worker", purposes=purposes)
    stage.act(actor=actor, purpose=purposes[0])
    provenance = stage.provenance(actor=actor, purpose=purposes[0])
    return actor, provenance, stage.person(actor=actor, provenance=provenance)


def outside_the_matrix(stage: Stage) -> None:
    actor, provenance, child = begun_child(stage, purposes=(NEED, "service-improvement"))
    stage.act(actor=actor, purpose="service-improvement")
    stage.run("UPDATE people_person SET sex = sex WHERE id = %s", [child])
    stage.person(actor=actor, provenance=provenance)


def sensitive_after_its_condition_lapses(stage: Stage) -> None:
    actor, provenance, child = begun_child(stage)
    stage.become("wenlock_owner")
    stage.run("ALTER TABLE notice_condition DISABLE TRIGGER notice_condition_never_changed")
    stage.run("UPDATE notice_condition SET in_force_from = '1900-01-01', in_force_until = guard.today()")
    stage.act(actor=actor)
    stage.fact("people_ethnicity", person=child, actor=actor, provenance=provenance, code="WBRI")


def condition_without_its_policy_document(stage: Stage) -> None:
    stage.become("wenlock_owner")
    stage.run(
        "INSERT INTO notice_condition (id, version_id, category_code, article, schedule_1, policy_document, in_force_from) "
        "SELECT gen_random_uuid(), version_id, 'health', '9(2)(g)', 'none', '', '2020-01-01' FROM notice_category LIMIT 1"
    )


def outside_its_purpose(stage: Stage) -> tuple[int, list[str]]:
    """Rows whose provenance's purpose does not allow their table's category."""
    covered, broken = 0, []
    for model in with_provenance():
        table, category = model._meta.db_table, HELD[model._meta.label].category
        count, wrong = stage.run(
            f"SELECT count(*), count(*) FILTER (WHERE NOT '{category}' = ANY (u.categories)) FROM {table} t "
            "JOIN notice_provenance p ON p.id = t.provenance_id JOIN notice_purpose u ON u.id = p.purpose_id"
        ).fetchone()  # type: ignore[misc]
        covered += count
        broken += [f"{table}: {wrong}"] if wrong else []
    return covered, broken


SENSITIVE_WITHOUT_CONDITION = (
    f"SELECT count(*) FROM notice_category c WHERE c.{IN_FORCE} AND c.kind <> 'ordinary' "
    "AND EXISTS (SELECT 1 FROM notice_purpose p WHERE p.version_id = c.version_id AND c.code = ANY (p.categories)) "
    "AND NOT EXISTS (SELECT 1 FROM notice_condition k WHERE k.version_id = c.version_id AND k.category_code = c.code "
    "AND k.in_force_from <= guard.today() AND (k.in_force_until IS NULL OR k.in_force_until > guard.today()))"
)
INFORMATION = (
    Proof(
        code="N11",
        structure=(
            *classified_triggers(sensitive=False),
            *of_model(Purpose),
            *of_model(Category),
            Function("guard", "within_the_matrix_v1"),
            Function("guard", "categories_allowed_v1"),
        ),
        census=(Counted("rows held in a category their purpose does not allow", outside_its_purpose),),
        probes=(
            Probe(
                "record a person under a purpose that may hold no identity",
                outside_the_matrix,
                (MATRIX, "provenance_is_in_the_notice"),
            ),
        ),
    ),
    Proof(
        code="N12",
        structure=(*classified_triggers(sensitive=False), *provenance_of_every_row(), *of_model(Category)),
        census=(
            Counted("columns of the database in no category", unmapped_columns),
            Census(
                "the category of identity, in the version in force",
                f"SELECT count(*) FROM notice_category WHERE code = 'identity' AND kind = 'ordinary' AND {IN_FORCE}",
                "SELECT 0",
                at_least=1,
            ),
        ),
        probes=(
            Probe(
                "record a person under a purpose that may hold no identity",
                outside_the_matrix,
                (MATRIX, "provenance_is_in_the_notice"),
            ),
            Probe(
                "hold something of a person in a column of no category", a_column_nobody_mapped, ("no rows",)
            ),
        ),
    ),
    Proof(
        code="N13",
        structure=(
            *classified_triggers(sensitive=True),
            *of_model(Condition),
            *of_model(Category),
            Function("guard", "categories_allowed_v1"),
        ),
        census=(
            Census(
                "sensitive categories in use with no condition and policy document in force",
                f"SELECT count(*) FROM notice_category WHERE kind <> 'ordinary' AND {IN_FORCE}",
                SENSITIVE_WITHOUT_CONDITION,
                at_least=1,
            ),
        ),
        probes=(
            Probe(
                "record ethnicity after the policy document has lapsed",
                sensitive_after_its_condition_lapses,
                (MATRIX,),
            ),
            Probe(
                "declare a condition with no policy document",
                condition_without_its_policy_document,
                ("notice_condition_is_whole",),
            ),
        ),
    ),
)
