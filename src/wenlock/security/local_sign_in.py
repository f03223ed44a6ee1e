"""Telling who somebody is without the council's sign-in: by passkey, or by password and code together."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from wenlock.security.models import Actor


class NotRecognised(Exception):
    """Whoever it is did not show who they are. `why` is for the log; a screen is told one thing, whatever
    is wrong."""

    def __init__(self, why: str, actor: Actor | None = None) -> None:
        super().__init__(why)
        self.why, self.actor = why, actor


def by_password_and_code(request: HttpRequest, *, email: str, password: str, code: str) -> Actor:
    """The worker whose password and current code these are. Raises NotRecognised, also after too many tries.

    Somebody with a password and no second factor is not recognised: a password alone never signs anyone in.
    """
    try:
        actor = get_adapter(request).authenticate(request, email=email, password=password)
    except ValidationError as error:
        raise NotRecognised("too many tries") from error
    if actor is None:
        raise NotRecognised("address or password")
    if not by_code(actor, code=code):
        raise NotRecognised("code", actor)
    return actor


def by_code(actor: Actor, *, code: str) -> bool:
    """Whether this is the code an actor's app shows now, not used before. Tries are limited."""
    form = AuthenticateForm(user=actor, data={"code": code})
    if not form.is_valid():
        return False
    form.authenticator.record_usage()
    return True


def passkey_options(actor: Actor | None) -> dict[str, Any]:
    """What a browser must be told to ask for a passkey: any here, or one of an actor's."""
    return webauthn.begin_authentication(actor)


def by_passkey(data: Any) -> Actor:
    """The worker whose passkey signed what `passkey_options` asked. Raises NotRecognised."""
    form = LoginWebAuthnForm(data=data)
    if not form.is_valid():
        raise NotRecognised("passkey")
    used: Authenticator = form.cleaned_data["credential"]
    used.record_usage()
    actor: Actor = used.user
    return actor


def same_by_passkey(actor: Actor, data: Any) -> bool:
    """Whether one of the actor's own passkeys signed."""
    form = ReauthenticateWebAuthnForm(user=actor, data=data)
    if not form.is_valid():
        return False
    form.cleaned_data["credential"].record_usage()
    return True


def has(actor: Actor, kind: str) -> bool:
    """Whether an actor has a second factor of a kind: "webauthn" or "totp"."""
    return Authenticator.objects.filter(user_id=actor.pk, type=kind).exists()
