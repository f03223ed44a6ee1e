"""Information rights and complaints: worked examples by provision."""

import pytest
from clock_examples import due, happened, read

from wenlock.law.clocks_rights import (
    ACCESS_ANSWERED,
    ACCESS_EXTENDED,
    ACCESS_REFUSED,
    ACCESS_REQUESTED,
    CLARIFICATION_ASKED,
    CLARIFICATION_GIVEN,
    DATA_COMPLAINT,
    DATA_COMPLAINT_ACKNOWLEDGED,
    DATA_COMPLAINT_RECEIVED,
    IDENTITY_ASKED,
    IDENTITY_PROVED,
    REPRESENTATION_EXTENDED,
    REPRESENTATION_RECEIVED,
    REPRESENTATION_STAGE_1,
    SUBJECT_ACCESS,
)


@pytest.mark.parametrize(
    ("received", "falls_due"),
    [
        ("2026-09-03", "2026-10-05"),  # the matching date is a Saturday
        ("2026-01-31", "2026-03-02"),  # no 31st: the last day of February, a Saturday; under the older rule
        ("2028-01-31", "2028-02-29"),  # a leap year
        ("2026-11-25", "2026-12-29"),  # Christmas, and Boxing Day kept on the Monday
        ("2026-12-01", "2027-01-04"),  # New Year's Day, a Friday
        ("2026-03-03", "2026-04-07"),  # Good Friday to Easter Monday
    ],
)
def test_a_request_is_answered_within_a_month_by_the_matching_date(received: str, falls_due: str) -> None:
    """UK GDPR Article 12(3), and 12A since February 2026: the plain examples of the table of time limits."""
    assert due(SUBJECT_ACCESS, happened(ACCESS_REQUESTED, received)) == falls_due


def test_the_wait_for_clarification_is_left_out_with_both_its_days() -> None:
    """DPA 2018 s.54(3C): asked 12 March and answered 19 March, eight days out; Saturday 18 April rolls to Monday."""
    request = [
        happened(ACCESS_REQUESTED, "2026-03-10"),
        happened(CLARIFICATION_ASKED, "2026-03-12"),
        happened(CLARIFICATION_GIVEN, "2026-03-19"),
    ]
    reading = read(SUBJECT_ACCESS, *request)
    assert str(reading.due) == "2026-04-20"
    assert any("stood still for 8 days" in said for said in reading.because)
    assert any("18 April 2026 is not a working day" in said for said in reading.because)


def test_the_month_begins_again_when_identity_is_proved() -> None:
    """DPA 2018 s.54(3): identity proved 19 March; Sunday 19 April rolls to Monday."""
    asked, proved = happened(IDENTITY_ASKED, "2026-03-10"), happened(IDENTITY_PROVED, "2026-03-19")
    assert due(SUBJECT_ACCESS, happened(ACCESS_REQUESTED, "2026-03-10"), asked, proved) == "2026-04-20"


@pytest.mark.parametrize(
    ("received", "told", "falls_due"),
    [
        ("2026-11-30", "2026-12-10", "2027-03-01"),  # the matching date is Sunday 28 February
        ("2026-07-31", "2026-08-31", "2026-11-02"),  # told on the bank holiday; Saturday 31 October
        ("2026-07-31", "2026-09-01", "2026-11-02"),  # told on the last day of the month as it rolled
    ],
)
def test_two_further_months_run_from_the_same_start(received: str, told: str, falls_due: str) -> None:
    """DPA 2018 s.54(3A): the two extended examples of the table of time limits."""
    request, extended = happened(ACCESS_REQUESTED, received), happened(ACCESS_EXTENDED, told)
    assert due(SUBJECT_ACCESS, request, extended) == falls_due


def test_an_extension_told_after_the_first_month_lengthens_nothing() -> None:
    """DPA 2018 s.54(3B): the person is told before the first month ends."""
    reading = read(
        SUBJECT_ACCESS, happened(ACCESS_REQUESTED, "2026-09-03"), happened(ACCESS_EXTENDED, "2026-10-06")
    )
    assert str(reading.due) == "2026-10-05"
    assert any("lengthens nothing" in said for said in reading.because)


def test_a_second_extension_lengthens_nothing() -> None:
    """DPA 2018 s.54(3A): two further months, once."""
    told = [happened(ACCESS_EXTENDED, day) for day in ("2026-09-10", "2026-09-20")]
    assert due(SUBJECT_ACCESS, happened(ACCESS_REQUESTED, "2026-09-03"), *told) == "2026-12-03"


