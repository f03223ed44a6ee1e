"""Putting a record right when somebody tells of a change: what stood there stays, ended on a day or kept as corrected."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol
from uuid import UUID

from wenlock.notice.models import Provenance
from wenlock.people import codes
from wenlock.people.actions import correct, record, record_address
from wenlock.people.models import ContactPoint, Name, Person, Residence
from wenlock.people.record import homes_of
from wenlock.security.models import Actor

PROTECTED = "A protected address"


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact that stands: its row, whose it is, of which kind it is, what it says, and when it was recorded."""

    id: UUID
    person: UUID
    kind: str
    says: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Writing:
    """In whose name a record is put right, when, how the information came, and why the old fact gives way."""

    by: Actor
    at: datetime
    provenance: Provenance
    reason: str


def names_of(person: UUID) -> tuple[Standing, ...]:
    """The names a person has now, the legal name first."""
    rows = Name.objects.filter(person=person, until_on__isnull=True).order_by("position")
    return tuple(
        Standing(row.pk, person, row.kind, str(row), row.recorded_at)
        for row in sorted(rows, key=lambda row: row.kind != "legal")
    )


def reached_by(people: Collection[UUID]) -> tuple[Standing, ...]:
    """The numbers and addresses by which any of the people are reached now."""
    rows = ContactPoint.objects.filter(person__in=people, until_on__isnull=True).order_by("position", "kind")
    return tuple(Standing(row.pk, row.person_id, row.kind, row.value, row.recorded_at) for row in rows)


def home_of(person: UUID) -> str:
    """Where a person lives now, on one line; a protected address is only said to be one."""
    now = [home for home in homes_of(person) if home.until_on is None]
    return "; ".join(", ".join(home.lines) if home.lines else PROTECTED for home in now)


def born_on(person: UUID) -> date | None:
    """The day of birth that is recorded."""
    return Person.objects.values_list("born_on", flat=True).filter(pk=person).first()


class Fact(Protocol):
    """A fact of somebody's record to put right: its code, whose it is, and what the record will say."""

    code: ClassVar[str]

    @property
    def person(self) -> UUID:
        """Whose record it is of."""

    @property
    def says(self) -> str:
        """What the record will say, for those who may see the contact that told of it."""

    def put_right(self, writing: Writing) -> None:
        """Write it. Needs the record open to whoever does, and the transaction of the act that opened it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The person lives elsewhere from a day on: the home they had ends on it."""

    code: ClassVar[str] = "home"
    person: UUID
    lines: tuple[str, ...]
    postcode: str
    on: date
    protected: bool

    @property
    def says(self) -> str:
        # No line of it: the record alone can protect an address, now or one day.
        return f"Lives elsewhere from {self.on:%-d %B %Y}"

    def put_right(self, writing: Writing) -> None:
        for row in Residence.objects.filter(person=self.person, kind="home", until_on__isnull=True):
            correct(row, reason=writing.reason, until_on=self.on)
        record_address(
            people=[Person.objects.get(pk=self.person)], lines=list(self.lines), postcode=self.postcode,
            from_on=self.on, confidential=self.protected, by=writing.by, at=writing.at, provenance=writing.provenance,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The person is reached by another number or address, from a day on: in place of one they had, or beside it."""

    code: ClassVar[str] = "reach"
    person: UUID
    kind: str
    value: str
    safe: bool
    on: date
    instead_of: UUID | None = None

    @property
    def says(self) -> str:
        return f"{codes.CONTACT_KINDS[self.kind]}: {self.value}"

    def put_right(self, writing: Writing) -> None:
        replaced = [self.instead_of] if self.instead_of else []
        for row in ContactPoint.objects.filter(person=self.person, pk__in=replaced):
            correct(row, reason=writing.reason, until_on=self.on)
        _write(
            ContactPoint, self.person, writing,
            kind=self.kind, value=self.value, safe_to_use=self.safe, from_on=self.on,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The person's name of a kind is another from a day on; with no day it was recorded wrongly, and is corrected."""

    code: ClassVar[str] = "name"
    person: UUID
    kind: str
    given: str
    family: str
    on: date | None = None

    @property
    def says(self) -> str:
        return f"{codes.NAME_KINDS[self.kind]}: {self.given} {self.family}".strip()

    def put_right(self, writing: Writing) -> None:
        named = {"given": self.given, "family": self.family}
        held = Name.objects.filter(person=self.person, kind=self.kind, until_on__isnull=True)
        for row in held.order_by("position")[:1]:
            correct(row, reason=writing.reason, **({"until_on": self.on} if self.on else named))
            if not self.on:
                return
        _write(Name, self.person, writing, kind=self.kind, from_on=self.on, **named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """The day of birth was recorded wrongly, or was not known."""

    code: ClassVar[str] = "birth"
    person: UUID
    on: date

    @property
    def says(self) -> str:
        return f"Born {self.on:%-d %B %Y}"

    def put_right(self, writing: Writing) -> None:
        row = Person.objects.get(pk=self.person)
        correct(row, reason=writing.reason, born_on=self.on, birth_estimated=False)


def _write(model: type[Name] | type[ContactPoint], person: UUID, writing: Writing, **facts: object) -> None:
    record(model, person=person, by=writing.by, at=writing.at, provenance=writing.provenance, **facts)
