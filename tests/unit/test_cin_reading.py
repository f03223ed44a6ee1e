"""A census file read: what is taken from it, and what is remarked on."""

import io
from datetime import UTC, date, datetime

import pytest
from cin_examples import FULL_EPISODE, child, episode, full, header, line_of, message

from wenlock.returns.cin.census import Assessment, CinPlan, ProtectionPlan, Section47
from wenlock.returns.cin.faults import MOST_REMARKS
from wenlock.returns.cin.reading import read_census, read_whole


def read(data: bytes):
    return read_whole(io.BytesIO(data))


def remarks_of(data: bytes):
    reading = read_census(io.BytesIO(data))
    list(reading)
    return reading.remarks


def only_child(data: bytes):
    (found,) = read(data).children
    return found


def only_episode(inside: str):
    (found,) = only_child(message(child(episodes=episode(inside)))).episodes
    return found


def test_the_header_is_read():
    head = read(message(child(), head=header(DateTime="2026-04-20T09:00:00Z", SerialNo="007"))).header
    assert (head.collection, head.year, head.reference_on) == ("CIN", 2026, date(2026, 3, 31))
    assert (head.source_level, head.authority, head.software) == ("L", "893", "Wenlock")
    assert (head.release, head.serial) == ("0.1.0", "007")
    assert head.made_at == datetime(2026, 4, 20, 9, tzinfo=UTC)


def test_everything_about_a_child_is_read():
    first = read(full()).children[0]
    assert (first.child_id, first.upn, first.former_upn) == ("WEN0001", "A123456789123", "X98765432123B")
    assert (first.upn_unknown, first.sex, first.ethnicity) == ("UN3", "F", "WBRI")
    assert (first.born_on, first.expected_on) == (date(2015, 3, 27), date(2015, 4, 1))
    assert first.died_on == date(2026, 3, 30)
    assert first.disabilities == ("HAND", "HEAR")


def test_everything_about_an_episode_is_read():
    found = read(full()).children[0].episodes[0]
    assert (found.referred_on, found.closed_on) == (date(2025, 9, 1), date(2026, 2, 27))
    assert (found.referral_source, found.primary_need, found.closure_reason) == ("1A", "N4", "RC1")
    assert (found.conference_on, found.no_further_action) == (date(2025, 12, 6), False)
    assert found.assessments == (
        Assessment(date(2025, 9, 2), date(2025, 9, 12), date(2025, 10, 14), ("4B", "RB", "16A")),
        Assessment(date(2025, 11, 2), None, date(2025, 10, 14), ()),
    )
    assert found.plans == (CinPlan(date(2025, 10, 24), date(2025, 10, 26)),)
    assert found.enquiries == (
        Section47(date(2025, 10, 20), date(2025, 11, 10), date(2025, 11, 6), False),
    )  # fmt: skip
    assert found.protection_plans == (
        ProtectionPlan(
            date(2025, 11, 6), date(2026, 3, 14), "PHY", "NEG", 1, (date(2026, 1, 29), date(2026, 3, 1))
        ),
    )


def test_pre_proceedings_are_read_whole():
    inside = (
        "<PreProceedingsandFGDM><PPStartDate>2026-05-01</PPStartDate><LBPSentDate>2026-05-02</LBPSentDate>"
        "<FGDMMeetingOffer>1</FGDMMeetingOffer><FGDMMeetingFac>0</FGDMMeetingFac>"
        "<InitialPPMeetingDate>2026-05-03</InitialPPMeetingDate><ReviewMeetingsCount>2</ReviewMeetingsCount>"
        "<StepDecisionDate>2026-05-04</StepDecisionDate><PPOutcome>A</PPOutcome>"
        "<CourtAppDate>2026-05-05</CourtAppDate><LetterInitCPDate>2026-05-06</LetterInitCPDate>"
        "</PreProceedingsandFGDM>"
    )
    (found,) = only_episode(inside).pre_proceedings
    assert (found.started_on, found.letter_before_on) == (date(2026, 5, 1), date(2026, 5, 2))
    assert (found.meeting_offered, found.meeting_held, found.review_meetings) == (True, False, 2)
    assert (found.first_meeting_on, found.decided_on) == (date(2026, 5, 3), date(2026, 5, 4))
    assert (found.outcome, found.applied_to_court_on) == ("A", date(2026, 5, 5))
    assert found.proceedings_letter_on == date(2026, 5, 6)


def test_each_thing_knows_the_line_it_was_read_from():
    data = full()
    first = read(data).children[0]
    assert first.line == line_of(data, b"<Child>")
    assert first.episodes[0].line == line_of(data, b"<CINdetails>")
    assert first.episodes[0].assessments[0].line == line_of(data, b"<Assessments>")
    assert first.episodes[0].protection_plans[0].line == line_of(data, b"<ChildProtectionPlans>")


def test_the_line_is_no_part_of_equality():
    assert read(message(child())) == read(message("\n\n", child()))


def test_the_header_is_known_before_the_children_are_read():
    stream = io.BytesIO(message(*(child(f"WEN{n}", episodes=FULL_EPISODE) for n in range(200))))
    reading = read_census(stream)
    assert reading.header.authority == "893"
    assert stream.tell() < len(stream.getvalue())
    assert len(list(reading)) == 200


def test_progress_is_told_in_bytes():
    data, told = message(*(child(episodes=FULL_EPISODE) for _ in range(100))), []
    list(read_census(io.BytesIO(data), progress=told.append))
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == len(data)