def test_while_an_answer_is_awaited_nothing_is_due_and_nothing_is_late() -> None:
    """DPA 2018 s.54(3C): the clock stands still until the person replies."""
    request = [happened(ACCESS_REQUESTED, "2026-03-10"), happened(CLARIFICATION_ASKED, "2026-03-12")]
    reading = read(SUBJECT_ACCESS, *request, at="2026-12-01 09:00")
    assert (reading.state, reading.due, reading.warn_at) == ("paused", None, None)


@pytest.mark.parametrize("kind", [CLARIFICATION_ASKED, IDENTITY_ASKED])
def test_asking_after_the_month_has_run_out_does_not_stop_the_clock(kind) -> None:
    """DPA 2018 s.54(3) and (3C): a late question is no way back into time."""
    request = [happened(ACCESS_REQUESTED, "2026-03-10"), happened(kind, "2026-04-20")]
    reading = read(SUBJECT_ACCESS, *request, at="2026-05-01 09:00")
    assert (reading.state, str(reading.due), str(reading.breached_by)) == (
        "late",
        "2026-04-10",
        "21 calendar days",
    )


def test_before_february_2026_the_wait_for_clarification_was_not_taken_out() -> None:
    """UK GDPR Article 12(3) as it stood: the version is chosen by the day the request came."""
    asked, given = happened(CLARIFICATION_ASKED, "2026-02-06"), happened(CLARIFICATION_GIVEN, "2026-02-10")
    assert due(SUBJECT_ACCESS, happened(ACCESS_REQUESTED, "2026-02-04"), asked, given) == "2026-03-04"
    assert due(SUBJECT_ACCESS, happened(ACCESS_REQUESTED, "2026-02-05"), asked, given) == "2026-03-10"


def test_a_refusal_with_reasons_is_an_answer() -> None:
    """UK GDPR Article 12(4): being told why nothing is done is due in the same month."""
    request, refused = happened(ACCESS_REQUESTED, "2026-09-03"), happened(ACCESS_REFUSED, "2026-09-20")
    assert read(SUBJECT_ACCESS, request, refused).state == "satisfied"


def test_an_answer_on_the_day_it_rolled_to_is_in_time_and_on_the_next_is_late() -> None:
    """UK GDPR Article 12(3): a day is in time until its last moment."""
    request = happened(ACCESS_REQUESTED, "2026-09-03")
    in_time = read(SUBJECT_ACCESS, request, happened(ACCESS_ANSWERED, "2026-10-05 23:59"))
    late = read(SUBJECT_ACCESS, request, happened(ACCESS_ANSWERED, "2026-10-06 00:00"))
    assert (in_time.state, in_time.breached_by) == ("satisfied", None)
    assert (late.state, str(late.breached_by)) == ("satisfied", "1 calendar day")


def test_a_complaint_about_data_is_acknowledged_within_thirty_days_with_the_day_of_receipt_the_first() -> (
    None
):
    """DPA 2018 s.164A: thirty days beginning when received; 1 July is day 1 and 30 July day 30."""
    assert due(DATA_COMPLAINT, happened(DATA_COMPLAINT_RECEIVED, "2026-07-01")) == "2026-07-30"


def test_a_complaint_is_acknowledged_by_a_sunday_when_that_is_the_thirtieth_day() -> None:
    """DPA 2018 s.164A: to be safe the day does not move to the Monday."""
    complaint = happened(DATA_COMPLAINT_RECEIVED, "2026-07-04")
    reading = read(DATA_COMPLAINT, complaint, happened(DATA_COMPLAINT_ACKNOWLEDGED, "2026-08-03"))
    assert (str(reading.due), str(reading.breached_by)) == ("2026-08-02", "1 calendar day")


@pytest.mark.parametrize(
    ("received", "extended", "falls_due"),
    [
        ("2026-03-02", None, "2026-03-16"),  # two clear weeks
        ("2026-12-18", None, "2027-01-06"),  # Christmas, Boxing Day kept on Monday, New Year
        ("2026-12-18", "2026-12-30", "2027-01-20"),
        ("2026-12-18", "2027-01-07", "2027-01-06"),  # extended when the ten days were over
    ],
)
def test_stage_1_is_answered_in_ten_working_days_or_twenty(
    received: str, extended: str | None, falls_due: str
) -> None:
    """Representations Regulations 2006 reg. 14: ten working days, extended to twenty."""
    events = [happened(REPRESENTATION_RECEIVED, received)]
    events += [happened(REPRESENTATION_EXTENDED, extended)] if extended else []
    assert due(REPRESENTATION_STAGE_1, *events) == falls_due
