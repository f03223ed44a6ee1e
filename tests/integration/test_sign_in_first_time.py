"""A local account's first sign-in: what a one-time code opens, for whom, and for how long."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.integration.sign_in_examples import (
    PASSWORD,
    code_now,
    issued,
    sign_in,
    signed_in,
    with_password_and_app,
)
from wenlock.security import enrolment, staff
from wenlock.security.models import Actor


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test begins with another's tries counted against it, and none waits for a hash at full cost."""
    cache.clear()
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


def enter(client: Client, actor: Actor, code: str) -> int:
    return client.post("/sign-in/first-time/", {"email": actor.email, "code": code}).status_code


def finish(client: Client, *, password: str = PASSWORD) -> tuple[int, str]:
    """Set a password and an app in the open enrolment: the status, and the app's secret."""
    page = client.get("/sign-in/first-time/password/").content.decode()
    secret = re.search(r"data-secret>([A-Z2-7 ]+)<", page)[1].replace(" ", "")  # type: ignore[index]
    typed = {"password": password, "code": code_now(secret)}
    return client.post("/sign-in/first-time/password/", typed).status_code, secret


def test_a_one_time_code_lets_a_new_worker_set_a_password_and_app_and_then_sign_in(
    the: Cast, client: Client
) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    assert enter(client, actor, issued(actor).upper()) == 302
    status, secret = finish(client)
    assert status == 302
    assert not signed_in(client)
    assert "You are set up" in client.get("/sign-in/").content.decode()
    assert sign_in(client, actor, secret).status_code == 302


def test_a_one_time_code_works_once(the: Cast, client: Client) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    code = issued(actor)
    other = Client()
    assert enter(client, actor, code) == enter(other, actor, code) == 302
    assert finish(client)[0] == 302
    assert enter(Client(), actor, code) == 422
    assert other.get("/sign-in/first-time/password/")["Location"] == "/sign-in/first-time/"


def test_a_one_time_code_lapses_after_a_day(the: Cast) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    at = timezone.now()
    code = enrolment.issue_code(actor=actor, at=at)
    held = {"email": actor.email, "code": code}
    assert enrolment.actor_with_code(**held, at=at + timedelta(hours=23, minutes=59))
    assert not enrolment.actor_with_code(**held, at=at + timedelta(hours=24))


def test_a_second_code_makes_the_first_void(the: Cast, client: Client) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    first, second = issued(actor), issued(actor)
    assert enter(client, actor, first) == 422
    assert enter(client, actor, second) == 302


def test_a_second_code_closes_what_the_first_had_opened(the: Cast, client: Client) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    enter(client, actor, issued(actor))
    assert client.get("/sign-in/first-time/choose/").status_code == 200
    issued(actor)
    assert client.get("/sign-in/first-time/choose/")["Location"] == "/sign-in/first-time/"


def test_a_code_for_one_worker_opens_nobody_elses_account(the: Cast, client: Client) -> None:
    perry = staff.add(name="Perry Vane", email="perry@wenlock.example")
    una = staff.add(name="Una Cole", email="una@wenlock.example")
    issued(una)
    assert enter(client, una, issued(perry)) == 422


def test_a_code_is_no_password_and_without_one_the_pages_behind_it_are_closed(
    the: Cast, client: Client
) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    code = issued(actor)
    assert sign_in(client, actor, generate_totp_secret(), password=code).status_code == 422
    for path in ("choose/", "passkey/", "password/"):
        assert client.get(f"/sign-in/first-time/{path}")["Location"] == "/sign-in/first-time/"


def test_a_code_given_for_a_lost_phone_ends_what_was_used_before(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    sign_in(client, actor, secret)
    cache.clear()
    issued(actor)
    assert not signed_in(client)
    assert sign_in(Client(), actor, secret).status_code == 422
    assert not Authenticator.objects.filter(user_id=actor.pk).exists()


def test_one_time_codes_cannot_be_guessed_for_ever(the: Cast, client: Client) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    code = issued(actor)
    for _ in range(5):
        enter(client, actor, "aaaaa-aaaaa-aaaaa-aaaaa")
    assert enter(client, actor, code) == 422


@pytest.mark.parametrize("weak", ["short", "qwerty123456", "perry@wenlock.example"])
def test_a_short_common_or_borrowed_password_is_refused(the: Cast, client: Client, weak: str) -> None:
    actor = staff.add(name="Perry Vane", email="perry@wenlock.example")
    enter(client, actor, issued(actor))
    assert finish(client, password=weak)[0] == 422
    assert finish(client)[0] == 302
