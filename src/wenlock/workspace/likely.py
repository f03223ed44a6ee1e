"""Who somebody about to be recorded may be already: asked by every form that begins a record, before it does.

A search proposes; the worker says "it is this one" or "none of these", and what they say is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wenlock.people import merging
from wenlock.people import queries as people
from wenlock.people import search as finding
from wenlock.people.actions import propose_match
from wenlock.security.models import Actor
from wenlock.workspace.words import found_by

OFFERED = 8  # records of one search: more would be read by nobody
# Reasons that make a second look worth while though a worker said no: the birth, and more than an initial of the name.
SAME_BIRTH = frozenset({"birth", "birth-swapped"})
WEAK_NAMES = frozenset({"initial", "start", "part"})


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody recorded already: their name, what tells them apart, why they are here, and whether that is much."""

    name: str
    hint: str
    why: str
    strong: bool


def likely(*searches: str, today: date) -> dict[UUID, Likely]:
    """The records each search gives, the likeliest first, those of the first search before those of the next.

    Only people the worker may see are there. Each search is written down, as any other is.
    """
    found: dict[UUID, Likely] = {}
    for typed in dict.fromkeys(filter(None, searches)):
        found = {**found, **{key: one for key, one in _found(typed, today).items() if key not in found}}
    return found


def keep_choice(*, person: UUID, instead_of: Mapping[UUID, Likely], by: Actor, at: datetime) -> None:
    """Keep that `by` began a record for a person who is none of those offered.

    A slight likeness is answered: they are two people. A strong one stays open, for somebody else to look at again.
    """
    for other, one in instead_of.items():
        why = f"{one.why} {by.name} began a record all the same."
        propose_match(person=person, other=other, reasons=[why[:200]], by=by, at=at)
        if not one.strong:
            merging.answer_different(person=person, other=other, by=by, at=at)


def _found(typed: str, today: date) -> dict[UUID, Likely]:
    terms = finding.read(typed, on=today)
    matches = finding.search(terms)[0][:OFFERED] if terms.enough else []
    known = people.briefs({match.person for match in matches})
    teams = people.teams_holding(known)
    return {
        match.person: _likely(match, known[match.person], teams.get(match.person, ()))
        for match in matches
        if match.person in known
    }


def _likely(match: finding.Match, brief: people.Brief, teams: tuple[str, ...]) -> Likely:
    born = f"Born {brief.born_on:%-d %B %Y}" if brief.born_on else "Birth not recorded"
    why = found_by(match.reasons, match.matched)
    reasons = set(match.reasons)
    named = {reason for reason in reasons if not reason.startswith(("birth", "postcode"))}
    return Likely(
        name=brief.name,
        hint=f"{born}; {', '.join(teams) or 'no team'}. {why}",
        why=why,
        strong=bool("number" in reasons or (reasons & SAME_BIRTH and named - WEAK_NAMES)),
    )
