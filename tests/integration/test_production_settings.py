"""What a live service's settings make impossible, in a process of its own; and a demonstration's door."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.integration.sign_in_examples import events, signed_in
from wenlock.demo import cast, checks
from wenlock.security import sessions, staff
from wenlock.security.models import Actor

LIVE = {
    "DATABASE_URL": "postgresql://database.example:5432/wenlock",  # nothing here asks it anything
    "WENLOCK_SECRET_KEY": "a long secret of no less than fifty characters, kept elsewhere",
    "WENLOCK_CONTEXT_KEY": "00" * 32,
    "WENLOCK_HOSTS": "wenlock.council.example",
}


def live(
    program: str, home: Path, *, settings: str = "wenlock.web.settings", beside: Path | None = None
) -> str:
    """What a program prints, run with a live service's settings or those of a module in `beside`."""
    paths = [str(beside), *sys.path] if beside else sys.path
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),  # the code that is being tested
        "WENLOCK_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": settings,
    }
    ran = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + textwrap.dedent(program)],
        env=environ | LIVE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home marked as a demonstration's, which a live service must not believe."""
    from wenlock.base.home import Home

    made = Home(tmp_path / "home").prepare()
    made.keep(mode="demo")
    return made.root


# A live service


def test_a_live_service_has_no_demonstration_even_in_a_demonstrations_home(home: Path) -> None:
    said = live(
        """
        from django.conf import settings
        from django.urls import NoReverseMatch, Resolver404, resolve, reverse
        from wenlock.security import ways
        assert not settings.DEMO and settings.PRODUCTION
        assert "wenlock.demo" not in settings.INSTALLED_APPS
        for path in ("/demo/sign-in/amara/", "/demo/confirm/"):
            try:
                resolve(path)
            except Resolver404:
                print("no address")
        try:
            reverse("demo:sign_in", args=["amara"])
        except NoReverseMatch:
            print("no name")
        assert not ways.SIGN_IN and not ways.CONFIRM
        """,
        home,
    )
    assert said.split("\n") == ["no address", "no address", "no name"]


def test_a_live_service_with_the_demonstration_installed_does_not_pass_its_checks(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "slip.py").write_text(
        "from wenlock.web.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, 'wenlock.demo']\n"
    )
    said = live(
        """
        from django.core.management import call_command
        from django.core.management.base import SystemCheckError
        try:
            call_command("check")
        except SystemCheckError as error:
            print("demo.E001" in str(error))
        """,
        home,
        settings="slip",
        beside=tmp_path,
    )
    assert said == "True"


def test_a_live_services_checks_pass(home: Path) -> None:
    said = live(
        "from django.core.management import call_command; call_command('check', fail_level='WARNING')", home
    )
    assert "no issues" in said


def test_a_live_services_cookies_are_bound_to_its_host_and_to_tls(home: Path) -> None:
    said = live(
        """
        from django.conf import settings
        traits = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")
        for cookie in ("SESSION", "CSRF"):
            print(*(getattr(settings, f"{cookie}_COOKIE_{trait}") for trait in traits))
        hsts = settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS
        print(*hsts, settings.SECURE_SSL_REDIRECT)
        print(settings.DEBUG, settings.SESSION_ENGINE, settings.PASSWORD_HASHERS)
        """,
        home,
    )
    assert said.split("\n") == [
        "__Host-session True True Lax / None",
        "__Host-csrf True True Lax / None",
        "63072000 True True",
        "False django.contrib.sessions.backends.db ['django.contrib.auth.hashers.Argon2PasswordHasher']",
    ]


def test_a_live_service_answers_only_by_tls_and_says_so(home: Path) -> None:
    said = live(
        """
        from django.test import RequestFactory
        from django.middleware.security import SecurityMiddleware
        from django.http import HttpResponse
        answer = SecurityMiddleware(lambda request: HttpResponse())
        made = RequestFactory(headers={"host": "wenlock.council.example"})
        plain = answer(made.get("/sign-in/"))
        print(plain.status_code, plain["Location"])
        behind = made.get("/sign-in/", secure=True, headers={"x-forwarded-proto": "https"})
        print(answer(behind)["Strict-Transport-Security"])
        """,
        home,
    )
    assert said.split("\n") == [
        "301 https://wenlock.council.example/sign-in/",
        "max-age=63072000; includeSubDomains",
    ]


