"""Where a contact came from: the very body, the person, and the marks that follow everything from such a source."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import BODIES, DAWN, MIA, body, came_in, matched, taken, website
from tests.integration.workspace_examples import at_work, said
from wenlock.intake import actions, codes, origins, queries
from wenlock.intake.actions import Telling
from wenlock.intake.models import Contact, Giver
from wenlock.notice.models import Source
from wenlock.notice.provenance import obtained
from wenlock.security.context import acting
from wenlock.security.models import Actor

CALL = Telling(kind="concern", teller="professional", words="Mia was hungry.")


def sent(source: str, telling: Telling = CALL) -> Contact:
    """A contact the public sends, from a source."""
    by = website()
    with acting(actor=by.pk, purpose=actions.PURPOSE):
        return actions.take_contact(
            telling=telling, about=[MIA], channel="website", source=source, purpose=actions.PURPOSE, by=by,
            at=timezone.now(),
        )  # fmt: skip


def without_a_body(by: Actor, source: str) -> Contact:
    with acting(actor=by.pk, purpose=PURPOSE):
        return actions.take_contact(
            telling=CALL, about=[MIA], channel="telephone", source=source, purpose=PURPOSE, by=by,
            at=timezone.now(),
        )  # fmt: skip


def again(contact: Contact, by: Actor) -> Contact:
    """The contact as the database has it, for one who sees it."""
    with acting(actor=by.pk, purpose=PURPOSE):
        return (
            Contact.objects.select_related("provenance__source")
            .prefetch_related("givers__agency", "mentions")
            .get(pk=contact.pk)
        )


@pytest.mark.parametrize("source", BODIES)
def test_a_worker_says_which_body_it_came_from(source: str, the: Cast) -> None:
    with pytest.raises(IntegrityError, match="which body"):
        without_a_body(the.dilys, source)
    contact = again(taken(the.dilys, CALL, source=source), the.dilys)
    assert contact.agency_id
    assert not contact.giver_unknown


@pytest.mark.parametrize("source", BODIES)
def test_what_the_public_sends_is_taken_with_no_body_named(source: str, the: Cast) -> None:
    contact = again(sent(source), the.dilys)
    assert contact.agency_id is None
    assert contact.giver_unknown


def test_the_body_is_found_out_while_screening_and_the_contact_stays_as_it_was_sent(the: Cast) -> None:
    contact = sent("schools")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        school = body("schools", by=the.dilys)
        origins.name_giver(contact=contact, agency=school, by=the.dilys, at=timezone.now())
    found = again(contact, the.dilys)
    assert found.agency_id is None
    assert not found.giver_unknown
    assert (origins.latest_giver(found) or Giver()).agency_id == school


def test_a_body_of_another_source_and_none_at_all_are_refused_alike(the: Cast) -> None:
    contact = sent("schools")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        clinic = body("health", by=the.dilys)
    for agency in (clinic, website().pk):
        with (
            pytest.raises(ProgrammingError, match="cannot have come from them"),
            acting(actor=the.dilys.pk, purpose=PURPOSE),
        ):
            origins.name_giver(contact=contact, agency=agency, by=the.dilys, at=timezone.now())


def test_who_it_came_from_is_never_changed_only_named_again(the: Cast) -> None:
    contact = sent("schools")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        origins.name_giver(
            contact=contact, agency=body("schools", by=the.dilys), by=the.dilys, at=timezone.now()
        )
    with pytest.raises(ProgrammingError, match="permission"), acting(actor=the.dilys.pk, purpose=PURPOSE):
        Giver.objects.update(agency=None)


def test_whoever_does_not_screen_does_not_say_who_it_came_from(the: Cast) -> None:
    contact = taken(the.amara, source="family")
    with pytest.raises(ProgrammingError), acting(actor=the.amara.pk, purpose=PURPOSE):
        origins.name_giver(contact=contact, person=the.people.mia.pk, by=the.amara, at=timezone.now())


def test_a_relative_is_nobody_known_until_they_are_found_in_the_family(the: Cast) -> None:
    contact = taken(the.dilys, Telling(kind="concern", teller="family"), source="family")
    assert again(contact, the.dilys).giver_unknown
    matched(contact, the, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        origins.name_giver(contact=contact, person=the.people.dawn.pk, by=the.dilys, at=timezone.now())
    assert not again(contact, the.dilys).giver_unknown


def test_somebody_of_another_family_is_no_relative(the: Cast) -> None:
    contact = taken(the.dilys, Telling(kind="concern", teller="family"), source="family")
    matched(contact, the, by=the.dilys)
    with (
        pytest.raises(ProgrammingError, match="cannot have come from them"),
        acting(actor=the.dilys.pk, purpose=PURPOSE),
    ):
        origins.name_giver(contact=contact, person=the.people.tom.pk, by=the.dilys, at=timezone.now())


def test_a_friend_may_be_anybody(the: Cast) -> None:
    contact = taken(the.dilys, Telling(kind="concern", teller="public"), source="friends")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        origins.name_giver(contact=contact, person=the.people.tom.pk, by=the.dilys, at=timezone.now())
    assert not again(contact, the.dilys).giver_unknown


@pytest.mark.parametrize(
    "source, tags",
    [
        ("health", {"health", "special"}),
        ("schools", {"education"}),
        ("mental-health", {"health", "special"}),
        ("probation", {"criminal"}),
        ("police", {"criminal", "ask-originator"}),
        ("family", {"third-party"}),
        ("friends", {"third-party", "confidence"}),
        ("housing", set()),
    ],
)
def test_the_marks_are_the_sources_whoever_sends_it(source: str, tags: set[str], the: Cast) -> None:
    for contact in (taken(the.dilys, CALL, source=source), sent(source)):
        assert set(again(contact, the.dilys).tags) == tags


def test_a_mark_that_is_left_off_is_there_all_the_same(the: Cast) -> None:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        came = obtained(
            channel="telephone", source="mental-health", purpose=PURPOSE, by=the.dilys, at=timezone.now()
        )
        contact = Contact(
            reference="AAAA-AAAA", kind="concern", teller="professional", danger="no", urgency="routine", tags=[],
            agency_id=body("mental-health", by=the.dilys), provenance=came, recorded_by=the.dilys,
            recorded_at=timezone.now(),
        )  # fmt: skip
        contact.save(force_insert=True)
    assert set(again(contact, the.dilys).tags) == {"health", "special"}


@pytest.mark.parametrize("change", ["tags = '{}'", "originator_code = 'P'"])
def test_nobody_at_work_takes_a_mark_away(change: str, the: Cast) -> None:
    contact = taken(the.dilys, CALL, source="police")
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(actor=the.dilys.pk, purpose=PURPOSE),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE intake_contact SET {change} WHERE id = %s", [contact.pk])


def test_what_is_told_in_confidence_is_marked_whatever_its_source(the: Cast) -> None:
    contact = taken(the.dilys, Telling(kind="concern", teller="family", in_confidence=True), source="family")
    assert "Told in confidence: ask before you name them" in queries.handling(again(contact, the.dilys))


@pytest.mark.parametrize(
    "code, says",
    [
        ("", "From the police: ask them before you pass it on."),
        ("C", "The police gave code C: ask them before you pass it on."),
        ("P", "The police gave code P: it may be passed on where the law allows."),
    ],
)
def test_what_the_police_tell_carries_their_code_and_without_one_they_are_asked(
    code: str, says: str, the: Cast
) -> None:
    contact = taken(
        the.dilys, Telling(kind="concern", teller="professional", originator_code=code), source="police"
    )
    assert queries.handling(again(contact, the.dilys))[0] == says


def test_only_the_police_have_a_handling_code(the: Cast) -> None:
    with pytest.raises(IntegrityError, match="originator who must be asked"):
        taken(
            the.dilys, Telling(kind="concern", teller="professional", originator_code="P"), source="schools"
        )


def test_every_mark_of_the_notice_has_its_words_and_says_something(the: Cast) -> None:
    marks = {tag for tags in Source.objects.values_list("tags", flat=True) for tag in tags}
    assert marks
    assert marks <= codes.TAGS.keys()


def test_what_an_employer_knows_is_taken_only_for_a_purpose_that_may_hold_it(the: Cast) -> None:
    assert taken(the.dilys, CALL, source="employer").agency_id
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        bakery = body("employer", by=the.dilys)
    with (
        pytest.raises(DatabaseError, match="may not hold what comes from this source"),
        acting(actor=the.dilys.pk, purpose="advice-and-support"),
    ):
        actions.take_contact(
            telling=Telling(kind="concern", agency=bakery), about=[], channel="telephone", source="employer",
            purpose="advice-and-support", by=the.dilys, at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize("place, present", [("", "Mia"), ("Home", ""), (" ", " ")])
def test_a_meeting_says_where_and_who_was_there(place: str, present: str, the: Cast) -> None:
    with pytest.raises(IntegrityError, match="where you met"):
        taken(
            the.dilys, Telling(kind="concern", present=present), channel="face-to-face", place=place,
            source="self",
        )  # fmt: skip
    assert taken(
        the.dilys, Telling(kind="concern", present="Mia"), channel="face-to-face", place="Home", source="self"
    ).present


def test_nothing_that_is_no_worker_meets_anybody(the: Cast) -> None:
    by = website()
    with (
        pytest.raises(IntegrityError, match="where you met"),
        acting(actor=by.pk, purpose=actions.PURPOSE),
    ):
        actions.take_contact(
            telling=Telling(kind="concern", present="Mia"), about=[], channel="face-to-face", source="self",
            purpose=actions.PURPOSE, by=by, at=timezone.now(), place="Home",
        )  # fmt: skip


def test_no_recording_of_a_call_is_kept_while_the_notice_permits_none(the: Cast) -> None:
    assert taken(the.dilys, source="self", medium="live-call")
    with pytest.raises(IntegrityError, match="permits no such means"):
        taken(the.dilys, source="self", medium="recorded-call")


def call(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "channel": "telephone", "teller": "professional", "source": "schools", "kind": "concern", "agreed": "told",
        "words": "Mia was hungry again.", "danger": "today", "received_on_day": today.day,
        "received_on_month": today.month, "received_on_year": today.year,
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    "answers, problem",
    [
        ({}, "Choose which one it was, or write its name below"),
        ({"source": "a-newspaper"}, "The notice names no such source. Select the one that is nearest"),
        ({"source": "other-local-authorities", "new_agency": "Marchford"}, "three-figure number"),
        ({"new_agency": "A school", "channel": "face-to-face"}, "Say who was there"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_question(
    answers: dict[str, str], problem: str, the: Cast
) -> None:
    response = at_work(the.dilys).post("/work/contacts/take/", call(**answers))
    assert response.status_code == 422
    assert problem in said(response)


def test_a_school_that_is_not_listed_is_added_and_listed_from_then_on(the: Cast) -> None:
    browser = at_work(the.dilys)
    response = browser.post("/work/contacts/take/", call(new_agency="Bailey Head School"))
    page = said(browser.get(response["Location"]))
    assert "Bailey Head School" in page
    assert "Education information" in page
    assert "Bailey Head School" in said(browser.get("/work/contacts/take/"))


def test_the_page_says_how_to_handle_what_the_police_told(the: Cast) -> None:
    contact = taken(the.dilys, CALL, source="police")
    ask = "From the police: ask them before you pass it on."
    assert ask in said(at_work(the.dilys).get(f"/work/contacts/{contact.pk}/"))
    assert ask in said(at_work(the.dilys).get("/work/contacts/"))


def test_a_worker_who_screens_finds_out_which_school_it_was(the: Cast) -> None:
    contact, browser = sent("schools"), at_work(the.dilys)
    address = f"/work/contacts/{contact.pk}/"
    assert "Not yet known" in said(browser.get(address))
    assert browser.post(f"{address}from/", {"agency": "new"}).status_code == 422
    assert browser.post(f"{address}from/", {"agency": "new", "new_agency": "Bailey Head"}).status_code == 302
    assert "Bailey Head" in said(browser.get(address))


def test_a_worker_who_screens_finds_out_which_relative_it_was(the: Cast) -> None:
    contact = taken(the.dilys, Telling(kind="concern", teller="family"), about=(MIA, DAWN), source="family")
    browser, address = at_work(the.dilys), f"/work/contacts/{contact.pk}/"
    assert "Not known to us" in said(browser.get(address))
    matched(contact, the, by=the.dilys)
    matched(contact, the, by=the.dilys, position=1, person=the.people.dawn)
    assert browser.post(f"{address}from/", {"person": str(the.people.tom.pk)}).status_code == 422
    assert browser.post(f"{address}from/", {"person": str(the.people.dawn.pk)}).status_code == 302
    assert "Dawn Ashdown" in said(browser.get(address))


def test_nobody_asks_which_body_a_person_speaking_for_themself_is(the: Cast) -> None:
    contact = came_in(Telling(kind="help", teller="child", words="I am scared"))
    assert at_work(the.dilys).get(f"/work/contacts/{contact.pk}/from/").status_code == 404
