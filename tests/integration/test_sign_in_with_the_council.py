"""Signing in with the council's own account, against a real provider: who gets in, and every way of
cheating it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from tests.cast import Cast
from tests.integration.oidc_examples import Provider, asked, brought_back, come_back, heading, provider, sent
from tests.integration.sign_in_examples import events, signed_in
from wenlock.security import staff, tokens
from wenlock.security.models import Actor


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with provider() as made:
        yield made


@pytest.fixture
def council(running: Provider, settings: Any, the: Cast) -> Provider:
    """The provider, known to us."""
    cache.clear()
    for name, value in running.settings().items():
        setattr(settings, name, value)
    return running


@pytest.fixture
def perry(council: Provider) -> Actor:
    """A worker known by the council's account."""
    council.knows("perry-at-council", email="perry@wenlock.example", email_verified=True)
    return staff.add(
        name="Perry Vane", email="p.vane@wenlock.example", subject=f"{council.issuer}|perry-at-council"
    )


def refusals(the: Cast) -> list[str]:
    return [event.detail["why"] for event in events(the, "sign-in-refused")]


# Who gets in


def test_a_worker_known_by_issuer_and_subject_signs_in(the: Cast, client: Client, perry: Actor) -> None:
    client.get("/sign-in/?next=/privacy-notice/")
    assert come_back(client, "perry-at-council")["Location"] == "/privacy-notice/"
    assert signed_in(client)
    (event,) = events(the, "signed-in")
    assert (event.actor_id, event.detail["method"]) == (perry.pk, "council-account")


def test_the_request_carries_a_proof_key_a_state_and_a_nonce_new_each_time(
    client: Client, perry: Actor
) -> None:
    first, second = asked(sent(client)), asked(sent(client))
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://testserver/sign-in/council/return/"


def test_nothing_of_the_token_is_kept(client: Client, perry: Actor) -> None:
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken

    come_back(client, "perry-at-council")
    assert not [kept for kept in (SocialAccount, SocialToken, EmailAddress) if kept.objects.exists()]


def test_somebody_the_council_knows_and_we_do_not_is_refused_with_help(
    the: Cast, client: Client, council: Provider
) -> None:
    council.knows("stranger", email="stranger@wenlock.example", email_verified=True)
    answer = come_back(client, "stranger")
    assert answer.status_code == 403
    assert heading(answer) == "You do not have an account here"
    assert not signed_in(client)
    (event,) = events(the, "sign-in-refused")
    assert event.detail["subject"] == f"{council.issuer}|stranger"
    assert event.detail["reference"] in answer.content.decode()


def test_an_email_address_is_never_enough(the: Cast, client: Client, council: Provider) -> None:
    council.knows("thief", email=the.amara.email, email_verified=True)
    assert come_back(client, "thief").status_code == 403
    assert refusals(the) == ["subject unknown"]
    assert not signed_in(client)


def test_the_same_subject_of_another_issuer_is_somebody_else(
    the: Cast, client: Client, council: Provider
) -> None:
    staff.add(
        name="Perry Vane", email="p.vane@wenlock.example", subject="https://other.example|perry-at-council"
    )
    assert come_back(client, "perry-at-council").status_code == 403
    assert refusals(the) == ["subject unknown"]


def test_a_leaver_is_refused(the: Cast, client: Client, perry: Actor) -> None:
    Actor.objects.filter(pk=perry.pk).update(is_active=False)
    assert come_back(client, "perry-at-council").status_code == 403
    assert refusals(the) == ["left or not a worker"]
    assert not signed_in(client)


def test_no_two_actors_have_one_council_account(perry: Actor) -> None:
    other = staff.add(name="Una Cole", email="una@wenlock.example")
    with (
        pytest.raises(IntegrityError, match="security_actor_council_account_is_one_persons"),
        transaction.atomic(),
    ):
        Actor.objects.filter(pk=other.pk).update(staff_subject=perry.staff_subject)


