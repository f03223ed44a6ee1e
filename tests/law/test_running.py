"""What a clock reads: its states, its corrections, and why its date is the date it is."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from clock_examples import due, happened, read

from wenlock.law.calendars import LONDON, CalendarEnds
from wenlock.law.clocks import Clock, EventKind, Limit, Rule
from wenlock.law.clocks_front_door import (
    CONTACT_RECEIVED,
    CONTACT_SCREENING,
    REFERRAL_DECIDED,
    REFERRAL_DECISION,
    REFERRAL_RECEIVED,
)
from wenlock.law.clocks_protection import (
    ASSESSMENT,
    ASSESSMENT_AUTHORISED,
    ASSESSMENT_STOPPED,
    DISCUSSION_BEGAN_ENQUIRY,
    INITIAL_CONFERENCE,
)
from wenlock.law.clocks_rights import (
    ACCESS_REQUESTED,
    CLARIFICATION_ASKED,
    CLARIFICATION_GIVEN,
    IDENTITY_ASKED,
    IDENTITY_PROVED,
    SUBJECT_ACCESS,
)
from wenlock.law.events import Event, EventsContradict, standing
from wenlock.law.recomputing import changed
from wenlock.law.terms import Term, calendar_days, hours, matching_date, months

MARKED_MISTAKEN = EventKind("mistake", "it was recorded by mistake")


def test_a_clock_nothing_has_started_has_no_date() -> None:
    reading = read(REFERRAL_DECISION, happened(REFERRAL_DECIDED, "2026-06-03"))
    assert (reading.state, reading.due, reading.satisfied_by) == ("not started", None, None)


@pytest.mark.parametrize(
    ("at", "state", "late"),
    [
        ("2026-06-04 23:59", "running", None),  # the day it is due, until its last moment
        ("2026-06-05 00:00", "late", "1 calendar day"),
        ("2026-06-14 12:00", "late", "10 calendar days"),
    ],
)
def test_it_is_late_from_the_midnight_that_ends_the_day_it_was_due(at: str, state: str, late: str) -> None:
    reading = read(REFERRAL_DECISION, happened(REFERRAL_RECEIVED, "2026-06-03 09:00"), at=at)
    assert (reading.state, reading.breached_by and str(reading.breached_by)) == (state, late)


def test_the_day_of_an_instant_is_the_day_in_london() -> None:
    """Half past eleven at night in UTC is the next morning on London's clock in summer."""
    received = Event(id="one", kind=REFERRAL_RECEIVED.code, at=datetime(2026, 6, 2, 23, 30, tzinfo=UTC))
    reading = read(REFERRAL_DECISION, received)
    assert (reading.started_at, reading.due) == (date(2026, 6, 3), date(2026, 6, 4))


def test_the_first_event_that_starts_it_does_and_the_first_that_stops_it_does() -> None:
    reading = read(
        REFERRAL_DECISION,
        happened(REFERRAL_DECIDED, "2026-06-09", id="again"),
        happened(REFERRAL_RECEIVED, "2026-06-08", id="chased"),
        happened(REFERRAL_RECEIVED, "2026-06-03", id="first"),
        happened(REFERRAL_DECIDED, "2026-06-04", id="decided"),
    )
    assert (reading.started_by, reading.satisfied_by) == ("first", "decided")


def test_what_was_done_before_it_began_does_not_satisfy_it() -> None:
    early = happened(REFERRAL_DECIDED, "2026-06-02")
    reading = read(REFERRAL_DECISION, early, happened(REFERRAL_RECEIVED, "2026-06-03"), at="2026-06-05 09:00")
    assert (reading.state, reading.satisfied_by) == ("late", None)


def test_what_ended_first_counts_and_at_one_moment_what_was_done() -> None:
    referral = happened(REFERRAL_RECEIVED, "2026-06-03")
    stopped, done = happened(ASSESSMENT_STOPPED, "2026-06-10"), happened(ASSESSMENT_AUTHORISED, "2026-06-11")
    assert read(ASSESSMENT, referral, done, stopped).state == "ended"
    same_day = happened(ASSESSMENT_AUTHORISED, "2026-06-10")
    assert read(ASSESSMENT, referral, stopped, same_day).state == "satisfied"


def test_a_year_whose_holidays_are_not_known_is_refused_and_not_guessed() -> None:
    with pytest.raises(CalendarEnds, match="knows the years 2020 to 2028, not 2029"):
        read(INITIAL_CONFERENCE, happened(DISCUSSION_BEGAN_ENQUIRY, "2028-12-20"))


