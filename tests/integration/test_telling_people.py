"""Article 14: whoever a contact is about is told that the council holds it, or a reason in law is recorded."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import came_in, matched, taken, website
from tests.integration.workspace_examples import at_work, said
from wenlock.intake import codes, origins
from wenlock.intake.actions import Named, Telling
from wenlock.intake.models import Contact, Informed
from wenlock.people.models import Person
from wenlock.security.context import acting, correcting

MAY = datetime(2026, 5, 11, 9, tzinfo=UTC)


def about_mia_and_dawn(the: Cast, **how: Any) -> Contact:
    """A school's contact, matched with Mia and with her mother."""
    contact = taken(the.dilys, **how)
    matched(contact, the, by=the.dilys)
    matched(contact, the, by=the.dilys, position=1, person=the.people.dawn)
    return contact


def lines(contact: Contact, the: Cast, *, at: datetime | None = None, **died: date) -> Any:
    """Whom to tell of a contact, as the front door's worker reads it."""
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        row = Contact.objects.get(pk=contact.pk)
        gone = {getattr(the.people, name).pk: day for name, day in died.items()}
        return origins.to_tell(row, at=at or timezone.now(), died=gone)


def told(contact: Contact, person: UUID, by: Any, **facts: Any) -> Informed:
    with acting(actor=by.pk, purpose=PURPOSE):
        return origins.inform(
            contact=contact, person=person, by=by, at=timezone.now(),
            **{"told_on": timezone.localdate(), "how": "telephone", **facts},
        )  # fmt: skip


def test_everybody_a_school_tells_of_is_told_within_a_month_of_its_telling(the: Cast) -> None:
    contact = about_mia_and_dawn(the, received_at=MAY)
    first, second = lines(contact, the, at=MAY + timedelta(days=20))
    assert (first.person, second.person) == (the.people.mia.pk, the.people.dawn.pk)
    assert {first.clock.due, second.clock.due} == {date(2026, 6, 11)}
    assert first.clock.state == "running"
    assert lines(contact, the, at=MAY + timedelta(days=40))[0].clock.state == "late"


def test_a_child_who_speaks_for_themself_is_told_nothing_of_it_and_those_they_name_are(the: Cast) -> None:
    mia, dawn = (
        Named(given="Mia", family="Ashdown", relationship="themself"),
        Named(mentioned_as="adult", given="Dawn", family="Ashdown"),
    )
    contact = came_in(Telling(kind="help", teller="child", words="I am scared"), about=(dawn, mia))
    matched(contact, the, by=the.dilys, person=the.people.dawn)
    matched(contact, the, by=the.dilys, position=1)
    assert [line.person for line in lines(contact, the)] == [the.people.dawn.pk]


def test_the_list_leaves_out_whoever_gave_it_whoever_has_died_and_whoever_was_told(the: Cast) -> None:
    child = Named(given="Mia", family="Ashdown", relationship="themself")
    spoke = came_in(Telling(kind="help", teller="child", words="I am scared"), about=(child,))
    matched(spoke, the, by=the.dilys)
    contact = about_mia_and_dawn(the)
    told(contact, the.people.mia.pk, the.dilys)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert [line.person.id for line in origins.not_told(at=timezone.now())] == [the.people.dawn.pk]
    with acting(actor=the.esme.pk, purpose=PURPOSE), correcting("The registrar told us"):
        Person.objects.filter(pk=the.people.dawn.pk).update(died_on=date(2026, 5, 20))
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert origins.not_told(at=timezone.now()) == []


def test_a_mother_who_told_us_need_not_be_told_of_it(the: Cast) -> None:
    contact = about_mia_and_dawn(the, telling=Telling(kind="concern", teller="family"), source="family")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        origins.name_giver(contact=contact, person=the.people.dawn.pk, by=the.dilys, at=timezone.now())
    assert [line.person for line in lines(contact, the)] == [the.people.mia.pk]


