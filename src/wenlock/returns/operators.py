"""Whom the command acts for: a named worker whose role allows it, never nobody."""

import os
from collections.abc import Mapping

from django.conf import settings
from django.db import connection

from wenlock.security.context import acting
from wenlock.security.models import Actor

VARIABLE = "WENLOCK_OPERATOR"


class NoOperator(Exception):
    """It is not clear who acts. The message lists those who may."""


def may(capability: str) -> bool:
    """Whether whoever is acting, for the purpose now open, has a role with the capability."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.may(%s)", [capability])
        return bool(cursor.fetchone()[0])


def may_for(actor: Actor, capability: str, *, purpose: str) -> bool:
    """Whether an actor may do something when acting for a purpose."""
    with acting(actor=actor.pk, purpose=purpose):
        return may(capability)


def operator(
    *, email: str | None, capability: str, purpose: str, environ: Mapping[str, str] = os.environ
) -> Actor:
    """The worker the command acts for: the one named, else WENLOCK_OPERATOR, else the home's operator, else the only
    one who may.

    Raises NoOperator, with the choices there are.
    """
    named = email or environ.get(VARIABLE)
    if named:
        found = Actor.objects.filter(email__iexact=named, is_active=True, kind="worker").first()
        if found and may_for(found, capability, purpose=purpose):
            return found
    able = [
        actor
        for actor in Actor.objects.filter(is_active=True, kind="worker").order_by("email")
        if may_for(actor, capability, purpose=purpose)
    ]
    if not named:
        usual = settings.HOME.settings().get("operator", "").lower()
        able = [actor for actor in able if actor.email.lower() == usual] or able
        if len(able) == 1:
            return able[0]
    raise NoOperator(_says(named, able))


def _says(named: str | None, able: list[Actor]) -> str:
    choices = ", ".join(f"{actor.email} ({actor.name})" for actor in able)
    if not able:
        return "Nobody has a role that may do this. Ask an administrator to put somebody in a team with one."
    if named:
        return f"{named} may not do this, or is not known. Those who may: {choices}."
    return f"Say who is acting, with --by or {VARIABLE}. Those who may: {choices}."