def test_every_step_to_the_date_is_told_in_order() -> None:
    reading = read(
        SUBJECT_ACCESS,
        happened(ACCESS_REQUESTED, "2026-03-10"),
        happened(CLARIFICATION_ASKED, "2026-03-12"),
        happened(CLARIFICATION_GIVEN, "2026-03-19"),
        at="2026-04-22 09:00",
    )
    assert reading.because == (
        "It began on 10 March 2026, when the request was received.",
        "The limit is 1 month: UK GDPR, art. 12A.",
        "It stood still for 8 days, from 12 March 2026, when clarification was asked for, to 19 March 2026, "
        "when the clarification arrived: Data Protection Act 2018, s. 54(3C).",
        "1 month from 10 March 2026 ends on 18 April 2026.",
        "18 April 2026 is not a working day, so it is due on the next, 20 April 2026.",
        "It is 2 calendar days late.",
    )


def test_holidays_that_were_not_counted_are_named() -> None:
    reading = read(INITIAL_CONFERENCE, happened(DISCUSSION_BEGAN_ENQUIRY, "2026-03-23"))
    assert "Holidays in that time that are not counted: 3 April 2026 and 6 April 2026." in reading.because


def test_one_answer_ends_every_question_then_open_and_each_day_is_left_out_once() -> None:
    days = ["2026-03-12", "2026-03-14", "2026-03-16", "2026-03-19"]
    asked = [happened(CLARIFICATION_ASKED, day) for day in days[:2]]
    given = [happened(CLARIFICATION_GIVEN, day) for day in days[2:]]
    assert due(SUBJECT_ACCESS, happened(ACCESS_REQUESTED, "2026-03-09"), *asked, *given) == "2026-04-14"


def test_a_pause_begun_again_on_the_day_it_ended_is_still_open_when_the_times_say_so() -> None:
    events = [
        happened(ACCESS_REQUESTED, "2026-03-09 09:00"),
        happened(CLARIFICATION_ASKED, "2026-03-12 09:00"),
        happened(CLARIFICATION_GIVEN, "2026-03-16 09:00"),
        happened(CLARIFICATION_ASKED, "2026-03-16 10:00"),
    ]
    assert all(read(SUBJECT_ACCESS, *order).state == "paused" for order in permutations(events))


def test_a_correction_moves_the_date_and_says_why() -> None:
    received = happened(ACCESS_REQUESTED, "2026-09-03", id="received")
    before = read(SUBJECT_ACCESS, received)
    after = read(SUBJECT_ACCESS, received, happened(ACCESS_REQUESTED, "2026-09-07", corrects="received"))
    change = changed(before, after)
    assert change is not None
    assert str(change) == "Due 5 October 2026, now 7 October 2026."
    assert "It began on 3 September 2026, when the request was received." in change.formerly
    assert "It began on 7 September 2026, when the request was received." in change.because


def test_a_correction_that_moves_nothing_is_no_change() -> None:
    received = happened(ACCESS_REQUESTED, "2026-10-03", id="received")
    again = happened(ACCESS_REQUESTED, "2026-10-03 10:00", corrects="received")
    assert changed(read(SUBJECT_ACCESS, received), read(SUBJECT_ACCESS, received, again)) is None


def test_a_correction_that_stops_the_count_is_a_change_to_no_date() -> None:
    request = [happened(ACCESS_REQUESTED, "2026-03-10"), happened(CLARIFICATION_ASKED, "2026-03-12")]
    given = happened(CLARIFICATION_GIVEN, "2026-03-19", id="given")
    struck = happened(MARKED_MISTAKEN, "2026-03-19", corrects="given")
    change = changed(read(SUBJECT_ACCESS, *request, given), read(SUBJECT_ACCESS, *request, given, struck))
    assert str(change) == "Due 20 April 2026, now on no date yet."


def test_the_two_hours_of_one_name_are_different_times() -> None:
    first = happened(CONTACT_RECEIVED, "2026-10-24 01:30+01:00", id="first")
    second = happened(CONTACT_RECEIVED, "2026-10-24 02:30+01:00", corrects="first")
    assert changed(read(CONTACT_SCREENING, first), read(CONTACT_SCREENING, first, second)) is not None


def test_of_two_events_in_the_hour_that_comes_twice_the_earlier_is_known() -> None:
    half_past_one = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    summer, winter = (Event(id=str(fold), kind="any", at=half_past_one.replace(fold=fold)) for fold in (0, 1))
    assert summer.is_before(winter) and not winter.is_before(summer)
    assert standing([winter, summer]) == (summer, winter)


def test_readings_of_different_clocks_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different clocks"):
        changed(read(SUBJECT_ACCESS), read(ASSESSMENT))


def test_striking_out_the_event_that_satisfied_a_clock_opens_it_again() -> None:
    events = [happened(REFERRAL_RECEIVED, "2026-06-03"), happened(REFERRAL_DECIDED, "2026-06-04", id="done")]
    assert read(REFERRAL_DECISION, *events).state == "satisfied"
    struck = happened(MARKED_MISTAKEN, "2026-06-04", corrects="done")
    reading = read(REFERRAL_DECISION, *events, struck, at="2026-06-04 12:00")
    assert (reading.state, reading.satisfied_by) == ("running", None)


