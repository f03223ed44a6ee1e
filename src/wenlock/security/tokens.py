"""Reading the identity token of the council's own sign-in: whose it is, for whom, and for which request of
ours.

Spec: OpenID Connect Core 1.0, 3.1.3.7; RFC 9207 (issuer in the answer); OWASP ASVS 5.0 V10.5.
"""

import hmac
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
LEEWAY = 30  # seconds two well-kept clocks may differ


class TokenRefused(OAuth2Error):
    """The answer is not one to trust; the message is for the log and tells nothing of the person."""


class CouncilTokens(OpenIDConnectOAuth2Adapter):
    """The library's client for one provider, which checks the signature every time, and who issued what."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != settings.COUNCIL_SIGN_IN["issuer"]:
            raise TokenRefused("the provider's description names another issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("security:council_returned"))

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=_key(id_token, _keys(self.openid_config["jwks_uri"])),
                algorithms=list(SIGNATURES),
                audience=app.client_id,
                issuer=settings.COUNCIL_SIGN_IN["issuer"],
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as error:
            raise TokenRefused(f"the token is not sound: {type(error).__name__}") from error
        if claims.get("azp", app.client_id) != app.client_id:
            raise TokenRefused("the token was made for another service")
        return claims


def subject_of(claims: dict[str, Any]) -> str:
    """How the person is known for ever: the issuer, and the name it never gives to anyone else."""
    claim = settings.COUNCIL_SIGN_IN["subject_claim"]
    if not isinstance(claims.get(claim), str) or not claims[claim]:
        raise TokenRefused(f"the token has no {claim}")
    return f"{claims['iss']}|{claims[claim]}"


def check_answer(claims: dict[str, Any], *, asked: dict[str, Any]) -> None:
    """See that a sound token answers what was asked: our nonce, our tenant, the strength, and a person just
    now there.

    `asked` is what was kept when the browser was sent away. Raises TokenRefused.
    """
    if not hmac.compare_digest(str(claims.get("nonce", "")), str(asked["nonce"])):
        raise TokenRefused("the token answers another request")
    tenant, strengths = settings.COUNCIL_SIGN_IN["tenant"], settings.COUNCIL_SIGN_IN["acr"]
    if tenant and claims.get("tid") != tenant:
        raise TokenRefused("the token is of another tenant")
    if strengths and claims.get("acr") not in strengths:
        raise TokenRefused("the sign-in was not strong enough")
    if asked["again"]:
        at = claims.get("auth_time")
        if not isinstance(at, int) or at < asked["at"] - LEEWAY:
            raise TokenRefused("the person was not asked again")


def check_issuer_named(request: HttpRequest) -> None:
    """See that an answer which names its issuer names ours: the defence against one provider's code sent to
    another."""
    named = request.GET.get("iss")
    if named is not None and named != settings.COUNCIL_SIGN_IN["issuer"]:
        raise TokenRefused("the answer came from another issuer")


def _keys(address: str) -> jwt.PyJWKSet:
    with get_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
    try:
        return jwt.PyJWKSet.from_dict(answer.json())
    except requests.exceptions.JSONDecodeError as error:
        raise TokenRefused("the provider's keys could not be read") from error


def _key(token: str, keys: jwt.PyJWKSet) -> jwt.PyJWK:
    named = jwt.get_unverified_header(token).get("kid")
    if named is None and len(keys.keys) == 1:
        return keys.keys[0]
    for key in keys.keys:
        if key.key_id == named and named is not None:
            return key
    raise TokenRefused("the token names a key the provider does not have")
