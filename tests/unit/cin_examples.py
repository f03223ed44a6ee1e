"""Census files of our own invention: whole ones, small ones, endless ones, and any that could be made."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import strategies as st

from wenlock.returns.cin import schema
from wenlock.returns.cin.census import (
    Assessment,
    Census,
    Child,
    CinPlan,
    Episode,
    Header,
    PreProceedings,
    ProtectionPlan,
    Section47,
)
from wenlock.returns.cin.elements import Element, Kind

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "cin"  # never committed


def header(year: int = 2026, *, source: str = "", **changes: str) -> str:
    """A header; `changes` replace values by element name, `source` is added after it."""
    values = {"Collection": "CIN", "Year": str(year), "ReferenceDate": f"{year}-03-31"} | {
        "SourceLevel": "L",
        "LEA": "893",
        "SoftwareCode": "Wenlock",
        "Release": "0.1.0",
        "SerialNo": "001",
        "DateTime": f"{year}-04-20T09:00:00",
    }
    values |= changes
    text = {name: f"<{name}>{value}</{name}>" for name, value in values.items()}
    first = "".join(text[name] for name in ("Collection", "Year", "ReferenceDate"))
    second = "".join(
        text[name] for name in ("SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime")
    )
    return f"<Header><CollectionDetails>{first}</CollectionDetails><Source>{second}</Source>{source}</Header>"


def child(
    number: str = "WEN0001",
    *,
    identifiers: str = "<PersonBirthDate>2014-02-15</PersonBirthDate><Sex>F</Sex>",
    characteristics: str = "<Ethnicity>NOBT</Ethnicity>",
    episodes: str = "",
) -> str:
    """A child, from the text of its parts."""
    return (
        f"<Child>\n<ChildIdentifiers><LAchildID>{number}</LAchildID>{identifiers}</ChildIdentifiers>\n"
        f"<ChildCharacteristics>{characteristics}</ChildCharacteristics>\n{episodes}</Child>\n"
    )


def episode(inside: str = "", *, referred: str = "2025-09-01") -> str:
    """A referral, with what is put inside it."""
    return f"<CINdetails><CINreferralDate>{referred}</CINreferralDate>{inside}</CINdetails>\n"


def message(*children: str, head: str | None = None) -> bytes:
    """A whole file."""
    top = header() if head is None else head
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<Message>", top, "<Children>"]
    return ("\n".join(lines) + "\n" + "".join(children) + "</Children>\n</Message>\n").encode()


def line_of(data: bytes, text: bytes) -> int:
    """The line on which the text first stands."""
    return data[: data.index(text)].count(b"\n") + 1


FULL_EPISODE = """<CINdetails>
  <CINreferralDate>2025-09-01</CINreferralDate>
  <ReferralSource>1A</ReferralSource>
  <PrimaryNeedCode>N4</PrimaryNeedCode>
  <CINclosureDate>2026-02-27</CINclosureDate>
  <ReasonForClosure>RC1</ReasonForClosure>
  <DateOfInitialCPC>2025-12-06</DateOfInitialCPC>
  <Assessments>
    <AssessmentActualStartDate>2025-09-02</AssessmentActualStartDate>
    <AssessmentInternalReviewDate>2025-09-12</AssessmentInternalReviewDate>
    <AssessmentAuthorisationDate>2025-10-14</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment>
      <AssessmentFactors>4B</AssessmentFactors>
      <AssessmentFactors>RB</AssessmentFactors>
      <AssessmentFactors>16A</AssessmentFactors>
    </FactorsIdentifiedAtAssessment>
  </Assessments>
  <Assessments>
    <AssessmentActualStartDate>2025-11-02</AssessmentActualStartDate>
    <AssessmentAuthorisationDate>2025-10-14</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment/>
  </Assessments>
  <CINPlanDates>
    <CINPlanStartDate>2025-10-24</CINPlanStartDate>
    <CINPlanEndDate>2025-10-26</CINPlanEndDate>
  </CINPlanDates>
  <Section47>
    <S47ActualStartDate>2025-10-20</S47ActualStartDate>
    <InitialCPCtarget>2025-11-10</InitialCPCtarget>
    <DateOfInitialCPC>2025-11-06</DateOfInitialCPC>
    <ICPCnotRequired>false</ICPCnotRequired>
  </Section47>
  <ReferralNFA>0</ReferralNFA>
  <ChildProtectionPlans>
    <CPPstartDate>2025-11-06</CPPstartDate>
    <CPPendDate>2026-03-14</CPPendDate>
    <InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
    <LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
    <NumberOfPreviousCPP>1</NumberOfPreviousCPP>
    <Reviews>
      <CPPreviewDate>2026-01-29</CPPreviewDate>
      <CPPreviewDate>2026-03-01</CPPreviewDate>
    </Reviews>
  </ChildProtectionPlans>
