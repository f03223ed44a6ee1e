"""An invented council: the same people and histories whenever the seed and the day are the same."""

from datetime import date
from random import Random
from uuid import UUID

from wenlock.demo.circumstances import Circumstances
from wenlock.demo.families import invent_family
from wenlock.demo.histories import Histories
from wenlock.demo.mistakes import Mistakes
from wenlock.demo.notes import Notebook, second_thoughts
from wenlock.demo.people import Inventor
from wenlock.demo.story import Council, Family, Involvement, Written

PEOPLE = 3_000
_KNOWN_SHARE = 0.235  # of the people recorded, those who are children with a history
_CASELOAD = 9
_NOTED = 0.3


def invent(*, on: date, seed: str = "wenlock", people: int = PEOPLE) -> Council:
    """A council of about `people` people as it stands on a day; nothing in it happens later.

    Pure: no clock and no database. Below some thousand people there is not room for everything.
    """
    random = Random(f"{seed} {on.isoformat()}")
    families = _families(Inventor(random=random, on=on), people)
    histories = Histories(random=random, on=on)
    council = Council(on, families, _involvements(histories, families, round(people * _KNOWN_SHARE)))
    _amaras_caseload(histories, council)
    Circumstances(random=random, council=council).happen()
    council.notes = _notes(random, council)
    Mistakes(random=random, council=council, avoiding=_set_apart(council)).make()
    return council


def _families(invent: Inventor, people: int) -> list[Family]:
    families: list[Family] = []
    count = 0
    while count < people - 4:
        families.append(invent_family(invent))
        count += len(families[-1].people)
    return families


def _involvements(histories: Histories, families: list[Family], children: int) -> list[Involvement]:
    found: list[Involvement] = []
    known: set[UUID] = set()
    for family in families:
        if len(known) >= children:
            break
        for involvement in histories.of(family):
            found.append(involvement)
            known |= {episode.child.id for episode in involvement.episodes}
    return found


def _amaras_caseload(histories: Histories, council: Council) -> None:
    """Give Amara open cases: one of each shape of family, then those with most to read."""
    able = [
        one
        for one in council.involvements
        if one.is_open and one.family.side == "East" and one.workers("case-worker")
    ]
    able.sort(
        key=lambda one: -sum(len(episode.visits) + 20 * len(episode.discussions) for episode in one.episodes)
    )
    firsts = list({one.family.shape: one for one in reversed(able)}.values())
    chosen = (firsts + [one for one in able if one not in firsts])[:_CASELOAD]
    others = ("tobias.wren", "shanice.rowe", "piotr.lis", "meera.nair", "callum.fairley")
    for number, involvement in enumerate(one for one in able if "amara" in one.workers("case-worker")):
        histories.keep_with(involvement, others[number % len(others)], "assessment-east", "carys")
    for involvement in chosen:
        histories.keep_with(involvement, "amara", "assessment-east", "carys")


def _notes(random: Random, council: Council) -> list[Written]:
    notes: list[Written] = []
    for involvement in council.involvements:
        if not involvement.workers("case-worker"):
            continue
        amaras = "amara" in involvement.workers("case-worker")
        if amaras or random.random() < _NOTED:
            notes += Notebook(random, council.on, involvement).all(most=12 if amaras else 5)
    return second_thoughts(random, notes)


def _set_apart(council: Council) -> set[UUID]:
    """People something has already happened to, whom a mistake would only confuse."""
    apart = {person.id for closed in council.closed for person in closed.people}
    apart |= {conflict.person.id for conflict in council.conflicts}
    apart |= {person.id for person, _, _ in council.emergencies} | {
        person.id for person, _, _ in council.corrected
    }
    return apart | {person.id for family in council.families if family.fled for person in family.people}
