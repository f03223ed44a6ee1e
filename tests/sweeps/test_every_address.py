"""Every address, as every kind of person, on every kind of record: tomorrow's addresses are swept too."""

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import PURPOSE, WORKERS, Cast
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent

SAMPLES = {"code": "N28", "number": 1, "n": 1, "key": "nothing-found", "slug": "amara", "file": "nothing.txt"}
# What somebody reaches of whom: "full" opens every page, "index" the front page alone, and nothing else anything.
REACH = {
    "amara": {"mia": "full", "jay": "full", "dawn": "summary", "lee": "summary"},
    "bashir": {"tom": "full"},
    "carys": {"mia": "full", "jay": "full", "rhea": "full", "dawn": "summary", "lee": "summary"},
    "dilys": dict.fromkeys(("mia", "jay", "dawn", "lee", "tom"), "index"),
    "esme": dict.fromkeys(("mia", "dawn", "lee", "tom"), "full"),
    "femi": dict.fromkeys(("mia", "jay", "dawn", "lee", "tom"), "full"),
    "gwen": {},
    "harriet": {},
    "noel": {},
}


def addresses(found: object = None, before: str = "/") -> Iterator[tuple[str, dict[str, type]]]:
    """Each (pattern, arguments) of the site, as Django would match it."""
    for item in found if found is not None else get_resolver().url_patterns:
        here = before + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from addresses(item.url_patterns, here)
        elif isinstance(item, URLPattern):
            yield here, dict(item.pattern.converters)


def filled(pattern: str, person: UUID) -> str:
    """An address with something in each place: this person, and things that do not exist."""

    def sample(match: "re.Match[str]") -> str:
        kind, _, name = match.group(1).rpartition(":")
        if name in ("person", "person_id"):
            return str(person)
        return str(uuid4()) if kind.startswith("uuid") else str(SAMPLES.get(name, "x"))

    return re.sub(r"<([^>]+)>", sample, pattern).replace("^", "").replace("$", "").replace("\\Z", "")


ABOUT_A_PERSON = sorted({p for p, _ in addresses() if "<uuid:person" in p})
STAFF = sorted({p for p, _ in addresses() if p.startswith("/work/")})


def signed_in(actor: Actor, purpose: str = PURPOSE) -> Client:
    """A browser in which somebody has signed in, working for a purpose."""
    client = Client(raise_request_exception=False)
    client.force_login(actor, backend="wenlock.security.backends.StaffBackend")
    session = client.session
    session["purpose"] = purpose
    session.save()
    return client


def test_there_are_addresses_to_sweep() -> None:
    assert len(ABOUT_A_PERSON) >= 8
    assert len(STAFF) >= 15


@pytest.mark.parametrize("pattern", STAFF)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signed_in_reaches_no_worker_page(pattern: str, method: str, the: Cast) -> None:
    response = getattr(Client(), method)(filled(pattern, the.people.mia.pk))
    assert response.status_code in (302, 403, 404, 405), response.status_code
    if response.status_code == 302:
        assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("who", sorted(REACH))
@pytest.mark.parametrize("pattern", ABOUT_A_PERSON)
def test_a_record_out_of_reach_is_not_found_whoever_asks(pattern: str, who: str, the: Cast) -> None:
    client = signed_in(getattr(the, who))
    nothing = client.get(filled(pattern, uuid4()))
    assert nothing.status_code in (404, 405)
    for name in ("mia", "jay", "dawn", "lee", "tom", "rhea"):
        person = getattr(the.people, name).pk
        response = client.get(filled(pattern, person))
        assert response.status_code < 500, (name, response.status_code)
        if name not in REACH[who]:
            assert response.status_code == nothing.status_code, name
            assert name.title().encode() not in shape(response, person)  # a token may spell a name by chance
            assert shape(response, person) == shape(nothing, None), name


def shape(response: object, person: UUID | None) -> bytes:
    """A page with what must differ taken out: the address asked for, and the mark against forgery."""
    body = response.content
    body = re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", b"ID", body)
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"|csrf[^"]*"[^"]*"[A-Za-z0-9]{64}"', b"", body)


@pytest.mark.parametrize("who", ["amara", "esme", "noel", "harriet"])
def test_each_refusal_is_written_down_with_its_reason(who: str, the: Cast) -> None:
    reasons = {
        "amara": ("tom", "no legitimate relationship"),
        "esme": ("jay", "conflict of interest"),
        "noel": ("rhea", "restricted record"),
        "harriet": ("mia", "no legitimate relationship"),
    }
    name, why = reasons[who]
    actor, person = getattr(the, who), getattr(the.people, name).pk
    assert signed_in(actor).get(f"/work/people/{person}/").status_code == 404
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        event = (
            AuditEvent.objects.filter(kind="denied", person_id=person, actor=actor).order_by("-id").first()
        )
    assert event is not None
    assert event.detail["why"] == why


@pytest.mark.parametrize("pattern", STAFF)
@pytest.mark.parametrize("who", sorted(WORKERS))
def test_no_page_breaks_for_anybody(pattern: str, who: str, the: Cast) -> None:
    client = signed_in(getattr(the, who))
    for method in ("get", "post"):
        response = getattr(client, method)(filled(pattern, the.people.mia.pk))
        assert response.status_code < 500, method


@pytest.mark.parametrize("pattern", sorted({p for p, _ in addresses()}))
def test_an_unknown_method_is_refused_and_pages_of_workers_are_never_kept(pattern: str, the: Cast) -> None:
    client = signed_in(the.amara)
    address = filled(pattern, the.people.mia.pk)
    assert client.generic("PROPFIND", address).status_code in (302, 403, 404, 405)
    if pattern.startswith("/work/"):
        assert "no-store" in client.get(address).headers.get("Cache-Control", "")
