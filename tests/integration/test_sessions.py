"""How long a session lasts, what ends it, and who must show again who they are."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.integration import step_up_pages
from tests.integration.sign_in_examples import code_now, events, sign_in, signed_in, with_password_and_app
from wenlock.security import envelopes, sessions, staff, step_up
from wenlock.security.models import Actor

MINUTE, HOUR = 60, 3600


class Clock:
    """A clock that tells the time it is set to."""

    def __init__(self) -> None:
        self.now = sessions.clock()

    def __call__(self) -> int:
        return self.now

    def passes(self, seconds: int) -> None:
        self.now += seconds


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test begins with another's tries counted against it, and none waits for a hash at full cost."""
    cache.clear()
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that sessions go by, in the test's hands."""
    made = Clock()
    monkeypatch.setattr(sessions, "clock", made)
    return made


# How long


def test_a_session_ends_after_fifteen_minutes_without_a_page(the: Cast, client: Client, clock: Clock) -> None:
    client.force_login(the.amara)
    clock.passes(15 * MINUTE - 1)
    assert signed_in(client)
    clock.passes(15 * MINUTE)
    assert not signed_in(client)
    assert "15 minutes" in client.get("/sign-in/").content.decode()
    assert events(the, "signed-out")[-1].detail == {"why": "idle"}


def test_a_session_ends_after_eight_hours_however_busy(the: Cast, client: Client, clock: Clock) -> None:
    client.force_login(the.amara)
    for _ in range(8 * 6 - 1):
        clock.passes(10 * MINUTE)
        assert signed_in(client)
    clock.passes(10 * MINUTE)
    assert not signed_in(client)
    assert events(the, "signed-out")[-1].detail == {"why": "too long"}


def test_a_session_whose_clock_was_put_back_is_ended(the: Cast, client: Client, clock: Clock) -> None:
    client.force_login(the.amara)
    clock.passes(-2 * HOUR)
    assert not signed_in(client)


def test_a_session_with_no_beginning_is_ended(the: Cast, client: Client) -> None:
    client.force_login(the.amara)
    session = client.session
    del session["began_at"]
    session.save()
    assert not signed_in(client)


def test_an_ended_session_leaves_no_row_behind(the: Cast, client: Client, clock: Clock) -> None:
    client.force_login(the.amara)
    key = client.session.session_key
    clock.passes(HOUR)
    assert not signed_in(client)
    assert not Session.objects.filter(session_key=key).exists()


# Leavers


