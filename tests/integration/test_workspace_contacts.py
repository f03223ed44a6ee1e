"""The front door's pages, from a call taken to whoever rang being told."""

from typing import Any

import pytest
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import MIA, came_in, matched, taken
from tests.integration.workspace_examples import at_work, said
from wenlock.intake.actions import Named, Telling
from wenlock.intake.models import Contact, Draft, Feedback, Mention, ScreeningNote
from wenlock.practice.child_in_need.models import Episode
from wenlock.security.context import acting

CALL = {
    "channel": "telephone", "teller": "professional", "source": "schools", "new_agency": "Long Meadow Primary School", "teller_name": "Pat Rowe",
    "kind": "concern", "words": "Mia was hungry again.", "danger": "today", "agreed": "told",
    "given_0": "Mia", "family_0": "Ashdown", "mentioned_as_0": "child", "given_1": "Dawn", "family_1": "Ashdown",
    "mentioned_as_1": "adult", "relationship_1": "mother",
}  # fmt: skip
LIST = "/work/contacts/"


def call(**changes: Any) -> dict[str, Any]:
    """What a worker types of a call that came just now."""
    today = timezone.localdate()
    day = {"received_on_day": today.day, "received_on_month": today.month, "received_on_year": today.year}
    return CALL | day | changes


def address(contact: Any, part: str = "") -> str:
    return f"{LIST}{contact.pk}/{part}"


def mention_of(contact: Any, by: Any, position: int = 0) -> Any:
    with acting(actor=by.pk, purpose=PURPOSE):
        return Mention.objects.get(contact=contact.pk, position=position)


def test_a_call_is_taken_with_everybody_it_is_about(the: Cast) -> None:
    response = at_work(the.dilys).post(f"{LIST}take/", call())
    assert response.status_code == 302
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        contact = Contact.objects.get()
        assert [str(mention) for mention in contact.mentions.order_by("position")] == [
            "Mia Ashdown",
            "Dawn Ashdown",
        ]
    page = said(at_work(the.dilys).get(response["Location"]))
    for words in ("Mia was hungry again.", "Pat Rowe", contact.reference, "mother"):
        assert words in page


def test_what_is_missing_is_asked_for_and_what_was_typed_is_still_there(the: Cast) -> None:
    response = at_work(the.dilys).post(f"{LIST}take/", call(words="", danger="", received_on_month="13"))
    page = response.content.decode()
    assert response.status_code == 422
    for problem in ("Write what they said", "Select whether it can wait", "Pat Rowe"):
        assert problem in page
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert not Contact.objects.exists()


def test_a_contact_that_came_later_than_now_is_asked_about(the: Cast) -> None:
    later = timezone.localdate() + timezone.timedelta(days=1)
    response = at_work(the.dilys).post(
        f"{LIST}take/",
        call(received_on_day=later.day, received_on_month=later.month, received_on_year=later.year),
    )
    assert response.status_code == 422


def test_the_list_shows_the_most_urgent_first(the: Cast) -> None:
    slow = taken(the.dilys, Telling(kind="question", teller="family", danger="no"))
    soon = taken(the.dilys, Telling(kind="concern", teller="public", danger="now"))
    page = said(at_work(the.dilys).get(LIST))
    assert page.index(soon.reference) < page.index(slow.reference)
    assert "Act now" in page


def test_somebody_in_danger_now_is_on_every_page_of_those_who_screen_until_it_is_decided_on(
    the: Cast,
) -> None:
    contact = taken(the.dilys, Telling(kind="concern", teller="public", danger="now"))
    alert = "1 contact says that somebody is in danger now"
    assert alert in at_work(the.dilys).get("/work/people/").content.decode()
    assert alert not in at_work(the.amara).get("/work/people/").content.decode()
    at_work(the.dilys).post(address(contact, "decide/"), DECIDED)
    assert alert not in at_work(the.dilys).get("/work/people/").content.decode()


DECIDED = {"outcome": "information", "seen": "The record", "reason": "Advice met the need"}


