"""Signing in without the council's own sign-in: password and code, one-time codes, and the doors that are
not there."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.cast import Cast
from tests.integration.sign_in_examples import (
    code_now,
    events,
    sign_in,
    signed_in,
    with_password_and_app,
)
from wenlock.security.models import Actor

WAYS_IN = {
    "/sign-in/",
    "/sign-in/council/",
    "/sign-in/council/return/",
    "/sign-in/passkey/",
    "/sign-in/password/",
    "/sign-in/first-time/",
    "/sign-in/first-time/choose/",
    "/sign-in/first-time/passkey/",
    "/sign-in/first-time/password/",
    "/sign-out/",
    "/signed-out/",
    "/confirm/",
    "/confirm/passkey/",
    "/confirm/code/",
    "/confirm/council/",
    "/confirm/continue/",
    "/my-sessions/",
}


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test begins with another's tries counted against it, and none waits for a hash at full cost."""
    cache.clear()
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


def addresses(resolver: URLResolver, before: str = "/") -> list[tuple[str, str]]:
    """Every address below a resolver, with the module that answers at it."""
    found: list[tuple[str, str]] = []
    for each in resolver.url_patterns:
        here = before + str(each.pattern)
        found += (
            addresses(each, here) if isinstance(each, URLResolver) else [(here, each.callback.__module__)]
        )
    return found


def test_the_ways_in_are_these_and_none_of_the_librarys() -> None:
    everything = addresses(get_resolver())
    assert {path for path, module in everything if module.startswith("wenlock.security")} == WAYS_IN
    assert not [path for path, module in everything if module.startswith("allauth")]
    words = re.compile("signup|register|reset|login|password")
    assert {path for path, _ in everything if words.search(path)} <= WAYS_IN


def test_password_and_code_sign_in_and_are_written_down(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    answer = sign_in(client, actor, secret)
    assert (answer.status_code, answer["Location"]) == (302, "/work/")
    assert signed_in(client)
    (event,) = events(the, "signed-in")
    detail = {"method": "password-and-code", "address": "127.0.0.0/24"}
    assert (event.actor_id, event.detail) == (actor.pk, detail)


def test_a_client_cannot_say_where_it_comes_from(the: Cast, client: Client, settings: Any) -> None:
    actor, _ = with_password_and_app()
    lying = {"X-Forwarded-For": "203.0.113.9"}
    client.post("/sign-in/password/", {"email": actor.email, "password": "x", "code": "0"}, headers=lying)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    client.post("/sign-in/password/", {"email": actor.email, "password": "x", "code": "0"}, headers=behind)
    assert [event.detail["address"] for event in events(the, "sign-in-refused")] == [
        "127.0.0.0/24",
        "198.51.100.0/24",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "three other words"},
        {"code": "000000"},
        {"email": "nobody@wenlock.example"},
        {"password": ""},
        {"code": ""},
    ],
)
def test_one_part_wrong_or_missing_signs_nobody_in(the: Cast, client: Client, wrong: dict[str, str]) -> None:
    actor, secret = with_password_and_app()
    answer = sign_in(client, actor, secret, **wrong)
    assert answer.status_code == 422
    assert not signed_in(client)
    assert not events(the, "signed-in")


