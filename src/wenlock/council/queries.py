"""What is so of the council: where somebody works, in what role, and the purposes they may open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from wenlock.council.models import Membership
from wenlock.security.models import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place in a team: the team, the role they hold there, and the purposes the team works for."""

    team_code: str
    team: str
    role_code: str
    role: str
    capabilities: tuple[str, ...]
    purposes: tuple[str, ...]


def places(*, actor: Actor, at: datetime) -> tuple[Place, ...]:
    """Where an actor works at that instant, the longest-held place first.

    Empty for somebody in no team, and when nobody is named as acting: memberships are shown only to those
    at work.
    """
    held = (
        Membership.objects.filter(
            Q(until_at__isnull=True) | Q(until_at__gt=at), actor=actor.pk, from_at__lte=at
        )
        .filter(Q(team__ended_on__isnull=True) | Q(team__ended_on__gt=at.date()))
        .select_related("team", "role")
        .order_by("from_at", "team__code", "role_id")
    )
    return tuple(
        Place(
            team_code=each.team.code,
            team=each.team.name,
            role_code=each.role_id,
            role=each.role.name,
            capabilities=tuple(each.role.capabilities),
            purposes=tuple(each.team.purposes),
        )
        for each in held
    )


def purposes(*, actor: Actor, at: datetime) -> tuple[str, ...]:
    """The codes of the purposes an actor may work for, each once, in the order of their teams."""
    return tuple(dict.fromkeys(code for place in places(actor=actor, at=at) for code in place.purposes))


def first_purpose(*, actor: Actor, at: datetime) -> str:
    """The purpose an actor begins a session with: the first of their first team's, or "" if they belong to
    none."""
    return next(iter(purposes(actor=actor, at=at)), "")


def roles_of(actors: Collection[UUID], *, at: datetime) -> dict[UUID, str]:
    """The roles each of the actors holds at that instant, in words; those who hold none are left out."""
    held = Membership.objects.filter(
        Q(until_at__isnull=True) | Q(until_at__gt=at), actor__in=actors, from_at__lte=at
    ).order_by("from_at")
    found: dict[UUID, dict[str, None]] = {}
    for actor, role in held.values_list("actor_id", "role__name"):
        found.setdefault(actor, {})[role] = None
    return {actor: ", ".join(roles) for actor, roles in found.items()}


def team_mates(*, actor: Actor, at: datetime) -> dict[UUID, str]:
    """The others in an actor's teams at that instant, id to name, in the order of their names."""
    now = Q(until_at__isnull=True) | Q(until_at__gt=at)
    teams = Membership.objects.filter(now, actor=actor.pk, from_at__lte=at).values("team")
    others = Membership.objects.filter(now, team__in=teams, from_at__lte=at, actor__is_active=True).exclude(
        actor=actor.pk
    )
    return dict(others.order_by("actor__name").values_list("actor_id", "actor__name"))


def workers(*, actors: Collection[UUID]) -> list[Actor]:
    """The workers with these ids who are still here, in the order of their names."""
    return list(Actor.objects.filter(pk__in=actors, is_active=True, kind="worker").order_by("name"))
