"""`wenlock staff`: what the operator types, and what follows."""

import re

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner, Result
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast
from tests.integration.sign_in_examples import events, sign_in, signed_in, with_password_and_app
from wenlock.security import enrolment
from wenlock.security.commands import staff
from wenlock.security.models import Actor


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test begins with another's tries counted against it, and none waits for a hash at full cost."""
    cache.clear()
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


def run(*words: str) -> Result:
    return CliRunner().invoke(staff, words)


def code_in(said: Result) -> str:
    return re.search(r"[a-z0-9]{5}(?:-[a-z0-9]{5}){3}", said.output)[0]  # type: ignore[index]


def test_a_worker_is_added_with_a_code_that_opens_the_first_sign_in(the: Cast, client: Client) -> None:
    said = run("add", "--name", "Perry Vane", "--email", "perry@wenlock.example")
    assert said.exit_code == 0, said.output
    actor = Actor.objects.get(email="perry@wenlock.example")
    assert (actor.name, actor.kind, actor.has_usable_password()) == ("Perry Vane", "worker", False)
    typed = {"email": "PERRY@wenlock.example", "code": code_in(said)}
    assert client.post("/sign-in/first-time/", typed)["Location"] == "/sign-in/first-time/choose/"


def test_a_worker_with_a_council_account_needs_no_code(the: Cast) -> None:
    said = run(
        "add",
        "--name",
        "Perry Vane",
        "--email",
        "perry@wenlock.example",
        "--subject",
        "https://i.example|perry",
    )
    assert "code" not in said.output
    actor = Actor.objects.get(email="perry@wenlock.example")
    assert (actor.staff_subject, enrolment.awaits(actor)) == ("https://i.example|perry", "")


@pytest.mark.parametrize(
    "words, sentence",
    [
        (("add", "--name", "A", "--email", "AMARA@wenlock.example"), "already has the address"),
        (("add", "--name", "A", "--email", "a@wenlock.example", "--subject", "perry"), "ISSUER|SUBJECT"),
        (("enrol-code", "nobody@wenlock.example"), "Nobody here has the address"),
        (("leave", "nobody@wenlock.example"), "Nobody here has the address"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(the: Cast, words: tuple[str, ...], sentence: str) -> None:
    said = run(*words)
    assert said.exit_code == 1
    assert sentence in said.output


def test_one_council_account_is_one_workers(the: Cast) -> None:
    words = ("add", "--name", "A", "--subject", "https://i.example|perry", "--email")
    assert run(*words, "one@wenlock.example").exit_code == 0
    assert "already has that council account" in run(*words, "two@wenlock.example").output


def test_a_leaver_is_out_at_once_and_can_be_given_no_code(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    sign_in(client, actor, secret)
    said = run("leave", actor.email)
    assert "Sessions ended: 1" in said.output
    assert not signed_in(client)
    gone = Actor.objects.get(pk=actor.pk)
    assert (gone.is_active, gone.left_at is not None, gone.has_usable_password()) == (False, True, False)
    assert not Authenticator.objects.filter(user_id=actor.pk).exists()
    assert "has not left" in run("enrol-code", actor.email).output


def test_a_leaver_with_a_code_cannot_use_it(the: Cast, client: Client) -> None:
    code = code_in(run("add", "--name", "Perry Vane", "--email", "perry@wenlock.example"))
    run("leave", "perry@wenlock.example")
    assert (
        client.post("/sign-in/first-time/", {"email": "perry@wenlock.example", "code": code}).status_code
        == 422
    )


def test_everyone_is_listed_with_how_they_may_sign_in_and_no_secret(the: Cast) -> None:
    actor, secret = with_password_and_app()
    run("add", "--name", "Perry Vane", "--email", "perry@wenlock.example")
    run("leave", the.noel.email)
    said = run("list").output
    assert f"Olive Tranter <{actor.email}>: password and code" in said
    assert "Perry Vane <perry@wenlock.example>: enrolment code not yet used" in said
    assert "Amara Lewis <amara@wenlock.example>: no way to sign in" in said
    assert "Noel Frost <noel@wenlock.example>: left" in said
    assert secret not in said and "!enrol" not in said


def test_each_change_to_an_account_is_written_down_without_its_secrets(the: Cast) -> None:
    code = code_in(run("add", "--name", "Perry Vane", "--email", "perry@wenlock.example"))
    actor = Actor.objects.get(email="perry@wenlock.example")
    changed = [event for event in events(the, "changed") if event.row_id == actor.pk]
    assert [event.detail["columns"] for event in changed] == [["password"]]
    assert code not in str([event.detail for event in changed])
