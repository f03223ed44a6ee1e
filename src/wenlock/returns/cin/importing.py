"""A census file brought into the record, some children at a time, all in one transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.people import recognising
from wenlock.people.actions import received as people
from wenlock.people.receiving import Receipt, Row
from wenlock.people.recognising import NewPerson
from wenlock.returns.cin import census, schema
from wenlock.returns.cin.definition import PLACES
from wenlock.returns.cin.facts import HeldFacts, compare, dated_after
from wenlock.returns.cin.faults import MOST_FAULTS, CensusRefused, Fault
from wenlock.returns.cin.merging import KINDS, Merging, Work
from wenlock.returns.cin.numbers import COUNCIL, FORMER, PUPIL, Numbers, Told, alike, recognise
from wenlock.returns.cin.report import Report
from wenlock.returns.models import ImportDifference, ImportedChild

AT_ONCE = 250  # children held in memory together
PERSON = ("born_on", "expected_on", "died_on", "sex")
NOT_YET_HELD = (
    "Pre-proceedings and family group decision making cannot be held yet, so the file cannot be brought in"
    " whole. Bring in a file without this block, and keep this one."
)


@dataclass
class Importing:
    """One file on its way in. `last` is the last day of its census."""

    report: Report
    receipt: Receipt
    last: date
    faults: list[Fault] = field(default_factory=list)
    _times: Counter[str] = field(default_factory=Counter)

    def children(self, children: Iterable[census.Child]) -> None:
        """Bring the children in. Raises CensusRefused, NumberNotOpen, NotOpenToYou."""
        numbered = enumerate(children)
        while some := list(islice(numbered, AT_ONCE)):
            self._refuse_what_cannot_be_held(child for _, child in some)
            if not self.faults:
                self._bring_in(some)
            self.report.children += len(some)
        if self.faults:
            raise CensusRefused(self.faults, cut_short=False)

    def _refuse_what_cannot_be_held(self, children: Iterable[census.Child]) -> None:
        """Note blocks that say something and have no table: nothing of a file is silently left out."""
        for child in children:
            for episode in child.episodes:
                for block in episode.pre_proceedings:
                    if block != census.PreProceedings():
                        path = "Message/Children/Child/CINdetails/PreProceedingsandFGDM"
                        self.faults.append(Fault(block.line, path, "", NOT_YET_HELD))
                    if len(self.faults) >= MOST_FAULTS:
                        raise CensusRefused(self.faults, cut_short=True)

    def _bring_in(self, some: Sequence[tuple[int, census.Child]]) -> None:
        told = self._told(some)
        self._begin([each for each in told if each.new])
        known = [each.person for each in told if not each.new]
        held, persons, work = HeldFacts(known), recognising.persons(known), Work()
        numbers = Numbers(told, self.report)
        likenesses = alike(told)
        imported = []
        for each in told:
            merging = Merging(each.child, each.person, held, self.last, work, self.report)
            _person(merging, persons.get(each.person))
            _numbers(merging, each, numbers)
            _characteristics(merging)
            merging.disabilities()
            merging.episodes()
            imported.append((each, merging))
        numbers.write(receipt=self.receipt)
        self._write(work)
        self._keep(imported, work)
        by, at = self.receipt.by, self.receipt.at
        self.report.counts["proposed"] += recognising.propose_matches(
            [*numbers.likenesses, *likenesses], by=by, at=at
        )

    def _told(self, some: Sequence[tuple[int, census.Child]]) -> list[Told]:
        before = self._before([position for position, child in some if not child.child_id])
        found = recognise(some, times=self._times, before=before)
        told = [
            Told(child, position, person or new_id(), person is None, times)
            for (position, child), (person, times) in zip(some, found, strict=True)
        ]
        new = sum(each.new for each in told)
        self.report.counts["begun"] += new
        self.report.counts["recognised"] += len(told) - new
        return told

    def _before(self, positions: list[int]) -> dict[int, UUID]:
        if not (positions and self.report.again):
            return {}
        rows = ImportedChild.objects.filter(batch=self.report.batch, position__in=positions)
        return dict(rows.values_list("position", "person_id"))

    def _begin(self, new: Sequence[Told]) -> None:
        made = (
            NewPerson(told.person, each.born_on, each.expected_on, each.died_on, each.sex or "")
            for told in new
            for each in (told.child,)
        )
        recognising.begin_persons(made, receipt=self.receipt)

    def _write(self, work: Work) -> None:
        for received, kind in KINDS:
            if rows := work.added[kind]:
                received.add(kind, rows, receipt=self.receipt)
                self.report.counts[kind] += len(rows)
        for done in work.completed:
            done.received.complete(done.kind, done.row, done.values, because=done.because)

    def _keep(self, imported: Sequence[tuple[Told, Merging]], work: Work) -> None:
        """Keep which rows each child of the file rests on, and what it says otherwise; once for one file."""
        batch = self.report.batch
        ImportedChild.objects.bulk_create(
            [
                ImportedChild(
                    id=new_id(),
                    batch_id=batch,
                    person_id=told.person,
                    position=told.position,
                    rows=merging.rows,
                    as_given=merging.as_given,
                )
                for told, merging in imported
            ],
            ignore_conflicts=self.report.again,
        )
        ImportDifference.objects.bulk_create(
            [
                ImportDifference(
                    id=new_id(),
                    batch_id=batch,
                    person_id=each.person,
                    row_id=each.row,
                    element=each.element,
                    given=each.given[:80],
                    line=each.line,
                )
                for each in work.differences
            ],
            ignore_conflicts=True,
        )


def _person(merging: Merging, held: NewPerson | None) -> None:
    """The child's own dates and sex: blanks of a known record are filled."""
    child = merging.child
    given = {name: getattr(child, name) for name in PERSON} | {"sex": child.sex or ""}
    if (child.born_on and child.expected_on) or dated_after(given, merging.last):
        merging.as_given.append(merging.person)
    if held is None:
        return
    comparison = compare({name: getattr(held, name) for name in PERSON}, given)
    for column, value in comparison.otherwise.items():
        merging.differ(merging.person, _element(column), getattr(held, column), value, child.line)
    if comparison.filled:
        recognising.complete_person(merging.person, comparison.filled)
        merging.report.counts["completed"] += 1


