"""What tests of signing in share: workers with ways to sign in, the audit trail as its reader sees it, and
a clock."""

from __future__ import annotations

import time
from typing import Any

import pyotp
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from wenlock.security import enrolment, staff
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent

PASSWORD = "three random words"


def with_password_and_app(name: str = "Olive Tranter") -> tuple[Actor, str]:
    """A worker with a password and an authenticator app, and the app's secret."""
    actor = staff.add(name=name, email=f"{name.split()[0].lower()}@wenlock.example")
    secret = generate_totp_secret()
    enrolment.enrol_password(actor=actor, password=PASSWORD, secret=secret)
    return actor, secret


def code_now(secret: str) -> str:
    """The code the app shows; never one about to lapse, which would make a test fail once in a blue moon."""
    left = 30 - time.time() % 30
    if left < 2:
        time.sleep(left)
    return pyotp.TOTP(secret).now()


def sign_in(client: Client, actor: Actor, secret: str, **changes: str) -> Any:
    """Post password and code, with any of them changed."""
    typed = {"email": actor.email, "password": PASSWORD, "code": code_now(secret)} | changes
    return client.post("/sign-in/password/", typed)


def signed_in(client: Client) -> bool:
    """Whether the client has a session somebody is signed in to, as the next request would find."""
    return client.get("/my-sessions/").status_code == 200


def events(the: Cast, kind: str) -> list[AuditEvent]:
    """The events of a kind, as the data protection officer reads them."""
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        return list(AuditEvent.objects.filter(kind=kind).order_by("id"))


def issued(actor: Actor) -> str:
    """A one-time code for an actor."""
    return enrolment.issue_code(actor=actor, at=timezone.now())
