"""Desks: what each worker has to record, written together, in that worker's name and under row security."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import models

from wenlock.demo.people import new_uuid
from wenlock.law.calendars import LONDON
from wenlock.notice.models import Channel, Provenance, Purpose, Source
from wenlock.notice.queries import version_in_force
from wenlock.security.context import acting
from wenlock.security.models import Actor

BATCH = 2_000


class Office:
    """What every desk shares: who works here, the teams, the notice in force, and the moment of loading."""

    def __init__(
        self, *, actors: dict[str, Actor], teams: dict[str, UUID], purpose: str, at: datetime, seed: str
    ) -> None:
        self.actors, self.teams, self.purpose, self.at = actors, teams, purpose, at
        self.random = Random(f"{seed} rows")
        self._began = monotonic()
        self.version = version_in_force(on=at.astimezone(LONDON).date())
        self._channels = dict(Channel.objects.filter(version=self.version).values_list("code", "id"))
        self._sources = {row.code: row for row in Source.objects.filter(version=self.version)}
        self._purpose = Purpose.objects.get(version=self.version, code=purpose).pk

    def now(self) -> datetime:
        """The moment of loading and as long again as it has taken: what the database will accept as now."""
        return self.at + timedelta(seconds=monotonic() - self._began)

    def stamp(self, day: date, *, hour: int = 10, minute: int | None = None) -> datetime:
        """A moment of a day, and never later than the moment of loading."""
        minutes = self.random.randint(0, 59) if minute is None else minute
        return min(datetime.combine(day, time(hour, minutes), LONDON), self.at - timedelta(minutes=1))

    def id(self) -> UUID:
        """The next identifier."""
        return new_uuid(self.random)

    def provenance(
        self, by: Actor, *, channel: str, source: str, recorded_at: datetime, name: str = ""
    ) -> Provenance:
        """How something came, in a row still to be written."""
        giver = self._sources[source]
        return Provenance(
            id=self.id(),
            version=self.version,
            channel_id=self._channels[channel],
            source_id=giver.pk,
            purpose_id=self._purpose,
            source_name=name,
            handling=giver.handling,
            received_at=recorded_at,
            recorded_by=by,
            recorded_at=recorded_at,
        )


class Desk:
    """One worker's rows, kept until the worker acts. Tables are written in the order they were first used."""

    def __init__(self, office: Office, slug: str) -> None:
        self.office, self.slug, self.actor = office, slug, office.actors[slug]
        self.rows: dict[type[models.Model], list[Any]] = {Provenance: []}
        self._obtained: dict[tuple[object, ...], Provenance] = {}

    def obtained(
        self, about: object, *, channel: str, source: str, recorded_at: datetime, name: str = ""
    ) -> Provenance:
        """How this worker learned something, in one way: the same row each time it is asked."""
        known = (about, channel, source, name)
        if known not in self._obtained:
            self._obtained[known] = self.office.provenance(
                self.actor, channel=channel, source=source, recorded_at=recorded_at, name=name
            )
            self.rows[Provenance].append(self._obtained[known])
        return self._obtained[known]

    def add(self, model: type[models.Model], **facts: Any) -> Any:
        """A row of a table, to be written when the worker acts."""
        row = model(**{"id": self.office.id()} | facts)
        self.rows.setdefault(model, []).append(row)
        return row

    def record(
        self, model: type[models.Model], *, of: UUID, how: Provenance, at: datetime, **facts: Any
    ) -> Any:
        """A row about a person, recorded by this worker."""
        return self.add(model, person_id=of, provenance=how, recorded_by=self.actor, recorded_at=at, **facts)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Act as this worker, for the purpose of the office."""
        with acting(actor=self.actor.pk, purpose=self.office.purpose):
            yield

    def write(self) -> int:
        """Write the rows in the worker's name, and clear the desk. How many there were."""
        written, self.rows = self.rows, {Provenance: []}
        with self.acting():
            for model, rows in written.items():
                model._base_manager.bulk_create(rows, batch_size=BATCH)
        return sum(len(rows) for rows in written.values())