def test_no_factors_element_an_empty_one_and_a_full_one_are_told_apart():
    inside = (
        "<Assessments/>"
        "<Assessments><FactorsIdentifiedAtAssessment/></Assessments>"
        "<Assessments><FactorsIdentifiedAtAssessment><AssessmentFactors/></FactorsIdentifiedAtAssessment></Assessments>"
        "<Assessments><FactorsIdentifiedAtAssessment><AssessmentFactors>21</AssessmentFactors>"
        "</FactorsIdentifiedAtAssessment></Assessments>"
    )
    assert [each.factors for each in only_episode(inside).assessments] == [None, (), (), ("21",)]


@pytest.mark.parametrize(
    "reviews",
    [
        "<Reviews>{0}{1}</Reviews>",
        "<Reviews>{0}</Reviews><Reviews>{1}</Reviews>",
        "<Reviews/><Reviews>{0}<CPPreviewDate/>{1}</Reviews>",
    ],
)
def test_reviews_are_read_from_one_wrapper_or_from_many(reviews):
    days = [f"<CPPreviewDate>{day}</CPPreviewDate>" for day in ("2026-01-29", "2026-03-01")]
    found = only_episode(f"<ChildProtectionPlans>{reviews.format(*days)}</ChildProtectionPlans>")
    assert found.protection_plans[0].reviewed_on == (date(2026, 1, 29), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("written", "held"), [("true", True), ("1", True), ("false", False), ("0", False), ("", None)]
)
def test_a_flag_is_read_in_all_its_spellings(written, held):
    assert only_episode(f"<ReferralNFA>{written}</ReferralNFA>").no_further_action is held


@pytest.mark.parametrize(
    ("element", "written", "held", "kept"),
    [
        ("GenderCurrent", "1", "M", None),
        ("GenderCurrent", "2", "F", None),
        ("GenderCurrent", "0", "U", None),
        ("GenderCurrent", "9", "I", None),
        ("GenderCurrent", "M", "M", "M"),
        ("Sex", "M", "M", None),
        ("Sex", "1", "M", "1"),
        ("Sex", "X", "X", "X"),
        ("GenderCurrent", "7", "7", "7"),
    ],
)
def test_sex_is_held_in_one_way_whichever_element_gave_it(element, written, held, kept):
    found = only_child(message(child(identifiers=f"<{element}>{written}</{element}>")))
    assert (found.sex, found.sex_as_written) == (held, kept)


def test_text_between_elements_is_remarked_on_with_its_line():
    data = full()
    (remark,) = [each for each in remarks_of(data) if each.value == "PersonBirthDate"]
    assert remark.line == line_of(data, b"</UPNunknown>PersonBirthDate")
    assert remark.path == "Message/Children/Child[1]/ChildIdentifiers"
    assert read(data).children[0].born_on == date(2015, 3, 27)


def test_remarks_are_counted_when_they_are_too_many_to_keep():
    reading = read_census(io.BytesIO(message(*(child() + "stray" for _ in range(MOST_REMARKS + 7)))))
    list(reading)
    assert (len(reading.remarks), reading.remarks_left_off) == (MOST_REMARKS, 7)


def test_an_element_of_another_year_is_read_and_remarked_on_once():
    old = child(identifiers="<GenderCurrent>1</GenderCurrent>")
    said = [remark.says for remark in remarks_of(message(old, old))]
    assert said == ["GenderCurrent is not part of the census of 2026. It was read all the same."]


def test_the_content_block_of_old_files_is_accepted():
    block = "<Content><CBDSLevels><CBDSLevel>Child</CBDSLevel></CBDSLevels></Content>"
    assert read(message(child(), head=header(2021, source=block))).header.year == 2021


@pytest.mark.parametrize(
    "data",
    [
        message(child("WEN1"), child("WEN1")),
        message(child("with spaces and a length that no rule would let through")),
        message(child(identifiers="<ExpectedPersonBirthDate>2026-01-01</ExpectedPersonBirthDate>")),
        message(child(identifiers="<PersonDeathDate>1066-04-13</PersonDeathDate>", characteristics="")),
        message(child(characteristics="<Ethnicity>CNHE</Ethnicity>")),
        message(child(characteristics="<Disabilities><Disability>ZZ9</Disability></Disabilities>")),
        message(child(episodes=episode("<PrimaryNeedCode>Q</PrimaryNeedCode>"))),
        message(child(episodes=episode("<CINclosureDate>1970-01-01</CINclosureDate>"))),
        message(child(episodes="<CINdetails/>")),
        message("<Child><ChildCharacteristics/><CINdetails/><ChildIdentifiers/></Child>"),
        message(),
        message(child(), head=header(Collection="SEN", Year="1999", LEA="")),
    ],
)  # fmt: skip
def test_what_validation_rules_judge_is_held_and_not_refused(data):
    assert read(data).children is not None


def test_the_order_of_elements_does_not_matter():
    identifiers = "<Sex>F</Sex><PersonBirthDate>2014-02-15</PersonBirthDate><UPN>X</UPN>"
    other = "<UPN>X</UPN><PersonBirthDate>2014-02-15</PersonBirthDate><Sex>F</Sex>"
    assert read(message(child(identifiers=identifiers))) == read(message(child(identifiers=other)))


def test_a_missing_identifier_is_no_value():
    assert only_child(message(child(""))).child_id is None


def test_space_around_a_value_is_left_aside_and_remarked_on():
    data = message(child(" WEN1\n"))
    assert only_child(data).child_id == "WEN1"
    assert [remark.says for remark in remarks_of(data)] == ["Space around the value was left aside."]
