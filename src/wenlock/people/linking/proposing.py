"""Every record compared with every other, and what is likely proposed for a person to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wenlock.people.linking.pairs import Pair, link
from wenlock.people.linking.settings import PROPOSED_FROM
from wenlock.people.linking.table import records
from wenlock.people.models import Relationship
from wenlock.people.recognising import Likeness, propose_matches
from wenlock.security.actions import record_event
from wenlock.security.models import Actor


@dataclass(frozen=True, slots=True)
class Report:
    """What comparing did: records compared, pairs likely, those of them recorded as related, and newly proposed."""

    compared: int
    likely: int
    related: int
    proposed: int


def propose_duplicates(*, by: Actor, on: date, at: datetime, least: float = PROPOSED_FROM) -> Report:
    """Compare every record open to `by` and propose the pairs at least so likely, each once, whatever was answered.

    Two recorded as related are two people: twins are alike in all but their name. The trail has counts, and no name.
    """
    told = records()
    pairs = link(told, on=on, least=least)
    related = _related(pairs)
    likenesses = [
        Likeness(pair.person, pair.other, (f"{pair.probability:.1%} likely", *pair.reasons))
        for pair in pairs
        if frozenset((pair.person, pair.other)) not in related
    ]
    report = Report(
        len(told), len(pairs), len(pairs) - len(likenesses), propose_matches(likenesses, by=by, at=at)
    )
    record_event("compared", detail={"records": report.compared, "proposed": report.proposed})
    return report


def _related(pairs: Sequence[Pair]) -> set[frozenset[UUID]]:
    """The pairs of people recorded as related to each other, as far as whoever acts may see."""
    people = [key for pair in pairs for key in (pair.person, pair.other)]
    rows = Relationship.objects.filter(person__in=people, other__in=people, retracted_at__isnull=True)
    return {frozenset(ends) for ends in rows.values_list("person_id", "other_id")}
