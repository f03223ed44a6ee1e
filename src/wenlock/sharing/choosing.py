"""What of a record could be shared under a rule, and what was chosen, each in words a reader knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from wenlock.base.pages.dates import plain_date
from wenlock.people.queries import Brief, briefs
from wenlock.people.record import relatives_of
from wenlock.sharing.deciding import Rule
from wenlock.sharing.proposing import Picked
from wenlock.sharing.shareable import SHAREABLE, Kept, by_table


@dataclass(frozen=True, slots=True)
class Choice:
    """A row that could be shared: what it is, whose, its words, and whether its originator must agree first."""

    picked: Picked
    title: str
    whose: str
    words: str
    of_originator: bool

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.picked.table}:{self.picked.row}"

    def agreed_by(self, name: str, on: date | None) -> Picked:
        """The row to propose, with its originator's agreement if it needs one and there is one."""
        if not (self.of_originator and name):
            return self.picked
        return replace(self.picked, originator_agreed=name, originator_agreed_on=on)


def choices(*, person: UUID, rule: Rule) -> list[Choice]:
    """The rows of a record, and of the family's, that a rule could let out, each with the columns it allows.

    Row security keeps it to what whoever acts may see; a protected address is not among them.
    """
    family = list(relatives_of(person)) if "family" in rule.categories else []
    known = briefs([person, *family])
    found = []
    for kept in SHAREABLE:
        columns = [column for column, category in kept.columns().items() if category in rule.categories]
        whose = [person, *(family if kept.of_family else [])]
        for one in whose if columns else []:
            name = known[one].name if one in known else ""
            found += [_choice(kept, row, columns, _with(row, known) or name) for row in _rows(kept, one)]
    return [choice for choice in found if choice.words]


def shown(picked: Mapping[str, Any], *, known: Mapping[UUID, Brief]) -> Choice | None:
    """What was chosen, as it stands now; None for what whoever acts does not see. `picked` has the item's columns."""
    kept = by_table().get(picked["table_name"])
    row = _manager(kept).filter(pk=picked["row_id"]).first() if kept else None
    if kept is None or row is None:
        return None
    owner = known.get(row.pk if kept.way == "self" else getattr(row, "person_id", row.pk))
    return _choice(kept, row, picked["columns"], _with(row, known) or (owner.name if owner else ""))


def words_of(table: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The label and the words of each value of a row, those left blank left out."""
    kept = by_table()[table]
    told = ((column, _words(kept, column, value)) for column, value in values.items())
    return [
        (column.removesuffix("_id").replace("_", " ").capitalize(), words) for column, words in told if words
    ]


def _choice(kept: Kept, row: Any, columns: list[str], whose: str) -> Choice:
    values = {column: getattr(row, column) for column in columns}
    told = words_of(kept.table, values)
    filled = tuple(column for column in columns if values[column] not in (None, "", []))
    handling = getattr(_provenance(kept, row), "handling", "")
    return Choice(
        picked=Picked(kept.table, row.pk, filled),
        title=kept.title,
        whose=whose,
        words="; ".join(f"{label}: {words}" for label, words in told),
        of_originator=handling == "originator",
    )


def _with(row: Any, known: Mapping[UUID, Brief]) -> str:
    """Whom a relationship is with; "" for a row of another kind, or for somebody not shown."""
    other = known.get(getattr(row, "other_id", None))  # type: ignore[arg-type]
    return f"with {other.name}" if other else ""


def _provenance(kept: Kept, row: Any) -> Any:
    return row.document.provenance if kept.way == "document" else row.provenance


def _manager(kept: Kept) -> QuerySet[Any]:
    rows = apps.get_model(kept.model)._default_manager.all()
    return rows.select_related("document__provenance" if kept.way == "document" else "provenance")


def _rows(kept: Kept, person: UUID) -> Iterator[Model]:
    rows = _manager(kept)
    if kept.way == "self":
        rows = rows.filter(pk=person)
    elif kept.way == "address":
        rows = rows.filter(residences__person=person, residences__until_on=None, confidential=False)
    elif kept.way == "note":
        rows = rows.filter(subjects__person=person, retracted_at=None).exclude(final_at=None)
    elif kept.way == "document":
        rows = rows.filter(document__subjects__person=person)
    else:
        rows = rows.filter(person=person)
        if kept.model == "people.Relationship":
            rows = rows.filter(retracted_at=None)
    yield from rows.order_by("pk").distinct()


def _words(kept: Kept, column: str, value: Any) -> str:
    """One value in words: a code by what it means, a day as it is said, yes or no; "" for a blank."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str) and len(value) == len("2026-01-01") and value[4:5] == value[7:8] == "-":
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        return plain_date(timezone.localdate(value))
    if isinstance(value, date):
        return plain_date(value)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    field = apps.get_model(kept.model)._meta.get_field(column)
    named = kept.codes.get(column) or dict(getattr(field, "flatchoices", ()))
    return str(named.get(value, value))
