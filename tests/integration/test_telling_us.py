"""Telling Children's Services something: nobody is refused, nothing is lost, and nothing is given away."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from tests.cast import Cast
from tests.integration.intake_examples import website
from tests.integration.portal_examples import changed, compiled, page, published, seen_by_the_site, text
from tests.integration.tell_examples import FORMS, KINDS, PAGES, filled_in, reference, send, taken, waiting
from tests.sweeps.test_every_address import signed_in
from wenlock.intake.models import Contact, Mention
from wenlock.portal import receiving, telling
from wenlock.security.context import acting

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

LATER = timezone.localdate() + timedelta(days=9)
NUMBERS = {"tel:999", "tel:08001111", "tel:03456789021", "tel:03456789040"}


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def broken(*args: object, **kwargs: object) -> None:
    raise OperationalError("the server at 10.0.0.7 has gone. DETAIL: Failing row contains (Mia cannot sleep)")


def words_of(promise: str) -> str:
    (statement,) = (each for each in compiled().notice.statements if f"promise:{promise}" in each.binds)
    return statement.says or ""


# ---- What every page carries -----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_whom_to_call_before_anything_else(client: Client, address: str) -> None:
    shown = page(client, address)
    assert set(shown.xpath("//main//a/@href")) >= NUMBERS
    assert shown.xpath("//main//a/@href")[0] == "tel:999"


def test_a_child_is_shown_childline_first(client: Client) -> None:
    assert page(client, "/tell-us/help/").xpath("//main//a/@href")[:2] == ["tel:999", "tel:08001111"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_what_cannot_be_guaranteed_and_how_to_take_care(client: Client, address: str) -> None:
    said = text(page(client, address))
    assert words_of("caution-at-intake") in said
    assert words_of("precautions-advised") in said
    assert "/privacy-notice/" in page(client, address).xpath("//main//a/@href")


@pytest.mark.parametrize("address", PAGES)
def test_the_words_are_those_of_the_notice_in_force(
    client: Client, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = ("we cannot guarantee the security of any information", "no post is ever quite safe")
    published(changed(tmp_path, edit), on=LATER)
    with seen_by_the_site():
        assert "no post is ever quite safe" not in text(page(client, address))
        monkeypatch.setattr(timezone, "localdate", lambda *args: LATER)
        assert "no post is ever quite safe" in text(page(client, address))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_left_at_once_by_a_plain_link(client: Client, address: str) -> None:
    shown = page(client, address)
    ways = shown.xpath(
        "//a[contains(@class, 'govuk-exit-this-page__button') or contains(@class, 'skiplink')]"
    )
    assert len(ways) == 2
    for way in ways:
        assert way.get("href").startswith("https://")
        assert "noreferrer" in way.get("rel")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_sets_no_cookie_is_not_kept_and_loads_nothing_from_elsewhere(
    client: Client, address: str
) -> None:
    answer = client.get(address)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    shown = html.fromstring(answer.content.decode())
    loaded = shown.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src | //form/@action")
    assert [source for source in loaded if not source.startswith("/")] == []
    assert b"csrfmiddlewaretoken" not in answer.content


def test_the_start_page_leads_to_each(client: Client) -> None:
    assert set(FORMS) <= set(page(client, "/tell-us/").xpath("//main//a/@href"))


def test_the_home_page_leads_to_the_start_page(client: Client) -> None:
    assert "/tell-us/" in page(client, "/").xpath("//main//a/@href")


# ---- Nobody is refused -----------------------------------------------------------------------------------------


def test_a_child_of_eleven_who_says_only_that_they_are_scared_is_taken_with_no_permission_asked(
    the: Cast,
) -> None:
    """Test 37 of the security reference, and N86: no age and no permission stand before help."""
    answer = send("help", words="I am scared", age_said="11")
    contact, (child,) = taken(the)
    assert (contact.words, contact.kind, contact.teller, contact.urgency) == (
        "I am scared", "help", "child", "today",
    )  # fmt: skip
    assert (child.age_said, child.mentioned_as) == ("11", "child")
    assert (contact.provenance.channel.code, contact.provenance.source.code) == ("website", "self")
    assert [each.reference for each in waiting(the)] == [contact.reference] == [reference(answer)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "answers, whole",
    [
        pytest.param({"words": "I am scared 😢🏴󠁧󠁢󠁥󠁮󠁧󠁿"}, "I am scared 😢🏴󠁧󠁢󠁥󠁮󠁧󠁿", id="an emoji"),
        pytest.param({"words": "a\x00b"}, "ab", id="a null byte"),
        pytest.param({"words": "Help. " * 5000}, ("Help. " * 5000).rstrip(), id="thirty thousand characters"),
        pytest.param({"words": "<script>alert(1)</script> ' ; --"}, "<script>alert(1)</script> ' ; --", id="code"),
        pytest.param({"words": "x", "danger": "perhaps", "teller": "a ghost", "agreed": "?"}, "x", id="no such answers"),
        pytest.param({"words": "x", "born_on_day": "31", "born_on_month": "2", "child1_born_on_year": "99999"}, "x", id="dates"),
        pytest.param({"words": "x", "sending": ""}, "x", id="no mark of the page"),
        pytest.param({"words": "x", "sending": "\x00😢" * 400}, "x", id="a strange mark of the page"),
        pytest.param({"words": "x", "teller": "professional", "agency_source": "the moon"}, "x", id="no such source"),
        pytest.param({"words": "x", "teller": "unnamed", "teller_name": "Pat Rowe"}, "x", id="unnamed, with a name"),
    ],
)  # fmt: skip
def test_it_is_taken_whatever_is_in_it(kind: str, answers: dict[str, Any], whole: str, the: Cast) -> None:
    said = reference(send(kind, **answers))
    contact, _ = taken(the)
    assert (contact.reference, contact.words, contact.kind) == (said, whole, kind)


def test_an_age_that_is_no_number_and_a_date_that_never_was_are_kept_as_they_were_typed(the: Cast) -> None:
    send(
        "concern", child1_given="Sam", child1_age_said="eleventy", child1_born_on_day="31",
        child1_born_on_month="feb", child1_born_on_year="2015",
    )  # fmt: skip
    _, (child,) = taken(the)
    assert (child.given, child.age_said, child.born_on) == ("Sam", "eleventy, born 31 feb 2015", None)


def test_what_no_column_holds_is_whole_in_the_words(the: Cast) -> None:
    name, where, reach = "Sam" * 100, "Behind the mill " * 40, "At school, but not on Mondays. " * 20
    send("concern", words="Look", child2_given=name, child2_where=where, teller_reach=reach)
    contact, (child,) = taken(the)
    assert child.given == name[:120]
    assert contact.words.startswith("Look\n\n[")
    for each in (name, where, reach):
        assert each.strip() in contact.words


def test_three_children_and_three_adults_are_named_each_in_their_place(the: Cast) -> None:
    names = {f"{who}{n}_given": f"{who}-{n}" for who in ("child", "adult") for n in (1, 2, 3)}
    send("concern", words="All of them", adult1_relationship="stepfather", **names)
    _, mentions = taken(the)
    assert [(each.mentioned_as, each.given) for each in mentions] == [
        (who, f"{who}-{n}") for who in ("child", "adult") for n in (1, 2, 3)
    ]
    assert mentions[3].relationship == "stepfather"


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("cookie", ["", "nothing", "a" * 32, "\x01;;=,"])
def test_a_broken_session_and_no_token_refuse_nobody(address: str, cookie: str, the: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    browser.cookies[settings.CSRF_COOKIE_NAME] = cookie
    answer = browser.post(address, {"words": "I am scared"}, headers={"origin": "null"})
    assert answer.status_code == 303
    assert not answer.cookies
    assert len(waiting(the)) == 1


def test_what_a_worker_sends_from_their_own_browser_is_nobodys_work(the: Cast) -> None:
    send("concern", signed_in(the.amara), words="My neighbour's child")
    contact, _ = taken(the)
    assert contact.recorded_by == website()


@pytest.mark.parametrize("address", PAGES)
def test_a_session_is_neither_read_nor_made_longer(address: str, the: Cast) -> None:
    worker = signed_in(the.amara)
    before = dict(worker.session)
    with CaptureQueriesContext(connection) as queries:
        worker.get(address)
    assert not [query["sql"] for query in queries if "session" in query["sql"]]
    assert dict(worker.session) == before


@pytest.mark.parametrize("answers", [{}, {"words": " \n "}, {"leave_empty": ""}])
def test_a_child_who_only_presses_the_button_is_taken(answers: dict[str, str], the: Cast) -> None:
    send("help", **answers)
    contact, (child,) = taken(the)
    assert contact.words == f"[{telling.NOTHING_WRITTEN}]"
    assert contact.urgency == "today"
    assert child.relationship == "themself"


@pytest.mark.parametrize("kind", ["concern", "question", "change", "complaint"])
def test_others_who_send_nothing_are_asked_again_and_what_they_chose_stays(kind: str, the: Cast) -> None:
    answer = send(kind, words="  ", teller="family")
    assert answer.status_code == 422
    shown = html.fromstring(answer.content.decode())
    assert "There is a problem" in text(shown)
    assert shown.xpath("//main//*[@class='govuk-error-summary']//a/@href") == ["#id_words"] or shown.xpath(
        "//main//div[contains(@class, 'govuk-error-summary')]//a[@href='#id_words']"
    )
    assert shown.xpath("//input[@name='teller'][@checked]/@value") == ["family"]
    assert not answer.cookies
    assert waiting(the) == []


@pytest.mark.parametrize(
    "answers", [{"danger": "now"}, {"child1_given": "Sam"}, {"teller_reach": "01743 000111"}]
)
def test_a_concern_that_says_anything_at_all_is_taken(answers: dict[str, str], the: Cast) -> None:
    send("concern", **answers)
    assert len(waiting(the)) == 1


def test_what_a_machine_fills_in_is_taken_and_marked(the: Cast) -> None:
    send("concern", words="Buy watches", leave_empty="https://watches.example")
    contact, _ = taken(the)
    assert contact.words == f"Buy watches\n\n[{telling.MACHINE}]"


# ---- From whom, and how soon -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, teller, agency, source",
    [
        ("help", "", "", "self"),
        ("concern", "child", "", "self"),
        ("concern", "family", "", "family"),
        ("concern", "public", "", "friends"),
        ("concern", "unnamed", "", "friends"),
        ("concern", "", "", "friends"),
        ("concern", "professional", "schools", "schools"),
        ("concern", "professional", "police", "police"),
        ("concern", "professional", "other", "friends"),
        ("concern", "professional", "", "friends"),
        ("question", "family", "", "self"),
        ("question", "professional", "health", "health"),
        ("change", "public", "", "self"),
    ],
)
def test_the_source_is_who_is_telling(kind: str, teller: str, agency: str, source: str, the: Cast) -> None:
    send(kind, words="x", teller=teller, agency_source=agency)
    contact, _ = taken(the)
    assert contact.provenance.source.code == source


def test_a_council_whose_notice_names_the_public_has_them_as_a_source() -> None:
    sources = [each.code for each in compiled(authority="marchford").notice.sources]
    assert telling.message("concern", {"words": "x"}, sources=sources).source == "public"


def test_somebody_who_works_with_families_chooses_among_the_notices_own_sources(client: Client) -> None:
    offered = page(client, "/tell-us/concern/").xpath("//input[@name='agency_source']/@value")
    assert {"health", "schools", "police", "housing", "other"} <= set(offered)
    assert not {"self", "family", "friends"} & set(offered)


@pytest.mark.parametrize(
    "kind, danger, urgency",
    [
        ("help", "no", "today"),
        ("help", "now", "immediate"),
        ("concern", "", "today"),
        ("question", "no", "routine"),
        ("question", "", "today"),
        ("change", "today", "today"),
    ],
)
def test_how_soon_follows_from_what_they_said(kind: str, danger: str, urgency: str, the: Cast) -> None:
    answer = send(kind, words="x", danger=danger)
    assert [each.urgency for each in waiting(the)] == [urgency]
    said = text(page(Client(), answer["Location"]))
    assert ("Call 999 now" in said) == (urgency == "immediate")


def test_the_way_in_sees_nothing_of_what_it_passed_on(the: Cast) -> None:
    send("help", words="I am scared", given="Sam")
    with acting(actor=website().pk, purpose="safeguarding"):
        assert not Contact.objects.exists()
        assert not Mention.objects.exists()


# ---- Twice -----------------------------------------------------------------------------------------------------


def test_two_clicks_are_one_contact_with_one_reference(the: Cast) -> None:
    browser = Client()
    answers = filled_in(browser, "/tell-us/help/", words="I am scared")
    first, second = (reference(browser.post("/tell-us/help/", answers)) for _ in range(2))
    assert first == second
    assert [each.reference for each in waiting(the)] == [first]


def test_two_children_with_the_same_words_are_two_contacts(the: Cast) -> None:
    assert reference(send("help", words="")) != reference(send("help", words=""))
    assert len(waiting(the)) == 2


def test_more_words_from_the_same_page_are_another_contact(the: Cast) -> None:
    browser = Client()
    answers = filled_in(browser, "/tell-us/help/", words="I am scared")
    for words in ("I am scared", "I am scared. He is back"):
        browser.post("/tell-us/help/", answers | {"words": words})
    assert len(waiting(the)) == 2


def test_without_the_mark_of_a_page_none_is_taken_for_another(the: Cast) -> None:
    for _ in range(2):
        send("help", words="I am scared", sending="")
    assert len(waiting(the)) == 2


def test_the_same_words_an_hour_later_are_another_contact(the: Cast) -> None:
    message = telling.message("help", {"words": "I am scared"}, sources=["self"])
    now = timezone.now()
    said = {
        receiving.receive(message, sending="page", at=at).reference
        for at in (now, now + timedelta(hours=1), now + timedelta(hours=1))
    }
    assert len(said) == len(waiting(the)) == 2


def test_a_reference_that_another_has_is_not_given_twice(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["K7QM-4PXD", "K7QM-4PXD", "R6HB-GTT3"])
    monkeypatch.setattr(receiving, "reference_from", lambda digest: next(drawn))
    first, second = (reference(send("help", words=words)) for words in ("One", "Two"))
    assert (first, second) == ("K7QM-4PXD", "R6HB-GTT3")
    assert len(waiting(the)) == 2


# ---- When something is wrong -----------------------------------------------------------------------------------


def stands(answer: Any, words: str) -> None:
    """The page says that nothing was sent and whom to call, and still has the words."""
    shown = html.fromstring(answer.content.decode())
    assert "This was not sent" in text(shown)
    assert set(shown.xpath("//main//a/@href")) >= NUMBERS
    assert shown.xpath("string(//textarea[@name='words'])").strip() == words
    assert not answer.cookies


@pytest.mark.parametrize("kind", KINDS)
def test_a_flood_from_one_address_is_shown_the_numbers_and_keeps_its_words(kind: str, the: Cast) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS={"tell": "2/10m/ip", "tell-help": "2/10m/ip"}):
        answers = [send(kind, words=f"Message {n}") for n in (1, 2, 3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    stands(answers[2], "Message 3")
    assert len(waiting(the)) == 2


def test_whose_address_cannot_be_told_is_not_refused(the: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allauth.account.adapter.get_client_ip", lambda request: None)
    assert send("help", words="I am scared").status_code == 303


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "fault", ["wenlock.intake.actions.take_contact", "wenlock.security.middleware.transaction.atomic"]
)
def test_without_the_database_the_words_stay_on_the_page_and_reach_no_log(
    kind: str, fault: str, the: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client(raise_request_exception=False)
    answers = filled_in(browser, f"/tell-us/{kind}/", words="Mia cannot sleep")
    with monkeypatch.context() as patch:
        patch.setattr(fault, broken)
        answer = browser.post(f"/tell-us/{kind}/", answers)
    assert answer.status_code == 503
    stands(answer, "Mia cannot sleep")
    if "intake" in fault:
        assert "Mia cannot sleep" not in caplog.text
    assert waiting(the) == []
    assert browser.post(f"/tell-us/{kind}/", answers).status_code == 303  # sent again, it is taken


@pytest.mark.parametrize("address", PAGES)
def test_without_the_database_a_page_says_whom_to_call(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Client(raise_request_exception=False)
    monkeypatch.setattr("wenlock.security.middleware.transaction.atomic", broken)
    monkeypatch.setattr("wenlock.notice.published.in_force", broken)
    shown = page(browser, address, status=503)
    assert set(shown.xpath("//main//a/@href")) >= NUMBERS
    assert "10.0.0.7" not in shown.text_content()
    assert "This page is not working" in text(shown)


def test_who_has_sent_something_is_told_so_though_the_database_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = send("help", words="I am scared")
    monkeypatch.setattr("wenlock.security.middleware.transaction.atomic", broken)
    monkeypatch.setattr("wenlock.notice.published.in_force", broken)
    assert len(reference(answer, Client(raise_request_exception=False))) == 9


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_notice_in_force_nothing_is_taken_and_the_words_stay(
    kind: str, the: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *args: LATER - timedelta(days=9000))
        answer = Client().post(f"/tell-us/{kind}/", {"words": "I am scared"})
    assert answer.status_code == 503
    assert "This was not sent" in answer.content.decode()
    assert "I am scared" in answer.content.decode()
    assert waiting(the) == []


def test_more_than_can_be_taken_in_one_go_is_not_taken_for_nothing(the: Cast) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        answer = Client().post("/tell-us/help/", {"words": "x" * 2000})
    assert answer.status_code == 400
    assert "Send it in parts" in answer.content.decode()
    assert "tel:08001111" in answer.content.decode()
    assert waiting(the) == []


# ---- After sending ---------------------------------------------------------------------------------------------


def test_the_address_after_sending_says_nothing_and_sets_no_cookie() -> None:
    answer = send("concern", words="Mia cannot sleep", child1_given="Mia", teller_name="Pat Rowe")
    said = reference(answer)
    for word in ("Mia", "Pat", "sleep", "concern", said, said.replace("-", "")):
        assert word not in answer["Location"]
    assert not answer.cookies
    assert not Client().get(answer["Location"]).cookies


def test_the_page_after_sending_shows_nothing_of_what_was_sent() -> None:
    answer = send("concern", words="Mia cannot sleep", child1_given="Mia", teller_name="Pat Rowe")
    shown = Client().get(answer["Location"]).content.decode()
    assert "Mia" not in shown
    assert "Pat Rowe" not in shown
    assert "no-store" in Client().get(answer["Location"])["Cache-Control"]


@pytest.mark.parametrize("token", ["x", "gAAAAABp", "K7QM-4PXD", "é" * 40])
def test_an_address_that_was_made_up_shows_only_whom_to_call(client: Client, token: str) -> None:
    shown = page(client, f"/tell-us/sent/{token}/", status=410)
    assert "This page has been cleared" in text(shown)
    assert set(shown.xpath("//main//a/@href")) >= NUMBERS


def test_after_ten_minutes_the_reference_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = send("help", words="I am scared")
    said = reference(answer)
    at = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: at)
    shown = page(Client(), answer["Location"], status=410)
    assert said not in shown.text_content()


def test_a_change_is_said_to_wait_until_a_worker_knows_who_asked() -> None:
    assert "check who you are before anything is changed" in text(
        page(Client(), send("change", words="I have moved")["Location"])
    )
