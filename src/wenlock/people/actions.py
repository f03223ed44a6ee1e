"""Acts of recording who people are. Each rests on a provenance: how the information came."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.notice.models import Provenance
from wenlock.people import recognising
from wenlock.people.genogram.facts import member_facts, tie_facts
from wenlock.people.kin import family_of
from wenlock.people.models import (
    Address,
    AddressReveal,
    Disability,
    Ethnicity,
    Genogram,
    GenogramMember,
    GenogramTie,
    Identifier,
    IdentifierAbsence,
    Name,
    Person,
    Relationship,
    Residence,
)
from wenlock.people.numbers import fault
from wenlock.people.receiving import Received
from wenlock.security.context import correcting
from wenlock.security.models import Actor

TEN_MINUTES = timedelta(minutes=10)


def record_person(
    *,
    given: str,
    family: str,
    born_on: date | None,
    by: Actor,
    at: datetime,
    provenance: Provenance,
    sex: str = "U",
    expected_on: date | None = None,
    birth_estimated: bool = False,
    professional: bool = False,
    names: Iterable[Mapping[str, Any]] = (),
) -> Person:
    """Begin a record, with a legal name and any others; whoever begins it may finish it over the next two days."""
    person = Person(
        id=new_id(),
        born_on=born_on,
        birth_estimated=birth_estimated,
        expected_on=expected_on,
        sex=sex,
        professional=professional,
        provenance=provenance,
        recorded_by=by,
        recorded_at=at,
    )
    person.save(force_insert=True)
    all_names = (
        [{"kind": "legal", "given": given, "family": family}, *names] if given or family else list(names)
    )
    for position, name in enumerate(all_names):
        record(Name, person=person, by=by, at=at, provenance=provenance, position=position, **name)
    return person


def record(
    model: type[Any], *, person: Person | UUID, by: Actor, at: datetime, provenance: Provenance, **facts: Any
) -> Any:
    """Record one fact about a person: a row of one of the models that say how they came."""
    row = model(
        id=new_id(),
        person_id=person.pk if isinstance(person, Person) else person,
        recorded_by=by,
        recorded_at=at,
        provenance=provenance,
        **facts,
    )
    row.save(force_insert=True)
    return row


def identify(
    *, person: Person, scheme: str, value: str, by: Actor, at: datetime, provenance: Provenance
) -> Identifier:
    """Record a number somebody is known by, marked as questioned when its check digits are wrong."""
    questioned = fault(scheme, value) or ""
    return record(
        Identifier,
        person=person,
        by=by,
        at=at,
        provenance=provenance,
        scheme=scheme,
        value=value,
        questioned=questioned,
    )


def record_address(
    *,
    people: Iterable[Person],
    lines: list[str],
    postcode: str,
    by: Actor,
    at: datetime,
    provenance: Provenance,
    from_on: date | None = None,
    until_on: date | None = None,
    kind: str = "home",
    uprn: str = "",
    confidential: bool = False,
) -> Address:
    """Record where people live. A confidential address is seen by nobody until it is revealed, with a reason."""
    address = Address(
        id=new_id(),
        lines=lines,
        postcode=postcode,
        uprn=uprn,
        confidential=confidential,
        provenance=provenance,
        recorded_by=by,
        recorded_at=at,
    )
    address.save(force_insert=True)
    for person in people:
        record(
            Residence,
            person=person,
            by=by,
            at=at,
            provenance=provenance,
            address_id=address.pk,
            kind=kind,
            from_on=from_on,
            until_on=until_on,
        )
    return address


def relate(
    *, person: Person, other: Person, kind: str, by: Actor, at: datetime, provenance: Provenance, **facts: Any
) -> Relationship:
    """Record that `other` is the `kind` of `person`; the database writes the other side."""
    return record(
        Relationship,
        person=person,
        by=by,
        at=at,
        provenance=provenance,
        other_id=other.pk,
        pair_id=new_id(),
        kind=kind,
        **facts,
    )


def correct(row: Any, *, reason: str, **facts: Any) -> Any:
    """Put right a fact recorded wrongly: the row as it was is kept, with the reason.

    The database refuses a correction without one.
    """
    for name, value in facts.items():
        setattr(row, name, value)
    with correcting(reason):
        row.save(update_fields=list(facts))
    return row


def reveal_address(*, address: UUID, person: UUID, reason: str, by: Actor, at: datetime) -> AddressReveal:
    """Show a protected address to `by` for ten minutes; a manager sees that it was shown, and why."""
    reveal = AddressReveal(
        id=new_id(),
        address_id=address,
        person_id=person,
        revealed_to=by,
        reason=reason,
        revealed_at=at,
        until_at=at + TEN_MINUTES,
    )
    reveal.save(force_insert=True)
    return reveal


def keep_genogram(*, person: UUID, on: date, occasion: str, why: str, by: Actor, at: datetime) -> Genogram:
    """Keep the family of a person as it is on a day and as `by` may see it: the facts, which draw the same again.

    `occasion` is a code of GENOGRAM_OCCASIONS, and `why` says it in words.
    """
    family = family_of(person, on=on)
    signed = {"recorded_by": by, "recorded_at": at}
    kept = Genogram(id=new_id(), person_id=person, drawn_on=on, occasion=occasion, why=why, **signed)
    kept.save(force_insert=True)
    GenogramMember.objects.bulk_create(
        GenogramMember(id=new_id(), genogram=kept, person_id=UUID(one.key), facts=member_facts(one), **signed)
        for one in family.members
    )
    GenogramTie.objects.bulk_create(
        GenogramTie(
            id=new_id(),
            genogram=kept,
            pair_id=UUID(tie.key),
            person_id=UUID(tie.person),
            other_id=UUID(tie.other),
            facts=tie_facts(tie),
            **signed,
        )
        for tie in family.ties
    )
    return kept


received = Received(
    identifier=Identifier, absence=IdentifierAbsence, ethnicity=Ethnicity, disability=Disability
)  # what a file may tell of who people are; the person's own row is `recognising.begin_persons`


def propose_match(*, person: UUID, other: UUID, reasons: Iterable[str], by: Actor, at: datetime) -> bool:
    """Propose that two records are one person's, for a person to decide; False if that was proposed before."""
    return (
        recognising.propose_matches([recognising.Likeness(person, other, tuple(reasons))], by=by, at=at) == 1
    )
