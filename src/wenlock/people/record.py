"""What is held of one person, for the record page: each fact in words, under the level that opens it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from wenlock.people import codes
from wenlock.people.models import (
    Address,
    CommunicationNeed,
    ContactPoint,
    Correction,
    Disability,
    Ethnicity,
    Identifier,
    IdentifierAbsence,
    Language,
    Name,
    Person,
    Relationship,
    Residence,
    Warning,
)
from wenlock.people.queries import Brief, Opened, briefs


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words: what kind, what it says, a remark, and [from_on, until_on) where it has a time."""

    kind: str
    says: str
    remark: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """A warning in force, to be read before anything else. `review_on` may be past."""

    kind: str
    detail: str
    review_on: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Home:
    """A time at an address. `lines` is None for a protected address, which is shown only when revealed."""

    address: UUID
    kind: str
    lines: tuple[str, ...] | None
    protected: bool
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Reaching:
    """A way to reach somebody; one not `safe` is never shown as a link."""

    kind: str
    value: str
    safe: bool
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody related: `other` is None when their record is closed to whoever looks."""

    kind: str
    other: Brief | None
    responsibility: str
    main_carer: bool
    same_household: bool
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction: which facts were put right, why, by whom and when."""

    what: str
    columns: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """All of it. What the level does not open is empty."""

    cautions: tuple[Caution, ...]
    names: tuple[Fact, ...]
    numbers: tuple[Fact, ...]
    ethnicity: str
    disabilities: tuple[Fact, ...]
    languages: tuple[Fact, ...]
    needs: tuple[Fact, ...]
    homes: tuple[Home, ...]
    reaching: tuple[Reaching, ...]
    kin: tuple[Kin, ...]
    corrected: tuple[Corrected, ...]


def record_of(person: Opened, *, on: date) -> Record:
    """What is held of a person opened to the actor, read through the same row security as everything else."""
    about = {"person": person.id}
    ethnicity = Ethnicity.objects.filter(**about).first()
    return Record(
        cautions=tuple(_cautions(Warning.objects.filter(**about), on)),
        names=tuple(_names(Name.objects.filter(**about))),
        numbers=tuple(_numbers(about)),
        ethnicity=codes.label(codes.ETHNICITIES, ethnicity.code) if ethnicity else "",
        disabilities=tuple(
            Fact("", codes.label(codes.DISABILITIES, row.code), "", row.from_on, row.until_on)
            for row in Disability.objects.filter(**about).order_by("position", "code")
        ),
        languages=tuple(
            Fact(
                "First language" if row.first else "Also speaks",
                row.name,
                "Interpreter needed" if row.interpreter_needed else "",
            )
            for row in Language.objects.filter(**about).order_by("-first", "name")
        ),
        needs=tuple(
            Fact("", row.need, row.what_helps)
            for row in CommunicationNeed.objects.filter(**about).order_by("position", "need")
        ),
        homes=homes_of(person.id),
        reaching=tuple(
            Reaching(codes.CONTACT_KINDS[row.kind], row.value, row.safe_to_use, row.until_on)
            for row in ContactPoint.objects.filter(**about).order_by("position", "kind")
        ),
        kin=tuple(_kin(about)),
        corrected=tuple(_corrected(about)),
    )


def homes_of(person: UUID) -> tuple[Home, ...]:
    """Where somebody lives and lived, the present first; a protected address without its lines, unless revealed."""
    residences = list(Residence.objects.filter(person=person))
    shown = {row.pk: row for row in Address.objects.filter(pk__in=[row.address_id for row in residences])}
    ordered = sorted(
        residences, key=lambda each: (each.until_on is not None, -(each.from_on or date.min).toordinal())
    )
    return tuple(_home(row, shown.get(row.address_id)) for row in ordered)


def _home(row: Residence, address: Address | None) -> Home:
    return Home(
        address=row.address_id,
        kind=codes.RESIDENCE_KINDS[row.kind],
        lines=(*address.lines, *([address.postcode] if address.postcode else [])) if address else None,
        protected=address is None or address.confidential,
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _cautions(rows: Iterable[Warning], on: date) -> Iterable[Caution]:
    for row in rows:
        if row.began_on <= on and (row.ended_on is None or row.ended_on > on):
            yield Caution(codes.WARNING_KINDS[row.kind], row.detail, row.review_on, row.review_on < on)


def _names(rows: Iterable[Name]) -> Iterable[Fact]:
    ordered = sorted(rows, key=lambda name: (name.until_on is not None, name.kind != "legal", name.position))
    for row in ordered:
        title = f"{row.title} " if row.title else ""
        yield Fact(codes.NAME_KINDS[row.kind], f"{title}{row}", "", row.from_on, row.until_on)


def _numbers(about: dict[str, UUID]) -> Iterable[Fact]:
    for row in Identifier.objects.filter(**about).order_by("scheme", "position"):
        yield Fact(codes.IDENTIFIER_SCHEMES[row.scheme], row.value, row.questioned, row.from_on, row.until_on)
    for gap in IdentifierAbsence.objects.filter(**about).order_by("scheme"):
        scheme = codes.IDENTIFIER_SCHEMES[gap.scheme]
        yield Fact(scheme, "None held", codes.label(codes.UPN_UNKNOWN, gap.reason))


def relatives_of(person: UUID) -> dict[UUID, Brief]:
    """Those related to somebody now whom the actor may see, by id, the nearest first."""
    rows = Relationship.objects.filter(person=person, retracted_at__isnull=True, until_on__isnull=True)
    order = [row.other_id for row in sorted(rows, key=_nearest)]
    known = briefs(set(order))
    return {key: known[key] for key in dict.fromkeys(order) if key in known}


def _kin(about: dict[str, UUID]) -> Iterable[Kin]:
    # One to a record merged away is said again by one to the record that stands.
    merged = Person.objects.filter(merged_into__isnull=False)
    rows = list(Relationship.objects.filter(**about, retracted_at__isnull=True).exclude(other__in=merged))
    known = briefs({row.other_id for row in rows})
    for row in sorted(rows, key=_nearest):
        yield Kin(
            kind=codes.RELATIONSHIPS[row.kind][0],
            other=known.get(row.other_id),
            responsibility=_responsibility(row),
            main_carer=bool(row.main_carer),
            same_household=bool(row.same_household),
            until_on=row.until_on,
        )


def _nearest(row: Relationship) -> tuple[bool, bool, int]:
    order = list(codes.RELATIONSHIPS).index(row.kind)
    return row.until_on is not None, not row.parental_responsibility, order


def _responsibility(row: Relationship) -> str:
    if row.parental_responsibility is None:
        return ""
    return codes.RESPONSIBILITY_BASES[row.responsibility_basis] if row.parental_responsibility else "No"


def _corrected(about: dict[str, UUID]) -> Iterable[Corrected]:
    for row in Correction.objects.filter(**about).select_related("recorded_by").order_by("-recorded_at"):
        yield Corrected(
            what=_what(row.table_name),
            columns=", ".join(column.removesuffix("_id").replace("_", " ") for column in row.columns),
            reason=row.reason,
            by=row.recorded_by.name if row.recorded_by else "Wenlock itself",
            at=row.recorded_at,
        )


def _what(table: str) -> str:
    """A table's rows in words: the verbose name of its model."""
    model: type[Model] | None = next((m for m in apps.get_models() if m._meta.db_table == table), None)
    return str(model._meta.verbose_name).capitalize() if model else "A fact"
