"""What a census file is refused for: with the line, the place, the value and what to do."""

import io

import pytest
from cin_examples import FULL_EPISODE, child, episode, full, header, line_of, message

from wenlock.returns.cin.faults import MOST_FAULTS
from wenlock.returns.cin.reading import CensusRefused, read_census, read_whole


def read(data: bytes):
    return read_whole(io.BytesIO(data))


def faults_of(data: bytes):
    with pytest.raises(CensusRefused) as refused:
        read(data)
    return refused.value.faults


BAD_VALUES = [
    ("<PersonBirthDate>2026-02-30</PersonBirthDate>", "no such day"),
    ("<PersonBirthDate>31/03/2026</PersonBirthDate>", "YYYY-MM-DD"),
    ("<PersonBirthDate>20260331</PersonBirthDate>", "YYYY-MM-DD"),
    ("<PersonBirthDate>2026-W13-2</PersonBirthDate>", "YYYY-MM-DD"),
    ("<PersonBirthDate>2026-03-31Z</PersonBirthDate>", "YYYY-MM-DD"),
    ("<PersonBirthDate>٢٠٢٦-٠٣-٣١</PersonBirthDate>", "YYYY-MM-DD"),
    ("<PersonBirthDate>0000-01-01</PersonBirthDate>", "no such day"),
    ("<Sex>M/F</Sex>", "letters A to Z"),
    ("<Sex>ABCDEFGHIJK</Sex>", "too long"),
    ("<UPNunknown>ÙN1</UPNunknown>", "letters A to Z"),
    ("<UPN>A1\u202e23</UPN>", "cannot be seen"),
    ("<UPN>A1\n23</UPN>", "cannot be seen"),
    ("<UPN>" + "9" * 61 + "</UPN>", "too long"),
    ("<UPN>" + "9" * 100_000 + "</UPN>", "far too long"),
    ("<UPN><b>A</b></UPN>", "holds a value"),
    ("<Sex>M</Sex><Sex>M</Sex>", "only once"),
    ("<Sex>M</Sex><GenderCurrent>1</GenderCurrent>", "not as both"),
    ("<sex>M</sex>", "Did you mean Sex?"),
    ("<PersonBirthDay/>", "Did you mean PersonBirthDate?"),
    ("<Ethnicity>WBRI</Ethnicity>", "It belongs in ChildCharacteristics."),
    ("<x:Sex>M</x:Sex>", "prefix"),
    ("<Shoe/>", "no element of this name."),
    ('<Sex code="1">M</Sex>', "no attributes"),
    ('<Sex xmlns:a="urn:a">M</Sex>', "no attributes"),
    ('<Sex xmlns="urn:a">M</Sex>', "no namespace"),
]


@pytest.mark.parametrize(("identifiers", "reason"), BAD_VALUES)
def test_a_file_with_a_value_or_element_that_cannot_be_is_refused(identifiers, reason):
    data = message(child(), "\n\n", child(identifiers=identifiers))
    (fault,) = faults_of(data)
    assert reason in fault.reason
    assert fault.line == line_of(data, identifiers.encode())
    assert fault.path.startswith("Message/Children/Child[2]/ChildIdentifiers/")


def previous(count: str) -> str:
    inside = f"<NumberOfPreviousCPP>{count}</NumberOfPreviousCPP>"
    return f"<ChildProtectionPlans>{inside}</ChildProtectionPlans>"


BAD_EPISODES = [
    ("<ReferralNFA>TRUE</ReferralNFA>", "true or false"),
    ("<ReferralNFA>yes</ReferralNFA>", "true or false"),
    (previous("-1"), "whole number"),
    (previous("1.0"), "whole number"),
    (previous("1234567"), "whole number"),
    ("<ChildProtectionPlans><CPPreviews/></ChildProtectionPlans>", "Did you mean Reviews?"),
    ("<CINreferralDate>2026-01-01</CINreferralDate>", "only once"),
    ("<AssessmentFactors>1A</AssessmentFactors>", "It belongs in FactorsIdentifiedAtAssessment."),
    ("<DateOfInitialCPC/><DateOfInitialCPC/>", "only once"),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "reason"), BAD_EPISODES)
