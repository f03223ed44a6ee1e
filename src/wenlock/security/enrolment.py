"""A local account's first sign-in: a one-time code from the operator, exchanged for a passkey or a password
and code.

The digest of the code rests in the password column behind the mark of a password that cannot be used, so
that a code makes void the password before it, a second code the first, and a session begun before either
ends at once.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth.hashers import make_password
from django.db import transaction

from wenlock.security import sessions
from wenlock.security.backends import may_sign_in
from wenlock.security.models import Actor

LASTS = timedelta(hours=24)
MARK = "!enrol"  # what begins with "!" is no password (django.contrib.auth.hashers)
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are read for another
GROUPS, IN_EACH = 4, 5  # 31 ** 20: some 99 bits


class CannotEnrol(ValueError):
    """The actor is a service account, or has left."""


@transaction.atomic
def issue_code(*, actor: Actor, at: datetime) -> str:
    """A new code for an actor, good for a day and for one use. What they signed in with before works no more.

    Raises CannotEnrol.
    """
    if not may_sign_in(actor):
        raise CannotEnrol("Only a worker who has not left can be given a code.")
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_EACH)) for _ in range(GROUPS))
    actor.password = f"{MARK}${int((at + LASTS).timestamp())}${_digest(actor.pk, code)}"
    actor.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=actor.pk).delete()
    sessions.end_all(actor=actor)
    return code


def actor_with_code(*, email: str, code: str, at: datetime) -> Actor | None:
    """The actor an unspent code was given to, or None. The answer takes as long whoever is asked about."""
    actor = Actor.objects.filter(email__iexact=email).first()
    mark, _, rest = (actor.password if actor else "").partition("$")
    kept = rest.partition("$")[2]
    offered = _digest(actor.pk if actor else None, code)
    same = hmac.compare_digest(offered, kept if mark == MARK else "0" * 64)
    return actor if same and actor and _good(actor, at=at) else None


def actor_awaiting(*, key: str | None, code: str, at: datetime) -> Actor | None:
    """The actor whose code is still unspent, locked until the transaction ends, or None. `code` is as
    `awaits` says."""
    actor = Actor.objects.select_for_update().filter(pk=key).first() if key and code else None
    return actor if actor and awaits(actor) == code and _good(actor, at=at) else None


def awaits(actor: Actor) -> str:
    """What an actor's unspent code is known by, which changes when it is spent or replaced; "" when there
    is none."""
    return actor.password if actor.password.startswith(f"{MARK}$") else ""


@transaction.atomic
def enrol_passkey(*, actor: Actor, credential: dict[str, object], name: str) -> None:
    """Give the actor a passkey, and spend the code. There is no password after this."""
    Authenticator.objects.filter(user_id=actor.pk).delete()
    WebAuthn.add(actor, name, credential)
    actor.password = make_password(None)
    actor.save(update_fields=["password"])


@transaction.atomic
def enrol_password(*, actor: Actor, password: str, secret: str) -> None:
    """Give the actor a password and the secret of their authenticator app, and spend the code."""
    Authenticator.objects.filter(user_id=actor.pk).delete()
    TOTP.activate(actor, secret)
    actor.set_password(password)
    actor.save(update_fields=["password"])


def _good(actor: Actor, *, at: datetime) -> bool:
    """Whether the actor has a code, may still use it, and it is not a day old."""
    until = awaits(actor).partition("$")[2].partition("$")[0]
    return may_sign_in(actor) and until.isdigit() and datetime.fromtimestamp(int(until), UTC) > at


def _digest(key: UUID | None, code: str) -> str:
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    return hashlib.sha256(f"{key}|{plain}".encode()).hexdigest()
