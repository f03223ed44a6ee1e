"""Acts of the council: declaring its roles, making teams, and putting workers in them."""

from collections.abc import Sequence
from datetime import datetime

from wenlock.base.identifiers import new_id
from wenlock.council.codes import ROLES
from wenlock.council.models import Membership, Role, Team
from wenlock.security.models import Actor


def declare_roles(*, using: str) -> None:
    """Write the roles of `codes.ROLES`; `using` is the owner's connection, since nobody else may."""
    Role.objects.using(using).bulk_create(
        [
            Role(
                code=kind.code,
                name=kind.name,
                says=kind.says,
                whole_service_level=kind.whole_service_level,
                capabilities=list(kind.capabilities),
            )
            for kind in ROLES
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "says", "whole_service_level", "capabilities"],
    )


def make_team(*, code: str, name: str, purposes: Sequence[str], using: str) -> Team:
    """The team with this code, made or brought up to date by set-up."""
    team, _ = Team.objects.using(using).update_or_create(
        code=code,
        defaults={"name": name, "purposes": list(purposes)},
        create_defaults={"id": new_id(), "name": name, "purposes": list(purposes)},
    )
    return team


def join_team(
    *, actor: Actor, team: Team, role: str, at: datetime, by: Actor | None, using: str = "default"
) -> Membership:
    """Put an actor in a team in a role from `at`. `by` is None only for the first, made by set-up as the owner."""
    # By key: set-up writes through the owner's connection what the runtime role read through its own.
    membership = Membership(
        id=new_id(),
        actor_id=actor.pk,
        team_id=team.pk,
        role_id=role,
        from_at=at,
        made_by_id=by.pk if by else None,
    )
    membership.save(using=using, force_insert=True)
    return membership


def declare_service(*, code: str, name: str, role: str, purposes: Sequence[str], at: datetime) -> Actor:
    """The service account with this code, in a team of its own, made by set-up if it is not there yet.

    A service account has no password and never signs in; what it may do is its role's.
    """
    address = f"{code}@services.invalid"
    found = Actor.objects.filter(email=address, kind="service").first()
    if found:
        return found
    actor = Actor(id=new_id(), kind="service", name=name, email=address)
    actor.set_unusable_password()
    actor.save(force_insert=True)
    team = make_team(code=code, name=name, purposes=purposes, using="owner")
    join_team(actor=actor, team=team, role=role, at=at, by=None, using="owner")
    return actor
