"""What bringing in a file did, for the person who did it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wenlock.returns.cin.faults import Remark

MOST_LISTED = 1000  # of a kind; the rest are counted, so that memory is bounded

# What is counted, in the order it is told, and what one and several are called.
COUNTED = {
    "begun": "children begun",
    "recognised": "children recognised by their number",
    "proposed": "possible matches proposed, for a person to decide",
    "episode": "episodes added",
    "assessment": "assessments added",
    "factor": "assessment factors added",
    "plan": "child in need plans added",
    "enquiry": "section 47 enquiries added",
    "conference": "initial conferences added",
    "protection_plan": "child protection plans added",
    "category": "categories of abuse added",
    "review": "review conferences added",
    "identifier": "numbers added",
    "absence": "reasons for having no pupil number added",
    "ethnicity": "ethnic groups added",
    "disability": "disabilities added",
    "completed": "facts completed that were blank",
    "questioned": "numbers held and questioned",
    "different": "facts the file gives otherwise, not applied, for a person to decide",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A number held although something is wrong with it."""

    line: int
    child_id: str | None
    says: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A fact the file gives otherwise than it is held. Values are as text."""

    line: int
    child_id: str | None
    person: UUID
    row: UUID
    element: str
    held: str
    given: str


@dataclass
class Report:
    """The whole account. `again` says that this very file had been brought in before."""

    batch: UUID
    file_name: str
    sha256: str
    years: tuple[int, ...]
    again: bool
    children: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    questions: list[Question] = field(default_factory=list)
    differences: list[Otherwise] = field(default_factory=list)
    remarks: tuple[Remark, ...] = ()
    remarks_left_off: int = 0

    def question(self, question: Question) -> None:
        """Count a questioned number, and list it while there is room."""
        self.counts["questioned"] += 1
        if len(self.questions) < MOST_LISTED:
            self.questions.append(question)

    def differ(self, otherwise: Otherwise) -> None:
        """Count a difference, and list it while there is room."""
        self.counts["different"] += 1
        if len(self.differences) < MOST_LISTED:
            self.differences.append(otherwise)

    @property
    def told(self) -> list[tuple[int, str]]:
        """What was done, as numbers and words, leaving out what did not happen."""
        return [(self.counts[name], words) for name, words in COUNTED.items() if self.counts[name]]

    @property
    def changed_nothing(self) -> bool:
        """Whether all that the file says was held before."""
        return not any(self.counts[name] for name in COUNTED if name not in ("recognised", "different"))

    def to_keep(self) -> dict[str, Any]:
        """The account as it is kept with the batch: counts, and what was odd by line. It names no child."""
        return {
            "counts": {name: self.counts[name] for name in COUNTED if self.counts[name]},
            "questions": [[each.line, each.says] for each in self.questions],
            "remarks": [[each.line, each.path, each.says] for each in self.remarks],
            "remarks_left_off": self.remarks_left_off,
        }
