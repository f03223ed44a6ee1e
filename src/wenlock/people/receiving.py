"""Recording what a file gave about many people at once, and reading it back beside the next file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.notice.models import Provenance
from wenlock.people.shared import Recorded
from wenlock.security.context import correcting
from wenlock.security.models import Actor

AT_ONCE = 2000  # rows of one statement


class NotOpenToYou(Exception):
    """A record that must be written to is not open to whoever is acting. `person` is its key."""

    def __init__(self, person: UUID) -> None:
        super().__init__("A record is not open to you, so nothing was added to it.")
        self.person = person


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who records what a file gave, when, and how it came."""

    by: Actor
    at: datetime
    provenance: Provenance


@dataclass(slots=True)
class Row:
    """One fact: a row as it is held, or one to be added. `values` are by column."""

    person: UUID
    values: dict[str, Any]
    position: int = 0
    id: UUID = field(default_factory=new_id)


class Received:
    """The tables of a context that a file may fill, each by a name of its own."""

    def __init__(self, **models: type[Recorded]) -> None:
        self._models = models

    def held(self, kind: str, *, people: Sequence[UUID]) -> dict[UUID, list[Row]]:
        """The rows of one kind in people's records, in the order they were given, by person."""
        found: dict[UUID, list[Row]] = defaultdict(list)
        rows = self._models[kind]._default_manager.filter(person_id__in=people)
        for values in rows.order_by("position", "recorded_at", "id").values():
            row = Row(values["person_id"], dict(values), values["position"], values["id"])
            found[row.person].append(row)
        return found

    def add(self, kind: str, rows: Iterable[Row], *, receipt: Receipt, pass_over_taken: bool = False) -> None:
        """Add rows just as the file gave them, whatever the checks of a worker's own entries would say.

        With `pass_over_taken`, a row that a unique constraint refuses is left out: ask `held` which are
        there.
        """
        model = self._models[kind]
        made = [
            model(
                id=row.id,
                person_id=row.person,
                position=row.position,
                as_received=True,
                provenance=receipt.provenance,
                recorded_by=receipt.by,
                recorded_at=receipt.at,
                **row.values,
            )
            for row in rows
        ]
        model._default_manager.bulk_create(made, batch_size=AT_ONCE, ignore_conflicts=pass_over_taken)

    def complete(self, kind: str, row: Row, values: Mapping[str, Any], *, because: str = "") -> None:
        """Fill blanks of a row. `because` is needed only where something that is not blank is replaced.

        Raises NotOpenToYou.
        """
        with correcting(because):
            if self._models[kind]._default_manager.filter(pk=row.id).update(**values) != 1:
                raise NotOpenToYou(row.person)
