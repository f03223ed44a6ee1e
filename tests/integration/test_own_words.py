"""A child's own words: received once and under an agreement, kept letter for letter, shown, and answered."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import came_in, matched, website
from tests.integration.own_words_examples import WORDS, agreed, wrote
from tests.integration.workspace_examples import at_work, said
from wenlock.agencies.actions import end_agreement, record_agreement
from wenlock.intake import own_words
from wenlock.intake.actions import PURPOSE as RECEIVING
from wenlock.intake.actions import Telling, unmatch
from wenlock.intake.models import Contact, Mention, OwnWords
from wenlock.security.context import acting
from wenlock.security.models import Actor


def about_mia(the: Cast, **facts: str) -> OwnWords:
    """What Mia wrote, once the front door has found that it was she."""
    agreed(the)
    key = wrote(**facts)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        contact = Contact.objects.get(own_words=key)
    matched(contact, the, by=the.dilys)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        return OwnWords.objects.get()


def seen(actor: Actor) -> int:
    with acting(actor=actor.pk, purpose=PURPOSE):
        return OwnWords.objects.count()


def test_what_a_child_writes_is_kept_letter_for_letter(the: Cast) -> None:
    row = about_mia(the)
    assert row.words == WORDS
    assert row.person_id == the.people.mia.pk


def test_it_waits_at_the_front_door_and_never_until_tomorrow(the: Cast) -> None:
    agreed(the)
    wrote()
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        contact = Contact.objects.select_related("provenance__channel").get()
        assert (contact.teller, contact.urgency, contact.words) == ("child", "today", "")
        assert (contact.provenance.channel.code, contact.provenance.medium) == ("other-electronic", "app")
    page = said(at_work(the.dilys).get(f"/work/contacts/{contact.pk}/"))
    assert "i dont want to go on sundays any more." in page
    assert "In the child’s own words" in page


def test_the_same_thing_sent_twice_is_one_and_what_came_first_stands(the: Cast) -> None:
    agreed(the)
    assert wrote("I am fine") == wrote("I am NOT fine")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert [row.words for row in OwnWords.objects.all()] == ["I am fine"]
        assert Contact.objects.count() == 1


def test_nothing_is_taken_without_an_agreement_in_force(the: Cast) -> None:
    with pytest.raises(own_words.NoAgreementInForce):
        wrote()
    today = timezone.localdate()
    agreement = agreed(the, until_on=today)
    with pytest.raises(own_words.NoAgreementInForce):
        wrote()
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert not Contact.objects.exists()
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        record_agreement(
            agency=agreement.agency, reference="C-2026-015", role="processor", from_on=today, by=the.gwen,
            at=timezone.now(),
        )  # fmt: skip
    assert wrote()


@pytest.mark.parametrize("days", [(-30, 0), (1, None)], ids=["over today", "begins tomorrow"])
def test_the_database_itself_refuses_what_comes_under_an_agreement_not_in_force(
    days: tuple[int, int | None], the: Cast
) -> None:
    today, by, at = timezone.localdate(), website(), timezone.now()
    first, last = days
    until = None if last is None else today + timedelta(days=last)
    agreement = agreed(the, from_on=today + timedelta(days=first), until_on=until)
    with pytest.raises(ProgrammingError, match="No agreement"), acting(actor=by.pk, purpose=RECEIVING):
        contact = own_words.take_contact(
            telling=Telling(kind="help", teller="child"), about=[], channel="other-electronic", medium="app",
            source="mind-of-my-own", purpose=RECEIVING, by=by, at=at,
        )  # fmt: skip
        OwnWords(
            contact=contact, words="Hello", written_at=at, source="mind-of-my-own", partner_key="1",
            agreement=agreement, provenance=contact.provenance, recorded_by=by, recorded_at=at,
        ).save(force_insert=True)  # fmt: skip


@pytest.mark.parametrize("words", ["I do not want to go on Sundays any more.", ""])
def test_no_letter_is_changed_by_anybody_at_work_not_even_to_correct_it(words: str, the: Cast) -> None:
    row = about_mia(the)
    for who in (the.amara, the.dilys, the.esme):
        with pytest.raises(ProgrammingError, match="denied"), acting(actor=who.pk, purpose=PURPOSE):
            OwnWords.objects.filter(pk=row.pk).update(words=words)


def test_they_are_seen_by_the_front_door_and_by_who_works_with_the_child_alone(the: Cast) -> None:
    agreed(the)
    wrote()
    assert [seen(who) for who in (the.dilys, the.amara, the.harriet, the.noel, website())] == [1, 0, 0, 0, 0]
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        contact = Contact.objects.get()
    matched(contact, the, by=the.dilys)
    assert [seen(who) for who in (the.dilys, the.amara, the.harriet, the.noel)] == [1, 1, 0, 0]


def test_a_match_taken_back_takes_the_words_from_the_childs_record(the: Cast) -> None:
    row = about_mia(the)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        mention = Mention.objects.get(contact=row.contact_id, position=0)
        own_words_of = own_words.of_child(the.people.mia.pk)
        unmatch(mention=mention)
        assert own_words_of
        assert own_words.of_child(the.people.mia.pk) == []


def test_nobody_puts_words_into_a_contact_that_another_account_took(the: Cast) -> None:
    agreement = agreed(the)
    contact = came_in(Telling(kind="help", teller="child"))
    with pytest.raises(ProgrammingError), acting(actor=the.dilys.pk, purpose=PURPOSE):
        OwnWords(
            contact=contact, words="Hello", written_at=timezone.now(), source="self", partner_key="1",
            agreement=agreement, provenance=contact.provenance, recorded_by=the.dilys,
            recorded_at=timezone.now(),
        ).save(force_insert=True)  # fmt: skip


def test_only_whoever_governs_the_notice_records_an_agreement_and_one_that_is_over_stays_so(
    the: Cast,
) -> None:
    today = timezone.localdate()
    agreement = agreed(the)
    with pytest.raises(ProgrammingError), acting(actor=the.dilys.pk, purpose=PURPOSE):
        record_agreement(
            agency=agreement.agency, reference="Mine", role="processor", from_on=today + timedelta(days=90),
            by=the.dilys, at=timezone.now(),
        )  # fmt: skip
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        end_agreement(agreement=agreement, on=today)
    with (
        pytest.raises(ProgrammingError, match="kept as it was made"),
        acting(actor=the.gwen.pk, purpose="information-rights"),
    ):
        end_agreement(agreement=agreement, on=today + timedelta(days=900))


def test_two_agreements_with_one_provider_are_not_in_force_at_once(the: Cast) -> None:
    agreement = agreed(the)
    with (
        pytest.raises(IntegrityError, match="one_at_a_time"),
        acting(actor=the.gwen.pk, purpose="information-rights"),
    ):
        record_agreement(
            agency=agreement.agency, reference="C-2026-015", role="processor", from_on=timezone.localdate(),
            by=the.gwen, at=timezone.now(),
        )  # fmt: skip


def test_what_was_done_stands_beside_the_words_and_says_when_the_child_was_told(the: Cast) -> None:
    row = about_mia(the)
    browser, address = at_work(the.amara), f"/work/people/{the.people.mia.pk}/own-words/"
    page = said(browser.get(address))
    assert "i dont want to go on sundays any more." in page
    assert "Not answered yet" in page
    answer = f"{address}{row.pk}/"
    assert browser.post(answer, {"done": ""}).status_code == 422
    assert browser.post(answer, {"done": "We spoke about Sundays", "how": "app"}).status_code == 422
    assert browser.post(answer, {"done": "We spoke about Sundays"}).status_code == 302
    assert "has not been told yet" in said(browser.get(address))
    today = timezone.localdate()
    told = {"told_on_day": today.day, "told_on_month": today.month, "told_on_year": today.year}
    assert browser.post(answer, {"done": "Sundays stop", "how": "face-to-face"} | told).status_code == 302
    page = said(browser.get(address))
    assert "We spoke about Sundays" in page
    assert "face to face" in page


def test_the_childs_own_words_are_on_the_first_page_of_their_record(the: Cast) -> None:
    about_mia(the)
    page = at_work(the.amara).get(f"/work/people/{the.people.mia.pk}/").content.decode()
    assert "i dont want to go  on sundays any more.\n  love Mia x" in page


def test_nobody_outside_the_work_reads_them(the: Cast) -> None:
    row = about_mia(the)
    address = f"/work/people/{the.people.mia.pk}/own-words/"
    for path in (address, f"{address}{row.pk}/"):
        assert at_work(the.noel).get(path).status_code == 404