</CINdetails>
"""


def full(year: int = 2026, sex: str = "<Sex>F</Sex>") -> bytes:
    """A file with every element of a released census, and the oddities that real samples show."""
    odd = (
        "<UPN>A123456789123</UPN><FormerUPN>X98765432123B</FormerUPN>\n<UPNunknown>UN3</UPNunknown>PersonBirthDate\n"
        "<PersonBirthDate>2015-03-27</PersonBirthDate>"
        "<ExpectedPersonBirthDate>2015-04-01</ExpectedPersonBirthDate>"
        f"{sex}<PersonDeathDate>2026-03-30</PersonDeathDate>"
    )
    two = "<Disability>HAND</Disability><Disability>HEAR</Disability>"
    many = f"<Ethnicity>WBRI</Ethnicity><Disabilities>{two}</Disabilities>"
    nfa = episode("<ReferralSource>10</ReferralSource><ReferralNFA>true</ReferralNFA>", referred="2026-01-05")
    return message(
        child("WEN0001", identifiers=odd, characteristics=many, episodes=FULL_EPISODE + nfa),
        child("child_with_odd_number", identifiers=sex, episodes=nfa),
        child("WEN0001", identifiers=sex),
        head=header(year),
    )


class Endless:
    """A stream of about `size` bytes of children, made as it is read, so that it takes no room itself."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self._size, self._random, self._made, self.children = size, random.Random(seed), 0, 0
        self._left = b"<Message>" + header().encode() + b"<Children>"
        self._ended = False

    def read(self, count: int) -> bytes:
        """At most `count` bytes more."""
        while len(self._left) < count and not self._ended:
            self._left += self._more()
        piece, self._left = self._left[:count], self._left[count:]
        self._made += len(piece)
        return piece

    def _more(self) -> bytes:
        if self._made + len(self._left) >= self._size:
            self._ended = True
            return b"</Children></Message>"
        self.children += 1
        episodes = FULL_EPISODE * self._random.randint(1, 3)
        return child(f"WEN{self.children:07}", episodes=episodes).encode()


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
CODES = st.text("ABCNRU0123456789xyz", min_size=1, max_size=10)
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=60)
INSTANTS = st.datetimes(
    datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([None, UTC])
)  # fmt: skip


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    """A value or none."""
    return st.none() | values


