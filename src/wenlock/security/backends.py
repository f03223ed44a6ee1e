"""Who a session or a password belongs to, and nobody who has left."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from wenlock.security.models import Actor

BACKEND = "wenlock.security.backends.StaffBackend"


def may_sign_in(actor: Actor) -> bool:
    """Whether an actor is a worker still here; a service account never signs in."""
    return actor.is_active and actor.kind == "worker"


class StaffBackend(BaseBackend):
    """Finds workers. Asked at every request, so that a leaver's session is dead at the next."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **credentials: Any
    ) -> Actor | None:
        """The worker whose password this is, or None. It takes as long for an address nobody has.

        A password is half of what is needed: only `sessions.begin` signs anyone in, and no caller has it
        for less.
        """
        if not (email and password):
            return None
        actor = Actor.objects.filter(email__iexact=email).first()
        if actor is None:
            make_password(password)
            return None
        return actor if actor.check_password(password) and may_sign_in(actor) else None

    def get_user(self, user_id: UUID) -> Actor | None:
        """The worker a session names, or None if they have left."""
        actor = Actor.objects.filter(pk=user_id).first()
        return actor if actor and may_sign_in(actor) else None