def test_a_verified_address_is_claimed_once_only_where_an_administrator_allows_it(
    the: Cast, client: Client, council: Provider, settings: Any
) -> None:
    actor = staff.add(name="Una Cole", email="una@wenlock.example")
    council.knows("una-at-council", email="UNA@wenlock.example", email_verified=True)
    council.knows("unverified", email="una@wenlock.example", email_verified=False)
    council.knows("second", email="una@wenlock.example", email_verified=True)
    assert come_back(client, "una-at-council").status_code == 403
    settings.COUNCIL_SIGN_IN = settings.COUNCIL_SIGN_IN | {"claim_by_email": True}
    assert come_back(client, "unverified").status_code == 403
    assert come_back(client, "una-at-council").status_code == 302
    assert Actor.objects.get(pk=actor.pk).staff_subject == f"{council.issuer}|una-at-council"
    assert come_back(Client(), "second").status_code == 403
    assert refusals(the) == ["subject unknown"] * 3


def test_a_worker_who_has_signed_in_before_cannot_be_claimed_by_address(
    the: Cast, client: Client, council: Provider, settings: Any
) -> None:
    Client().force_login(the.amara)
    settings.COUNCIL_SIGN_IN = settings.COUNCIL_SIGN_IN | {"claim_by_email": True}
    council.knows("thief", email=the.amara.email, email_verified=True)
    assert come_back(client, "thief").status_code == 403
    assert refusals(the) == ["subject unknown"]


# Cheating


def test_an_answer_nobody_asked_for_is_refused(the: Cast, client: Client, perry: Actor) -> None:
    back = brought_back(sent(client), "perry-at-council")
    assert come_to(Client(), back) == (403, "The council’s sign-in did not work")
    assert refusals(the) == ["state unknown"]


def test_a_state_that_was_altered_is_refused(the: Cast, client: Client, perry: Actor) -> None:
    back = brought_back(sent(client), "perry-at-council")
    state = asked(back)["state"]
    assert come_to(client, back.replace(state, state[:-1] + ("a" if state[-1] != "a" else "b")))[0] == 403
    assert refusals(the) == ["state unknown"]
    assert not signed_in(client)


def test_an_answer_works_once(the: Cast, client: Client, perry: Actor) -> None:
    back = brought_back(sent(client), "perry-at-council")
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403
    client.post("/sign-out/")
    assert client.get(back).status_code == 403
    assert refusals(the) == ["state unknown"] * 2
    assert not signed_in(client)


def test_a_code_got_in_one_browser_does_not_work_in_another(the: Cast, client: Client, perry: Actor) -> None:
    """A thief's code put into somebody's session: neither the proof key nor the nonce of that session fits
    it."""
    stolen = asked(brought_back(sent(Client()), "perry-at-council"))["code"]
    back = brought_back(sent(client), "perry-at-council")
    assert client.get(back.replace(asked(back)["code"], stolen)).status_code == 403
    assert refusals(the)[0] in (
        "OAuth2Error",
        "the token answers another request",
    )  # this provider ignores the key
    assert not signed_in(client)


def test_a_token_made_for_another_request_is_refused(the: Cast, client: Client, perry: Actor) -> None:
    """The nonce is changed on its way to the provider, so the token answers a request we did not make."""
    address = sent(client)
    assert (
        client.get(
            brought_back(address.replace(asked(address)["nonce"], "another"), "perry-at-council")
        ).status_code
        == 403
    )
    assert refusals(the) == ["the token answers another request"]
    assert not signed_in(client)


def test_an_answer_that_names_another_issuer_is_refused(the: Cast, client: Client, perry: Actor) -> None:
    back = brought_back(sent(client), "perry-at-council")
    assert client.get(back + "&iss=https://evil.example").status_code == 403
    assert refusals(the) == ["the answer came from another issuer"]
    assert client.get(back + f"&iss={perry.staff_subject.partition('|')[0]}").status_code == 302


def test_a_provider_that_describes_itself_as_another_is_not_asked(
    the: Cast, client: Client, perry: Actor, settings: Any
) -> None:
    settings.COUNCIL_SIGN_IN = settings.COUNCIL_SIGN_IN | {"issuer": "https://issuer.example"}
    assert client.get("/sign-in/council/").status_code == 403
    assert refusals(the) == ["the provider's description names another issuer"]


