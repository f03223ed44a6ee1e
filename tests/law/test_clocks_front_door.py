"""The front door: worked examples by provision."""

import pytest
from clock_examples import due, happened, read

from wenlock.law.clocks import EventKind, SettingRefused
from wenlock.law.clocks_front_door import (
    CONTACT_RECEIVED,
    CONTACT_SCREENED,
    CONTACT_SCREENING,
    ENQUIRY_STARTED,
    FIRST_COMMUNICATION,
    FIRST_DISCLOSURE,
    INFORMATION_OBTAINED,
    MASH_ENQUIRY,
    PRIVACY_EXEMPTION_RECORDED,
    PRIVACY_INFORMATION,
    PRIVACY_INFORMATION_GIVEN,
    REFERRAL_DECIDED,
    REFERRAL_DECISION,
    REFERRAL_RECEIVED,
    REFERRER_ANSWERED,
    REFERRER_REPLY,
)
from wenlock.law.events import UntimedEvent


@pytest.mark.parametrize(
    ("received", "falls_due"),
    [
        (
            "2026-06-05 16:45",
            "2026-06-06 16:45+01:00",
        ),  # Friday to Saturday: the hours do not stop for a weekend
        (
            "2026-03-28 14:00",
            "2026-03-29 15:00+01:00",
        ),  # the hands are put on: one hour of the night is not there
        ("2026-10-24 14:00", "2026-10-25 13:00+00:00"),  # the hands are put back: one hour comes twice
    ],
)
def test_a_contact_is_screened_within_twenty_four_hours_of_real_time(received: str, falls_due: str) -> None:
    """Local practice: contact screening, 24 hours from the contact."""
    assert due(CONTACT_SCREENING, happened(CONTACT_RECEIVED, received)) == falls_due


def test_screening_at_the_last_instant_is_in_time_and_a_second_later_is_a_minute_late() -> None:
    """Local practice: an instant is in time until that instant inclusive."""
    contact = happened(CONTACT_RECEIVED, "2026-06-05 16:45")
    in_time = read(CONTACT_SCREENING, contact, happened(CONTACT_SCREENED, "2026-06-06 16:45"))
    late = read(CONTACT_SCREENING, contact, happened(CONTACT_SCREENED, "2026-06-06 16:45:01"))
    assert in_time.breached_by is None
    assert str(late.breached_by) == "1 minute"


@pytest.mark.parametrize(("first", "second"), [("01:30+01:00", "01:30+00:00")])
def test_lateness_and_warning_are_right_in_the_hour_that_comes_twice(first: str, second: str) -> None:
    """Local practice: due at the first 1:30am of 25 October and screened at the second, the contact is an hour late."""
    contact = happened(CONTACT_RECEIVED, f"2026-10-24 {first}")
    reading = read(CONTACT_SCREENING, contact, happened(CONTACT_SCREENED, f"2026-10-25 {second}"))
    assert str(reading.breached_by) == "60 minutes"
    four_hours_before = read(CONTACT_SCREENING, happened(CONTACT_RECEIVED, "2026-10-24 05:00")).warn_at
    assert four_hours_before is not None
    assert four_hours_before.isoformat() == "2026-10-25T01:00:00+01:00"


@pytest.mark.parametrize(
    ("facts", "hours_later"),
    [
        ({"rating": "red"}, "12:00"),
        ({"rating": "amber"}, "08:00"),
        ({"rating": "green"}, "08:00"),
        ({}, "12:00"),
    ],
)
def test_an_enquiry_runs_by_its_rating_and_an_unrated_one_as_red(facts: dict, hours_later: str) -> None:
    """Local practice: red 4 hours, amber 24, green 72."""
    days = {"amber": "02", "green": "04"}
    day = days.get(facts.get("rating"), "01")
    reading = due(MASH_ENQUIRY, happened(ENQUIRY_STARTED, "2026-06-01 08:00"), facts=facts)
    assert reading == f"2026-06-{day} {hours_later}+01:00"


def test_an_authority_sets_its_own_hours_within_bounds() -> None:
    """Local practice: the authority's setting stands in place of the declared hours, and is told as such."""
    started = happened(ENQUIRY_STARTED, "2026-06-01 08:00")
    ours = read(MASH_ENQUIRY, started, settings={"front-door.mash-enquiry.red": 2})
    assert ours.due.isoformat() == "2026-06-01T10:00:00+01:00"
    assert "The authority set that itself; without its setting it would be 4 hours." in ours.because
    with pytest.raises(SettingRefused, match="from 1 to 24, not to 25"):
        read(MASH_ENQUIRY, started, settings={"front-door.mash-enquiry.red": 25})