def _numbers(merging: Merging, told: Told, numbers: Numbers) -> None:
    child = told.child
    if told.new and child.child_id:
        numbers.add(told, COUNCIL, child.child_id)
    for scheme, number, element in ((PUPIL, child.upn, "UPN"), (FORMER, child.former_upn, "FormerUPN")):
        if not number:
            continue
        held = merging.held.of(people, "identifier", told.person, scheme=scheme)
        if not held:
            numbers.add(told, scheme, number)
        elif all(row.values["value"] != number for row in held):
            merging.differ(held[0].id, element, held[0].values["value"], number, child.line)


def _characteristics(merging: Merging) -> None:
    """What a child has one of: a reason for no pupil number, and an ethnic group."""
    child = merging.child
    _one(merging, "absence", child.upn_unknown, "UPNunknown", column="reason", scheme=PUPIL)
    _one(merging, "ethnicity", child.ethnicity, "Ethnicity", column="code")


def _one(merging: Merging, kind: str, given: str | None, element: str, *, column: str, **also: str) -> None:
    if not given:
        return
    held: list[Row] = merging.held.of(people, kind, merging.person, **also)
    if not held:
        merging.add(kind, {column: given, **also})
    elif held[0].values[column] != given:
        merging.differ(held[0].id, element, held[0].values[column], given, merging.child.line)


def _element(column: str) -> str:
    """What the census calls a column of a person."""
    fields = {
        place.column: name for name, place in PLACES[census.Child].items() if place.table == "people_person"
    }
    parts = (part for _, part in schema.IDENTIFIERS.walk() if part.held_in == fields[column])
    return [part.name for part in parts][-1]
