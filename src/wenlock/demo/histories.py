"""Histories: which families were referred and when, what came of it, and who worked with them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from wenlock.demo import cast, referring
from wenlock.demo.courses import Course, after, on_or_before, run_course
from wenlock.demo.people import new_uuid
from wenlock.demo.story import (
    Assessed,
    Discussed,
    Episode,
    Family,
    Given,
    Involvement,
    Person,
    Visited,
)

YEARS_BACK = 4
_REFERRED_AGAIN = 0.3
_EMPTY_VISIT = 0.06


class Histories:
    """Writes histories. Cases go round the workers of a team in turn."""

    def __init__(self, *, random: Random, on: date) -> None:
        self.random, self.on = random, on
        self._turn: dict[str, int] = {}
        self._plans_before: dict[UUID, int] = {}

    def of(self, family: Family) -> Iterator[Involvement]:
        """Every involvement with one family, each after the one before has closed."""
        days_ago = int(365 * YEARS_BACK * self.random.random() ** 2.2) + 1
        referred_on = on_or_before(self.on - timedelta(days=days_ago))
        protected = False
        while referred_on < self.on:
            involvement = self._involvement(family, referred_on, protected)
            if involvement is None:
                return
            yield involvement
            protected = protected or bool(involvement.workers("conference-chair"))
            closed = [episode.closed_on for episode in involvement.episodes if episode.closed_on]
            again = _REFERRED_AGAIN * (2 if protected else 1)
            if not closed or involvement.is_open or self.random.random() > again:
                return
            next_on = max(closed) + timedelta(days=self.random.randint(20, 420))
            if next_on >= self.on:
                return
            referred_on = after(next_on, 1)

    def _involvement(self, family: Family, referred_on: date, protected: bool) -> Involvement | None:
        children = [child for child in family.children if _known_by(child, referred_on)]
        chosen = [child for child in children if self.random.random() < 0.85] or children[:1]
        if not chosen:
            return None
        course = run_course(
            random=self.random, on=self.on, referred_on=referred_on, protected_before=protected
        )
        source = referring.choose(self.random, referring.SOURCES)
        need = referring.choose(self.random, referring.NEEDS)
        who = referring.referrer(self.random, source)
        visits = list(self._visits(course))
        episodes = [self._episode(child, course, source, who, need, visits) for child in chosen]
        place = f"{family.homes[0].lines[-1]}"
        return Involvement(family, episodes, self._given(family, course), new_uuid(self.random), place)

    def _episode(
        self, child: Person, course: Course, source: str, who: str, need: str, visits: list[tuple[date, str]]
    ) -> Episode:
        age = child.age(course.referred_on)
        return Episode(
            id=new_uuid(self.random),
            child=child,
            referred_on=course.referred_on,
            source=source,
            referrer=who,
            need=need,
            no_further_action=course.no_further_action,
            closed_on=course.closed_on,
            reason=course.reason,
            assessments=tuple(self._findings(done, course, age, need) for done in course.assessments),
            plans=tuple(course.plans),
            visits=tuple(self._seen(child, on, duty) for on, duty in visits),
            discussions=tuple(self._own(discussion, child) for discussion in course.discussions),
        )

    def _findings(self, assessment: Assessed, course: Course, age: int, need: str) -> Assessed:
        if assessment.authorised_on is None:
            return assessment
        if course.reason in ("RC8", "RC9") and self.random.random() < 0.12:
            return replace(assessment, factors=("21",))
        return replace(assessment, factors=referring.factors(self.random, age=age, need=need))

    def _own(self, discussion: Discussed, child: Person) -> Discussed:
        """The discussion as it stands in one child's record: reviews say how that child took part."""
        enquiry = discussion.enquiry
        if enquiry is None or enquiry.plan is None:
            return discussion
        reviews = tuple(
            replace(review, participation=self._participation(child.age(review.held_on)))
            for review in enquiry.plan.reviews
        )
        # One child in twenty-five had a plan elsewhere before coming here.
        before = self._plans_before.get(child.id, 1 if self.random.random() < 0.04 else 0)
        self._plans_before[child.id] = before + 1
        plan = replace(enquiry.plan, reviews=reviews, previous=before)
        return replace(discussion, enquiry=replace(enquiry, plan=plan))

    def _participation(self, age: int) -> str:
        if age < 4:
            return "PN0"
        weights = {"PN1": 22, "PN2": 10, "PN3": 2, "PN4": 4, "PN5": 14, "PN6": 38, "PN7": 10}
        return referring.choose(self.random, weights)

    def _visits(self, course: Course) -> Iterator[tuple[date, str]]:
        """The days and duties of visits, brothers and sisters together."""
        for assessment in course.assessments:
            end = assessment.authorised_on or self.on
            yield from self._every(
                assessment.began_on, min(end, after(assessment.began_on, 30)), "assessment", 4, 12
            )
        for plan in course.plans:
            yield from self._every(plan.began_on, plan.ended_on or self.on, "cin", 15, 24)
        if protection := course.protection:
            yield from self._every(protection.began_on, protection.ended_on or self.on, "cp", 6, 12)

    def _every(
        self, since: date, until: date, duty: str, least: int, most: int
    ) -> Iterator[tuple[date, str]]:
        on = after(since, self.random.randint(1, least))
        while on <= min(until, self.on):
            yield on, duty
            on = after(on, self.random.randint(least, most))

    def _seen(self, child: Person, on: date, duty: str) -> Visited:
        if child.age(on) < 0:
            return Visited(on, duty, seen=False, place="Home")
        if self.random.random() < _EMPTY_VISIT:
            return Visited(on, duty, seen=False, place="Home, nobody in")
        place = self.random.choices(["Home", "School", "Office"], [80, 15, 5])[0]
        alone = child.age(on) >= 3 and self.random.random() < 0.7
        bedroom = self.random.random() < 0.6 if place == "Home" else None
        return Visited(on, duty, seen=True, alone=alone, bedroom=bedroom, place=place)

    def _given(self, family: Family, course: Course) -> list[Given]:
        """Who held the case: the front door, an assessment team, then safeguarders and a chair."""
        decided_on = after(course.referred_on, 1)
        given = [Given("front-door", "team", course.referred_on, self._come(decided_on), "esme")]
        if course.closed_on and course.closed_on <= decided_on:
            return [replace(given[0], until_on=course.closed_on)]
        if decided_on > self.on or course.no_further_action is None:
            return given
        team = "assessment-east" if family.side == "East" else "assessment-west"
        moved_on = self._moved_on(course)
        given += self._to_team(team, decided_on, moved_on or course.closed_on)
        if moved_on and moved_on != course.closed_on:
            given += self._to_team(
                "family-north" if family.side == "East" else "family-south", moved_on, course.closed_on
            )
        for enquiry in (discussion.enquiry for discussion in course.discussions):
            if enquiry and enquiry.conference_on:
                until_on = enquiry.plan.ended_on if enquiry.plan else enquiry.conference_on
                given.append(
                    Given(
                        self._next("conferences"), "conference-chair", enquiry.conference_on, until_on, "esme"
                    )
                )
        return given

    def keep_with(self, involvement: Involvement, worker: str, team: str, manager: str) -> None:
        """Have one worker and one team hold a case from the front door on, with no move."""
        moves = [given for given in involvement.given if given.role == "case-worker"]
        kept = [
            given
            for given in involvement.given
            if given.to == "front-door" or given.role == "conference-chair"
        ]
        from_on, until_on = moves[0].from_on, moves[-1].until_on
        involvement.given = [
            *kept,
            Given(team, "team", from_on, until_on, "esme"),
            Given(worker, "case-worker", from_on, until_on, manager),
        ]

    def _moved_on(self, course: Course) -> date | None:
        starts = [plan.began_on for plan in course.plans[:1]]
        if course.protection:
            starts.append(course.protection.began_on)
        return min(starts, default=None) if self.random.random() < 0.75 else None

    def _to_team(self, team: str, from_on: date, until_on: date | None) -> list[Given]:
        manager = next(
            each.slug for each in cast.EVERYONE if each.team == team and each.role == "team-manager"
        )
        return [
            Given(team, "team", from_on, until_on, "esme"),
            Given(self._next(team), "case-worker", from_on, until_on, manager),
        ]

    def _next(self, team: str) -> str:
        roles = ("social-worker", "conference-chair")
        slugs = [each.slug for each in cast.EVERYONE if each.team == team and each.role in roles]
        self._turn[team] = self._turn.get(team, -1) + 1
        return slugs[self._turn[team] % len(slugs)]

    def _come(self, day: date) -> date | None:
        return day if day <= self.on else None


def _known_by(child: Person, on: date) -> bool:
    """Whether a child had been born, or was expected within six months, on a day."""
    if child.born_on is not None:
        return child.born_on - timedelta(days=180) <= on and child.age(on) < 17
    return child.expected_on is not None and child.expected_on - timedelta(days=200) <= on