def test_a_setting_for_another_branch_changes_nothing() -> None:
    """Local practice: each rating has a setting of its own."""
    started = happened(ENQUIRY_STARTED, "2026-06-01 08:00")
    assert due(MASH_ENQUIRY, started, settings={"front-door.mash-enquiry.amber": 2}) == due(
        MASH_ENQUIRY, started
    )


def test_hours_cannot_be_counted_from_a_day_without_a_time() -> None:
    """Local practice: 24 hours from a day is no time at all."""
    with pytest.raises(UntimedEvent, match="needs its time"):
        read(CONTACT_SCREENING, happened(CONTACT_RECEIVED, "2026-06-05"))


@pytest.mark.parametrize(
    ("clock", "done"), [(REFERRAL_DECISION, REFERRAL_DECIDED), (REFERRER_REPLY, REFERRER_ANSWERED)]
)
@pytest.mark.parametrize(
    ("received", "falls_due"),
    [
        ("2026-06-03 09:00", "2026-06-04"),
        ("2026-06-05 16:45", "2026-06-08"),  # a Friday's next working day is Monday
        ("2026-06-06 11:00", "2026-06-08"),  # Saturday is day 0, and Monday the first working day after it
        ("2026-04-02 17:00", "2026-04-07"),  # Maundy Thursday
        ("2023-12-14 12:00", "2023-12-15"),  # under the edition of 2018
    ],
)
def test_a_referral_is_decided_and_its_referrer_told_within_one_working_day(
    clock, done: EventKind, received: str, falls_due: str
) -> None:
    """Working Together: one working day from the referral."""
    referral = happened(REFERRAL_RECEIVED, received)
    assert due(clock, referral) == falls_due
    assert read(clock, referral, happened(done, falls_due)).breached_by is None


def test_deciding_does_not_satisfy_the_duty_to_tell_the_referrer() -> None:
    """Working Together: the decision and the reply are two duties."""
    events = [happened(REFERRAL_RECEIVED, "2026-06-03 09:00"), happened(REFERRAL_DECIDED, "2026-06-03 15:00")]
    assert read(REFERRAL_DECISION, *events).state == "satisfied"
    assert read(REFERRER_REPLY, *events, at="2026-06-05 09:00").state == "late"


@pytest.mark.parametrize(
    ("events", "falls_due"),
    [
        ([], "2026-10-03"),  # one month at the latest: a Saturday, and it stays
        ([(FIRST_COMMUNICATION, "2026-09-10")], "2026-09-10"),
        ([(FIRST_DISCLOSURE, "2026-09-08"), (FIRST_COMMUNICATION, "2026-09-10")], "2026-09-08"),
        ([(FIRST_DISCLOSURE, "2026-11-08")], "2026-10-03"),  # later than the month changes nothing
        ([(FIRST_DISCLOSURE, "2026-09-01")], "2026-10-03"),  # before it was obtained is no disclosure of it
    ],
)
def test_a_person_is_told_within_a_month_or_when_the_information_is_first_used(
    events: list[tuple[EventKind, str]], falls_due: str
) -> None:
    """UK GDPR Article 14(3): one month from obtaining, or first contact or disclosure if sooner."""
    used = [happened(kind, day) for kind, day in events]
    assert due(PRIVACY_INFORMATION, happened(INFORMATION_OBTAINED, "2026-09-03"), *used) == falls_due


def test_why_it_is_due_sooner_is_told() -> None:
    """UK GDPR Article 14(3)(b) and (c): the month is told, and then what brought it forward."""
    obtained = happened(INFORMATION_OBTAINED, "2026-09-03")
    reading = read(PRIVACY_INFORMATION, obtained, happened(FIRST_DISCLOSURE, "2026-09-08"))
    assert reading.because[-2:] == (
        "1 month from 3 September 2026 ends on 3 October 2026.",
        "It is due sooner, on 8 September 2026, when it was first disclosed to a recipient.",
    )


def test_a_recorded_exemption_ends_the_duty_and_does_not_count_as_telling() -> None:
    """UK GDPR Article 14(5): where the law lets the person not be told, the clock ends and is not satisfied."""
    obtained, exempt = (
        happened(INFORMATION_OBTAINED, "2026-09-03"),
        happened(PRIVACY_EXEMPTION_RECORDED, "2026-09-04", id="exempt"),
    )
    reading = read(PRIVACY_INFORMATION, obtained, exempt)
    assert (reading.state, reading.ended_by, reading.satisfied_by) == ("ended", "exempt", None)
    told = read(PRIVACY_INFORMATION, obtained, happened(PRIVACY_INFORMATION_GIVEN, "2026-09-04"), exempt)
    assert told.state == "satisfied"
