"""What partners' systems send: taken whole, once, from the agency of the key; and what they are told of it."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.partner_examples import BODY, Partner, a_partner, an_agency, today
from tests.sweeps.test_every_address import signed_in
from wenlock.intake import actions as intake
from wenlock.intake.models import Contact
from wenlock.notice.compiler import compile_notice
from wenlock.partners import actions, document, limits, queries
from wenlock.partners.codes import LARGEST, READ_OWN, SEND
from wenlock.partners.limits import Rate
from wenlock.partners.models import Sent
from wenlock.security.context import acting
from wenlock.security.models import Actor

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def partner(the: Cast) -> Partner:
    return a_partner(the)


def received(the: Cast, contact: str) -> Contact:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return Contact.objects.select_related("provenance__channel", "provenance__source", "agency").get(
            pk=contact
        )


def how_many(the: Cast) -> int:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return Sent.objects.count()


def code(answer: Any) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    return answer.status_code, said["code"]


def faults(answer: Any) -> dict[str, str]:
    assert code(answer) == (422, "not-valid")
    return {each["field"]: each["code"] for each in answer.json()["errors"]}


# ---- Taken -----------------------------------------------------------------------------------------------------


def test_a_contact_is_taken_whole_from_the_agency_of_the_key(the: Cast, partner: Partner) -> None:
    answer = partner.post()
    assert answer.status_code == 201
    contact = received(the, answer.json()["id"])
    assert answer.headers["Location"] == f"/api/v1/contacts/{contact.pk}"
    assert (contact.reference, contact.words) == (answer.json()["reference"], BODY["words"])
    assert (contact.agency.name, contact.provenance.source.code) == ("Wenbrook Primary School", "schools")
    assert (contact.provenance.channel.code, contact.provenance.medium) == ("other-electronic", "app")
    assert (contact.teller, contact.teller_name, contact.teller_role) == (
        "professional", "Pat Rowe", "Designated safeguarding lead",
    )  # fmt: skip
    assert (contact.danger, contact.urgency, contact.agreed) == ("today", "today", "told")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        named = [
            (each.mentioned_as, each.given, each.born_on) for each in contact.mentions.order_by("position")
        ]
    assert named == [("child", "Mia", date(2015, 3, 14)), ("child", "Jay", None), ("adult", "Dawn", None)]


def test_it_waits_at_the_front_door_like_any_other(the: Cast, partner: Partner) -> None:
    reference = partner.post().json()["reference"]
    assert reference.encode() in signed_in(the.dilys, "safeguarding").get("/work/contacts/").content


def test_only_the_words_and_the_danger_are_needed(the: Cast, partner: Partner) -> None:
    contact = received(the, partner.post({"words": "He is not at home.", "danger": "unknown"}).json()["id"])
    assert (contact.kind, contact.urgency) == ("concern", "today")


@pytest.mark.parametrize("words", ["Łucja, 13 — “no”\n\ttwice", "مها", "😀" * 100, "x" * 50_000])
def test_no_word_is_lost(the: Cast, partner: Partner, words: str) -> None:
    assert received(the, partner.post(BODY | {"words": words}).json()["id"]).words == words


def test_no_cookie_goes_in_or_out_and_a_workers_session_is_not_used(the: Cast, partner: Partner) -> None:
    worker = signed_in(the.dilys)
    assert code(worker.post("/api/v1/contacts", "{}", content_type="application/json")) == (
        401,
        "key-refused",
    )
    worker.cookies["sessionid"] = "x"
    partner.client = worker
    answer = partner.post()
    assert answer.status_code == 201
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_key_decides_nothing(the: Cast, partner: Partner) -> None:
    contact = received(the, partner.post().json()["id"])
    by = Actor.objects.get(pk=contact.recorded_by_id)
    assert (by.kind, by.has_usable_password()) == ("service", False)
    with (
        pytest.raises(DatabaseError, match=r"named person|row-level"),
        acting(actor=by.pk, purpose="safeguarding"),
    ):
        intake.decide(contact=contact, outcome="none", seen="x", reason="x", by=by, at=timezone.now())
    with acting(actor=by.pk, purpose="safeguarding"):
        assert not Contact.objects.exists()  # nor does it see what it passed on


# ---- Refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"words": ""}, {"words": "too-short"}),
        ({"words": "x" * 50_001}, {"words": "too-long"}),
        ({"words": "a\x00b"}, {"words": "not-allowed-characters"}),
        ({"words": "a\x1b[2Jb"}, {"words": "not-allowed-characters"}),
        ({"words": "\ud800"}, {"words": "not-allowed-characters"}),
        ({"words": 7}, {"words": "wrong-type"}),
        ({"words": None}, {"words": "wrong-type"}),
        ({"danger": "perhaps"}, {"danger": "not-in-the-list"}),
        ({"danger": None}, {"danger": "not-in-the-list"}),
        ({"kind": "help"}, {"kind": "not-in-the-list"}),
        ({"in_confidence": "yes"}, {"in_confidence": "wrong-type"}),
        ({"in_confidence": 1}, {"in_confidence": "wrong-type"}),
        ({"source": "police"}, {"source": "unknown-field"}),
        ({"agency": str(uuid4())}, {"agency": "unknown-field"}),
        ({"sent_by": {"name": "Pat\nRowe"}}, {"sent_by.name": "not-allowed-characters"}),
        ({"sent_by": {"Name": "Pat"}}, {"sent_by.Name": "unknown-field"}),
        ({"sent_by": []}, {"sent_by": "wrong-type"}),
        ({"children": {}}, {"children": "wrong-type"}),
        ({"children": [{}] * 21}, {"children": "too-many"}),
        ({"children": [{"date_of_birth": 0}]}, {"children.0.date_of_birth": "not-a-date"}),
        ({"children": [{}, {"date_of_birth": "2026-02-30"}]}, {"children.1.date_of_birth": "not-a-date"}),
        ({"children": [{"date_of_birth": "20150314"}]}, {"children.0.date_of_birth": "not-a-date"}),
        ({"children": [{"date_of_birth": "2015-03-14T00:00:00"}]}, {"children.0.date_of_birth": "not-a-date"}),
        ({"children": [{"date_of_birth": "२०१५-03-14"}]}, {"children.0.date_of_birth": "not-a-date"}),
        ({"adults": [{"first_name": "x" * 121}]}, {"adults.0.first_name": "too-long"}),
        ({"adults": ["Dawn"]}, {"adults.0": "wrong-type"}),
    ],
)  # fmt: skip
def test_a_field_that_is_not_as_it_should_be_is_named_and_nothing_is_taken(
    the: Cast, partner: Partner, changes: dict[str, Any], expected: dict[str, str]
) -> None:
    assert faults(partner.post(BODY | changes)) == expected
    assert how_many(the) == 0


def test_every_fault_is_named_at_once(partner: Partner) -> None:
    answer = partner.post({"danger": "x", "more": 1}, repeat=None)
    assert faults(answer) == {
        "words": "missing", "danger": "not-in-the-list", "more": "unknown-field", "header.Idempotency-Key": "missing",
    }  # fmt: skip


@pytest.mark.parametrize("repeat", ["short", "x" * 129, "has a space", "ünïcödé-key", "semi;colon"])
def test_an_idempotency_key_is_a_plain_word(partner: Partner, repeat: str) -> None:
    assert "header.Idempotency-Key" in faults(partner.post(repeat=repeat))


def test_no_value_is_sent_back_or_logged(partner: Partner, caplog: pytest.LogCaptureFixture) -> None:
    answer = partner.post(
        BODY | {"danger": "Mia Ashdown", "children": [{"first_name": "Mia\x00", "age": 11}]}
    )
    assert answer.status_code == 422
    for said in (answer.content.decode(), caplog.text):
        assert "Mia" not in said and "Ashdown" not in said and "coat" not in said


@pytest.mark.parametrize(
    "body",
    ["{", "[", "{}x", '{"words": 1, "words": 2}', '{"words": NaN}', "[" * 100_000, b"\xff\xfe", b"\xef\xbb\xbf{}",
     '{"words": ' + "1" * 5000 + "}"],
)  # fmt: skip
def test_a_body_that_cannot_be_read_in_one_way_is_refused(the: Cast, partner: Partner, body: Any) -> None:
    answer = partner.post(body)
    assert code(answer) == (400, "not-json")
    assert how_many(the) == 0


@pytest.mark.parametrize("body", ["null", "[]", "7", '"words"', "true"])
def test_a_body_that_is_no_object_is_refused(partner: Partner, body: str) -> None:
    assert code(partner.post(body)) == (422, "not-valid")


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "",
     "application/json; charset=utf-16", "application/merge-patch+json"],
)  # fmt: skip
def test_only_json_in_utf_8_is_read(partner: Partner, kind: str) -> None:
    assert code(partner.post(json.dumps(BODY), content_type=kind)) == (415, "media-type")


def test_json_may_say_that_it_is_in_utf_8(partner: Partner) -> None:
    assert partner.post(json.dumps(BODY), content_type="application/json; charset=UTF-8").status_code == 201


def test_a_body_that_is_too_large_is_not_read(partner: Partner) -> None:
    assert code(partner.post(b" " * (LARGEST + 1))) == (413, "too-large")
    assert code(partner.post(b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))) == (413, "too-large")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_another_method_is_refused_in_the_same_shape(partner: Partner, method: str) -> None:
    answer = partner.client.generic(method, "/api/v1/contacts", headers=partner.headers)
    assert code(answer) == (405, "method-not-allowed")
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v1/", "/api/v2/contacts", "/api/v1/contacts/", "/api/v1/docs"]
)
def test_an_address_that_is_none_is_not_found_in_the_same_shape(partner: Partner, address: str) -> None:
    assert code(partner.client.get(address, headers=partner.headers)) == (404, "not-found")


def test_a_key_does_only_what_it_is_for(the: Cast) -> None:
    agency = an_agency(the)
    sends, reads = a_partner(the, agency, scopes=[SEND]), a_partner(the, agency, scopes=[READ_OWN])
    contact = sends.post().json()["id"]
    assert code(sends.get(contact)) == (403, "scope-missing")
    assert code(reads.post()) == (403, "scope-missing")
    assert reads.get(contact).status_code == 200


# ---- Once ------------------------------------------------------------------------------------------------------


def test_the_same_again_has_the_same_answer(the: Cast, partner: Partner) -> None:
    first, again = (partner.post(repeat="request-1") for _ in range(2))
    assert (first.status_code, first.content, first.headers["Location"]) == (
        again.status_code, again.content, again.headers["Location"],
    )  # fmt: skip
    assert how_many(the) == 1


def test_spaces_and_the_order_of_names_make_no_other_request(the: Cast, partner: Partner) -> None:
    first = partner.post(json.dumps(BODY), repeat="request-1")
    again = partner.post(json.dumps(dict(reversed(BODY.items())), indent=4), repeat="request-1")
    assert first.content == again.content
    assert how_many(the) == 1


def test_another_body_under_the_same_name_is_refused(the: Cast, partner: Partner) -> None:
    partner.post(repeat="request-1")
    assert code(partner.post(BODY | {"words": "Another."}, repeat="request-1")) == (422, "repeat-differs")
    assert how_many(the) == 1


def test_the_same_name_is_another_keys_own(the: Cast, partner: Partner) -> None:
    other = a_partner(the, an_agency(the, "Marchford Police", "police"))
    assert partner.post(repeat="request-1").json()["id"] != other.post(repeat="request-1").json()["id"]


def test_what_was_refused_may_be_put_right_under_the_same_name(partner: Partner) -> None:
    assert partner.post(BODY | {"danger": "x"}, repeat="request-1").status_code == 422
    assert partner.post(repeat="request-1").status_code == 201


def test_neither_the_name_nor_the_body_is_held(the: Cast, partner: Partner) -> None:
    partner.post(repeat="request-1")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        kept = " ".join(str(value) for value in Sent.objects.values().get().values())
    assert "request-1" not in kept and "Mia" not in kept


def test_a_repeat_is_known_for_a_week_and_the_contact_for_good(the: Cast, partner: Partner) -> None:
    partner.post(repeat="request-1")
    assert actions.forget(at=timezone.now() + timedelta(days=30)) == 0  # the database keeps its own week
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        sent = Sent.objects.get()
        assert (len(sent.mark), len(sent.said), sent.forgotten_at) == (64, 64, None)


def test_the_reference_of_another_contact_is_never_given(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    partner = a_partner(the)
    drawn = iter(["AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"])
    monkeypatch.setattr(actions, "new_reference", lambda: next(drawn))
    assert [partner.post().json()["reference"] for _ in range(2)] == ["AAAA-AAAA", "BBBB-BBBB"]


# ---- Told ------------------------------------------------------------------------------------------------------


def decided(the: Cast, contact: str, how: str | None) -> None:
    with acting(actor=the.dilys.pk, purpose="safeguarding"):
        row = Contact.objects.get(pk=contact)
        intake.decide(
            contact=row, outcome="information", seen="x", reason="x", by=the.dilys, at=timezone.now()
        )
        if how == "not-told":
            intake.tell(
                contact=row, how=how, why_not="It would not be safe.", by=the.dilys, at=timezone.now()
            )
        elif how:
            intake.tell(contact=row, how=how, words="We gave advice.", by=the.dilys, at=timezone.now())


@pytest.mark.parametrize(
    ("how", "outcome"), [(None, None), ("not-told", None), ("email", "information"), ("telephone", "information")]
)  # fmt: skip
def test_an_outcome_is_given_once_the_teller_was_told_it(
    the: Cast, partner: Partner, how: str | None, outcome: str | None
) -> None:
    sent = partner.post().json()
    assert partner.get(sent["id"]).json() == sent | {"outcome": None}
    decided(the, sent["id"], how)
    assert partner.get(sent["id"]).json() == sent | {"status": "decided", "outcome": outcome}


def test_the_next_key_of_the_same_agency_asks_for_what_the_last_one_sent(the: Cast) -> None:
    agency = an_agency(the)
    contact = a_partner(the, agency).post().json()["id"]
    assert a_partner(the, agency, medium="portal").get(contact).status_code == 200
    assert code(a_partner(the, agency, purpose=PURPOSE).get(contact)) == (404, "not-found")


def test_what_is_not_theirs_is_not_found_whether_it_is_there_or_not(the: Cast, partner: Partner) -> None:
    other = a_partner(the, an_agency(the, "Marchford Police", "police"))
    theirs = other.post().json()["id"]
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        by_telephone = intake.take_contact(
            telling=intake.Telling(kind="concern"), about=[], channel="telephone", source="family", purpose=PURPOSE,
            by=the.dilys, at=timezone.now(),
        )  # fmt: skip
    answers = {partner.get(each).content for each in (theirs, by_telephone.pk, uuid4(), the.people.mia.pk)}
    assert len(answers) == 1
    assert code(partner.get(theirs)) == (404, "not-found")
    assert code(partner.get("1%20OR%201=1")) == (404, "not-found")


# ---- How often -------------------------------------------------------------------------------------------------


@pytest.fixture
def three_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three calls in thirty years: no test is long enough to see the next stretch begin."""
    monkeypatch.setattr(queries, "rate", lambda on: Rate(calls=3, seconds=10**9, since=on))


