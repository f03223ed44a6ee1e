"""The council's work with its families, each piece on the desk of whoever did it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from wenlock.demo import referring
from wenlock.demo.loading import Desk, Office
from wenlock.demo.story import Assessed, Council, Discussed, Enquired, Episode, Given, Involvement
from wenlock.notice.models import Provenance
from wenlock.practice.case.models import Allocation
from wenlock.practice.child_in_need import models as need
from wenlock.practice.protection import models as protection

_FRONT_DOOR = ("dilys", "dilys", "ottilie.marsh", "ravi.sandhu")


class Desks(dict[str, Desk]):
    """A desk for each worker, made when first used."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office

    def __missing__(self, slug: str) -> Desk:
        self[slug] = Desk(self.office, slug)
        return self[slug]


class Allocations:
    """Who held which case. The last of each worker's is written open, and ended once they have recorded."""

    def __init__(self, office: Office, council: Council) -> None:
        self.office = office
        self.teams, self.workers = Desks(office), Desks(office)
        self._to_end: list[tuple[Allocation, datetime]] = []
        held: dict[tuple[UUID, str, str], list[Given]] = defaultdict(list)
        for involvement in council.involvements:
            for episode in involvement.episodes:
                for given in involvement.given:
                    held[episode.child.id, given.to, given.role].append(given)
        for (child, _, _), spells in held.items():
            for given in spells:
                self._allocate(child, given, last=given is spells[-1])

    def _allocate(self, child: UUID, given: Given, *, last: bool) -> None:
        office = self.office
        from_at = office.stamp(given.from_on, hour=9, minute=30)
        until_at = office.stamp(given.until_on, hour=16, minute=30) if given.until_on else None
        desks = self.teams if given.by == "esme" else self.workers
        row = desks[given.by].add(
            Allocation,
            person_id=child,
            role=given.role,
            purpose=office.purpose,
            from_at=from_at,
            allocated_at=from_at,
            allocated_by=office.actors[given.by],
            team_id=office.teams[given.to] if given.role == "team" else None,
            worker=None if given.role == "team" else office.actors[given.to],
            until_at=None if last else until_at,
            ended_by=None if last or not until_at else office.actors["esme"],
        )
        if last and until_at:
            self._to_end.append((row, until_at))

    def end(self) -> None:
        """End what has ended, in the service manager's name."""
        for row, until_at in self._to_end:
            row.until_at, row.ended_by = until_at, self.office.actors["esme"]
        with Desk(self.office, "esme").acting():
            ended = [row for row, _ in self._to_end]
            Allocation.objects.bulk_update(ended, ["until_at", "ended_by"], batch_size=1_000)


