"""From contact to decision, with the database's own refusals."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import DAWN, MIA, SCHOOL, came_in, matched, taken, website
from wenlock.agencies.actions import record_agency
from wenlock.intake import actions, queries
from wenlock.intake.actions import Named, Telling
from wenlock.intake.models import Contact, Decision, Mention, ScreeningNote
from wenlock.notice.queries import NotInTheNotice
from wenlock.security.context import acting
from wenlock.security.models import Actor, AuditEvent, Grant
from wenlock.security.queries import NotFound

SCARED = Telling(kind="help", teller="child", words="I am scared")


def seen_by(actor: Actor) -> set[str]:
    """The references of every contact somebody sees."""
    with acting(actor=actor.pk, purpose=PURPOSE):
        return set(Contact.objects.values_list("reference", flat=True))


def decided(contact: Any, *, by: Actor, outcome: str = "information", **changes: Any) -> Any:
    said = {"seen": "The record, and the school's account", "reason": "Advice met the need", **changes}
    with acting(actor=by.pk, purpose=PURPOSE):
        return actions.decide(contact=contact, outcome=outcome, by=by, at=timezone.now(), **said)


def test_a_contact_goes_from_telling_to_decision_to_feedback(the: Cast) -> None:
    contact = taken(the.dilys)
    matched(contact, the, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert [each.reference for each in queries.waiting(at=timezone.now())] == [contact.reference]
        actions.keep_note(
            contact=contact, text="Rang the school", by=the.dilys, at=timezone.now(), final=True
        )
    decided(contact, by=the.dilys, outcome="referral")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert queries.waiting(at=timezone.now()) == []
        assert [each.outcome for each in queries.untold(at=timezone.now())] == ["Referral"]
        actions.tell(
            contact=contact,
            how="telephone",
            words="A manager decides by tomorrow",
            by=the.dilys,
            at=timezone.now(),
        )
        assert queries.untold(at=timezone.now()) == []
        whole = queries.received(contact.pk)
    assert (whole.people, whole.decision.outcome, whole.feedback.how) == (
        (the.people.mia.pk,),
        "referral",
        "telephone",
    )


def test_a_child_who_only_says_they_are_scared_is_taken_and_never_waits_for_tomorrow(the: Cast) -> None:
    contact = came_in(SCARED)
    assert contact.urgency == "today"
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert [each.reference for each in queries.waiting(at=timezone.now())] == [contact.reference]


@pytest.mark.parametrize(
    "danger, teller, urgency",
    [
        ("now", "public", "immediate"),
        ("no", "child", "today"),
        ("unknown", "public", "today"),
        ("no", "family", "routine"),
    ],
)
def test_how_soon_follows_from_danger_and_who_is_telling(
    danger: str, teller: str, urgency: str, the: Cast
) -> None:
    assert taken(the.dilys, Telling(kind="concern", danger=danger, teller=teller)).urgency == urgency


def test_the_most_urgent_are_first_and_of_those_the_oldest(the: Cast) -> None:
    kinds = ("no", "now", "today", "now")
    made = [taken(the.dilys, Telling(kind="concern", danger=danger, teller="public")) for danger in kinds]
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        listed = [each.reference for each in queries.waiting(at=timezone.now())]
        assert queries.waits_now() == 2
    assert listed == [made[place].reference for place in (1, 3, 2, 0)]


def test_the_way_in_sees_nothing_of_what_it_passed_on(the: Cast) -> None:
    came_in(SCARED, about=(MIA,))
    with acting(actor=website().pk, purpose=actions.PURPOSE):
        assert not Contact.objects.exists()
        assert not Mention.objects.exists()


def test_a_contact_is_seen_by_the_front_door_by_who_took_it_and_by_who_works_with_the_child(
    the: Cast,
) -> None:
    contact = taken(the.bashir)
    assert contact.reference in seen_by(the.bashir)
    assert contact.reference in seen_by(the.dilys)
    assert contact.reference not in seen_by(the.amara)
    assert seen_by(the.noel) | seen_by(the.harriet) | seen_by(the.gwen) == set()
    matched(contact, the, by=the.dilys)
    assert contact.reference in seen_by(the.amara)


def test_a_contact_about_somebody_in_conflict_is_seen_no_more_even_by_the_service_manager(the: Cast) -> None:
    contact = taken(the.dilys, about=(Named(given="Jay", family="Ashdown"),))
    assert contact.reference in seen_by(the.esme)
    matched(contact, the, by=the.dilys, person=the.people.jay)
    assert contact.reference not in seen_by(the.esme)
    with pytest.raises(NotFound), acting(actor=the.esme.pk, purpose=PURPOSE):
        queries.received(contact.pk)


def test_a_contact_about_somebody_whose_record_is_closed_is_for_those_it_names(the: Cast) -> None:
    contact = taken(the.carys, about=(Named(given="Rhea", family="Stone"),))
    matched(contact, the, by=the.carys, person=the.people.rhea)
    assert contact.reference in seen_by(the.carys)
    assert contact.reference not in seen_by(the.dilys) | seen_by(the.esme)


def test_matching_opens_the_summary_and_taking_it_back_closes_it(the: Cast) -> None:
    contact = taken(the.dilys)
    mention = matched(contact, the, by=the.dilys)
    reach = "SELECT level FROM guard.reach_v1(%s)"
    assert level(the.dilys, reach, the.people.mia.pk) == 2
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        actions.unmatch(mention=mention)
    assert level(the.dilys, reach, the.people.mia.pk) == 1
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert queries.received(contact.pk).people == ()


def level(actor: Actor, query: str, person: Any) -> int:
    from django.db import connection

    with acting(actor=actor.pk, purpose=PURPOSE), connection.cursor() as cursor:
        cursor.execute(query, [person])
        return int(cursor.fetchone()[0])


def test_nobody_matches_somebody_they_cannot_find(the: Cast) -> None:
    contact = taken(the.dilys)
    with pytest.raises(ProgrammingError, match="row-level security"):
        matched(contact, the, by=the.dilys, person=the.people.rhea)


def test_a_record_is_begun_for_somebody_who_has_none(the: Cast) -> None:
    contact = taken(the.dilys, about=(Named(given="Nell", family="Yarrow"),))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        mention = Mention.objects.get(contact=contact)
        person = actions.begin_record(mention=mention, by=the.dilys, at=timezone.now())
        assert queries.received(contact.pk).people == (person,)


def test_two_who_write_at_once_both_keep_their_words(the: Cast) -> None:
    contact = taken(the.dilys)
    for worker, words in (
        (the.dilys, "Rang the school"),
        (the.carys, "Known to the team in 2024"),
        (the.dilys, "Rang the school twice"),
    ):
        with acting(actor=worker.pk, purpose=PURPOSE):
            actions.keep_note(contact=contact, text=words, by=worker, at=timezone.now())
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        found = queries.received(contact.pk)
        assert {note.text for note in found.notes} == {"Rang the school twice", "Known to the team in 2024"}
        assert queries.draft_of(found, author=the.dilys) == "Rang the school twice"


def test_nobody_changes_anothers_screening_note(the: Cast) -> None:
    contact = taken(the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        actions.keep_note(contact=contact, text="Rang the school", by=the.dilys, at=timezone.now())
    with acting(actor=the.carys.pk, purpose=PURPOSE):
        assert ScreeningNote.objects.update(text="Did nothing") == 0


def test_a_final_screening_note_stays_as_it_was_written(the: Cast) -> None:
    contact = taken(the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        note = actions.keep_note(
            contact=contact, text="Rang the school", by=the.dilys, at=timezone.now(), final=True
        )
    with (
        pytest.raises(IntegrityError, match="kept as it was written"),
        acting(actor=the.dilys.pk, purpose=PURPOSE),
    ):
        ScreeningNote.objects.filter(pk=note.pk).update(text="Did nothing")


def test_what_was_told_is_never_changed(the: Cast) -> None:
    contact = taken(the.dilys)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(actor=the.dilys.pk, purpose=PURPOSE),
    ):
        Contact.objects.filter(pk=contact.pk).update(words="Nothing was said")


@pytest.mark.parametrize("changes", [{"seen": " "}, {"reason": ""}, {"outcome": "adoption"}])
def test_a_decision_says_what_was_seen_and_why(changes: dict[str, str], the: Cast) -> None:
    contact = taken(the.dilys)
    with pytest.raises(DatabaseError, match="intake_decision"):
        decided(contact, by=the.dilys, **changes)


@pytest.mark.parametrize("outcome", ["referral", "mash", "early-help"])
def test_what_concerns_a_child_waits_until_the_child_is_found(outcome: str, the: Cast) -> None:
    contact = taken(the.dilys)
    with pytest.raises(ProgrammingError, match="found or begun"):
        decided(contact, by=the.dilys, outcome=outcome)


def test_a_contact_is_decided_on_once(the: Cast) -> None:
    contact = taken(the.dilys)
    decided(contact, by=the.dilys)
    with pytest.raises(IntegrityError, match="intake_decision_contact_id_key"):
        decided(contact, by=the.carys)


def test_no_service_account_decides(the: Cast) -> None:
    contact = came_in(SCARED)
    with pytest.raises(DatabaseError), acting(actor=website().pk, purpose=actions.PURPOSE):
        actions.decide(
            contact=contact, outcome="none", seen="Nothing", reason="None", by=website(), at=timezone.now()
        )
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert not Decision.objects.exists()


def test_a_social_worker_takes_a_contact_and_does_not_decide_on_it(the: Cast) -> None:
    contact = taken(the.amara)
    with pytest.raises(ProgrammingError, match="row-level security"):
        decided(contact, by=the.amara)


def test_nobody_is_told_before_a_decision_is_made(the: Cast) -> None:
    contact = taken(the.dilys)
    with pytest.raises(ProgrammingError, match="Decide first"), acting(actor=the.dilys.pk, purpose=PURPOSE):
        actions.tell(contact=contact, how="email", words="We will help", by=the.dilys, at=timezone.now())


def test_an_agency_is_of_the_source_the_contact_came_from(the: Cast) -> None:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        surgery = record_agency(source="health", name="Wenbrook Surgery", by=the.dilys, at=timezone.now())
    telling = Telling(kind="concern", teller="professional", agency=surgery.pk)
    with pytest.raises(ProgrammingError, match="not of the source"):
        taken(the.dilys, telling, source="schools")
    assert taken(the.dilys, telling, source="health").agency_id == surgery.pk


def test_another_authority_is_named_by_its_number(the: Cast) -> None:
    with (
        pytest.raises(IntegrityError, match="authority_has_its_number"),
        acting(actor=the.dilys.pk, purpose=PURPOSE),
    ):
        record_agency(source="other-local-authorities", name="Marchford", by=the.dilys, at=timezone.now())


def test_a_source_the_notice_does_not_name_is_refused(the: Cast) -> None:
    with pytest.raises(NotInTheNotice):
        taken(the.dilys, source="a-newspaper")


def test_earlier_contacts_about_the_same_child_are_found(the: Cast) -> None:
    first, second = taken(the.dilys), taken(the.dilys, about=(MIA, DAWN))
    for contact in (first, second):
        matched(contact, the, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        before = queries.about([the.people.mia.pk], at=timezone.now(), besides=second.pk)
    assert [each.reference for each in before] == [first.reference]


def test_opening_a_contact_is_written_down_for_everybody_it_is_matched_with(the: Cast) -> None:
    contact = taken(the.dilys)
    matched(contact, the, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        queries.received(contact.pk)
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        looked = AuditEvent.objects.filter(kind="read", table_name="intake_contact", row_id=contact.pk)
        assert [event.person_id for event in looked] == [the.people.mia.pk]


def test_a_teller_who_gives_no_name_has_none_recorded(the: Cast) -> None:
    with pytest.raises(IntegrityError, match="unnamed_has_no_name"):
        taken(the.dilys, Telling(kind="concern", teller="unnamed", teller_name="Pat Rowe"))
    assert SCHOOL.teller_name


def test_a_contact_is_screened_within_a_day_of_coming_and_its_clock_stops_with_the_decision_alone(
    the: Cast,
) -> None:
    came = timezone.now() - timedelta(hours=25)
    contact = taken(the.dilys, received_at=came)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        (line,) = queries.waiting(at=timezone.now())
        assert (line.due_at, line.late) == (came + timedelta(hours=24), True)
    matched(contact, the, by=the.dilys)
    decided(contact, by=the.dilys, outcome="referral")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        screened, reply = queries.clocks_of(contact.pk, at=timezone.now())
    assert (screened.name, screened.says, screened.is_late) == ("Screen a contact", "Done late", True)
    assert (reply.name, reply.is_open) == ("Tell the referrer what was decided", True)


def test_only_a_referral_starts_the_clock_of_telling_the_referrer(the: Cast) -> None:
    contact = taken(the.dilys)
    decided(contact, by=the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        found = queries.clocks_of(contact.pk, at=timezone.now())
    assert [clock.name for clock in found] == ["Screen a contact"]


def test_a_referral_opens_the_record_no_longer_than_it_takes_to_write_it_down(the: Cast) -> None:
    contact = taken(the.dilys)
    matched(contact, the, by=the.dilys)
    decided(contact, by=the.dilys, outcome="referral")
    assert level(the.dilys, "SELECT level FROM guard.reach_v1(%s)", the.people.mia.pk) == 3
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        opened = Grant.objects.get(relationship="referral", person_id=the.people.mia.pk)
    assert opened.until_at is not None
    assert opened.until_at - opened.from_at == timedelta(minutes=1)


def test_nobody_adds_anybody_to_a_contact_they_neither_took_nor_screen(the: Cast) -> None:
    contact = taken(the.dilys)
    with (
        pytest.raises(ProgrammingError, match="no such contact"),
        acting(actor=the.amara.pk, purpose=PURPOSE),
    ):
        Mention(contact_id=contact.pk, position=7, mentioned_as="child", given="Mia").save(force_insert=True)
