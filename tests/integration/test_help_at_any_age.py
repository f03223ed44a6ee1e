"""N86: asking for help is open at any age and to anybody; only what rests on consent alone waits for a parent."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from lxml import html

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import taken as by_hand
from tests.integration.portal_examples import changed, published, seen_by_the_site, text
from tests.integration.tell_examples import KINDS, filled_in, reference, send, waiting
from tests.integration.workspace_examples import at_work, said
from wenlock.intake import actions, extras
from wenlock.intake.actions import Telling
from wenlock.intake.extras import Yes
from wenlock.intake.models import Contact, Extra
from wenlock.security.context import acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

ASKS = {"words": "May I come to the holiday club?", "ask_afterwards": "on"}
EXTRAS_ON = [kind for kind in KINDS if kind != "help"]


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    cache.clear()


def agreed(the: Cast) -> list[tuple[int | None, bool]]:
    """Each yes that was kept, as the front door sees it: the age, and whether somebody is grown."""
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return list(Extra.objects.values_list("age", "grown"))


# ---- Help ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "age", ["11", "-3", "200", "eleven", "", "11\x00", "١١", "9" * 4000, "½", "'; DROP TABLE"]
)
def test_37_a_child_who_is_scared_is_taken_at_any_age_and_put_with_what_is_read_today(
    age: str, the: Cast
) -> None:
    answer = send("help", words="I am scared", age_said=age)
    assert [each.reference for each in waiting(the)] == [reference(answer)]
    assert waiting(the)[0].urgency == "today"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extra", [{}, {"ask_afterwards": "on", "own_age": "11", "teller": "child"}])
def test_37_no_permission_and_no_age_stand_before_any_form(
    kind: str, extra: dict[str, str], the: Cast
) -> None:
    assert send(kind, words="I am scared", **extra).status_code == 303
    assert len(waiting(the)) == 1


def test_37_bytes_that_are_no_words_and_fields_nobody_asked_for_are_taken(the: Cast) -> None:
    body = b"words=I+am+scared+\xff\xfe\x80%FF%00&born_on_day=99&age_said=%F0%9F&unasked=1&words"
    answer = Client(enforce_csrf_checks=True).post(
        "/tell-us/help/",
        body,
        content_type="application/x-www-form-urlencoded",
        headers={"cookie": "session=\x7f;;=; csrf"},
    )
    assert answer.status_code == 303
    assert waiting(the)[0].urgency == "today"


def test_37_what_is_sent_over_and_over_is_one_message_and_is_never_refused(the: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.SESSION_COOKIE_NAME] = "broken"
    typed = filled_in(browser, "/tell-us/help/", words="I am scared", age_said="11")
    assert {browser.post("/tell-us/help/", typed).status_code for _ in range(20)} == {303}
    assert len(waiting(the)) == 1


def test_a_child_is_not_asked_for_anything_that_needs_permission() -> None:
    tree = html.fromstring(Client().get("/tell-us/help/").content.decode())
    assert tree.xpath("//input[@name='ask_afterwards'] | //input[@name='own_age']") == []


# ---- What rests on consent alone -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EXTRAS_ON)
@pytest.mark.parametrize(
    "teller, age, kept",
    [
        ("child", "11", []), ("child", "12", []), ("child", "", []), ("child", "13", [(13, False)]),
        ("family", "", [(None, True)]), ("public", "", [(None, True)]), ("family", "12", []), ("family", "17", [(17, False)]),
        ("unnamed", "", []), ("child", "-3", []), ("child", "200", []), ("child", "eleven", []), ("family", "eleven", []),
    ],
)  # fmt: skip
def test_a_yes_is_kept_from_thirteen_and_the_message_is_taken_whatever_the_age(
    kind: str, teller: str, age: str, kept: list[Any], the: Cast
) -> None:
    answer = send(kind, teller=teller, own_age=age, **ASKS)
    assert len(waiting(the)) == 1
    assert agreed(the) == kept
    shown = text(html.fromstring(Client().get(answer["Location"]).content.decode()))
    assert ("a parent or carer must say yes to that first" in shown) == (kept == [])


def test_nothing_is_kept_of_somebody_who_did_not_say_yes(the: Cast) -> None:
    answer = send("question", words="x", teller="family", own_age="40")
    assert agreed(the) == []
    assert "must say yes" not in Client().get(answer["Location"]).content.decode()


def test_a_yes_alone_is_no_message(the: Cast) -> None:
    assert send("question", ask_afterwards="on", own_age="14").status_code == 422


def test_the_age_is_that_of_the_notice_in_force(tmp_path: Any) -> None:
    older = changed(tmp_path, ("value = 13", "value = 15"))
    published(older, on=timezone.localdate() + timezone.timedelta(days=9))
    with seen_by_the_site():
        assert "If you are under 13," in Client().get("/tell-us/question/").content.decode()


def test_a_childs_yes_is_kept_once_a_worker_has_verified_a_parents_permission(the: Cast) -> None:
    contact = by_hand(the.dilys, Telling(kind="question", teller="child", words="May I come?"), about=())
    browser, place = at_work(the.dilys), f"/work/contacts/{contact.pk}/afterwards/"
    assert "Say who gave permission" in said(browser.post(place, {"age": "11"}))
    assert (
        browser.post(place, {"age": "11", "how": "Dawn, whom I know, on her own number"}).status_code == 302
    )
    page = said(browser.get(f"/work/contacts/{contact.pk}/"))
    assert "Yes, with a parent’s permission: Dawn, whom I know, on her own number (Dilys Owen)" in page
    assert agreed(the) == [(11, False)]
    assert browser.get(place).status_code == 404
    browser.post(f"{place}undo/")
    assert "Record a parent’s permission" in said(browser.get(f"/work/contacts/{contact.pk}/"))


@pytest.mark.parametrize(
    "facts, by",
    [
        ({"age": 12}, "intake_extra_needs_a_parents_permission"),
        ({"age": None}, "intake_extra_needs_a_parents_permission"),
        ({"age": 12, "grown": True}, "intake_extra_needs_a_parents_permission"),
        ({"age": 121}, "intake_extra_age_is_one"),
        ({"age": 20, "code": "marketing"}, "intake_extra_is_known"),
        ({"age": 20, "permission_how": "They said so"}, "intake_extra_permission_is_verified"),
    ],
)
def test_the_database_refuses_whoever_writes_it(facts: dict[str, Any], by: str, the: Cast) -> None:
    contact = by_hand(the.dilys)
    row = {
        "contact": contact,
        "code": "ask-afterwards",
        "recorded_by": the.dilys,
        "agreed_at": timezone.now(),
    } | facts
    with (
        acting(actor=the.dilys.pk, purpose=PURPOSE),
        pytest.raises(DatabaseError) as caught,
        transaction.atomic(),
    ):
        Extra(**row).save(force_insert=True)
    assert caught.value.__cause__.diag.constraint_name == by  # type: ignore[union-attr]


def test_no_service_account_verifies_a_parents_permission(the: Cast) -> None:
    contact = by_hand(the.dilys)
    website = actions.way_in()
    refused = pytest.raises(DatabaseError, match="named person")
    with acting(actor=the.dilys.pk, purpose=PURPOSE), refused, transaction.atomic():
        Extra(
            contact=contact, code="ask-afterwards", age=11, permission_by=website, permission_how="x",
            recorded_by=the.dilys, agreed_at=timezone.now(),
        ).save(force_insert=True)  # fmt: skip


def test_a_yes_to_a_contact_out_of_reach_and_to_none_are_refused_alike(the: Cast) -> None:
    contact = by_hand(the.dilys)
    answers = []
    for key in (contact.pk, the.people.mia.pk):
        with (
            acting(actor=the.bashir.pk, purpose=PURPOSE),
            pytest.raises(DatabaseError) as caught,
            transaction.atomic(),
        ):
            extras.agree(contact=Contact(pk=key), yes=Yes(grown=True), by=the.bashir, at=timezone.now())
        answers.append(str(caught.value.__cause__))
    assert answers[0] == answers[1]
    assert "within your reach" in answers[0]
