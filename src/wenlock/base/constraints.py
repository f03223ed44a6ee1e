"""Row policies, triggers and grants declared in `Meta.constraints`, so that they travel in migrations.

Django's autodetector writes AddConstraint and RemoveConstraint for them, and sees an edit to their text. None
of them can be switched off by a setting of the session, unlike those of trigger libraries.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model

OWNER = "wenlock_owner"
APP = "wenlock_app"
GUARD = "wenlock_guard"
PROVER = "wenlock_prover"
SEALER = "wenlock_sealer"
RETURNS = "wenlock_returns"
DOOR = "wenlock_door"


class SqlConstraint(BaseConstraint):
    """A catalogue object bound to one table, made and dropped with it."""

    keywords: tuple[str, ...] = ()

    def __init__(self, *, name: str, **values: Any) -> None:
        for keyword in self.keywords:
            setattr(self, keyword, values.pop(keyword))
        if values:
            raise TypeError(f"{type(self).__name__} does not take {', '.join(values)}")
        super().__init__(name=name)

    def make(self, table: str, quote: Any) -> str:
        """The SQL that makes the object on the quoted `table`."""
        raise TypeError(f"{type(self).__name__} must say how it is made")

    def drop(self, table: str, quote: Any) -> str:
        """The SQL that drops it."""
        raise TypeError(f"{type(self).__name__} must say how it is dropped")

    def constraint_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        # Called while CREATE TABLE is written, where such objects cannot stand inline.
        if model is not None and schema_editor is not None:
            schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return self._statement(model, schema_editor, self.make)

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return self._statement(model, schema_editor, self.drop)

    def _statement(self, model: Any, schema_editor: Any, write: Any) -> Statement:
        quote = schema_editor.quote_name
        table = model._meta.db_table
        return Statement("%(sql)s", sql=write(quote(table), quote), table=Table(table, quote))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to check in Python: PostgreSQL refuses."""

    def check(self, model: type[Model], connection: Any) -> list[Any]:
        """Django's system checks find nothing to say: the SQL is tried when it is migrated."""
        return []

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, _, kwargs = super().deconstruct()
        return path, (), kwargs | {keyword: getattr(self, keyword) for keyword in self.keywords}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SqlConstraint) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]


class RowPolicy(SqlConstraint):
    """CREATE POLICY, with row security enabled and forced on the table."""

    keywords = ("command", "role", "using", "with_check", "restrictive")
    command: str
    role: str
    using: str | None
    with_check: str | None
    restrictive: bool

    def __init__(
        self,
        *,
        name: str,
        command: str = "ALL",
        role: str = APP,
        using: str | None = None,
        with_check: str | None = None,
        restrictive: bool = False,
    ) -> None:
        super().__init__(
            name=name, command=command, role=role, using=using, with_check=with_check, restrictive=restrictive
        )

    def make(self, table: str, quote: Any) -> str:
        sql = (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
            f"CREATE POLICY {quote(self.name)} ON {table} AS {'RESTRICTIVE' if self.restrictive else 'PERMISSIVE'} "
            f"FOR {self.command} TO {quote(self.role)}"
        )
        sql += f" USING ({self.using})" if self.using else ""
        return sql + (f" WITH CHECK ({self.with_check})" if self.with_check else "")

    def drop(self, table: str, quote: Any) -> str:
        return f"DROP POLICY IF EXISTS {quote(self.name)} ON {table}"


class DbTrigger(SqlConstraint):
    """CREATE TRIGGER. `referencing` names transition tables, e.g. "NEW TABLE AS added"."""

    keywords = ("timing", "events", "level", "referencing", "function", "arguments")
    timing: str
    events: str
    level: str
    referencing: str
    function: str
    arguments: tuple[str, ...]

    def __init__(
        self,
        *,
        name: str,
        function: str,
        timing: str = "BEFORE",
        events: str = "INSERT OR UPDATE",
        level: str = "ROW",
        referencing: str = "",
        arguments: tuple[str, ...] = (),
    ) -> None:
        super().__init__(
            name=name,
            timing=timing,
            events=events,
            level=level,
            referencing=referencing,
            function=function,
            arguments=tuple(arguments),
        )

    def make(self, table: str, quote: Any) -> str:
        referencing = f"REFERENCING {self.referencing} " if self.referencing else ""
        arguments = ", ".join("'" + argument.replace("'", "''") + "'" for argument in self.arguments)
        return (
            f"CREATE TRIGGER {quote(self.name)} {self.timing} {self.events} ON {table} {referencing}"
            f"FOR EACH {self.level} EXECUTE FUNCTION {self.function}({arguments})"
        )

    def drop(self, table: str, quote: Any) -> str:
        return f"DROP TRIGGER IF EXISTS {quote(self.name)} ON {table}"


class TableGrant(SqlConstraint):
    """GRANT of `privileges` to `role`; what is not granted is not held. Column lists go in the privilege."""

    keywords = ("role", "privileges")
    role: str
    privileges: str

    def __init__(self, *, name: str, role: str, privileges: str) -> None:
        super().__init__(name=name, role=role, privileges=privileges)

    def make(self, table: str, quote: Any) -> str:
        return f"GRANT {self.privileges} ON {table} TO {quote(self.role)}"

    def drop(self, table: str, quote: Any) -> str:
        return f"REVOKE {self.privileges} ON {table} FROM {quote(self.role)}"


class Exclusion(SqlConstraint):
    """An EXCLUDE constraint given as SQL, for expressions that Django's own cannot state."""

    keywords = ("expression", "where")
    expression: str
    where: str

    def __init__(self, *, name: str, expression: str, where: str = "") -> None:
        super().__init__(name=name, expression=expression, where=where)

    def make(self, table: str, quote: Any) -> str:
        where = f" WHERE ({self.where})" if self.where else ""
        return f"ALTER TABLE {table} ADD CONSTRAINT {quote(self.name)} EXCLUDE USING gist ({self.expression}){where}"

    def drop(self, table: str, quote: Any) -> str:
        return f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {quote(self.name)}"