# A demonstration


@pytest.fixture
def joan(the: Cast) -> Actor:
    """One of the ten, who works at the demonstration's council."""
    worker = cast.worker("joan")
    return staff.add(name=worker.name, email=worker.email)


def test_one_click_is_joan_and_is_written_down(the: Cast, client: Client, joan: Actor) -> None:
    assert client.post("/demo/sign-in/joan/")["Location"] == "/work/"
    assert client.session["_auth_user_id"] == str(joan.pk)
    (event,) = events(the, "signed-in")
    assert (event.actor_id, event.detail) == (
        joan.pk,
        {"method": "demonstration", "address": "127.0.0.0/24"},
    )


def test_the_sign_in_page_tells_what_each_of_the_ten_may_see(client: Client, the: Cast) -> None:
    page = client.get("/sign-in/").content.decode()
    assert len(cast.WORKERS) == 10
    for worker in cast.WORKERS:
        assert f'action="/demo/sign-in/{worker.slug}/"' in page
        assert worker.says.replace("'", "&#39;") in page


def test_one_click_changes_who_one_is_in_a_new_session(client: Client, joan: Actor) -> None:
    noel = staff.add(name="Noel Frost", email=cast.worker("noel").email)
    client.post("/demo/sign-in/joan/")
    before = client.session.session_key
    client.post("/demo/sign-in/noel/")
    assert client.session["_auth_user_id"] == str(noel.pk)
    assert client.session.session_key != before
    assert client.session["purpose"] == ""


def test_one_click_confirms_and_a_link_does_neither(the: Cast, client: Client, joan: Actor) -> None:
    assert client.get("/demo/sign-in/joan/").status_code == 405
    client.post("/demo/sign-in/joan/")
    assert "one click is enough" in client.get("/confirm/").content.decode()
    assert client.get("/demo/confirm/").status_code == 405
    assert client.post("/demo/confirm/")["Location"] == "/confirm/continue/"
    assert events(the, "step-up")[-1].detail == {"method": "demonstration"}


def test_one_click_needs_the_mark_that_the_form_was_ours(joan: Actor) -> None:
    assert Client(enforce_csrf_checks=True).post("/demo/sign-in/joan/").status_code == 403


def test_nobody_but_the_ten_is_signed_in_by_one_click(the: Cast, client: Client, joan: Actor) -> None:
    staff.add(name="Ravi Sandhu", email="ravi.sandhu@council.example")
    for slug in ("ravi", "ravi.sandhu", "bashir", "nobody"):
        assert client.post(f"/demo/sign-in/{slug}/").status_code == 404
    assert not signed_in(client)


@pytest.mark.parametrize("change", [{"DEMO": False}, {"PRODUCTION": True}])
def test_the_view_itself_refuses_outside_a_demonstration(
    client: Client, joan: Actor, settings: Any, change: dict[str, bool]
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    assert client.post(reverse("demo:sign_in", args=["joan"])).status_code == 404
    assert "/demo/" not in client.get("/sign-in/").content.decode()
    client.force_login(joan)
    assert client.post(reverse("demo:confirm")).status_code == 404
    assert "confirmed_at" not in client.session
    assert [error.id for error in checks.only_in_a_demonstration()] == ["demo.E001"]


def test_beginning_a_session_refuses_the_demonstrations_way_outside_one(
    joan: Actor, settings: Any, rf: Any
) -> None:
    settings.DEMO = False
    with pytest.raises(sessions.MayNotSignIn):
        sessions.begin(rf.post("/"), actor=joan, method="demonstration")


def test_a_demonstration_passes_its_checks() -> None:
    assert checks.only_in_a_demonstration() == []
