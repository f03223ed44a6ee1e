"""Filling a new installation with the invented council: all of it, or, if stopped, none of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from wenlock.council.actions import join_team, make_team
from wenlock.council.models import Membership, Team
from wenlock.demo import cast, loading_security
from wenlock.demo.contacts import load_contacts
from wenlock.demo.emails import load_emails
from wenlock.demo.invent import PEOPLE, invent
from wenlock.demo.loading import Desk, Office
from wenlock.demo.loading_notes import load_notes
from wenlock.demo.loading_own_words import load_own_words
from wenlock.demo.loading_people import People
from wenlock.demo.loading_practice import Allocations, Desks, Work
from wenlock.demo.mistakes import MISTAKES
from wenlock.demo.story import Council
from wenlock.law.calendars import LONDON
from wenlock.people.models import Person
from wenlock.security.context import acting
from wenlock.security.models import Actor

Say = Callable[[str], None]

# Allocations reach back four years, and nobody was given a case before they worked here.
_WORKED_HERE_FOR = timedelta(days=365 * 6)
_LOCK = 0x57454E4C  # the one number that two seedings at once both ask for


def seed(*, say: Say, at: datetime, people: int = PEOPLE, name: str = "wenlock") -> bool:
    """Fill the database with an invented council as it stands at `at`. False if people are there already.

    Everything is recorded by the worker who would have, under row security, in one transaction: stopped half
    way it leaves nobody behind, and begun again it does the whole. `at` must be now, to the minute: the
    database will have records opened in an emergency at no other time. `name` is the seed: another name,
    another council.
    """
    actors, teams = set_up_workers(at=at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        with acting(actor=actors["femi"].pk, purpose=cast.NEED):
            if Person.objects.exists():
                say("There are people here already: nothing was added.")
                return False
        office = Office(actors=actors, teams=teams, purpose=cast.NEED, at=at, seed=name)
        council = invent(on=at.astimezone(LONDON).date(), seed=name, people=people)
        say(f"Invented {len(council.families)} families: {len(council.people)} people.")
        _load(office, council, say=say)
    return True


def set_up_workers(*, at: datetime) -> tuple[dict[str, Actor], dict[str, UUID]]:
    """The workers by slug and the teams by code, made if missing. Only set-up puts people in teams."""
    teams = {team.code: _team(team) for team in cast.TEAMS}
    actors = {each.slug: _actor(each) for each in cast.EVERYONE}
    with acting(actor=actors["femi"].pk, purpose=cast.NEED):
        members = set(Membership.objects.filter(until_at__isnull=True).values_list("actor_id", flat=True))
    for each in cast.EVERYONE:
        if each.team and actors[each.slug].pk not in members:
            join_team(
                actor=actors[each.slug],
                team=teams[each.team],
                role=each.role,
                at=at - _WORKED_HERE_FOR,
                by=None,
                using="owner",
            )
    return actors, {code: team.pk for code, team in teams.items()}


def _team(team: cast.DemoTeam) -> Team:
    return make_team(code=team.code, name=team.name, purposes=team.purposes, using="owner")


def _actor(each: cast.DemoWorker) -> Actor:
    found = Actor.objects.filter(email__iexact=each.email).first()
    if found is None:
        found = Actor(name=each.name, email=each.email)
        found.set_unusable_password()
        found.save(force_insert=True)
    return found


def _load(office: Office, council: Council, *, say: Say) -> None:
    desk = Desk(office, "femi")
    People(desk, council).lay_out()
    say(f"Brought in the people: {desk.write():,} rows.")
    allocations, work = Allocations(office, council), Work(office, council)
    rows = _write(allocations.teams) + _write(allocations.workers)
    say(f"Gave out the cases: {rows:,} allocations.")
    rows = _write(work.front_door) + _write(work.workers) + _write(work.chairs)
    say(f"Recorded {len(council.episodes):,} referrals and what followed: {rows:,} rows.")
    say(f"Wrote {load_notes(office, council.notes):,} case notes.")
    say(f"Took {load_contacts(office, council)} contacts at the front door.")
    say(f"Took in {load_emails(office, council)} e-mails.")
    say(f"Received {load_own_words(office)} things a child wrote.")
    loading_security.load_warnings(office, council)
    loading_security.load_corrections(office, council)
    allocations.end()
    loading_security.load_closures(office, council)
    loading_security.load_conflicts(office, council)
    loading_security.load_emergencies(office, council)
    say(f"Added warnings, closed records, and {len(MISTAKES)} kinds of mistake to find.")


def _write(desks: Desks) -> int:
    return sum(desk.write() for desk in desks.values())
