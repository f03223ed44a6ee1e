"""N84: a change that somebody tells of is applied once a worker has checked who told it, and reported back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.change_examples import (
    DAWN,
    HELD,
    MIA,
    NEW,
    checked,
    new_number,
    number_of,
    put_right,
    told,
)
from tests.integration.intake_examples import SCHOOL, matched, taken, website
from wenlock.base.sentences import explain
from wenlock.intake import actions, changing, queries
from wenlock.intake.models import Change, IdentityCheck
from wenlock.people.changing import Birth, Home, Naming
from wenlock.people.models import ContactPoint, Correction, Name, Person, Residence
from wenlock.security.context import acting
from wenlock.security.models import Actor, Grant

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

MOVED_ON = date(2026, 11, 20)


def refused(by: str, act: Any) -> None:
    """The database refuses, in the name of its constraint, which has a sentence of its own."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        act()
    assert caught.value.__cause__.diag.constraint_name == by  # type: ignore[union-attr]
    assert "could not be saved" not in explain(caught.value)


def rows(of: Any, by: Actor, person: Any, *columns: str) -> list[Any]:
    with acting(actor=by.pk, purpose=PURPOSE):
        return list(of.objects.filter(person=person.pk).order_by("recorded_at").values_list(*columns))


# ---- Nothing is applied before somebody knows who told it ------------------------------------------------------


def test_a_change_is_refused_while_nobody_has_checked_who_told_it(the: Cast) -> None:
    contact = told(the)
    refused(
        "intake_change_rests_on_a_check", lambda: put_right(contact, the.dilys, new_number(the.people.mia))
    )
    assert rows(ContactPoint, the.amara, the.people.mia, "value") == []