class Work:
    """Referrals at the front door, work with families at the teams, conferences with the chairs."""

    def __init__(self, office: Office, council: Council) -> None:
        self.office, self.random = office, Random(str(council.on))
        self.front_door, self.workers, self.chairs = Desks(office), Desks(office), Desks(office)
        for involvement in council.involvements:
            self._involvement(involvement)

    def _involvement(self, involvement: Involvement) -> None:
        door = self.front_door[self.random.choice(_FRONT_DOOR)]
        channel = referring.choose(self.random, referring.CHANNELS)
        for episode in involvement.episodes:
            self._referral(door, involvement, episode, channel)
            workers = list(_turns(involvement))
            for assessed in episode.assessments:
                self._assessment(self._whose(workers, assessed.began_on), involvement, episode, assessed)
            self._plans_and_visits(workers, involvement, episode)
            for discussed in episode.discussions:
                self._discussion(self._whose(workers, discussed.on), involvement, episode, discussed)

    def _whose(self, turns: list[Given], day: date) -> Desk:
        """The desk of whoever held the case that day; before the first, the first."""
        held = [turn for turn in turns if turn.from_on <= day] or turns
        return self.workers[held[-1].to]

    def _referral(self, desk: Desk, involvement: Involvement, episode: Episode, channel: str) -> None:
        at = self.office.stamp(episode.referred_on, hour=11, minute=0)
        how = desk.obtained(
            involvement,
            channel=channel,
            source=referring.notice_source(episode.source),
            recorded_at=at,
            name=episode.referrer,
        )
        desk.record(
            need.Episode,
            of=episode.child.id,
            how=how,
            at=at,
            id=episode.id,
            referred_on=episode.referred_on,
            referral_source=episode.source,
            referrer=episode.referrer,
            primary_need=episode.need,
            no_further_action=episode.no_further_action,
            closed_on=episode.closed_on,
            closure_reason=episode.reason,
        )

    def _assessment(self, desk: Desk, involvement: Involvement, episode: Episode, done: Assessed) -> None:
        at = self.office.stamp(done.authorised_on or done.began_on, hour=15)
        common: dict[str, Any] = {"of": episode.child.id, "how": _visits_say(desk, involvement, at), "at": at}
        row = desk.record(
            need.Assessment,
            **common,
            episode_id=episode.id,
            began_on=done.began_on,
            internal_review_on=done.review_on,
            authorised_on=done.authorised_on,
            factors_asked=done.authorised_on is not None,
        )
        for position, code in enumerate(done.factors):
            desk.record(need.AssessmentFactor, **common, assessment=row, code=code, position=position)

    def _plans_and_visits(self, turns: list[Given], involvement: Involvement, episode: Episode) -> None:
        for plan in episode.plans:
            desk, at = self._whose(turns, plan.began_on), self.office.stamp(plan.began_on, hour=14)
            desk.record(
                need.Plan,
                of=episode.child.id,
                how=_visits_say(desk, involvement, at),
                at=at,
                episode_id=episode.id,
                began_on=plan.began_on,
                ended_on=plan.ended_on,
                as_received=plan.as_received,
            )
        for visit in episode.visits:
            desk, at = self._whose(turns, visit.on), self.office.stamp(visit.on, hour=16)
            desk.record(
                need.Visit,
                of=episode.child.id,
                how=_visits_say(desk, involvement, at),
                at=at,
                episode_id=episode.id,
                duty=visit.duty,
                visited_on=visit.on,
                visitor=desk.actor,
                place=visit.place,
                seen=visit.seen,
                seen_alone=visit.alone,
                bedroom_seen=visit.bedroom,
            )

    def _discussion(
        self, desk: Desk, involvement: Involvement, episode: Episode, discussed: Discussed
    ) -> None:
        at = self.office.stamp(discussed.on, hour=13)
        how = desk.obtained(
            involvement, channel="telephone", source="police", recorded_at=at, name="Strategy discussion"
        )
        common: dict[str, Any] = {"of": episode.child.id, "how": how, "at": at, "episode_id": episode.id}
        manager = next(given.by for given in involvement.given if given.role == "case-worker")
        row = desk.record(
            protection.StrategyDiscussion,
            **common,
            held_on=discussed.on,
            chair=self.office.actors[manager],
            agencies=list(discussed.agencies),
            decided=discussed.decided,
        )
        if discussed.enquiry:
            enquiry = desk.record(
                protection.Section47Enquiry,
                **common,
                strategy_discussion=row,
                began_on=discussed.enquiry.began_on,
                conference_target_on=discussed.enquiry.target_on,
                ended_on=discussed.enquiry.ended_on,
                conference_not_required=discussed.enquiry.conference_not_required,
                outcome=discussed.enquiry.outcome,
            )
            self._conference(involvement, episode, discussed.enquiry, enquiry)

    def _conference(
        self, involvement: Involvement, episode: Episode, enquired: Enquired, enquiry: object
    ) -> None:
        if enquired.conference_on is None:
            return
        chair = self.chairs[involvement.workers("conference-chair")[0]]
        at = self.office.stamp(enquired.conference_on, hour=12)
        common: dict[str, Any] = {
            "of": episode.child.id,
            "at": at,
            "how": chair.obtained(
                involvement, channel="face-to-face", source="family", recorded_at=at, name="Conference"
            ),
        }
        conference = chair.record(
            protection.InitialConference,
            **common,
            episode_id=episode.id,
            enquiry=enquiry,
            held_on=enquired.conference_on,
            transfer_in=False,
            meeting=involvement.meeting,
            chair=chair.actor,
        )
        if plan := enquired.plan:
            row = chair.record(
                protection.ProtectionPlan,
                **common,
                episode_id=episode.id,
                conference=conference,
                began_on=plan.began_on,
                ended_on=plan.ended_on,
                previous_plans=plan.previous,
            )
            for position, (code, since_on) in enumerate(plan.categories):
                chair.record(
                    protection.PlanCategory,
                    **common,
                    plan=row,
                    code=code,
                    since_on=since_on,
                    position=position,
                )
            for position, review in enumerate(plan.reviews):
                reviewed_at = self.office.stamp(review.held_on, hour=12)
                chair.record(
                    protection.ReviewConference,
                    **common | {"at": reviewed_at},
                    plan=row,
                    held_on=review.held_on,
                    due_on=review.due_on,
                    chair=chair.actor,
                    plan_continues=review.continues,
                    quorate=True,
                    participation=review.participation,
                    position=position,
                )


def _turns(involvement: Involvement) -> Iterator[Given]:
    """The social workers who held a case, in order."""
    yield from sorted(
        (given for given in involvement.given if given.role == "case-worker"), key=lambda one: one.from_on
    )


def _visits_say(desk: Desk, involvement: Involvement, at: datetime) -> Provenance:
    """How a worker knew what was recorded that day: the family said so, face to face."""
    return desk.obtained((involvement, at.date()), channel="face-to-face", source="self", recorded_at=at)
