"""Which records may be of one and the same person. What is found here is proposed; a person decides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from wenlock.base.identifiers import new_id
from wenlock.people.models import Ethnicity, Identifier, MatchProposal, Person
from wenlock.people.receiving import NotOpenToYou, Receipt
from wenlock.security.models import Actor


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person whose record is to be begun from a file, with no name. `sex` is a code, "" when not given."""

    id: UUID
    born_on: date | None
    expected_on: date | None
    died_on: date | None
    sex: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records that may be one person's, and why."""

    person: UUID
    other: UUID
    reasons: tuple[str, ...]


def begin_persons(people: Iterable[NewPerson], *, receipt: Receipt) -> None:
    """Begin the records of people a file tells of."""
    Person.objects.bulk_create(
        Person(
            id=new.id,
            born_on=new.born_on,
            expected_on=new.expected_on,
            died_on=new.died_on,
            sex=new.sex,
            provenance=receipt.provenance,
            recorded_by=receipt.by,
            recorded_at=receipt.at,
        )
        for new in people
    )


def persons(ids: Sequence[UUID]) -> dict[UUID, NewPerson]:
    """What is held of people beyond their facts, by key; those not open to whoever acts are not there."""
    rows = Person.objects.filter(pk__in=ids).values_list("id", "born_on", "expected_on", "died_on", "sex")
    return {row[0]: NewPerson(*row) for row in rows}


def complete_person(person: UUID, values: dict[str, date | str]) -> None:
    """Fill blanks of a person. Raises NotOpenToYou."""
    if Person.objects.filter(pk=person).update(**values) != 1:
        raise NotOpenToYou(person)


def holders(scheme: str, numbers: Iterable[str]) -> dict[str, list[UUID]]:
    """Who is known by each number of a scheme, the first known by it first; of a merged record, the one that stands."""
    found: dict[str, list[UUID]] = defaultdict(list)
    rows = Identifier.objects.filter(scheme=scheme, value__in=list(numbers)).order_by(
        "position", "recorded_at", "id"
    )
    for number, person, into in rows.values_list("value", "person_id", "person__merged_into_id"):
        if (into or person) not in found[number]:
            found[number].append(into or person)
    return found


def without_number(scheme: str, *, born_on: Iterable[date]) -> dict[tuple[date, str, str], list[UUID]]:
    """People born on any of the days with no number of the scheme, by birth, sex and ethnic group."""
    numbered = Identifier.objects.filter(person=OuterRef("pk"), scheme=scheme)
    # People first, by the index on birth: few have no number, and only their ethnic group is then asked.
    standing = Person.objects.filter(~Exists(numbered), merged_into__isnull=True)
    people = standing.filter(born_on__in=list(born_on)).order_by("pk")
    born = {pk: (on, sex) for pk, on, sex in people.values_list("pk", "born_on", "sex")}
    rows = Ethnicity.objects.filter(person__in=list(born)).order_by("person_id") if born else ()
    found: dict[tuple[date, str, str], list[UUID]] = defaultdict(list)
    for row in rows:
        on, sex = born[row.person_id]
        if on is not None:
            found[on, sex, row.code].append(row.person_id)
    return found


def propose_matches(likenesses: Iterable[Likeness], *, by: Actor, at: datetime) -> int:
    """Propose that records are one person's, each pair once either way round; how many are new."""
    wanted = {frozenset((each.person, each.other)): each for each in likenesses}
    people = [each.person for each in wanted.values()]
    known = MatchProposal.objects.filter(person__in=people) | MatchProposal.objects.filter(other__in=people)
    for pair in known.values_list("person_id", "other_id"):
        wanted.pop(frozenset(pair), None)
    MatchProposal.objects.bulk_create(
        MatchProposal(
            id=new_id(),
            person_id=each.person,
            other_id=each.other,
            reasons=list(each.reasons),
            proposed_by=by,
            proposed_at=at,
        )
        for each in wanted.values()
    )
    return len(wanted)