def test_a_wrong_part_is_never_named_and_what_was_typed_is_never_logged(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    said = set()
    for wrong in ({"password": "three other words"}, {"code": "000000"}, {"email": "nobody@wenlock.example"}):
        answer = sign_in(client, actor, secret, **wrong)
        said.add(re.search(r'error-summary__body">(.*?)</div>', answer.content.decode(), re.DOTALL)[1])  # type: ignore[index]
    assert len(said) == 1
    written = str([event.detail for event in events(the, "sign-in-refused")])
    assert len(events(the, "sign-in-refused")) == 3
    for typed in ("three other words", "000000", "nobody@"):
        assert typed not in written


def test_a_password_alone_signs_nobody_in_even_with_nothing_else_set_up(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    Authenticator.objects.filter(user_id=actor.pk).delete()
    for code in ("", "000000", code_now(secret)):
        assert sign_in(client, actor, secret, code=code).status_code == 422
    assert not signed_in(client)


def test_a_code_works_once(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    code = code_now(secret)
    assert sign_in(client, actor, secret, code=code).status_code == 302
    assert sign_in(Client(), actor, secret, code=code).status_code == 422


def test_after_five_tries_even_the_right_password_must_wait(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    for _ in range(5):
        sign_in(client, actor, secret, password="three other words")
    assert sign_in(client, actor, secret).status_code == 422
    assert not signed_in(client)
    assert events(the, "sign-in-refused")[-1].detail["why"] == "too many tries"


def test_codes_cannot_be_guessed_for_ever(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    for guess in range(5):
        sign_in(client, actor, secret, code=f"00000{guess}")
    assert sign_in(client, actor, secret).status_code == 422


def test_too_many_posts_from_one_address_are_answered_with_a_wait(the: Cast, client: Client) -> None:
    answers = [client.post("/sign-in/password/", {"email": f"{n}@x.example"}).status_code for n in range(31)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {422}


def test_an_address_nobody_has_costs_a_hash_too(
    the: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    encode = Argon2PasswordHasher.encode
    monkeypatch.setattr(
        Argon2PasswordHasher, "encode", lambda *given: made.append("encode") or encode(*given)
    )
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *given: bool(made.append("verify")))
    actor, secret = with_password_and_app()
    for email in (actor.email, the.amara.email, "nobody@wenlock.example"):
        made.clear()
        sign_in(client, actor, secret, email=email, password="three other words")
        assert len(made) == 1, email


def test_passwords_are_kept_as_argon2(the: Cast) -> None:
    actor, _ = with_password_and_app()
    assert identify_hasher(actor.password).algorithm == "argon2"


def test_the_secret_of_an_app_is_encrypted_where_it_rests(the: Cast) -> None:
    actor, secret = with_password_and_app()
    kept = Authenticator.objects.get(user_id=actor.pk, type="totp").data["secret"]
    assert secret not in kept and len(kept) > len(secret)


def test_a_service_account_is_nobody_signed_in(the: Cast, client: Client) -> None:
    client.force_login(the.amara)
    assert signed_in(client)
    Actor.objects.filter(pk=the.amara.pk).update(kind="service")
    assert not signed_in(client)


def test_the_key_of_the_session_changes_at_sign_in(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    client.get("/sign-in/?next=/privacy-notice/")
    before = client.session.session_key
    answer = sign_in(client, actor, secret)
    assert client.session.session_key not in (before, None)
    assert answer["Location"] == "/privacy-notice/"
    stranger = Client()
    stranger.cookies["session"] = before  # type: ignore[assignment]
    assert not signed_in(stranger)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(the: Cast, client: Client, elsewhere: str) -> None:
    actor, secret = with_password_and_app()
    client.get("/sign-in/", {"next": elsewhere})
    assert sign_in(client, actor, secret)["Location"] == "/work/"


def test_the_session_opens_with_the_first_purpose_of_the_first_team(the: Cast, client: Client) -> None:
    client.force_login(the.amara)
    assert client.session["purpose"] == "children-in-need"
    client.force_login(the.gwen)
    assert client.session["purpose"] == "information-rights"
    client.force_login(the.noel)
    assert client.session["purpose"] == ""


def test_pages_of_signing_in_are_not_kept_by_the_browser_and_run_our_scripts_alone(
    the: Cast, client: Client
) -> None:
    for path in ("/sign-in/", "/sign-in/password/", "/sign-in/first-time/", "/signed-out/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert "script-src 'self'" in re.split(r";\s*", answer["Content-Security-Policy"])
        page = answer.content.decode()
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", page), path


def test_a_way_that_is_not_set_up_is_not_offered(the: Cast, client: Client, settings: Any) -> None:
    actor, secret = with_password_and_app()
    for path in ("/sign-in/", "/signed-out/"):
        assert "council account" not in client.get(path).content.decode()
    sign_in(client, actor, secret)
    page = client.get("/confirm/").content.decode()
    assert "Confirm with the code" in page
    assert "council account" not in page and "Confirm with your passkey" not in page
    for path in ("/sign-in/council/", "/sign-in/council/return/"):
        assert Client().get(path).status_code == 404


def test_signing_out_needs_a_post_ends_the_row_and_clears_the_browser(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    sign_in(client, actor, secret)
    key = client.session.session_key
    assert client.get("/sign-out/").status_code == 405
    answer = client.post("/sign-out/")
    assert answer["Location"] == "/signed-out/"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    stranger = Client()
    stranger.cookies["session"] = key  # type: ignore[assignment]
    assert not signed_in(stranger)
    (event,) = events(the, "signed-out")
    assert (event.actor_id, event.detail) == (actor.pk, {"why": "asked"})
