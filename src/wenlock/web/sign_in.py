"""The council's own sign-in as the environment describes it.

WENLOCK_OIDC_ISSUER         the issuer, exactly as its tokens name it; `{tenant}` in it is replaced.
                            Unset: there is no such sign-in
WENLOCK_OIDC_TENANT         the tenant a token must name (Microsoft Entra ID); may be unset
WENLOCK_OIDC_CLIENT_ID      what the issuer knows us by, and
WENLOCK_OIDC_CLIENT_SECRET  the secret it gave us
WENLOCK_OIDC_SUBJECT        the claim that never changes: `sub` (the default), or `oid`, which an
                            administrator of Entra ID can look up before the worker's first sign-in
WENLOCK_OIDC_ACR            the strengths of sign-in accepted, apart by spaces; unset leaves it to the issuer
WENLOCK_OIDC_CLAIM_BY_EMAIL `on` lets a worker who has never signed in be known by a verified address, once.
                            Off unless set
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def council_sign_in(environ: Mapping[str, str], *, production: bool) -> dict[str, Any]:
    """The settings of the council's sign-in; empty when there is none. Raises ImproperlyConfigured."""
    issuer = environ.get("WENLOCK_OIDC_ISSUER", "")
    if not issuer:
        return {}
    tenant = environ.get("WENLOCK_OIDC_TENANT", "")
    issuer = issuer.replace("{tenant}", tenant)
    if production and not issuer.startswith("https://"):
        raise ImproperlyConfigured("WENLOCK_OIDC_ISSUER must begin with https://.")
    for name in ("WENLOCK_OIDC_CLIENT_ID", "WENLOCK_OIDC_CLIENT_SECRET"):
        if not environ.get(name):
            raise ImproperlyConfigured(f"WENLOCK_OIDC_ISSUER is set, so {name} must be too.")
    return {
        "issuer": issuer,
        "tenant": tenant,
        "subject_claim": environ.get("WENLOCK_OIDC_SUBJECT", "sub"),
        "acr": tuple(environ.get("WENLOCK_OIDC_ACR", "").split()),
        "claim_by_email": environ.get("WENLOCK_OIDC_CLAIM_BY_EMAIL", "").lower() == "on",
    }


def provider(council: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """The same in the sign-in library's terms: with a proof key (PKCE), reading the identity token alone."""
    if not council:
        return {"APPS": []}
    return {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": "Council account",
                "client_id": environ["WENLOCK_OIDC_CLIENT_ID"],
                "secret": environ["WENLOCK_OIDC_CLIENT_SECRET"],
                "settings": {
                    "server_url": council["issuer"].rstrip("/") + "/.well-known/openid-configuration",
                    "fetch_userinfo": False,
                },
            }
        ],
    }