def test_the_likeliest_records_are_offered_and_the_worker_chooses(the: Cast) -> None:
    contact = taken(the.dilys)
    mention = mention_of(contact, the.dilys)
    place = address(contact, f"find/{mention.pk}/")
    offered = said(at_work(the.dilys).get(place))
    assert "Mia Ashdown" in offered
    assert "begin a new record" in offered
    assert at_work(the.dilys).post(place, {"person": ""}).status_code == 422
    assert at_work(the.dilys).post(place, {"person": str(the.people.mia.pk)}).status_code == 302
    page = said(at_work(the.dilys).get(address(contact)))
    assert "Assessment team East" in page
    at_work(the.dilys).post(address(contact, f"find/{mention.pk}/undo/"))
    assert "Find the record" in said(at_work(the.dilys).get(address(contact)))


def test_a_record_that_was_not_offered_is_not_matched(the: Cast) -> None:
    contact = taken(the.dilys)
    place = address(contact, f"find/{mention_of(contact, the.dilys).pk}/")
    assert at_work(the.dilys).post(place, {"person": str(the.people.rhea.pk)}).status_code == 422


def test_other_words_are_looked_for_and_kept(the: Cast) -> None:
    contact = taken(the.dilys, about=(Named(given="Mimi"),))
    place = address(contact, f"find/{mention_of(contact, the.dilys).pk}/")
    page = said(at_work(the.dilys).post(place, {"look": "yes", "q": "Tom Birch"}))
    assert "Tom Birch" in page


def test_a_record_is_begun_for_somebody_nobody_knows(the: Cast) -> None:
    contact = taken(the.dilys, about=(Named(given="Nell", family="Yarrow"),))
    place = address(contact, f"find/{mention_of(contact, the.dilys).pk}/")
    assert at_work(the.dilys).post(place, {"person": "new"}).status_code == 302
    assert "Nell Yarrow" in said(at_work(the.dilys).get(address(contact)))


def test_earlier_contacts_are_shown(the: Cast) -> None:
    first, second = taken(the.dilys), taken(the.dilys)
    for contact in (first, second):
        matched(contact, the, by=the.dilys)
    assert first.reference in said(at_work(the.dilys).get(address(second)))


def test_a_screening_note_is_kept_while_it_is_typed_and_shown_to_a_colleague(the: Cast) -> None:
    contact = taken(the.dilys)
    kept = at_work(the.dilys).post(
        address(contact, "note/"), {"text": "Rang the sch"}, headers={"HX-Request": "true"}
    )
    assert "Draft kept at" in kept.content.decode()
    at_work(the.carys).post(address(contact, "note/"), {"text": "Known in 2024", "finish": "yes"})
    page = said(at_work(the.dilys).get(address(contact)))
    assert "Rang the sch" in page
    assert "Known in 2024" in page
    assert "Dilys Owen is writing" in said(at_work(the.carys).get(address(contact)))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert ScreeningNote.objects.count() == 2


def test_a_referral_opens_an_episode_for_each_child_and_asks_what_the_census_asks(the: Cast) -> None:
    contact = taken(the.dilys, about=(MIA, Named(given="Tom", family="Birch")))
    matched(contact, the, by=the.dilys)
    matched(contact, the, by=the.dilys, position=1, person=the.people.tom)
    referral = DECIDED | {"outcome": "referral"}
    asked = at_work(the.dilys).post(address(contact, "decide/"), referral)
    assert asked.status_code == 422
    assert "Select the main need" in said(asked)
    done = at_work(the.dilys).post(
        address(contact, "decide/"), referral | {"referral_source": "2A", "need": "N1"}
    )
    assert done["Location"] == address(contact, "tell/")
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        opened = Episode.objects.filter(referred_on=timezone.localdate(), referral_source="2A")
        assert {episode.person_id for episode in opened} == {the.people.mia.pk, the.people.tom.pk}


def test_a_referral_of_a_child_nobody_has_found_is_asked_about_and_nothing_is_decided(the: Cast) -> None:
    contact = taken(the.dilys)
    said_so = at_work(the.dilys).post(
        address(contact, "decide/"), DECIDED | {"outcome": "referral", "referral_source": "2A", "need": "N1"}
    )
    assert "Find the child this is about" in said(said_so)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert Contact.objects.get().decided_at is None


@pytest.mark.parametrize(
    "typed, problem",
    [
        ({}, "Select how you told them"),
        ({"how": "not-told"}, "Say why they were not told"),
        ({"how": "email"}, "Say what you told them"),
    ],
)
def test_what_the_teller_was_told_is_asked_for(typed: dict[str, str], problem: str, the: Cast) -> None:
    contact = taken(the.dilys)
    at_work(the.dilys).post(address(contact, "decide/"), DECIDED)
    assert problem in said(at_work(the.dilys).post(address(contact, "tell/"), typed))


