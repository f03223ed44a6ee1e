"""The objects that refuse, and whether each stands now. A statement names those it relies on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CheckConstraint, ForeignKey, Model, UniqueConstraint

from wenlock.base.constraints import DbTrigger, Exclusion, RowPolicy, TableGrant
from wenlock.notice.proof.catalogue import Catalogue

NOT_ADDED = "it is not there, or is switched off"


@dataclass(frozen=True)
class Refuser:
    """One object: its `kind`, the table it guards and its name. `missing` says what is wrong, or None."""

    table: str
    name: str
    kind = "object"

    @property
    def object(self) -> str:
        """How the object is written in a report."""
        return f"{self.table}.{self.name}"

    def missing(self, catalogue: Catalogue) -> str | None:
        """What is wrong with it now, or None."""
        return None if self.stands(catalogue) else NOT_ADDED

    def stands(self, catalogue: Catalogue) -> bool:
        """Whether it is there and switched on."""
        raise TypeError("Each kind of refuser says how it is found.")


@dataclass(frozen=True)
class Policy(Refuser):
    """A row policy, on a table whose row security is forced."""

    kind = "row policy"

    def stands(self, catalogue: Catalogue) -> bool:
        return (self.table, self.name) in catalogue.policies and self.table in catalogue.forced


@dataclass(frozen=True)
class Trigger(Refuser):
    """An enabled trigger."""

    kind = "trigger"

    def stands(self, catalogue: Catalogue) -> bool:
        return (self.table, self.name) in catalogue.triggers


@dataclass(frozen=True)
class Constraint(Refuser):
    """A validated check, unique or exclusion constraint."""

    kind = "constraint"

    def stands(self, catalogue: Catalogue) -> bool:
        return (self.table, self.name) in catalogue.constraints


@dataclass(frozen=True)
class Reference(Refuser):
    """A validated foreign key, on a column that may not be empty; `name` is the column."""

    to: str = ""
    kind = "foreign key"

    def stands(self, catalogue: Catalogue) -> bool:
        return (self.table, self.name, self.to) in catalogue.references and (
            self.table,
            self.name,
        ) in catalogue.filled


@dataclass(frozen=True)
class Filled(Refuser):
    """A column that may not be empty."""

    kind = "not null"

    def stands(self, catalogue: Catalogue) -> bool:
        return (self.table, self.name) in catalogue.filled


@dataclass(frozen=True)
class Function(Refuser):
    """A function of the guard or the door, owned by it; `table` is the schema."""

    kind = "function"

    def stands(self, catalogue: Catalogue) -> bool:
        return (self.object, f"wenlock_{self.table}") in catalogue.functions


@dataclass(frozen=True)
class Privileges(Refuser):
    """The privileges of a role on a table, exactly: neither less, which would not work, nor more, which would leak."""

    declared: frozenset[tuple[str, str]] = frozenset()
    kind = "grant"

    @property
    def object(self) -> str:
        return f"{self.name} on {self.table}"

    def missing(self, catalogue: Catalogue) -> str | None:
        held = {
            (privilege, column)
            for table, role, privilege, column in catalogue.grants
            if table == self.table and role == self.name
        }
        less, more = self.declared - held, held - self.declared
        words = [f"lacks {_words(less)}"] * bool(less) + [
            f"holds {_words(more)} without being given it"
        ] * bool(more)
        return "; ".join(words) or None


def _words(privileges: set[tuple[str, str]] | frozenset[tuple[str, str]]) -> str:
    return ", ".join(
        sorted(f"{privilege} ({column})" if column else privilege for privilege, column in privileges)
    )


ROLES_OF_OURS = (
    "wenlock_app",
    "wenlock_guard",
    "wenlock_returns",
    "wenlock_door",
    "wenlock_sealer",
    "wenlock_prover",
    "PUBLIC",
)


def of_model(model: type[Model], *kinds: type[Refuser]) -> Iterator[Refuser]:
    """What a model declares, as refusers; only those of `kinds`, if any are given."""
    table = model._meta.db_table
    for found in _declared(model, table):
        if not kinds or isinstance(found, kinds):
            yield found


def _declared(model: type[Model], table: str) -> Iterator[Refuser]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, RowPolicy):
            yield Policy(table, constraint.name)
        elif isinstance(constraint, DbTrigger):
            yield Trigger(table, constraint.name)
        elif isinstance(constraint, CheckConstraint | UniqueConstraint | Exclusion):
            yield Constraint(table, constraint.name)
    for role in ROLES_OF_OURS:
        yield Privileges(table, role, _granted(model, role))
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and getattr(field, "db_constraint", True) and not field.null:
            yield Reference(table, field.attname, to=field.related_model._meta.db_table)


def _granted(model: type[Model], role: str) -> frozenset[tuple[str, str]]:
    text = ", ".join(
        c.privileges for c in model._meta.constraints if isinstance(c, TableGrant) and c.role == role
    )
    return frozenset(_parse(text))


def _parse(text: str) -> Iterator[tuple[str, str]]:
    """("SELECT", "") for a whole table; ("SELECT", column) for each column listed."""
    for privilege, columns in re.findall(r"([A-Z]+)\s*(?:\(([^)]*)\))?", text):
        names = [name.strip() for name in columns.split(",") if name.strip()]
        yield from ((privilege, name) for name in names or [""])


def check(refusers: list[Refuser], catalogue: Catalogue) -> list[dict[str, Any]]:
    """What the report says of each object."""
    rows = []
    for refuser in refusers:
        wrong = refuser.missing(catalogue)
        rows.append(
            {"object": refuser.object, "kind": refuser.kind, "ok": wrong is None, "detail": wrong or ""}
        )
    return rows