def test_telling_somebody_stops_their_clock_and_no_others(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    told(contact, the.people.dawn.pk, the.dilys)
    child, mother = lines(contact, the)
    assert (child.clock.is_open, mother.clock.state) == (True, "satisfied")
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        assert [line.person.id for line in origins.not_told(at=timezone.now())] == [the.people.mia.pk]


def test_a_reason_in_law_ends_the_clock_and_is_kept_with_its_provision(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        origins.exempt(
            contact=contact, person=the.people.dawn.pk, ground="crime", reason="The police ask us not to yet",
            by=the.dilys, at=timezone.now(),
        )  # fmt: skip
    _, mother = lines(contact, the)
    assert mother.clock.state == "ended"
    assert str(mother.exemption.law) == "Data Protection Act 2018, Sch. 2 para. 2"


def test_nobody_is_told_after_they_have_died(the: Cast) -> None:
    contact = about_mia_and_dawn(the, received_at=MAY)
    assert lines(contact, the, dawn=date(2026, 5, 20))[1].clock.state == "ended"


def test_nobody_but_the_prover_counts_and_the_prover_sees_no_name(the: Cast) -> None:
    privileges = "SELECT has_function_privilege(%s, %s, 'EXECUTE')"
    for role, function, may in (
        ("wenlock_prover", "guard.to_tell_v1(text[])", False),
        ("wenlock_prover", "guard.count_to_tell_v1(text[])", True),
        ("wenlock_app", "guard.count_to_tell_v1(text[])", False),
    ):
        with connection.cursor() as cursor:
            cursor.execute(privileges, [role, function])
            assert cursor.fetchone() == (may,)


@pytest.mark.parametrize(
    "came",
    ["2026-01-31T09:00Z", "2026-03-31T23:30Z", "2026-10-24T22:30Z", "2026-10-24T23:30Z", "2024-01-29T12:00Z"],
)
def test_the_database_reckons_the_last_day_as_the_clock_does(came: str, the: Cast) -> None:
    contact = about_mia_and_dawn(the, received_at=datetime.fromisoformat(came))
    with acting(actor=the.dilys.pk, purpose=PURPOSE), connection.cursor() as cursor:
        cursor.execute("SELECT due_on FROM guard.to_tell_v1('{}') WHERE contact_id = %s", [contact.pk])
        assert {row[0] for row in cursor.fetchall()} == {line.clock.due for line in lines(contact, the)}


@pytest.mark.parametrize("ground", codes.EXEMPT, ids=lambda ground: ground.code)
def test_every_ground_is_law_today_and_says_how_surely(ground: codes.Exemption) -> None:
    assert ground.law.in_force(date(2026, 11, 22))
    assert ground.mark in "VSKLU"


@pytest.mark.parametrize(
    "facts",
    [
        {"told_on": None, "how": ""},
        {"how": ""},
        {"exempt": "crime", "reason": "Because"},
        {"told_on": None, "how": "", "exempt": "too-busy", "reason": "We were busy"},
        {"told_on": None, "how": "", "exempt": "crime", "reason": " "},
        {"told_on": date(2999, 1, 1)},
    ],
    ids=["neither", "no way", "both", "no ground in law", "no reason", "not yet"],
)
def test_somebody_is_told_on_a_day_and_by_a_way_or_exempt_on_a_ground_and_for_a_reason(
    facts: dict[str, Any], the: Cast
) -> None:
    contact = about_mia_and_dawn(the)
    whole = {"told_on": timezone.localdate(), "how": "letter", "exempt": "", "reason": ""} | facts
    with pytest.raises(IntegrityError, match="intake_informed"), acting(actor=the.dilys.pk, purpose=PURPOSE):
        Informed(
            contact=contact, person=the.people.mia, decided_by=the.dilys, decided_at=timezone.now(), **whole
        ).save(force_insert=True)


def test_it_is_recorded_once_for_each_person_and_never_changed(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    told(contact, the.people.dawn.pk, the.dilys)
    with pytest.raises(IntegrityError, match="once_each"):
        told(contact, the.people.dawn.pk, the.dilys)
    with pytest.raises(ProgrammingError, match="permission"), acting(actor=the.dilys.pk, purpose=PURPOSE):
        Informed.objects.update(how="letter")


def test_nobody_is_told_of_a_contact_that_is_not_about_them(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    with pytest.raises(ProgrammingError, match="not about them"):
        told(contact, the.people.tom.pk, the.dilys)


def test_no_service_account_decides_whether_somebody_is_told(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    with pytest.raises(DatabaseError), acting(actor=website().pk, purpose=PURPOSE):
        origins.inform(
            contact=contact, person=the.people.mia.pk, told_on=timezone.localdate(), how="letter", by=website(),
            at=timezone.now(),
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="named person"), acting(actor=the.dilys.pk, purpose=PURPOSE):
        origins.inform(
            contact=contact, person=the.people.mia.pk, told_on=timezone.localdate(), how="letter", by=website(),
            at=timezone.now(),
        )  # fmt: skip


def test_the_childs_social_worker_tells_the_family_and_a_stranger_does_not(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    told(contact, the.people.mia.pk, the.amara)
    with pytest.raises(ProgrammingError):
        told(contact, the.people.dawn.pk, the.femi)


def test_the_pages_ask_who_was_told_until_it_is_recorded(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    browser, address = at_work(the.dilys), f"/work/contacts/{contact.pk}/"
    place = f"{address}told/{the.people.dawn.pk}/"
    assert "Tell them by" in said(browser.get(address))
    assert "Dawn Ashdown" in said(browser.get("/work/contacts/"))
    assert "Select the ground in law" in said(browser.post(place, {"answer": "exempt"}))
    assert (
        browser.post(place, {"answer": "exempt", "ground": "crime", "reason": "Not yet"}).status_code == 302
    )
    page = said(browser.get(address))
    assert "Need not be told" in page
    assert "Data Protection Act 2018, Sch. 2 para. 2" in page
    assert "Not yet" in page
    assert browser.get(place).status_code == 404


def test_nobody_is_asked_about_somebody_the_contact_is_not_about(the: Cast) -> None:
    contact = about_mia_and_dawn(the)
    place = f"/work/contacts/{contact.pk}/told/{the.people.tom.pk}/"
    assert at_work(the.dilys).get(place).status_code == 404