def test_a_provider_that_cannot_be_reached_is_said_plainly(
    client: Client, perry: Actor, settings: Any
) -> None:
    closed = Provider("http://localhost:9")
    for name, value in closed.settings().items():
        setattr(settings, name, value)
    assert heading(client.get("/sign-in/council/")) == "The council’s sign-in did not work"


def test_giving_up_at_the_council_is_said_plainly(client: Client, perry: Actor) -> None:
    state = asked(sent(client))["state"]
    answer = client.get(f"/sign-in/council/return/?error=access_denied&state={state}")
    assert heading(answer) == "You did not sign in"


def test_a_page_elsewhere_cannot_begin_it(client: Client, perry: Actor) -> None:
    answer = client.get("/sign-in/council/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer["Location"] == "/sign-in/"


def test_a_request_cannot_add_to_what_the_provider_is_asked(client: Client, perry: Actor) -> None:
    address = sent(
        client, "/sign-in/council/?auth_params=nonce%3Dmine%26prompt%3Dnone&scope=admin&process=connect"
    )
    assert asked(address)["nonce"] != "mine" and "prompt" not in asked(address)
    assert "admin" not in asked(address)["scope"]


def test_strength_and_tenant_are_asked_for_and_checked(
    the: Cast, client: Client, perry: Actor, settings: Any
) -> None:
    usual = settings.COUNCIL_SIGN_IN
    settings.COUNCIL_SIGN_IN = usual | {"acr": ("strong",)}
    assert asked(sent(client))["acr_values"] == "strong"
    assert come_back(client, "perry-at-council").status_code == 403
    settings.COUNCIL_SIGN_IN = usual | {"tenant": "ours"}
    assert come_back(client, "perry-at-council").status_code == 403
    assert refusals(the) == ["the sign-in was not strong enough", "the token is of another tenant"]


# Confirming again


def test_confirming_asks_the_council_to_ask_again(client: Client, perry: Actor, council: Provider) -> None:
    come_back(client, "perry-at-council")
    assert "Confirm with your council account" in client.get("/confirm/").content.decode()
    address = sent(client, "/confirm/council/")
    assert (asked(address)["prompt"], asked(address)["max_age"]) == ("login", "0")
    council.knows("perry-at-council", auth_time=int(time.time()))
    assert client.get(brought_back(address, "perry-at-council"))["Location"] == "/confirm/continue/"
    assert "confirmed_at" in client.session


@pytest.mark.parametrize("auth_time", [1_700_000_000, "now"])
def test_a_confirmation_without_a_fresh_sign_in_is_refused(
    the: Cast, client: Client, perry: Actor, council: Provider, auth_time: Any
) -> None:
    come_back(client, "perry-at-council")
    council.knows("perry-at-council", auth_time=auth_time)
    assert client.get(brought_back(sent(client, "/confirm/council/"), "perry-at-council")).status_code == 403
    assert refusals(the) == ["the person was not asked again"]
    assert "confirmed_at" not in client.session


def test_a_token_that_does_not_say_when_confirms_nothing(council: Provider) -> None:
    asked_for = {"nonce": "n", "again": True, "at": 1_700_000_000}
    with pytest.raises(tokens.TokenRefused, match="not asked again"):
        tokens.check_answer({"nonce": "n"}, asked=asked_for)
    tokens.check_answer({"nonce": "n", "auth_time": 1_700_000_000}, asked=asked_for)


def test_confirming_as_somebody_else_confirms_nobody(
    the: Cast, client: Client, perry: Actor, council: Provider
) -> None:
    una = staff.add(name="Una Cole", email="una@wenlock.example", subject=f"{council.issuer}|una-at-council")
    council.knows("una-at-council", auth_time=int(time.time()))
    come_back(client, "perry-at-council")
    assert client.get(brought_back(sent(client, "/confirm/council/"), "una-at-council")).status_code == 403
    assert refusals(the) == ["confirmed as somebody else"]
    assert "confirmed_at" not in client.session
    assert client.session["_auth_user_id"] == str(perry.pk) != str(una.pk)


def come_to(client: Client, back: str) -> tuple[int, str]:
    answer = client.get(back)
    return answer.status_code, heading(answer)