def test_a_leavers_session_is_dead_at_the_next_request(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    sign_in(client, actor, secret)
    assert signed_in(client)
    assert staff.leave(actor=actor, at=timezone.now()) == 1
    assert not signed_in(client)
    cache.clear()
    assert sign_in(Client(), actor, secret).status_code == 422


def test_a_session_dies_with_the_account_even_where_no_command_was_run(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    sign_in(client, actor, secret)
    Actor.objects.filter(pk=actor.pk).update(is_active=False)
    assert not signed_in(client)
    Actor.objects.filter(pk=actor.pk).update(is_active=True)
    assert not signed_in(client)  # it was ended, not asleep


def test_a_leaver_sees_nobody_even_in_a_transaction_already_open(the: Cast) -> None:
    from tests.integration.test_who_may_see_whom import seen_by

    assert seen_by(the.amara)
    staff.leave(actor=Actor.objects.get(pk=the.amara.pk), at=timezone.now())
    assert not seen_by(the.amara)


# My sessions


def test_i_see_where_i_am_signed_in_and_nobody_elses(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    client.get("/sign-in/")
    sign_in(client, actor, secret)
    cache.clear()
    other = Client(headers={"user-agent": "Another browser"})
    sign_in(other, actor, secret)
    Client().force_login(the.amara)
    page = client.get("/my-sessions/").content.decode()
    assert page.count("<h2") - page.count("Support links") == 2
    assert "This session" in page and "Another browser" in page and "Password and code" in page


def test_i_can_end_my_other_sessions_and_keep_this_one(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    others = [Client(), Client()]
    for each in (client, *others):
        cache.clear()
        sign_in(each, actor, secret)
    row = UserSession.objects.get(session_key=others[0].session.session_key)
    client.post("/my-sessions/", {"session": row.pk})
    assert [signed_in(each) for each in (client, *others)] == [True, False, True]
    client.post("/my-sessions/")
    assert [signed_in(each) for each in (client, *others)] == [True, False, False]


def test_nobody_ends_anothers_session(the: Cast, client: Client) -> None:
    actor, secret = with_password_and_app()
    theirs = Client()
    sign_in(theirs, actor, secret)
    row = UserSession.objects.get(session_key=theirs.session.session_key)
    client.force_login(the.amara)
    client.post("/my-sessions/", {"session": row.pk})
    assert signed_in(theirs)


# Confirming again


@pytest.fixture
def dangerous(settings: Any, client: Client, the: Cast) -> Iterator[tuple[Client, Actor, str]]:
    """A client signed in with password and code, before a page that asks who it is; and the app's secret."""
    settings.ROOT_URLCONF = "tests.integration.step_up_pages"
    step_up_pages.DONE.clear()
    actor, secret = with_password_and_app()
    sign_in(client, actor, secret)
    cache.clear()
    yield client, actor, secret


def confirm(client: Client, secret: str, **changes: str) -> int:
    return client.post("/confirm/code/", {"code": code_now(secret)} | changes).status_code


def test_a_dangerous_page_asks_who_it_is_and_comes_back(
    the: Cast, dangerous: tuple[Client, Actor, str]
) -> None:
    client, actor, secret = dangerous
    assert client.get("/dangerous/?of=this")["Location"] == "/confirm/"
    assert confirm(client, secret) == 302
    assert client.get("/confirm/continue/")["Location"] == "/dangerous/?of=this"
    assert client.get("/dangerous/?of=this").content == b"the form"
    (event,) = events(the, "step-up")
    assert (event.actor_id, event.detail) == (actor.pk, {"method": "code"})


def test_having_just_signed_in_is_not_having_confirmed(dangerous: tuple[Client, Actor, str]) -> None:
    assert dangerous[0].get("/dangerous/").status_code == 302


def test_a_wrong_code_confirms_nothing_and_is_written_down(
    the: Cast, dangerous: tuple[Client, Actor, str]
) -> None:
    client, actor, secret = dangerous
    assert confirm(client, secret, code="000000") == 422
    assert client.get("/dangerous/").status_code == 302
    assert events(the, "sign-in-refused")[-1].actor_id == actor.pk


def test_confirmation_lasts_five_minutes(dangerous: tuple[Client, Actor, str], clock: Clock) -> None:
    client, _, secret = dangerous
    confirm(client, secret)
    clock.passes(5 * MINUTE - 1)
    assert client.get("/dangerous/").status_code == 200
    clock.passes(1)
    assert client.get("/dangerous/").status_code == 302


def test_what_was_typed_is_kept_encrypted_and_put_before_them_to_send(
    dangerous: tuple[Client, Actor, str],
) -> None:
    client, _, secret = dangerous
    typed = {"reason": 'Mother said "stop"\nthen <left>', "who": ["Mia", "Jay"]}
    assert client.post("/dangerous/", typed)["Location"] == "/confirm/"
    assert not step_up_pages.DONE
    kept = client.session["set_aside"]
    assert "Mother" not in str(kept) and "Mia" not in str(kept)
    confirm(client, secret)
    page = client.get("/confirm/continue/").content.decode()
    assert 'action="/dangerous/"' in page
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    again: dict[str, list[str]] = {}
    for name, value in found:
        again.setdefault(name, []).append(unescape(value))
    again.pop("csrfmiddlewaretoken", None)
    assert client.post("/dangerous/", again).content == b"done"
    assert step_up_pages.DONE == [{"reason": ['Mother said "stop"\nthen <left>'], "who": ["Mia", "Jay"]}]
    assert "set_aside" not in client.session


def test_what_was_typed_is_forgotten_after_half_an_hour(
    dangerous: tuple[Client, Actor, str], clock: Clock
) -> None:
    client, _, secret = dangerous
    client.post("/dangerous/", {"reason": "words"})
    for _ in range(4):
        clock.passes(10 * MINUTE)
        client.get("/confirm/")
    confirm(client, secret)
    assert client.get("/confirm/continue/")["Location"] == "/work/"


def test_continuing_without_having_confirmed_shows_nothing(dangerous: tuple[Client, Actor, str]) -> None:
    client, _, _ = dangerous
    client.post("/dangerous/", {"reason": "words"})
    assert client.get("/confirm/continue/")["Location"] == "/confirm/"
    assert "set_aside" in client.session


def test_a_confirmation_dies_with_its_session(dangerous: tuple[Client, Actor, str]) -> None:
    client, actor, secret = dangerous
    confirm(client, secret)
    client.post("/sign-out/")
    cache.clear()
    sign_in(client, actor, secret)
    assert client.get("/dangerous/").status_code == 302


def test_a_stranger_at_a_dangerous_page_is_sent_to_sign_in(dangerous: tuple[Client, Actor, str]) -> None:
    assert Client().get("/dangerous/")["Location"].startswith("/sign-in/?next=")


def test_a_fragment_of_a_page_sends_the_whole_page_to_confirm(dangerous: tuple[Client, Actor, str]) -> None:
    client, _, secret = dangerous
    for shown, back in (
        ("https://x.example/people/", "/people/"),
        ("https://x.example//evil.example/", "/%2Fevil.example/"),
    ):
        answer = client.get("/dangerous/", headers={"HX-Request": "true", "HX-Current-URL": shown})
        assert answer["HX-Redirect"] == "/confirm/"
        cache.clear()
        confirm(client, secret)
        assert client.get("/confirm/continue/")["Location"] == back
        session = client.session
        del session[step_up.CONFIRMED]
        session.save()


def test_words_enclosed_for_one_use_cannot_be_read_for_another_or_altered() -> None:
    closed = envelopes.enclose("words", use="one")
    assert envelopes.opened(closed, use="one") == "words"
    for broken in (closed[:-3] + ("A" if closed[-3] != "A" else "B") + closed[-2:], "rubbish", ""):
        with pytest.raises(envelopes.EnvelopeBroken):
            envelopes.opened(broken, use="one")
    with pytest.raises(envelopes.EnvelopeBroken):
        envelopes.opened(closed, use="another")
