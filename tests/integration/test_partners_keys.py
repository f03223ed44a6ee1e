"""Keys of partners' systems: issued by one person, approved by another, and worth nothing outside their terms."""

from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.partner_examples import (
    APPROVING,
    ISSUING,
    Partner,
    a_partner,
    an_agency,
    approved,
    issued,
    revoked,
    row_of,
    today,
)
from wenlock.agencies.actions import end_agency
from wenlock.agencies.models import Agency
from wenlock.base.sentences import refusal
from wenlock.intake.actions import Named, Telling, take_contact
from wenlock.partners import actions, api, commands
from wenlock.partners.codes import READ_OWN, SEND
from wenlock.partners.models import Key, Sent
from wenlock.partners.secret import Secret
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def system(secret: Secret) -> Partner:
    return Partner(secret.text, Client(raise_request_exception=False))


def refused(partner: Partner, caplog: pytest.LogCaptureFixture) -> str:
    """The reason in the log for the one answer that every refused key is given."""
    caplog.clear()
    answer = partner.post()
    assert (answer.status_code, answer.json()["code"]) == (401, "key-refused")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    (line,) = [record.getMessage() for record in caplog.records if record.name == "wenlock.partners"]
    assert not partner.secret or partner.secret not in caplog.text
    return line.rpartition(" ")[2]


# ---- One issues, another approves ------------------------------------------------------------------------------


def test_a_key_opens_nothing_until_somebody_else_approves_it(
    the: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    secret = issued(the, an_agency(the))
    assert refused(system(secret), caplog) == "not-approved"
    assert system(approved(the, secret)).post().status_code == 201


def test_nobody_approves_a_key_they_issued(the: Cast) -> None:
    secret = issued(the, an_agency(the))
    with pytest.raises(IntegrityError) as error, acting(actor=the.femi.pk, purpose=ISSUING):
        actions.approve(prefix=secret.prefix, by=the.femi, at=timezone.now())
    assert refusal(error.value) == "partners_key_approved_by_another"


def test_nobody_approves_in_anothers_name(the: Cast) -> None:
    secret = issued(the, an_agency(the))
    with pytest.raises(DatabaseError) as error, acting(actor=the.femi.pk, purpose=ISSUING):
        actions.approve(prefix=secret.prefix, by=the.gwen, at=timezone.now())
    assert refusal(error.value) == "partners_key_only_approved_and_revoked"


@pytest.mark.parametrize("who", ["amara", "dilys", "esme", "harriet", "noel"])
def test_somebody_whose_role_does_not_link_partners_issues_nothing(the: Cast, who: str) -> None:
    agency = an_agency(the)
    actor = getattr(the, who)
    with pytest.raises(DatabaseError, match="row-level security"), acting(actor=actor.pk, purpose=PURPOSE):
        actions.issue(
            agency=agency, called="x", purpose="safeguarding", medium="app", scopes=[SEND], from_on=today(),
            until_on=today() + timedelta(days=1), by=actor, at=timezone.now(),
        )  # fmt: skip
    with acting(actor=actor.pk, purpose=PURPOSE):
        assert not Key.objects.exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"medium": "fax"}, "partners_key_within_the_notice"),
        ({"purpose": "marketing"}, "partners_key_within_the_notice"),
        ({"scopes": []}, "partners_key_is_for_something"),
        ({"scopes": ["contacts:decide"]}, "partners_key_is_for_something"),
        ({"until_on": today() + timedelta(days=367)}, "partners_key_lasts_a_year_at_most"),
        ({"until_on": today()}, "partners_key_lasts_a_year_at_most"),
    ],
)
def test_a_key_outside_the_notice_or_its_terms_is_not_issued(
    the: Cast, changes: dict[str, Any], why: str
) -> None:
    agency = an_agency(the)
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        issued(the, agency, **changes)
    assert refusal(error.value) == why


def test_the_secret_is_kept_nowhere(the: Cast) -> None:
    secret = approved(the, issued(the, an_agency(the)))
    kept = [str(value) for value in vars(row_of(the, secret)).values()]
    assert secret.text.rpartition("_")[2] not in " ".join(kept)
    assert row_of(the, secret).digest == secret.digest != secret.text


