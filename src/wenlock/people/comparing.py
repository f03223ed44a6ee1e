"""Two records beside each other, for somebody who decides whether they are one person's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wenlock.base.pages.dates import short_date
from wenlock.people import codes
from wenlock.people.models import (
    Address,
    ContactPoint,
    Ethnicity,
    Identifier,
    MatchProposal,
    Name,
    Person,
    Residence,
)
from wenlock.people.queries import Brief, briefs

# The facts somebody has one of: `guard.merge_differs_v1` asks of the same.
ONE_OF_EACH = {
    "born_on": "Date of birth",
    "died_on": "Date of death",
    "sex": "Sex",
    "gender": "Gender",
    "professional": "Is a professional",
    "ethnicity": "Ethnic group",
}
NOT_RECORDED = "Not recorded"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact there is one of, in the words of each record. `key` is of ONE_OF_EACH."""

    key: str
    label: str
    first: str
    second: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Several:
    """A fact there may be several of, that may be kept or left out: whose it is, of what kind, and what it says."""

    id: UUID
    of: UUID
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records and what each says; `several` are the first's, then the second's."""

    first: Brief
    second: Brief
    facts: tuple[Fact, ...]
    several: tuple[Several, ...]

    @property
    def differing(self) -> tuple[Fact, ...]:
        """The facts of which a person must say which is right."""
        return tuple(fact for fact in self.facts if fact.differs)


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two records that may be one person's, and nobody has said yet: why, and who or what proposed it, and when."""

    first: Brief
    second: Brief
    reasons: tuple[str, ...]
    by: str
    at: datetime


def compare(first: Brief, second: Brief) -> Comparison:
    """What two records say, fact by fact, as far as whoever asks may see them."""
    rows = {row.pk: row for row in Person.objects.filter(pk__in=[first.id, second.id])}
    groups = dict(Ethnicity.objects.filter(person__in=rows).values_list("person_id", "code"))
    told = [_one_of_each(rows[each.id], groups.get(each.id, "")) for each in (first, second)]
    facts = tuple(
        Fact(
            key,
            label,
            told[0][key] or NOT_RECORDED,
            told[1][key] or NOT_RECORDED,
            _differ(key, told[0][key], told[1][key]),
        )
        for key, label in ONE_OF_EACH.items()
    )
    several = tuple(row for each in (first, second) for row in _several(each.id))
    return Comparison(first, second, facts, several)


def open_proposals() -> list[Proposed]:
    """The pairs proposed and not answered whose records whoever asks may both see, the latest first."""
    rows = list(
        MatchProposal.objects.filter(answer="").select_related("proposed_by").order_by("-proposed_at", "id")
    )
    known = briefs({key for row in rows for key in (row.person_id, row.other_id)})
    return [
        Proposed(
            known[row.person_id],
            known[row.other_id],
            tuple(row.reasons),
            row.proposed_by.name,
            row.proposed_at,
        )
        for row in rows
        if row.person_id in known and row.other_id in known
    ]


def _one_of_each(row: Person, group: str) -> dict[str, str]:
    return {
        "born_on": _born(row),
        "died_on": _day(row.died_on),
        "sex": codes.label(codes.SEXES, row.sex) if row.sex else "",
        "gender": row.gender,
        "professional": "Yes" if row.professional else "No",
        "ethnicity": codes.label(codes.ETHNICITIES, group) if group else "",
    }


def _differ(key: str, first: str, second: str) -> bool:
    """Whether a person must choose. An ethnic group that one record alone has comes with it."""
    return first != second and (key != "ethnicity" or bool(first and second))


def _born(row: Person) -> str:
    if row.born_on is None:
        return f"Not yet born, expected {short_date(row.expected_on)}" if row.expected_on else ""
    return f"{short_date(row.born_on)}{' (estimated)' if row.birth_estimated else ''}"


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


def _several(person: UUID) -> Iterable[Several]:
    for name in Name.objects.filter(person=person).order_by("position", "recorded_at", "id"):
        yield Several(name.pk, person, codes.NAME_KINDS[name.kind], f"{name.title} {name}".strip())
    for number in Identifier.objects.filter(person=person).order_by("scheme", "position", "id"):
        yield Several(number.pk, person, codes.IDENTIFIER_SCHEMES[number.scheme], number.value)
    homes = list(Residence.objects.filter(person=person).order_by("-from_on", "id"))
    places = {place.pk: place for place in Address.objects.filter(pk__in=[home.address_id for home in homes])}
    for home in homes:
        yield Several(
            home.pk, person, codes.RESIDENCE_KINDS[home.kind], _where(home, places.get(home.address_id))
        )
    for way in ContactPoint.objects.filter(person=person).order_by("position", "id"):
        yield Several(way.pk, person, codes.CONTACT_KINDS[way.kind], way.value)


def _where(home: Residence, place: Address | None) -> str:
    """The address and when; nothing of a protected one but that it is."""
    lines = ", ".join(filter(None, (*place.lines, place.postcode))) if place else "Protected address"
    times = " to ".join(_day(day) or "now" for day in (home.from_on, home.until_on)) if home.from_on else ""
    return f"{lines} ({times})" if times else lines
