"""The mistakes in the invented council, each put there on purpose for somebody to find. There are no others.

`make` puts each into the invention and notes whose record it is in; a test finds every one, and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from wenlock.demo.courses import after
from wenlock.demo.people import new_uuid
from wenlock.demo.story import Caution, Council, Episode, Involvement, Person, Stay


@dataclass(frozen=True)
class Mistake:
    """One kind of mistake: what it is, and what it is there to show."""

    code: str
    what: str
    shows: str


MISTAKES = (
    Mistake(
        "misspelt",
        "A child recorded twice, the second time misspelt",
        "Matching finds her by sound and birth.",
    ),
    Mistake(
        "swapped", "A child recorded twice, the names the wrong way round", "Matching looks at both orders."
    ),
    Mistake(
        "month-out", "A child recorded twice, born a month apart", "Matching forgives one part of a date."
    ),
    Mistake("nhs-digit", "An NHS number whose check digit is wrong", "It is kept as given, and questioned."),
    Mistake(
        "upn-letter", "A pupil number whose check letter is wrong", "The census questions it (rule 1510)."
    ),
    Mistake(
        "shared-number", "Two children recorded with one NHS number", "The second is questioned, not refused."
    ),
    Mistake(
        "plan-backwards", "A plan that ends before it begins, kept as a file gave it", "Census rule 4011."
    ),
    Mistake("born-tomorrow", "A baby recorded as born in the future", "Census rule 8520; the page says so."),
    Mistake("no-need", "An open referral with no primary need", "Census rule 8610."),
    Mistake("none-and-some", "An assessment that found no factor, and one", "Census rule 8869."),
    Mistake("never-authorised", "An episode closed while its assessment was not", "Census rule 8867."),
    Mistake("review-overdue", "A warning whose review is overdue", "It is on the manager's list."),
    Mistake("unreviewed", "A record opened in an emergency and not yet reviewed", "It waits for a manager."),
)


class Mistakes:
    """Puts the mistakes in, one family each."""

    def __init__(self, *, random: Random, council: Council, avoiding: set[UUID]) -> None:
        self.random, self.council, self.avoiding = random, council, set(avoiding)

    def make(self) -> None:
        """Make them all; `council.mistaken` then holds, by code, the people whose records they are in."""
        makers: dict[str, Callable[[], list[Person]]] = {
            "misspelt": self._misspelt,
            "swapped": self._swapped,
            "month-out": self._month_out,
            "nhs-digit": self._nhs_digit,
            "upn-letter": self._upn_letter,
            "shared-number": self._shared_number,
            "plan-backwards": self._plan_backwards,
            "born-tomorrow": self._born_tomorrow,
            "no-need": self._no_need,
            "none-and-some": self._none_and_some,
            "never-authorised": self._never_authorised,
            "review-overdue": self._review_overdue,
            "unreviewed": self._unreviewed,
        }
        for mistake in MISTAKES:
            self.council.mistaken[mistake.code] = [person.id for person in makers[mistake.code]()]

    def _child(self, fits: Callable[[Person], bool]) -> tuple[Person, Involvement]:
        """A child with a history whom nothing else has happened to, who fits."""
        for involvement in self.random.sample(self.council.involvements, len(self.council.involvements)):
            for episode in involvement.episodes:
                if episode.child.id not in self.avoiding and fits(episode.child):
                    self.avoiding |= {person.id for person in involvement.family.people}
                    return episode.child, involvement
        raise LookupError("The council is too small for this mistake.")

    def _episode(self, fits: Callable[[Episode], bool]) -> tuple[Involvement, int]:
        for involvement in self.random.sample(self.council.involvements, len(self.council.involvements)):
            for place, episode in enumerate(involvement.episodes):
                if episode.child.id not in self.avoiding and fits(episode):
                    self.avoiding |= {person.id for person in involvement.family.people}
                    return involvement, place
        raise LookupError("The council is too small for this mistake.")

    def _again(self, child: Person, involvement: Involvement, **otherwise: Any) -> Person:
        """A second record of a child, at the same address and with no history of its own."""
        number = next(value for scheme, value in child.numbers if scheme == "LA-child-id")
        second = replace(
            child,
            id=new_uuid(self.random),
            numbers=[("LA-child-id", f"{number}9")],
            other_names=[],
            cautions=[],
            needs=[],
            reached_by=[],
            mother=None,
            father=None,
            **otherwise,
        )
        involvement.family.people.append(second)
        involvement.family.homes[0].stays.append(Stay(second))
        return second

    def _misspelt(self) -> list[Person]:
        child, involvement = self._child(
            lambda child: bool(child.born_on) and len(child.given) > 4 and "e" in child.given[2:]
        )
        at = child.given.index("e", 2)
        return [child, self._again(child, involvement, given=f"{child.given[:at]}ei{child.given[at + 1 :]}")]

    def _swapped(self) -> list[Person]:
        child, involvement = self._child(lambda child: bool(child.born_on))
        return [child, self._again(child, involvement, given=child.family, family=child.given)]

    def _month_out(self) -> list[Person]:
        child, involvement = self._child(
            lambda child: _born_day(child) <= 28 and child.age(self.council.on) > 0
        )
        assert child.born_on is not None
        month = child.born_on.month - 1 or 2
        return [child, self._again(child, involvement, born_on=child.born_on.replace(month=month))]

    def _nhs_digit(self) -> list[Person]:
        child, _ = self._child(_has("NHS"))
        return [_renumber(child, "NHS", lambda number: number[:9] + str((int(number[9]) + 1) % 10))]

    def _upn_letter(self) -> list[Person]:
        child, _ = self._child(_has("UPN"))
        return [_renumber(child, "UPN", lambda number: ("B" if number[0] == "A" else "A") + number[1:])]

    def _shared_number(self) -> list[Person]:
        first, _ = self._child(_has("NHS"))
        second, _ = self._child(_has("NHS"))
        shared = dict(first.numbers)["NHS"]
        return [first, _renumber(second, "NHS", lambda _: shared)]

    def _plan_backwards(self) -> list[Person]:
        involvement, place = self._episode(lambda episode: bool(episode.plans and episode.plans[0].ended_on))
        episode = involvement.episodes[place]
        began_on = episode.plans[0].began_on
        backwards = replace(episode.plans[0], ended_on=began_on - timedelta(days=30), as_received=True)
        return self._becomes(involvement, place, plans=(backwards,))

    def _born_tomorrow(self) -> list[Person]:
        child, _ = self._child(lambda child: _born_day(child) <= 28 and child.age(self.council.on) == 0)
        assert child.born_on is not None
        child.born_on = child.born_on.replace(year=child.born_on.year + 1)
        return [child]

    def _no_need(self) -> list[Person]:
        involvement, place = self._episode(
            lambda episode: episode.closed_on is None and bool(episode.assessments)
        )
        return self._becomes(involvement, place, need="")

    def _none_and_some(self) -> list[Person]:
        involvement, place = self._episode(
            lambda episode: bool(episode.assessments and episode.assessments[0].factors)
        )
        first, *others = involvement.episodes[place].assessments
        found = (
            ("21", *(code for code in first.factors if code != "21"))
            if first.factors != ("21",)
            else ("21", "3B")
        )
        return self._becomes(involvement, place, assessments=(replace(first, factors=found), *others))

    def _never_authorised(self) -> list[Person]:
        involvement, place = self._episode(
            lambda episode: episode.reason == "RC7" and bool(episode.plans) and bool(episode.assessments)
        )
        first, *others = involvement.episodes[place].assessments
        return self._becomes(
            involvement, place, assessments=(replace(first, authorised_on=None, factors=()), *others)
        )

    def _review_overdue(self) -> list[Person]:
        made = []
        for _ in range(3):
            child, _involvement = self._child(lambda child: child.age(self.council.on) >= 2)
            began_on = self.council.on - timedelta(days=self.random.randint(220, 300))
            child.cautions.append(
                Caution(
                    "contact-arrangement",
                    "Letters from the father go to the worker first.",
                    began_on,
                    after(began_on + timedelta(days=182), 1),
                    True,
                )
            )
            made.append(child)
        return made

    def _unreviewed(self) -> list[Person]:
        return [child for child, _, reviewed in self.council.emergencies if not reviewed]

    def _becomes(self, involvement: Involvement, place: int, **facts: Any) -> list[Person]:
        involvement.episodes[place] = replace(involvement.episodes[place], **facts)
        return [involvement.episodes[place].child]


def _born_day(child: Person) -> int:
    return child.born_on.day if child.born_on else 99


def _has(scheme: str) -> Callable[[Person], bool]:
    return lambda child: scheme in dict(child.numbers)


def _renumber(child: Person, scheme: str, change: Callable[[str], str]) -> Person:
    child.numbers = [(kind, change(value) if kind == scheme else value) for kind, value in child.numbers]
    return child


def overdue(caution: Caution, *, on: date) -> bool:
    """Whether a warning still in force should have been reviewed by a day."""
    return caution.ended_on is None and caution.review_on < on
