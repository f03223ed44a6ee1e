"""Reading an identity token: what is sound, what is forged, and whom a live service may ask for one."""

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured

from wenlock.security import tokens
from wenlock.web.sign_in import council_sign_in


class Issuer:
    """An issuer of tokens whose key we have, and what `CouncilTokens` asks of it."""

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    address = "https://issuer.example"

    def token(
        self, *, key: Any = "ours", kid: str | None = "one", algorithm: str = "RS256", **changes: Any
    ) -> str:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "sub": "perry",
            "aud": "wenlock",
            "iat": now,
            "exp": now + 60,
        } | changes
        claims = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": kid} if kid else {}
        return jwt.encode(claims, self.key if key == "ours" else key, algorithm=algorithm, headers=headers)

    def read(self, token: str) -> dict[str, Any]:
        reader = tokens.CouncilTokens.__new__(tokens.CouncilTokens)
        reader._openid_config = {"issuer": self.address, "jwks_uri": "unused"}  # type: ignore[attr-defined]

        class App:
            client_id = "wenlock"

        return reader._decode_id_token(App(), token)  # type: ignore[arg-type]


@pytest.fixture
def issuer(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Issuer:
    made = Issuer()
    settings.COUNCIL_SIGN_IN = {"issuer": made.address}
    public = jwt.algorithms.RSAAlgorithm.to_jwk(made.key.public_key(), as_dict=True) | {
        "kid": "one",
        "alg": "RS256",
    }
    monkeypatch.setattr(tokens, "_keys", lambda address: jwt.PyJWKSet.from_dict({"keys": [public]}))
    return made


def test_a_sound_token_is_read_with_or_without_the_name_of_its_key(issuer: Issuer) -> None:
    assert issuer.read(issuer.token())["sub"] == "perry"
    assert issuer.read(issuer.token(kid=None))["sub"] == "perry"


@pytest.mark.parametrize(
    "forged",
    [
        {"key": Issuer.other},
        {"kid": "another"},
        {"iss": "https://evil.example"},
        {"aud": "another service"},
        {"aud": ["wenlock", "another"], "azp": "another"},
        {"exp": int(time.time()) - 120},
        {"sub": None},
        {"exp": None},
        {"iat": None},
        {"key": None, "algorithm": "none"},
        {"key": "a secret of no less than thirty-two bytes", "algorithm": "HS256"},
    ],
    ids=lambda forged: ", ".join(forged),
)
def test_a_token_that_is_not_sound_is_refused(issuer: Issuer, forged: dict[str, Any]) -> None:
    with pytest.raises(tokens.TokenRefused):
        issuer.read(issuer.token(**forged))


def test_a_live_service_asks_only_an_issuer_behind_tls_and_with_all_its_settings() -> None:
    environ = {
        "WENLOCK_OIDC_ISSUER": "https://login.example/{tenant}/v2.0",
        "WENLOCK_OIDC_TENANT": "ours",
        "WENLOCK_OIDC_CLIENT_ID": "wenlock",
        "WENLOCK_OIDC_CLIENT_SECRET": "secret",
    }
    assert council_sign_in(environ, production=True)["issuer"] == "https://login.example/ours/v2.0"
    assert council_sign_in({}, production=True) == {}
    for change in ({"WENLOCK_OIDC_ISSUER": "http://login.example"}, {"WENLOCK_OIDC_CLIENT_SECRET": ""}):
        with pytest.raises(ImproperlyConfigured):
            council_sign_in(environ | change, production=True)