@pytest.mark.usefixtures("three_calls")
def test_too_many_calls_are_refused_and_told_how_long_to_wait(the: Cast, partner: Partner) -> None:
    assert [partner.post().status_code for _ in range(4)] == [201, 201, 201, 429]
    answer = partner.post()
    assert code(answer) == (429, "too-many")
    assert int(answer.headers["Retry-After"]) > 0
    assert code(partner.get(uuid4())) == (429, "too-many")
    assert how_many(the) == 3


@pytest.mark.usefixtures("three_calls")
def test_somebody_in_danger_now_is_never_refused_for_the_rate(the: Cast, partner: Partner) -> None:
    for _ in range(4):
        partner.get(uuid4())
    assert partner.post().status_code == 429
    urgent = BODY | {"danger": "now"}
    assert [partner.post(urgent).status_code for _ in range(5)] == [201] * 5
    assert faults(partner.post(urgent | {"words": ""})) == {
        "words": "too-short"
    }  # and is told what to put right


@pytest.mark.usefixtures("three_calls")
def test_each_key_has_calls_of_its_own(the: Cast, partner: Partner) -> None:
    for _ in range(5):
        partner.post()
    assert a_partner(the, an_agency(the, "Marchford Police", "police")).post().status_code == 201


@pytest.mark.usefixtures("three_calls")
def test_the_forms_of_the_public_know_no_rate_of_ours(partner: Partner) -> None:
    for _ in range(5):
        partner.post()
    assert Client().get("/tell-us/help/").status_code == 200
    assert Client().get("/api/v1/health").json() == {"status": "ok"}


