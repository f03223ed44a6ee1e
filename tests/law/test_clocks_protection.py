"""Assessment, child protection and special needs: worked examples by provision."""

from datetime import date

import pytest
from clock_examples import due, happened, read

from wenlock.law.clocks import NoRuleThen
from wenlock.law.clocks_front_door import PERSON_DIED, REFERRAL_RECEIVED
from wenlock.law.clocks_protection import (
    ASSESSMENT,
    ASSESSMENT_AUTHORISED,
    DISCUSSION_BEGAN_ENQUIRY,
    FIRST_REVIEW_CONFERENCE,
    INITIAL_CONFERENCE,
    INITIAL_CONFERENCE_HELD,
    LATER_REVIEW_CONFERENCE,
    REVIEW_CONFERENCE_HELD,
)
from wenlock.law.clocks_special_needs import NEEDS_ASSESSMENT_REQUESTED, NO_PLAN, SCHOOL_ADVICE_ASKED
from wenlock.law.running import Closure


@pytest.mark.parametrize(
    ("held", "falls_due"),
    [
        ("2026-03-02", "2026-03-23"),  # three clear weeks
        ("2026-03-23", "2026-04-15"),  # Good Friday and Easter Monday are not working days
        ("2026-12-14", "2027-01-07"),  # Christmas, Boxing Day kept on Monday, and New Year's Day
    ],
)
def test_the_initial_conference_is_within_fifteen_working_days_of_the_discussion(
    held: str, falls_due: str
) -> None:
    """Working Together: fifteen working days from the strategy discussion that began the enquiry."""
    assert due(INITIAL_CONFERENCE, happened(DISCUSSION_BEGAN_ENQUIRY, held)) == falls_due


def test_an_assessment_takes_forty_five_working_days_from_the_referral() -> None:
    """Working Together: nine weeks of working days, longer by the two early bank holidays of May."""
    referral = happened(REFERRAL_RECEIVED, "2026-04-20 10:00")
    assert due(ASSESSMENT, referral) == "2026-06-24"
    late = read(ASSESSMENT, referral, happened(ASSESSMENT_AUTHORISED, "2026-06-26"))
    assert str(late.breached_by) == "2 calendar days"


def test_an_assessment_of_a_child_who_died_ends_and_is_not_called_done() -> None:
    """Working Together: what ends without its satisfying event is never shown as satisfied."""
    reading = read(ASSESSMENT, happened(REFERRAL_RECEIVED, "2026-04-20"), happened(PERSON_DIED, "2026-05-01"))
    assert (reading.state, reading.is_open, reading.satisfied_by) == ("ended", False, None)


@pytest.mark.parametrize(("held", "falls_due"), [("2026-03-02", "2026-06-02"), ("2026-11-30", "2027-02-28")])
def test_the_first_review_is_within_three_months_of_the_conference(held: str, falls_due: str) -> None:
    """Working Together: three months, by the matching date or the last day of a shorter month."""
    assert due(FIRST_REVIEW_CONFERENCE, happened(INITIAL_CONFERENCE_HELD, held)) == falls_due


def test_a_review_starts_the_next_clock_and_does_not_satisfy_it() -> None:
    """Working Together: later reviews are within six months of the one before."""
    first = happened(REVIEW_CONFERENCE_HELD, "2026-08-31")
    assert due(LATER_REVIEW_CONFERENCE, first) == "2027-02-28"
    assert read(LATER_REVIEW_CONFERENCE, first).state == "running"
    next_one = happened(REVIEW_CONFERENCE_HELD, "2027-02-10", id="second")
    assert read(LATER_REVIEW_CONFERENCE, first, next_one).satisfied_by == "second"


def test_what_began_before_any_declared_rule_is_refused() -> None:
    """Working Together: the edition before 2018 is not declared, and no other is used in its place."""
    with pytest.raises(NoRuleThen, match="2018-07-03"):
        read(INITIAL_CONFERENCE, happened(DISCUSSION_BEGAN_ENQUIRY, "2018-07-03"))


SUMMER = Closure(date(2026, 7, 22), date(2026, 9, 2))
FOUR_WEEKS = Closure(date(2026, 7, 22), date(2026, 8, 19))
SHORT = Closure(date(2026, 7, 22), date(2026, 8, 18))


@pytest.mark.parametrize(
    ("asked", "closure", "excused"),
    [
        ("2026-07-15", SUMMER, True),  # one week before the school closed
        ("2026-07-14", SUMMER, False),
        ("2026-08-26", SUMMER, True),  # one week before it opens again
        ("2026-08-27", SUMMER, False),
        ("2026-07-22", FOUR_WEEKS, True),
        ("2026-07-22", SHORT, False),  # closed for a day less than four weeks
    ],
)
def test_a_long_closure_of_the_school_may_excuse_and_never_moves_the_day(
    asked: str, closure: Closure, excused: bool
) -> None:
    """Special Educational Needs Regulations 2014 reg. 10(1) and (4)(a): sixteen weeks, and the closed school."""
    events = [happened(NEEDS_ASSESSMENT_REQUESTED, "2026-05-04"), happened(SCHOOL_ADVICE_ASKED, asked)]
    reading = read(NO_PLAN, *events, closures=[closure], at="2026-09-01 09:00")
    assert (str(reading.due), reading.state) == ("2026-08-24", "late")
    assert bool(reading.excuses) is excused
