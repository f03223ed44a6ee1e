"""N90: where somebody connects from is kept only as it is declared, and is in no log."""

import io
import logging
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.portal_examples import page, text
from tests.integration.tell_examples import KINDS, filled_in
from tests.integration.workspace_examples import trail
from wenlock.demo import cast as demo
from wenlock.intake.models import Contact
from wenlock.security import sessions, staff
from wenlock.security.actions import record_event
from wenlock.security.addresses import KEEPING, WithoutAddresses, first_of, network
from wenlock.security.context import acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

FROM, SIX = "203.0.113.77", "2001:db8:aa:bb::17"


@pytest.mark.parametrize(
    "address, cut",
    [
        (FROM, "203.0.113.0/24"), (SIX, "2001:db8:aa::/48"), ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("127.0.0.1", "127.0.0.0/24"), ("", "unknown"), ("None", "unknown"), ("203.0.113.777", "unknown"),
    ],
)  # fmt: skip
def test_an_address_is_cut_to_its_network(address: str, cut: str) -> None:
    assert network(address) == cut
    assert first_of(address) == cut.partition("/")[0].replace("unknown", "0.0.0.0")


@pytest.mark.parametrize("address", [FROM, SIX, "203.0.113.0/32", "somewhere", "2001:db8::/64", ""])
def test_the_trail_takes_no_address_that_is_whole(address: str, the: Cast) -> None:
    with (
        acting(actor=the.amara.pk, purpose=PURPOSE),
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
    ):
        record_event("signed-in", detail={"method": "passkey", "address": address})
    assert caught.value.__cause__.diag.constraint_name == "security_auditevent_address_is_cut"  # type: ignore[union-attr]


def test_a_sign_in_keeps_the_network_and_a_refused_one_does_too(the: Cast) -> None:
    browser = Client(REMOTE_ADDR=FROM)
    browser.post("/sign-in/password/", {"email": the.amara.email, "password": "wrong", "code": "0"})
    refused = trail(the, "sign-in-refused")
    assert [event.detail["address"] for event in refused] == ["203.0.113.0/24"]


def test_a_session_keeps_the_network_and_nothing_once_it_has_ended(the: Cast) -> None:
    worker = demo.worker("joan")
    staff.add(name=worker.name, email=worker.email)
    browser = Client(REMOTE_ADDR=FROM)
    browser.post("/demo/sign-in/joan/")
    assert [event.detail["address"] for event in trail(the, "signed-in")] == ["203.0.113.0/24"]
    (kept,) = UserSession.objects.all()
    assert kept.ip == "203.0.113.0"
    assert FROM not in str([Session.objects.get().get_decoded(), kept.data, kept.user_agent])
    assert sessions.forget_ended() == 0
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert sessions.forget_ended() == 1
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


def test_nothing_of_where_somebody_who_tells_us_something_is_goes_with_it(the: Cast) -> None:
    cache.clear()
    for kind in KINDS:
        browser = Client(REMOTE_ADDR=FROM)
        browser.post(f"/tell-us/{kind}/", filled_in(browser, f"/tell-us/{kind}/", words=f"A {kind}"))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        rows = list(Contact.objects.select_related("provenance"))
    assert len(rows) == len(KINDS)
    for row in rows:
        assert "203.0.113" not in str([vars(row), vars(row.provenance)])
    assert not Session.objects.exists()
    assert "203.0.113" not in str([event.detail for event in trail(the, "created")])


def test_the_logs_have_no_address_whatever_goes_wrong(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan of everything the site logs, at the finest level, over what it answers well and badly."""
    cache.clear()
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    plain = settings.LOGGING["formatters"]["plain"]
    assert plain["()"] == f"{WithoutAddresses.__module__}.{WithoutAddresses.__name__}"
    handler.setFormatter(WithoutAddresses(plain["format"], style=plain["style"]))
    root = logging.getLogger()
    root.addHandler(handler)
    monkeypatch.setattr(root, "level", logging.DEBUG)
    try:
        browser = Client(REMOTE_ADDR=FROM, raise_request_exception=False, enforce_csrf_checks=True)
        for address in ("/", "/nowhere/", "/work/", "/tell-us/help/"):
            browser.get(address)
        browser.post("/sign-in/password/", {"email": the.amara.email, "password": "wrong", "code": "0"})
        browser.get("/", headers={"host": FROM, "x-forwarded-for": SIX})
        monkeypatch.setattr("wenlock.portal.views.plain.catalogue.find", fails)
        browser.get("/complaints/")
    finally:
        root.removeHandler(handler)
    assert "Not Found: /nowhere/" in lines.getvalue()
    assert "the connection from (an address) to (an address) was lost" in lines.getvalue()
    assert FROM not in lines.getvalue()
    assert SIX not in lines.getvalue()


def fails(*args: Any) -> None:
    raise RuntimeError(f"the connection from {FROM} to {SIX} was lost")


@pytest.mark.parametrize(
    "said",
    [
        "2026-11-22 22:12:02,123 WARNING",
        "version 6.3.0",
        "at 12:30:45",
        "intake::codes",
        "1.2.3",
        "a:b",
        "300.1.2.3",
    ],
)
def test_what_is_no_address_stays_in_the_log(said: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, said, None, None)
    assert WithoutAddresses("%(message)s").format(record) == said


@pytest.mark.parametrize(
    "said", [f"from {FROM}:5000", f"[{SIX}]", f"({FROM})", f'{{"ip": "{FROM}"}}', "::1", FROM]
)
def test_an_address_is_taken_out_of_a_log_line(said: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, said, None, None)
    line = WithoutAddresses("%(message)s").format(record)
    assert "(an address)" in line
    assert FROM not in line
    assert SIX not in line


def test_what_is_kept_is_declared_on_the_page_of_cookies(client: Client) -> None:
    said = text(page(client, "/cookies/"))
    for keeping in KEEPING:
        for words in (keeping.where, keeping.why, keeping.how, keeping.until):
            assert words in said