def test_a_stretch_ends_and_the_next_begins(
    the: Cast, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    limit = Rate(calls=1, seconds=60, since=today())
    monkeypatch.setattr(queries, "rate", lambda on: limit)
    callers = [queries.known(partner.secret, at=at) for at in (now, now, now + timedelta(seconds=60))]
    assert [caller and caller.over for caller in callers] == [False, True, False]
    assert [caller and caller.first_over for caller in callers] == [False, True, False]
    assert 1 <= limit.wait(now) <= 60


@pytest.fixture
def declared(tmp_path: Any, settings: Any) -> Iterator[Any]:
    settings.AUTHORITIES, settings.AUTHORITY = tmp_path, "somewhere"
    (tmp_path / "somewhere").mkdir()
    limits._declared.cache_clear()

    def declare(text: str) -> None:
        (tmp_path / "somewhere" / "authority.toml").write_text(text, encoding="utf-8")
        limits._declared.cache_clear()

    yield declare
    limits._declared.cache_clear()


def test_an_authority_declares_its_rate_with_the_day_it_begins(declared: Any) -> None:
    declared(
        "[[partners.rate]]\nsince = 2026-11-01\ncalls = 60\nseconds = 60\n"
        "[[partners.rate]]\nsince = 2027-04-01\ncalls = 10\nseconds = 1\n"
    )
    assert limits.rate(on=date(2026, 10, 31)) == limits.USUAL
    assert limits.rate(on=date(2027, 3, 31)).calls == 60
    assert limits.rate(on=date(2027, 4, 1)).calls == 10


def test_the_authority_of_these_pages_declares_one() -> None:
    limits._declared.cache_clear()
    file = settings.AUTHORITIES / settings.AUTHORITY / "authority.toml"
    assert limits._declared(file) == (Rate(calls=120, seconds=60, since=date(2026, 11, 1)),)
    compile_notice(file.parent, on=today())  # and its notice is compiled as before


@pytest.mark.parametrize(
    "text", ["", "[partners]\nrate = 7\n", "[[partners.rate]]\ncalls = 1\n", "not toml", "partners = 1"]
)
def test_a_rate_that_cannot_be_read_shuts_nobody_out(declared: Any, text: str) -> None:
    declared(text)
    assert limits.rate(on=today()) == limits.USUAL


# ---- When something is broken ----------------------------------------------------------------------------------


def broken(*args: object, **kwargs: object) -> None:
    raise OperationalError("the server at 10.0.0.7 has gone. DETAIL: Failing row contains (Mia has no coat)")


def test_a_broken_database_is_said_and_no_word_of_the_row(
    partner: Partner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(actions, "take_contact", broken)
    answer = partner.post()
    assert code(answer) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert "Mia" not in caplog.text and "10.0.0.7" not in answer.content.decode()


def test_a_database_that_cannot_be_asked_for_the_key_is_said(
    partner: Partner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("wenlock.partners.middleware.known", broken)
    assert code(partner.post()) == (503, "unavailable")
    assert "10.0.0.7" not in caplog.text


def test_a_fault_of_ours_is_answered_in_the_same_shape(
    the: Cast, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(**how: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(actions, "note_call", fault)
    assert code(partner.post()) == (503, "unavailable")
    assert how_many(the) == 0  # without its mark in the trail nothing is taken


def test_the_page_says_what_the_document_says(the: Cast) -> None:
    page = Client().get("/partners/").content.decode()
    for word in (
        "Idempotency-Key",
        "children.0.date_of_birth",
        "repeat-differs",
        "/api/v1/contacts",
        "contacts:send",
    ):
        assert word in page


def test_the_reference_page_is_the_document_of_today() -> None:
    written = Path(__file__).resolve().parents[2] / "docs" / "reference" / "partners.md"
    assert written.read_text(encoding="utf-8") == document.as_markdown(), "Run: wenlock reference"
