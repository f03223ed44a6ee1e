"""A worker's children and their team's, as lines of a list."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wenlock.people import queries as people
from wenlock.practice.case import queries as case
from wenlock.practice.case.chronology import Standing
from wenlock.practice.child_in_need import queries as child_in_need
from wenlock.practice.protection import queries as protection
from wenlock.workspace.frame import Frame


@dataclass(frozen=True)
class Child:
    """A line of a caseload: the child, where they stand, who works with them, and when they were last seen."""

    brief: people.Brief
    standing: Standing | None
    role: str
    since: datetime
    workers: tuple[str, ...]
    warned: bool
    last_seen: date | None


def caseloads(frame: Frame, today: date) -> tuple[list[Child], list[Child]]:
    """The worker's own children, and their team's, from the index of who works with whom. Nine queries, however many."""
    own, teams = case.caseload(actor=frame.actor, at=frame.at), case.team_cases(at=frame.at)
    everyone = {one.person for one in (*own, *teams)}
    known = people.briefs(everyone)
    standings = {**child_in_need.standings(everyone), **protection.standings(everyone)}
    warned, seen = people.warned(everyone, on=today), child_in_need.last_seen(everyone)
    workers: dict[UUID, tuple[str, ...]] = {}
    for one in case.working_with(people=everyone, at=frame.at):
        if one.worker:
            workers[one.person] = (*workers.get(one.person, ()), one.worker)

    def child(one: case.Case) -> Child:
        return Child(
            brief=known[one.person],
            standing=standings.get(one.person),
            role=one.role,
            since=one.since,
            workers=tuple(dict.fromkeys(workers.get(one.person, ()))),
            warned=one.person in warned,
            last_seen=seen.get(one.person),
        )

    def once(cases: list[case.Case]) -> list[Child]:
        first = {one.person: one for one in reversed(cases) if one.person in known}
        return sorted((child(one) for one in first.values()), key=lambda each: each.brief.name.casefold())

    return once(own), once(teams)