def test_events_that_contradict_one_another_are_refused() -> None:
    one = happened(REFERRAL_RECEIVED, "2026-06-03", id="one")
    twice = [happened(REFERRAL_RECEIVED, day, corrects="one") for day in ("2026-06-04", "2026-06-05")]
    ring = [
        happened(REFERRAL_RECEIVED, "2026-06-03", id="a", corrects="b"),
        happened(REFERRAL_RECEIVED, "2026-06-03", id="b", corrects="a"),
    ]
    for events, says in [
        ([one, *twice], "corrected by two"),
        ([one, happened(REFERRAL_RECEIVED, "2026-06-04", id="one")], "one id"),
        (ring, "in a ring"),
        ([one, *ring], "in a ring"),
        ([happened(REFERRAL_RECEIVED, "2026-06-03", id="self", corrects="self")], "in a ring"),
    ]:
        with pytest.raises(EventsContradict, match=says):
            standing(events)


@pytest.mark.parametrize(
    "when",
    [{}, {"at": datetime(2026, 6, 3, tzinfo=UTC), "on": date(2026, 6, 3)}, {"at": datetime(2026, 6, 3)}],
)
def test_an_event_without_one_certain_time_cannot_be_made(when: dict) -> None:
    with pytest.raises(ValueError):
        Event(id="one", kind="any", **when)


def made_up(within: Term, **more: object) -> Clock:
    """A clock of that term, for what no declared clock needs yet."""
    rule = Rule(since=date(2020, 1, 1), limits=(Limit(within),), law=None, marks=("L",), **more)  # type: ignore[arg-type]
    began, done = EventKind("made-up.began", "it began"), EventKind("made-up.done", "it was done")
    return Clock(
        code="made-up", name="Made up", service="tests", starts=(began,), satisfied_by=(done,), rules=(rule,)
    )


@pytest.mark.parametrize(
    ("began", "ends"),
    [
        ("2026-03-10", "2026-04-09"),  # a month that begins with the 10th ends with the 9th
        ("2026-03-01", "2026-03-31"),
        ("2026-01-31", "2026-02-28"),  # no matching date: the last day of the month
        ("2028-02-29", "2028-03-28"),
    ],
)
def test_a_month_that_counts_its_first_day_ends_the_day_before_the_matching_date(
    began: str, ends: str
) -> None:
    clock = made_up(months(1), first_day_counts=True)
    assert due(clock, happened(clock.starts[0], began)) == ends


def test_a_count_begun_anew_may_have_the_day_it_begins_again_for_day_1() -> None:
    """DPA 2018 s.54(3), with the days counted as s.164A counts them: the two may meet in one rule."""
    clock = made_up(calendar_days(30), first_day_counts=True, pauses=(SUBJECT_ACCESS.rules[-1].pauses[0],))
    asked, proved = happened(IDENTITY_ASKED, "2026-06-03"), happened(IDENTITY_PROVED, "2026-07-01")
    assert due(clock, happened(clock.starts[0], "2026-06-01"), asked, proved) == "2026-07-30"


def test_fifteen_days_counting_the_day_of_service() -> None:
    """SEND Regulations 2014 reg. 13: representations on a draft, at least 15 days, the day of service the first."""
    clock = made_up(calendar_days(15), first_day_counts=True)
    assert due(clock, happened(clock.starts[0], "2026-06-01")) == "2026-06-15"


@pytest.mark.parametrize(
    ("day", "number", "matches"),
    [
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-02-28", 12, "2028-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
    ],
)
def test_months_end_on_the_matching_date_or_the_last_day(day: str, number: int, matches: str) -> None:
    assert matching_date(date.fromisoformat(day), number) == date.fromisoformat(matches)


def test_only_terms_of_one_unit_are_added_and_months_have_no_length() -> None:
    assert calendar_days(8) + calendar_days(7) == calendar_days(15)
    with pytest.raises(ValueError, match="cannot be added"):
        hours(1) + calendar_days(1)
    with pytest.raises(ValueError, match="depends on when"):
        assert months(1).length
    with pytest.raises(ValueError, match="at least one"):
        hours(0)


def test_a_rule_in_hours_warns_by_real_time_over_the_night_the_hands_change() -> None:
    reading = read(
        made_up(hours(24), warn=hours(20)), happened(EventKind("made-up.began", ""), "2026-03-28 20:00")
    )
    assert isinstance(reading.due, datetime) and isinstance(reading.warn_at, datetime)
    assert reading.due.astimezone(UTC) - reading.warn_at.astimezone(UTC) == timedelta(hours=20)
    assert reading.warn_at.tzinfo is LONDON