def test_a_file_with_a_fault_in_an_episode_is_refused(inside, reason):
    (fault,) = faults_of(message(child(episodes=episode(inside))))
    assert reason in fault.reason
    assert fault.path.startswith("Message/Children/Child[1]/CINdetails[1]/")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Year": "26"}, "four digits"),
        ({"ReferenceDate": "2026-04-31"}, "no such day"),
        ({"DateTime": "2026-04-20 09:00:00"}, "YYYY-MM-DDThh:mm:ss"),
        ({"DateTime": "2026-04-20T25:00:00"}, "YYYY-MM-DDThh:mm:ss"),
        ({"LEA": "8 93"}, "letters A to Z"),
    ],
)
def test_a_file_with_a_fault_in_its_header_is_refused(changes, reason):
    (fault,) = faults_of(message(child(), head=header(**changes)))
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        (b"<Message/>", "Header Children"),
        (b"<Message>" + header().encode() + b"</Message>", "Children"),
        (message(child(), head=""), "Header"),
        (message(child(), head="<Header/>"), "CollectionDetails Source"),
        (message("<Child/>"), "ChildIdentifiers ChildCharacteristics"),
    ],
)
def test_a_file_without_a_container_it_must_have_is_refused(data, missing):
    assert [fault.reason.split()[0] for fault in faults_of(data)] == missing.split()


def test_a_header_after_the_children_is_refused():
    data = (
        message(child())
        .replace(header().encode(), b"")
        .replace(b"</Message>", header().encode() + b"</Message>")
    )
    (fault,) = faults_of(data)
    assert fault.reason == "Header must come before Children."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "ends before"),
        (b"LAchildID,UPN\n1,2\n", "not an XML file"),
        (b"PK\x03\x04", "not an XML file"),
        (b"<html></html>", "must begin with the element Message"),
        (b"<m:Message/>", "must begin with the element Message"),
        (full()[:-200], "ends before"),
        (full()[:-4], "ends before"),
        (full() + b"<Message/>", "after the end"),
        (full().replace(b"</Sex>", b"</Sax>", 1), "closed here"),
        (full().replace(b"WBRI", b"&", 1), "&amp;"),
        (full().replace(b"WBRI", b"&who;", 1), "entity"),
        (full().replace(b"WBRI", b"\xe9", 1), "UTF-8"),
        (full().replace(b"WBRI", b"\0", 1), "cannot stand"),
        (b"\n" + full(), "before the XML declaration"),
    ],
)
def test_a_file_that_is_not_a_census_in_xml_is_refused(data, reason):
    assert reason in faults_of(data)[-1].reason


def test_the_line_of_a_broken_tag_is_named():
    data = full().replace(b"</CINPlanDates>", b"</CINPlanDate>", 1)
    (fault,) = faults_of(data)
    assert fault.line == line_of(data, b"</CINPlanDate>")
    assert fault.path == "Message/Children/Child[1]/CINdetails[1]/CINPlanDates[1]"


def test_all_faults_are_told_at_once_with_their_places():
    wrong = "<PersonBirthDate>soon</PersonBirthDate>"
    found = faults_of(message(child(identifiers=wrong), child(), child(identifiers=wrong)))
    assert [fault.path for fault in found] == [
        "Message/Children/Child[1]/ChildIdentifiers/PersonBirthDate",
        "Message/Children/Child[3]/ChildIdentifiers/PersonBirthDate",
    ]
    assert {fault.value for fault in found} == {"soon"}


def test_reading_stops_at_fifty_faults():
    with pytest.raises(CensusRefused) as refused:
        read(message(*(child(identifiers="<Sex>?</Sex>") for _ in range(80))))
    assert len(refused.value.faults) == MOST_FAULTS == 50
    assert refused.value.cut_short
    assert "there may be more" in refused.value.advice


def test_faults_before_a_broken_tag_are_told_with_it():
    found = faults_of(message(child(identifiers="<Sex>?</Sex>"), "</oops>"))
    assert [fault.value for fault in found] == ["?", ""]


def test_no_child_is_given_after_a_fault():
    children = [child(f"WEN{n}", episodes=FULL_EPISODE) for n in range(100)]
    children.insert(60, child(identifiers="<Sex>?</Sex>"))
    given = []
    with pytest.raises(CensusRefused) as refused:
        given.extend(read_census(io.BytesIO(message(*children))))
    assert len(given) <= 60
    assert not refused.value.cut_short


def test_the_message_for_the_log_repeats_nothing_of_the_file():
    with pytest.raises(CensusRefused) as refused:
        read(message(child(identifiers="<PersonBirthDate>Megan</PersonBirthDate>")))
    assert "Megan" not in str(refused.value)
    assert "line 6" in str(refused.value)


def test_a_long_or_invisible_value_is_shown_short_and_safe():
    (fault,) = faults_of(message(child(identifiers="<Sex>\u202e" + "x" * 500 + "</Sex>")))
    assert len(fault.value) == 60
    assert fault.value.isprintable()
