"""The people of an invented council, as the data officer brings them in from the system before this one."""

from datetime import date, datetime, timedelta

from wenlock.demo.loading import Desk
from wenlock.demo.story import Council, Family, Person
from wenlock.notice.models import Provenance
from wenlock.people.models import (
    Address,
    CommunicationNeed,
    ContactPoint,
    Disability,
    Ethnicity,
    Identifier,
    IdentifierAbsence,
    Language,
    Name,
    Relationship,
    Residence,
)
from wenlock.people.models import Person as PersonRow
from wenlock.people.numbers import fault

TAKEN = "Another person is recorded under this number."


class People:
    """Puts everybody on the data officer's desk."""

    def __init__(self, desk: Desk, council: Council) -> None:
        self.desk, self.council = desk, council
        self._numbers: set[tuple[str, str]] = set()
        self._wrongly_born = {person.id: was for person, was, _ in council.corrected}
        self._first_seen = {
            id(involvement.family): involvement.episodes[0].referred_on
            for involvement in reversed(council.involvements)
        }

    def lay_out(self) -> None:
        """Everybody, family by family."""
        for family in self.council.families:
            at = self._known_since(family)
            how = self.desk.obtained(
                family,
                channel="other-electronic",
                source="internal-departments",
                recorded_at=at,
                name="Earlier case system",
            )
            told = self.desk.obtained(family, channel="face-to-face", source="self", recorded_at=at)
            for person in family.people:
                self._person(person, how, told, at)
            self._family(family, how, at)

    def _known_since(self, family: Family) -> datetime:
        days_ago = timedelta(days=self.desk.office.random.randint(1, 900))
        return self.desk.office.stamp(self._first_seen.get(id(family), self.council.on - days_ago), hour=9)

    def _person(self, person: Person, how: Provenance, told: Provenance, at: datetime) -> None:
        born_on: date | None = self._wrongly_born.get(person.id, person.born_on)
        self.desk.add(
            PersonRow,
            id=person.id,
            born_on=born_on,
            expected_on=person.expected_on,
            died_on=person.died_on,
            sex=person.sex,
            provenance=how,
            recorded_by=self.desk.actor,
            recorded_at=at,
        )
        names = [("legal", person.given, person.family), *person.other_names]
        for position, (kind, given, family) in enumerate(names):
            self.desk.record(
                Name, of=person.id, how=how, at=at, kind=kind, given=given, family=family, position=position
            )
        for position, (scheme, value) in enumerate(person.numbers):
            self._number(person, scheme, value, position, how, at)
        if person.no_upn_because:
            self.desk.record(
                IdentifierAbsence, of=person.id, how=how, at=at, scheme="UPN", reason=person.no_upn_because
            )
        self._characteristics(person, told, at)

    def _number(
        self, person: Person, scheme: str, value: str, position: int, how: Provenance, at: datetime
    ) -> None:
        questioned = fault(scheme, value) or (TAKEN if (scheme, value) in self._numbers else "")
        self._numbers.add((scheme, value))
        self.desk.record(
            Identifier,
            of=person.id,
            how=how,
            at=at,
            scheme=scheme,
            value=value,
            questioned=questioned,
            position=position,
        )

    def _characteristics(self, person: Person, told: Provenance, at: datetime) -> None:
        record = self.desk.record
        if person.ethnicity:
            record(Ethnicity, of=person.id, how=told, at=at, code=person.ethnicity)
        for position, code in enumerate(person.disabilities):
            record(Disability, of=person.id, how=told, at=at, code=code, position=position)
        for tongue in person.speaks:
            record(
                Language,
                of=person.id,
                how=told,
                at=at,
                name=tongue.name,
                first=tongue.first,
                interpreter_needed=tongue.interpreter,
            )
        for need, helps in person.needs:
            record(CommunicationNeed, of=person.id, how=told, at=at, need=need, what_helps=helps)
        for reach in person.reached_by:
            record(
                ContactPoint,
                of=person.id,
                how=told,
                at=at,
                kind=reach.kind,
                value=reach.value,
                safe_to_use=reach.safe,
            )

    def _family(self, family: Family, how: Provenance, at: datetime) -> None:
        for tie in family.ties:
            parent = tie.kind in ("mother", "father") and tie.person.is_child
            self.desk.record(
                Relationship,
                of=tie.person.id,
                how=how,
                at=at,
                other_id=tie.other.id,
                pair_id=self.desk.office.id(),
                kind=tie.kind,
                parental_responsibility=bool(tie.basis) if tie.basis or parent else None,
                responsibility_basis=tie.basis,
                main_carer=tie.main_carer,
                same_household=tie.together,
                until_on=tie.until_on,
            )
        for home in family.homes:
            self.desk.add(
                Address,
                id=home.id,
                lines=list(home.lines),
                postcode=home.postcode,
                uprn=home.uprn,
                confidential=home.confidential,
                provenance=how,
                recorded_by=self.desk.actor,
                recorded_at=at,
            )
            for stay in home.stays:
                self.desk.record(
                    Residence,
                    of=stay.person.id,
                    how=how,
                    at=at,
                    address_id=home.id,
                    kind=stay.kind,
                    from_on=stay.from_on,
                    until_on=stay.until_on,
                )
