"""Migration operations for SQL that lives in files, and for tables with many constraints."""

from pathlib import Path
from typing import Any

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import BaseConstraint

SOURCE = Path(__file__).resolve().parent.parent


class RunSqlFile(RunSQL):
    """Run `src/wenlock/<path>` forwards. Function files are versioned by name, so none is ever run backwards."""

    def __init__(self, path: str) -> None:
        self.path = path
        # Bodies name tables that later migrations make, so they are checked when first run, not now.
        # One string: psycopg sends it whole, so that dollar-quoted bodies are not cut at their semicolons.
        text = "SET LOCAL check_function_bodies = off;\n" + (SOURCE / path).read_text("utf-8")
        super().__init__([text], reverse_sql=RunSQL.noop)

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return type(self).__name__, [], {"path": self.path}


class AddConstraints(Operation):
    """Add several constraints to a model at once.

    Django's own operation takes them one by one and renders every related model anew for each: with the dozen
    policies, triggers and grants of a table about people, that is most of a minute over the whole schema.
    """

    reduces_to_sql = True
    category = OperationCategory.ADDITION

    def __init__(self, model_name: str, constraints: list[BaseConstraint]) -> None:
        self.model_name, self.constraints = model_name, constraints

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"model_name": self.model_name, "constraints": self.constraints}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        key = app_label, self.model_name.lower()
        options = state.models[key].options
        options["constraints"] = [*options.get("constraints", []), *self.constraints]
        state.reload_model(*key, delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for constraint in self.constraints:
                schema_editor.add_constraint(model, constraint)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            for constraint in reversed(self.constraints):
                schema_editor.remove_constraint(model, constraint)

    def describe(self) -> str:
        return f"Add {len(self.constraints)} constraints to {self.model_name}"


def gather(operations: list[Operation]) -> list[Operation]:
    """The same operations with the constraints of one model made together, and with it where it is made whole."""
    grown = {op.model_name.lower() for op in operations if isinstance(op, AddField)}
    made = {
        op.name.lower(): op
        for op in operations
        if isinstance(op, CreateModel) and op.name.lower() not in grown
    }
    together: dict[str, AddConstraints] = {}
    kept: list[Operation] = []
    for op in operations:
        name = getattr(op, "model_name", "").lower()
        if isinstance(op, AddConstraint) and name in made:
            made[name].options.setdefault("constraints", []).append(op.constraint)
        elif isinstance(op, AddIndex) and name in made:
            made[name].options.setdefault("indexes", []).append(op.index)
        elif isinstance(op, AddConstraint):
            if name not in together:
                together[name] = AddConstraints(op.model_name, [])
                kept.append(together[name])
            together[name].constraints.append(op.constraint)
        else:
            kept.append(op)
    return kept
