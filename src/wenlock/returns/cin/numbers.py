"""The numbers a child of a census is known by: whose record they lead to, and which must be questioned."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wenlock.people import recognising
from wenlock.people.actions import received as people
from wenlock.people.numbers import fault
from wenlock.people.receiving import Receipt, Row
from wenlock.people.recognising import Likeness
from wenlock.returns.cin.census import Child
from wenlock.returns.cin.report import Question, Report

COUNCIL, PUPIL, FORMER = "LA-child-id", "UPN", "former-UPN"
ANOTHERS = "Another record has this number."
UNCONFIRMED = "This number could not be confirmed. Check it with whoever gave it."


class NumberNotOpen(Exception):
    """A child's number leads to a record that is not open to whoever is acting. `line` is the child's."""

    def __init__(self, line: int) -> None:
        super().__init__(f"The child of line {line} has a record that is not open to you.")
        self.line = line


@dataclass(slots=True)
class Told:
    """A child of the file, the record it goes to, and whether that record is new."""

    child: Child
    position: int
    person: UUID
    new: bool
    times: int = 0  # how many children before it in the file have the same number


@dataclass
class Numbers:
    """The numbers of some children of a file, to be written together."""

    told: Sequence[Told]
    report: Report
    likenesses: list[Likeness] = field(default_factory=list)
    _added: list[tuple[Row, Told]] = field(default_factory=list)
    _holders: dict[tuple[str, str], list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for scheme, name in ((COUNCIL, "child_id"), (PUPIL, "upn"), (FORMER, "former_upn")):
            wanted = {value for each in self.told if (value := getattr(each.child, name))}
            for number, holders in recognising.holders(scheme, wanted).items():
                self._holders[scheme, number] = holders

    def add(self, told: Told, scheme: str, number: str) -> None:
        """Have a number recorded, questioned if something is wrong with it or another record has it."""
        others = [holder for holder in self._holders[scheme, number] if holder != told.person]
        wrong = [says for says in (fault(scheme, number), ANOTHERS if others else None) if says]
        values = {"scheme": scheme, "value": number, "questioned": " ".join(wrong)[:200]}
        position = told.times if scheme == COUNCIL else 0
        self._added.append((Row(told.person, values, position), told))
        self._holders[scheme, number].append(told.person)
        if wrong:
            self.report.question(
                Question(told.child.line, told.child.child_id, f"{scheme}: {' '.join(wrong)}")
            )
        if others and scheme != FORMER:
            same = "pupil number" if scheme == PUPIL else "council child number"
            self.likenesses.append(Likeness(told.person, others[0], (f"They have the same {same}.",)))

    def write(self, *, receipt: Receipt) -> None:
        """Record the numbers. Raises NumberNotOpen.

        A number refused although no record that is seen has it belongs to a record that is closed to
        whoever is acting. A pupil number is then held and questioned, in words that do not tell of that
        record; a council number would begin a second record of one child, so the file is turned away.
        """
        clear = [(row, told) for row, told in self._added if not row.values["questioned"]]
        people.add("identifier", (row for row, _ in clear), receipt=receipt, pass_over_taken=True)
        seen = people.held("identifier", people=[row.person for row, _ in clear])
        there = {row.id for rows in seen.values() for row in rows}
        for row, told in clear:
            if row.id not in there:
                if row.values["scheme"] == COUNCIL:
                    raise NumberNotOpen(told.child.line)
                row.values["questioned"] = UNCONFIRMED
                says = f"{row.values['scheme']}: {UNCONFIRMED}"
                self.report.question(Question(told.child.line, told.child.child_id, says))
        people.add("identifier", (row for row, _ in self._added if row.values["questioned"]), receipt=receipt)
        self.report.counts["identifier"] += len(self._added)


def recognise(
    children: Sequence[tuple[int, Child]], *, times: Counter[str], before: dict[int, UUID]
) -> list[tuple[UUID | None, int]]:
    """For each child, the record its council number leads to, and how many in the file had that number
    before it.

    `times` counts the numbers met so far in the file. A second child under one number is held as a record of
    its own, and known again by coming second. `before` are the records of this very file brought in
    earlier, by position: they alone lead to a child without a number.
    """
    holders = recognising.holders(COUNCIL, {child.child_id for _, child in children if child.child_id})
    found: list[tuple[UUID | None, int]] = []
    for position, child in children:
        if not child.child_id:
            found.append((before.get(position), 0))
            continue
        place = times[child.child_id]
        times[child.child_id] += 1
        known = holders.get(child.child_id, [])
        found.append((known[place] if place < len(known) else None, place))
    return found


def alike(told: Sequence[Told]) -> list[Likeness]:
    """New children who may be somebody known, by day of birth, sex and ethnic group.

    Only somebody with no council number is proposed: two numbers are the council's own word that there are
    two children, and a child given a new one on adoption is not to be led back to the old.
    """
    new = [each for each in told if each.new and each.child.born_on]
    found = recognising.without_number(
        COUNCIL, born_on={each.child.born_on for each in new if each.child.born_on}
    )
    reason = "Born on the same day, of the same sex and ethnic group; one has no council child number."
    return [
        Likeness(each.person, other, (reason,))
        for each in new
        if each.child.born_on
        for other in found.get((each.child.born_on, each.child.sex or "", each.child.ethnicity or ""), [])
    ]