def test_the_teller_is_told_once(the: Cast) -> None:
    contact = taken(the.dilys)
    at_work(the.dilys).post(address(contact, "decide/"), DECIDED)
    told = {"how": "telephone", "words": "We have given advice to the family"}
    assert at_work(the.dilys).post(address(contact, "tell/"), told).status_code == 302
    assert at_work(the.dilys).post(address(contact, "tell/"), told).status_code == 404
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert Feedback.objects.get().words == told["words"]


def test_a_contact_decided_on_is_changed_no_more(the: Cast) -> None:
    contact = taken(the.dilys)
    mention = mention_of(contact, the.dilys)
    at_work(the.dilys).post(address(contact, "decide/"), DECIDED)
    for part in ("decide/", "add/", f"find/{mention.pk}/"):
        assert at_work(the.dilys).get(address(contact, part)).status_code == 404


def test_somebody_turns_out_to_be_involved_and_is_added(the: Cast) -> None:
    contact = taken(the.dilys, about=(MIA,))
    assert at_work(the.dilys).post(address(contact, "add/"), {"mentioned_as": "adult"}).status_code == 422
    at_work(the.dilys).post(
        address(contact, "add/"), {"mentioned_as": "adult", "given": "Lee", "relationship": "father"}
    )
    assert "Lee" in said(at_work(the.dilys).get(address(contact)))


def test_a_contact_out_of_reach_and_none_at_all_look_the_same(the: Cast) -> None:
    contact = came_in(Telling(kind="help", teller="child", words="I am scared"))
    missing = f"{LIST}0b5c1d2e-3f40-4a51-8b62-9c73ad84be95/"
    for who in (the.amara, the.noel, the.harriet):
        there, nothing = at_work(who).get(address(contact)), at_work(who).get(missing)
        assert (there.status_code, nothing.status_code) == (404, 404)
        assert "scared" not in said(there)


def test_a_call_is_kept_while_it_is_typed_and_is_there_again_whatever_is_missing(the: Cast) -> None:
    half = {"words": "Mia was hungry ag", "received_on_month": "13", "given_0": "Mia"}
    kept = at_work(the.dilys).post(f"{LIST}take/", half, headers={"HX-Request": "true"})
    assert "Draft kept at" in kept.content.decode()
    page = at_work(the.dilys).get(f"{LIST}take/").content.decode()
    assert "Mia was hungry ag" in page
    assert "There is a problem" not in page
    assert "Mia was hungry ag" not in at_work(the.carys).get(f"{LIST}take/").content.decode()


def test_without_scripts_a_button_keeps_the_draft(the: Cast) -> None:
    assert at_work(the.dilys).post(f"{LIST}take/", {"words": "Half a se", "keep": "yes"}).status_code == 302
    assert "Half a se" in at_work(the.dilys).get(f"{LIST}take/").content.decode()
    at_work(the.dilys).post(f"{LIST}take/", {"again": "yes"})
    assert "Half a se" not in at_work(the.dilys).get(f"{LIST}take/").content.decode()


def test_once_the_contact_is_taken_nothing_of_the_draft_is_kept(the: Cast) -> None:
    at_work(the.dilys).post(f"{LIST}take/", {"words": "Half a se", "keep": "yes"})
    assert at_work(the.dilys).post(f"{LIST}take/", call()).status_code == 302
    assert "Half a se" not in at_work(the.dilys).get(f"{LIST}take/").content.decode()
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert [draft.typed for draft in Draft.objects.all()] == [{}]


def test_nobody_sees_or_changes_anothers_draft(the: Cast) -> None:
    at_work(the.dilys).post(f"{LIST}take/", {"words": "Half a se", "keep": "yes"})
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        assert not Draft.objects.exists()
        assert Draft.objects.update(typed={"words": "Nothing"}) == 0


def test_a_note_being_written_when_a_colleague_decides_is_not_lost(the: Cast) -> None:
    contact = taken(the.dilys)
    at_work(the.carys).post(address(contact, "note/"), {"text": "Known in 20"})
    at_work(the.dilys).post(address(contact, "decide/"), DECIDED)
    assert "Known in 20" in said(at_work(the.carys).get(address(contact)))
