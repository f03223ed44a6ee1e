"""What sets some families apart: a refuge, a warning, a closed record, a worker too close."""

from datetime import timedelta
from random import Random

from wenlock.demo.people import new_uuid
from wenlock.demo.story import Caution, Closed, Conflicted, Council, Family, Home, Involvement, Stay

_REVIEWED_EVERY = 182
_OF_A_CHILD = (
    ("contact-arrangement", "Father sees the children at the contact centre on Saturdays, and nowhere else."),
    ("extra-familial-harm", "Has been collected from school by adults unknown to the family."),
    ("safeguarding-agreement", "Grandmother is present whenever the children are with their father."),
    ("marac", "Discussed at the risk conference; actions are in the plan."),
)
_OF_AN_ADULT = (
    (
        "risk-to-worker",
        "Visit in pairs. Has shouted and barred the door; calmer by telephone the day before.",
    ),
    ("risk-to-worker", "A large dog, not always tied. Ring from the gate."),
    ("home-environment", "Unsafe wiring in the hall; do not use the lift after dark."),
    ("adult-posing-risk", "Not to be alone with children. Conditions run until the date of review."),
    ("protection-order", "A non-molestation order protects the mother. Ring the police if he is there."),
)


class Circumstances:
    """Gives a council its hard cases."""

    def __init__(self, *, random: Random, council: Council) -> None:
        self.random, self.council, self.on = random, council, council.on
        self._used: set[int] = set()

    def happen(self) -> None:
        """All of them, in an order that keeps one family from being everything at once."""
        self._refuges()
        self._restrictions()
        self._conflicts()
        self._emergencies()
        self._corrections()
        self._warnings()

    def _pick(self, wanted: "list[Involvement]", count: int) -> list[Involvement]:
        free = [one for one in wanted if id(one.family) not in self._used]
        chosen: list[Involvement] = []
        for involvement in self.random.sample(free, len(free)):
            if id(involvement.family) not in self._used and len(chosen) < count:
                chosen.append(involvement)
                self._used.add(id(involvement.family))
        return chosen

    def _open(self) -> list[Involvement]:
        return [one for one in self.council.involvements if one.is_open and one.workers("case-worker")]

    def _refuges(self) -> None:
        """Mothers who fled with their children: two share one refuge, and the old home is known."""
        able = [
            one for one in self._open() if one.family.shape == "lone parent" and len(one.family.homes) == 2
        ]
        amaras = [one for one in able if "amara" in one.workers("case-worker")]
        chosen = self._pick(amaras, 1) + self._pick(able, 4)
        refuge = chosen[0].family.homes[0]
        for number, involvement in enumerate(chosen):
            family, home = involvement.family, involvement.family.homes[0]
            moved_on = self.on - timedelta(days=self.random.randint(20, 120))
            family.fled, home.confidential = True, True
            left = Home(
                new_uuid(self.random),
                ("27 Wharf Road", list(home.lines)[-1]),
                home.postcode,
                "",
                [Stay(stay.person, "home", stay.from_on, moved_on) for stay in home.stays],
            )
            home.stays = [Stay(stay.person, "temporary", moved_on) for stay in home.stays]
            if number == 1:
                home.lines, home.postcode, home.uprn = refuge.lines, refuge.postcode, refuge.uprn
            family.homes.append(left)
            self._hide(family)

    def _hide(self, family: Family) -> None:
        father = family.homes[1].stays[0].person
        for stay in family.homes[0].stays:
            stay.person.cautions.append(
                self._caution(
                    "do-not-disclose",
                    "Their address is not to reach the father, by any letter or call.",
                    True,
                )
            )
        silence = "Telling him would tell him where to look."
        father.cautions.append(
            self._caution(
                "adult-posing-risk", "Violence to the mother; he is looking for her.", False, silence
            )
        )

    def _restrictions(self) -> None:
        """Two families of people who work here."""
        for involvement in self._pick([one for one in self._open() if one.family.side == "East"], 2):
            worker = involvement.workers("case-worker")[-1]
            self.council.closed.append(
                Closed(
                    tuple(involvement.family.people),
                    "A member of staff's family",
                    tuple(dict.fromkeys(("carys", worker))),
                    self.on + timedelta(days=self.random.randint(30, 150)),
                )
            )

    def _conflicts(self) -> None:
        """A neighbour of the service manager, a relative of a worker, and one that has ended."""
        told = (
            ("esme", "neighbour", ""),
            ("callum.fairley", "relative", ""),
            ("rory.blake", "other", "samuel.thorne"),
        )
        for worker, kind, ended_by in told:
            able = [one for one in self._open() if worker not in one.workers("case-worker")]
            [involvement] = self._pick(able, 1)
            self.council.conflicts.append(Conflicted(worker, involvement.episodes[0].child, kind, ended_by))

    def _warnings(self) -> None:
        for involvement in self._pick(self._open(), len(self._open()) // 4):
            child = involvement.episodes[0].child
            adults = [
                person for person in involvement.family.people if not person.is_child and not person.died_on
            ]
            if self.random.random() < 0.45:
                child.cautions.append(self._caution(*self.random.choice(_OF_A_CHILD), True))
            else:
                told = self.random.random() < 0.7
                silence = (
                    ""
                    if told
                    else "Telling them now could put a child at risk; to be told at the next review."
                )
                self.random.choice(adults).cautions.append(
                    self._caution(*self.random.choice(_OF_AN_ADULT), told, silence)
                )

    def _caution(self, kind: str, detail: str, told: bool, silence: str = "") -> Caution:
        began_on = self.on - timedelta(days=self.random.randint(10, _REVIEWED_EVERY - 5))
        ended_on = None
        if kind in ("home-environment", "marac") and self.random.random() < 0.4:
            ended_on = began_on + timedelta(days=self.random.randint(3, (self.on - began_on).days))
        return Caution(
            kind, detail, began_on, began_on + timedelta(days=_REVIEWED_EVERY), told, silence, ended_on
        )

    def _emergencies(self) -> None:
        """Two records opened in an emergency: one has been reviewed, and one waits (see `mistakes`)."""
        able = [one for one in self._open() if one.family.side == "West"]
        reviewed, waiting = self._pick(able, 2)
        self.council.emergencies = [
            (reviewed.episodes[0].child, "nadia.rahman", True),
            (waiting.episodes[0].child, "joan", False),
        ]

    def _corrections(self) -> None:
        """Three births first written down wrongly, and put right when the certificate was seen."""
        for involvement in self._pick(self._open(), 3):
            child = involvement.episodes[0].child
            if child.born_on is not None:
                was = child.born_on - timedelta(days=self.random.choice([1, 9, 10]))
                self.council.corrected.append((child, was, "Put right from the birth certificate"))