def test_a_key_is_otherwise_kept_as_it_was_issued(the: Cast) -> None:
    key = row_of(the, approved(the, issued(the, an_agency(the))))
    with pytest.raises(DatabaseError), acting(actor=the.gwen.pk, purpose=APPROVING):
        Key.objects.filter(pk=key.pk).update(until_on=today() + timedelta(days=300))
    revoked(the, Secret(key.prefix, ""))
    # And a revoked one is not brought back.
    with pytest.raises(DatabaseError) as error, acting(actor=the.gwen.pk, purpose=APPROVING):
        Key.objects.filter(pk=key.pk).update(revoked_by=None, revoked_at=None, revoked_why="")
    assert refusal(error.value) == "partners_key_only_approved_and_revoked"


# ---- What a key that opens nothing is told ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "secret",
    ["", "x", "wenlock_AAAAAAAA_" + "a" * 43, "wenlock_ÄÄÄÄÄÄÄÄ_" + "a" * 43, "wenlock_AAAAAAAA_" + "a" * 100_000],
)  # fmt: skip
def test_a_secret_nobody_was_given_opens_nothing(
    the: Cast, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    partner = Partner(secret.encode("utf-8").decode("latin-1"), Client(raise_request_exception=False))
    assert refused(partner, caplog) == "unknown"


def test_another_secret_of_a_known_prefix_opens_nothing(the: Cast, caplog: pytest.LogCaptureFixture) -> None:
    partner = a_partner(the)
    partner.secret = partner.secret[:-1] + ("A" if partner.secret[-1] != "A" else "B")
    assert refused(partner, caplog) == "wrong-secret"


@pytest.mark.parametrize("header", ["Basic dXNlcjpwYXNz", "Bearer", "bearer ", "Token x", ""])
def test_another_way_to_say_who_one_is_opens_nothing(the: Cast, header: str) -> None:
    answer = Client().post(
        "/api/v1/contacts", "{}", content_type="application/json", headers={"Authorization": header}
    )
    assert answer.status_code == 401


def test_a_revoked_key_opens_nothing(the: Cast, caplog: pytest.LogCaptureFixture) -> None:
    secret = approved(the, issued(the, an_agency(the)))
    revoked(the, secret)
    assert refused(system(secret), caplog) == "revoked"


def test_a_key_opens_nothing_before_its_first_day(the: Cast, caplog: pytest.LogCaptureFixture) -> None:
    tomorrow = today() + timedelta(days=1)
    secret = issued(the, an_agency(the), from_on=tomorrow, until_on=tomorrow + timedelta(days=30))
    assert refused(system(approved(the, secret)), caplog) == "not-begun"


def test_a_key_opens_nothing_from_its_last_day(the: Cast, caplog: pytest.LogCaptureFixture) -> None:
    secret = issued(the, an_agency(the), from_on=today() - timedelta(days=30), until_on=today())
    assert refused(system(approved(the, secret)), caplog) == "expired"


def test_a_key_of_an_agency_that_is_no_more_opens_nothing(
    the: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    agency = an_agency(the)
    partner = a_partner(the, agency)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        end_agency(agency=Agency.objects.get(pk=agency), on=today())
    assert refused(partner, caplog) == "agency-ended"


# ---- In the middle of it ---------------------------------------------------------------------------------------


def test_a_key_revoked_while_it_sends_sends_nothing(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    partner = a_partner(the)
    allowed = api.allowed

    def then_revoked(*asked: Any) -> Any:
        caller = allowed(*asked)
        revoked(the, Secret(caller.prefix, ""))
        return caller

    monkeypatch.setattr(api, "allowed", then_revoked)
    answer = partner.post()
    assert (answer.status_code, answer.json()["code"]) == (401, "key-refused")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert not Sent.objects.exists()


def account(the: Cast, partner: Partner) -> Actor:
    return row_of(the, Secret(partner.secret.split("_")[1], "")).actor


def test_the_account_of_a_revoked_key_takes_nothing_whatever_the_application_says(the: Cast) -> None:
    partner = a_partner(the)
    by = account(the, partner)
    revoked(the, Secret(partner.secret.split("_")[1], ""))
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        acting(actor=by.pk, purpose="safeguarding"),
    ):
        take_contact(
            telling=Telling(kind="concern"), about=[Named()], channel="other-electronic", medium="app", source="schools",
            purpose="safeguarding", by=by, at=timezone.now(),
        )  # fmt: skip


def test_the_account_of_a_key_works_for_its_purpose_alone(the: Cast) -> None:
    by = account(the, a_partner(the))
    with pytest.raises(DatabaseError, match="row-level security"), acting(actor=by.pk, purpose=PURPOSE):
        take_contact(
            telling=Telling(kind="concern"), about=[Named()], channel="other-electronic", medium="app", source="schools",
            purpose=PURPOSE, by=by, at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize("fault", ["channel", "medium", "agency"])
def test_what_comes_by_a_key_is_as_the_key_says(the: Cast, fault: str) -> None:
    partner = a_partner(the)
    key, by = row_of(the, Secret(partner.secret.split("_")[1], "")), account(the, partner)
    how = {"channel": "other-electronic", "medium": "app", "agency": key.agency_id}
    how |= {
        "channel": {"channel": "website", "medium": ""},
        "medium": {"medium": "text"},
        "agency": {"agency": None},
    }[fault]
    agency = how.pop("agency")
    with pytest.raises(DatabaseError) as error, acting(actor=by.pk, purpose="safeguarding"):
        contact = take_contact(
            telling=Telling(kind="concern", agency=agency), about=[Named()], source="schools", purpose="safeguarding",
            by=by, at=timezone.now(), **how,
        )  # fmt: skip
        Sent(
            key=key, contact=contact, reference=contact.reference, mark="0" * 64, said="0" * 64, recorded_by=by,
            recorded_at=timezone.now(),
        ).save(force_insert=True)  # fmt: skip
    assert refusal(error.value) == "partners_sent_as_the_key_says"


def test_a_medium_that_the_notice_does_not_list_is_not_taken_from_anybody(the: Cast) -> None:
    with pytest.raises(DatabaseError) as error, acting(actor=the.dilys.pk, purpose=PURPOSE):
        take_contact(
            telling=Telling(kind="concern"), about=[], channel="other-electronic", medium="pager", source="schools",
            purpose=PURPOSE, by=the.dilys, at=timezone.now(),
        )  # fmt: skip
    assert refusal(error.value) == "provenance_by_permitted_means"


# ---- The trail and the command ---------------------------------------------------------------------------------


def test_each_call_leaves_its_mark(the: Cast) -> None:
    partner = a_partner(the)
    contact = partner.post().json()["id"]
    partner.get(contact)
    partner.post({"words": "x"})
    with acting(actor=the.gwen.pk, purpose=APPROVING):
        calls = AuditEvent.objects.filter(kind="called").order_by("id")
        told = [(str(each.row_id), each.detail["operation"], each.detail["answer"]) for each in calls]
        assert {each.detail["key"] for each in calls} == {partner.secret.split("_")[1]}
        assert {each.actor_id for each in calls} == {account(the, partner).pk}
    assert told == [
        (contact, "send_contact", 201),
        (contact, "read_contact", 200),
        ("None", "send_contact", 422),
    ]


def run(*words: str) -> Any:
    return CliRunner().invoke(commands.partners, ["key", *words])


def test_a_key_is_issued_approved_listed_and_revoked_by_command(the: Cast) -> None:
    an_agency(the)
    asked = (
        "--called",
        "The school's system",
        "--purpose",
        "safeguarding",
        "--medium",
        "app",
        "--scope",
        SEND,
        "--scope",
        READ_OWN,
    )
    issued = run("issue", "wenbrook primary school", *asked, "--by", the.femi.email)
    assert issued.exit_code == 0, issued.output
    (secret,) = [word for word in issued.output.split() if word.startswith("wenlock_")]
    prefix = secret.split("_")[1]
    assert run("approve", prefix, "--by", the.femi.email).output.endswith(
        "A key is approved by somebody other than whoever issued it.\n"
    )
    assert run("approve", prefix, "--by", the.gwen.email).exit_code == 0
    partner = Partner(secret, Client())
    assert partner.post().status_code == 201
    listed = run("list", "--by", the.gwen.email).output
    assert prefix in listed and "In force until" in listed and "last used" in listed
    assert secret not in listed
    assert run("revoke", prefix, "--why", "It was lost.", "--by", the.gwen.email).exit_code == 0
    assert partner.post().status_code == 401
    assert "revoked" in run("list", "--by", the.gwen.email).output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("approve", "AAAAAAAA", "--by", "gwen@wenlock.example"), "No key begins so"),
        (("list", "--by", "amara@wenlock.example"), "no role that may link partners"),
        (("list", "--by", "nobody@wenlock.example"), "is nobody here"),
    ],
)
def test_the_command_says_what_is_wrong(the: Cast, words: tuple[str, ...], says: str) -> None:
    answer = run(*words)
    assert answer.exit_code == 1
    assert says in answer.output