def several(values: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    """A tuple of values, which may be empty."""
    return st.lists(values, max_size=most).map(tuple)


def dates_of(*names: str) -> dict[str, st.SearchStrategy]:
    """A strategy of a date or none for each name."""
    return {name: maybe(DAYS) for name in names}


FLAG = maybe(st.booleans())
COUNT = maybe(st.integers(0, 999_999))
ASSESSMENTS = st.builds(
    Assessment,
    **dates_of("started_on", "internally_reviewed_on", "authorised_on"),
    factors=maybe(several(CODES)),
)
PLANS = st.builds(CinPlan, **dates_of("started_on", "ended_on"))
ENQUIRIES = st.builds(
    Section47, **dates_of("started_on", "conference_due_on", "conference_on"), conference_not_required=FLAG
)
PROTECTION = st.builds(
    ProtectionPlan,
    **dates_of("started_on", "ended_on"),
    initial_category=maybe(CODES),
    latest_category=maybe(CODES),
    previous_plans=COUNT,
    reviewed_on=several(DAYS),
)
PRE_PROCEEDINGS = st.builds(
    PreProceedings,
    **dates_of("started_on", "letter_before_on", "first_meeting_on", "decided_on"),
    **dates_of("applied_to_court_on", "proceedings_letter_on"),
    meeting_offered=FLAG,
    meeting_held=FLAG,
    review_meetings=COUNT,
    outcome=maybe(CODES),
)
EPISODES = st.builds(
    Episode,
    **dates_of("referred_on", "closed_on", "conference_on"),
    referral_source=maybe(CODES),
    primary_need=maybe(CODES),
    closure_reason=maybe(CODES),
    no_further_action=FLAG,
    assessments=several(ASSESSMENTS, 2),
    plans=several(PLANS, 2),
    enquiries=several(ENQUIRIES, 2),
    protection_plans=several(PROTECTION, 2),
    pre_proceedings=several(PRE_PROCEEDINGS, 1),
)
SEXES = maybe(st.sampled_from(["M", "F", "U", "I", "Z", "female"]))
CHILDREN = st.builds(
    Child,
    child_id=maybe(WORDS | st.just("WEN0001")),
    upn=maybe(WORDS),
    former_upn=maybe(WORDS),
    upn_unknown=maybe(CODES),
    **dates_of("born_on", "expected_on", "died_on"),
    sex=SEXES,
    ethnicity=maybe(CODES),
    disabilities=several(CODES),
    episodes=several(EPISODES, 2),
)
HEADERS = st.builds(
    Header,
    collection=maybe(CODES),
    year=maybe(st.integers(1000, 9999)),
    reference_on=maybe(DAYS),
    source_level=maybe(CODES),
    authority=maybe(CODES),
    software=maybe(WORDS),
    release=maybe(WORDS),
    serial=maybe(CODES),
    made_at=maybe(INSTANTS),
)
CENSUSES = st.builds(Census, HEADERS, several(CHILDREN, 3))


def without_internal_reviews(census: Census) -> Census:
    """The census as one of 2024-25 on can tell it."""
    return replace(census, children=tuple(_child_without(child) for child in census.children))


def _child_without(child: Child) -> Child:
    return replace(child, episodes=tuple(_episode_without(each) for each in child.episodes))


def _episode_without(episode: Episode) -> Episode:
    bare = tuple(replace(each, internally_reviewed_on=None) for each in episode.assessments)
    return replace(episode, assessments=bare, pre_proceedings=())


KINDS = {
    Kind.DATE: date,
    Kind.DATETIME: datetime,
    Kind.FLAG: bool,
    Kind.CODE: str,
    Kind.SEX: str,
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.YEAR: int,
}


def badly_typed(census: Census) -> list[str]:
    """The names of elements that hold what is not of their type."""
    wrong = list(_wrong_in(schema.HEADER, census.header))
    for each in census.children:
        wrong.extend(_wrong_in(schema.CHILD, each))
    return wrong


def _wrong_in(element: Element, record: object) -> Iterator[str]:
    if element.makes and type(record) is not element.makes:
        yield element.name
        return
    for part in element.parts:
        held = getattr(record, part.held_in) if part.held_in else None
        if part.makes:
            for each in held:
                yield from _wrong_in(part, each)
        elif part.kind is None:
            yield from _wrong_in(part, record)
        elif part.held_in:
            values = held or () if part.most is None else (held,)
            if any(value is not None and type(value) is not KINDS[part.kind] for value in values):
                yield part.name
