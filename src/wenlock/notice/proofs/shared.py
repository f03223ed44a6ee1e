"""What the proofs of this context share."""

from django.apps import apps
from django.db.models import Model

from wenlock.base.held import REGISTRY as HELD
from wenlock.base.held import Held
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Reference, Refuser, Trigger, of_model

MATRIX = "category_within_the_matrix"
PLUMBING = ("django_", "auth_", "account_", "socialaccount_", "mfa_", "usersessions_", "procrastinate_")
IN_FORCE = "version_id = guard.notice_in_force(guard.today())"


def held_models() -> list[tuple[type[Model], Held]]:
    """Every model that is classified, with its classification."""
    return [(apps.get_model(name), held) for name, held in sorted(HELD.items())]


def with_provenance() -> list[type[Model]]:
    """The models whose rows say how they came."""
    return [model for model, held in held_models() if "provenance_id" in held.plumbing]


def classified_triggers(*, sensitive: bool) -> list[Refuser]:
    """The triggers that keep each table to the matrix; only those of tables with sensitive columns, if asked."""
    return [
        refuser
        for model, held in held_models()
        if not sensitive or held.special or held.criminal
        for refuser in of_model(model, Trigger)
        if "within_the_matrix" in refuser.name
    ]


def unmapped_columns(stage: Stage) -> tuple[int, list[str]]:
    """Columns of the database that no classification answers for."""
    mapped = {(model._meta.db_table, column) for model, held in held_models() for column in held.columns}
    found = {
        (table, column)
        for table, column in stage.run(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') "
            "AND c.relnamespace = 'public'::regnamespace"
        )
        if not table.startswith(PLUMBING)
    }
    return len(found), [f"{table}.{column}" for table, column in sorted(found - mapped)]


def a_column_nobody_mapped(stage: Stage) -> int:
    """Add a column as the owner, and see whether the count above notices; 0 when it does."""
    stage.become("wenlock_owner")
    stage.run("ALTER TABLE people_person ADD COLUMN shoe_size text")
    stage.become("wenlock_prover")
    return 0 if "people_person.shoe_size" in unmapped_columns(stage)[1] else 1


def provenance_of_every_row() -> tuple[Refuser, ...]:
    """The keys by which every row about a person names its provenance."""
    return tuple(
        Reference(model._meta.db_table, "provenance_id", to="notice_provenance")
        for model in with_provenance()
    )
