"""Who may sign in: adding a worker, and ending a leaver's access at once."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from wenlock.security import sessions
from wenlock.security.enrolment import awaits
from wenlock.security.models import Actor


class StaffProblem(ValueError):
    """What was asked cannot be done; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A worker as the operator is shown them: `ways` are those they can sign in by."""

    name: str
    email: str
    ways: tuple[str, ...]
    left_at: datetime | None


def find(*, email: str) -> Actor:
    """The worker at an address. Raises StaffProblem."""
    actor = Actor.objects.filter(email__iexact=email, kind="worker").first()
    if actor is None:
        raise StaffProblem(f"Nobody here has the address {email}. List everyone with: wenlock staff list")
    return actor


@transaction.atomic
def add(*, name: str, email: str, subject: str = "") -> Actor:
    """A new worker, who can sign in by the council account `subject` ("issuer|name"), or must be given a
    code.

    Raises StaffProblem.
    """
    if Actor.objects.filter(email__iexact=email).exists():
        raise StaffProblem(f"Somebody already has the address {email}.")
    if subject and Actor.objects.filter(staff_subject=subject).exists():
        raise StaffProblem("Somebody already has that council account.")
    if subject and "|" not in subject:
        raise StaffProblem("Write the council account as ISSUER|SUBJECT, as a refused sign-in shows it.")
    actor = Actor(name=name, email=email, staff_subject=subject, password=make_password(None))
    actor.save(force_insert=True)
    return actor


@transaction.atomic
def leave(*, actor: Actor, at: datetime) -> int:
    """End an actor's access from this moment, and say how many sessions were ended.

    Every session dies, not only those counted: the actor is asked about at each request, and the password
    each session is bound to is gone.
    """
    actor.is_active, actor.left_at, actor.password = False, at, make_password(None)
    actor.save(update_fields=["is_active", "left_at", "password"])
    Authenticator.objects.filter(user_id=actor.pk).delete()
    return sessions.end_all(actor=actor)


def everyone() -> list[StaffLine]:
    """Every worker, those still here first, by name."""
    workers = Actor.objects.filter(kind="worker").order_by("-is_active", "name")
    held: dict[object, set[str]] = {}
    for owner, kind in Authenticator.objects.values_list("user_id", "type"):
        held.setdefault(owner, set()).add(kind)
    return [
        StaffLine(each.name, each.email, _ways(each, held.get(each.pk, set())), each.left_at)
        for each in workers
    ]


def _ways(actor: Actor, held: set[str]) -> tuple[str, ...]:
    if not actor.is_active:
        return ()
    found = (
        ("council account", bool(actor.staff_subject)),
        ("passkey", Authenticator.Type.WEBAUTHN in held),
        ("password and code", Authenticator.Type.TOTP in held and actor.has_usable_password()),
        ("enrolment code not yet used", bool(awaits(actor))),
    )
    return tuple(way for way, is_so in found if is_so)