def test_a_check_that_was_not_satisfied_changes_nothing_and_takes_back_the_one_before(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    checked(contact, the.dilys, satisfied=False)
    refused(
        "intake_change_rests_on_a_check", lambda: put_right(contact, the.dilys, new_number(the.people.mia))
    )


def test_a_check_of_another_contact_is_none_of_this_one(the: Cast) -> None:
    contact, other = told(the), told(the)
    check = checked(other, the.dilys)

    def borrowed() -> None:
        with acting(actor=the.dilys.pk, purpose=PURPOSE):
            Change(
                contact=contact, person_id=the.people.mia.pk, fact="reach", outcome="applied", says=NEW, reason="x",
                identity=check, decided_by=the.dilys, decided_at=timezone.now(),
            ).save(force_insert=True)  # fmt: skip

    refused("intake_change_rests_on_a_check", borrowed)


def test_who_told_it_is_checked_once_it_is_known_whose_record_it_is(the: Cast) -> None:
    refused("intake_identitycheck_of_a_change_matched", lambda: checked(told(the, found=False), the.dilys))


def test_a_concern_is_no_change(the: Cast) -> None:
    contact = taken(the.dilys, SCHOOL)
    matched(contact, the, by=the.dilys)
    refused("intake_identitycheck_of_a_change_matched", lambda: checked(contact, the.dilys))


def test_no_service_account_checks_who_somebody_is(the: Cast) -> None:
    contact = told(the)
    refused("decision_is_a_persons", lambda: checked(contact, website()))


@pytest.mark.parametrize("how", ["voice", "called-back"])
def test_a_number_to_know_them_by_is_named_and_was_held_before_they_told_us(how: str, the: Cast) -> None:
    held = number_of(the, the.people.mia)
    contact = told(the)
    given = number_of(the, the.people.mia, value=NEW)
    refused("intake_identitycheck_names_the_number", lambda: checked(contact, the.dilys, how=how))
    refused(
        "intake_identitycheck_by_a_number_held_before",
        lambda: checked(contact, the.dilys, how=how, number=given.pk),
    )
    assert checked(contact, the.dilys, how=how, number=held.pk).number_id == held.pk


def test_somebody_elses_number_and_no_number_are_refused_alike(the: Cast) -> None:
    somebody_elses = number_of(the, the.people.jay)
    contact = told(the)
    for number in (somebody_elses.pk, the.people.mia.pk):
        refused(
            "intake_identitycheck_by_a_number_held_before",
            lambda number=number: checked(contact, the.dilys, how="voice", number=number),
        )


def test_a_check_is_some_way_of_knowing_and_says_what_was_asked(the: Cast) -> None:
    contact = told(the)
    refused("intake_identitycheck_way_is_known", lambda: checked(contact, the.dilys, how="a hunch"))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        refused(
            "intake_identitycheck_says_what",
            lambda: changing.check_identity(
                contact=contact, how="document", words=" ", satisfied=True, by=the.dilys, at=timezone.now()
            ),
        )


@pytest.mark.parametrize("model", [IdentityCheck, Change])
def test_a_check_and_what_came_of_it_are_kept_as_they_were_made(model: Any, the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    put_right(contact, the.dilys, new_number(the.people.mia))
    with transaction.atomic(using="owner"), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")


def test_only_the_record_of_somebody_it_was_matched_with_is_put_right(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.amara)
    for person in (the.people.jay, the.people.tom):
        refused(
            "intake_change_of_somebody_it_is_about",
            lambda person=person: put_right(contact, the.amara, new_number(person)),
        )


def test_who_sees_nothing_of_the_contact_checks_and_changes_nothing(the: Cast) -> None:
    contact = told(the)
    for stranger in (the.bashir, the.noel, the.gwen):
        refused(
            "intake_identitycheck_of_a_change_matched", lambda stranger=stranger: checked(contact, stranger)
        )
    checked(contact, the.dilys)
    refused(
        "intake_change_of_somebody_it_is_about",
        lambda: put_right(contact, the.bashir, new_number(the.people.mia)),
    )


# ---- What is applied, and what is kept -------------------------------------------------------------------------


def test_a_number_is_replaced_and_the_old_one_ends(the: Cast) -> None:
    held = number_of(the, the.people.mia)
    contact = told(the)
    checked(contact, the.dilys)
    put_right(contact, the.dilys, new_number(the.people.mia, instead_of=held))
    assert rows(ContactPoint, the.amara, the.people.mia, "value", "until_on") == [
        (HELD, MOVED_ON),
        (NEW, None),
    ]
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        assert ContactPoint.objects.get(value=NEW).provenance_id == contact.provenance_id


def test_a_home_is_left_for_another_which_may_be_one_to_protect(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    fact = Home(
        person=the.people.mia.pk,
        lines=("7 Wren Close", "Wem"),
        postcode="SY4 5AA",
        on=MOVED_ON,
        protected=True,
    )
    change = put_right(contact, the.dilys, fact)
    homes = rows(Residence, the.amara, the.people.mia, "until_on", "from_on")
    assert homes == [(MOVED_ON, None), (None, MOVED_ON)]
    assert change.says == "Lives elsewhere from 20 November 2026"
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert "Wren" not in str([vars(each) for each in queries.received(contact.pk).changes])


def test_a_new_name_stands_beside_the_old_and_a_wrong_one_is_kept_with_why(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    wrong = Naming(person=the.people.mia.pk, kind="legal", given="Mya", family="Ashdown")
    put_right(contact, the.dilys, wrong)
    new = Naming(person=the.people.mia.pk, kind="legal", given="Mya", family="Stone", on=MOVED_ON)
    put_right(contact, the.dilys, new)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        legal = Name.objects.filter(person=the.people.mia.pk, kind="legal").order_by("recorded_at")
        assert [(str(name), name.until_on) for name in legal] == [
            ("Mya Ashdown", MOVED_ON),
            ("Mya Stone", None),
        ]
        kept = Correction.objects.get(person=the.people.mia.pk, table_name="people_name")
        assert kept.was["given"] == "Mia"
        assert kept.reason == f"Contact {contact.reference}: Her old number is dead"
        assert kept.recorded_by == the.dilys


def test_a_day_of_birth_recorded_wrongly_is_kept_with_why(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.amara)
    put_right(contact, the.amara, Birth(person=the.people.mia.pk, on=date(2015, 3, 15)))
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        assert Person.objects.get(pk=the.people.mia.pk).born_on == date(2015, 3, 15)
        assert Correction.objects.get(table_name="people_person").was["born_on"] == "2015-03-14"


def test_the_record_is_open_to_the_front_door_only_while_it_is_put_right(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    put_right(contact, the.dilys, new_number(the.people.mia))
    with acting(actor=the.esme.pk, purpose=PURPOSE):
        opened = Grant.objects.get(relationship="change", person_id=the.people.mia.pk)
    assert opened.until_at is not None
    assert (opened.actor_id, opened.until_at - opened.from_at) == (the.dilys.pk, timedelta(minutes=1))


def test_a_family_member_in_conflict_with_the_worker_is_not_put_right_by_them(the: Cast) -> None:
    contact = told(the, about=(MIA, DAWN))
    matched(contact, the, by=the.dilys, position=1, person=the.people.jay)
    refused("intake_identitycheck_of_a_change_matched", lambda: checked(contact, the.esme))


# ---- What came of it is reported back --------------------------------------------------------------------------


def test_what_came_of_it_is_reported_back_and_the_change_is_finished(the: Cast) -> None:
    contact = told(the)
    checked(contact, the.dilys)
    put_right(contact, the.dilys, new_number(the.people.mia))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        changing.report_back(
            contact=contact, how="telephone", words="We have your new number", by=the.dilys, at=timezone.now()
        )
        whole = queries.received(contact.pk)
        assert queries.waiting(at=timezone.now()) == queries.untold(at=timezone.now()) == []
    assert (whole.decision.outcome, whole.feedback.words) == ("settled", "We have your new number")
    assert "Put right: Telephone number or email address. Her old number is dead" in whole.decision.reason
    assert whole.decision.seen == "In person, by a worker who knows them"
    refused(
        "intake_change_of_somebody_it_is_about",
        lambda: put_right(contact, the.dilys, new_number(the.people.mia)),
    )


def test_whoever_works_with_the_child_settles_it_too_and_screens_nothing_else(the: Cast) -> None:
    contact, concern = told(the), taken(the.dilys, SCHOOL)
    matched(concern, the, by=the.dilys)
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        changing.decline(contact=contact, reason="She is not his mother", by=the.amara, at=timezone.now())
        changing.report_back(
            contact=contact, how="not-told", why_not="No address", by=the.amara, at=timezone.now()
        )
        for outcome in ("information", "settled"):
            with pytest.raises(DatabaseError), transaction.atomic():
                actions.decide(
                    contact=concern, outcome=outcome, seen="x", reason="x", by=the.amara, at=timezone.now()
                )


def test_a_change_is_not_settled_while_nothing_came_of_it(the: Cast) -> None:
    contact = told(the)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        refused(
            "intake_decision_answers_its_kind",
            lambda: changing.report_back(
                contact=contact, how="telephone", words="Done", by=the.dilys, at=timezone.now()
            ),
        )


def test_a_change_left_as_it_was_says_why(the: Cast) -> None:
    contact = told(the)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        refused(
            "intake_change_says_why",
            lambda: changing.decline(contact=contact, reason=" ", by=the.dilys, at=timezone.now()),
        )


def test_the_time_from_telling_to_putting_right_is_measured(the: Cast) -> None:
    contact = told(the)
    told(the)
    checked(contact, the.dilys)
    put_right(contact, the.dilys, new_number(the.people.mia))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        taken_for = queries.changes_told(since=timezone.now() - timedelta(days=1), at=timezone.now())
    assert (taken_for.told, taken_for.applied, taken_for.waiting) == (2, 1, 1)
    assert taken_for.longest is not None
    assert timedelta(0) <= taken_for.half_within <= taken_for.longest < timedelta(minutes=5)
