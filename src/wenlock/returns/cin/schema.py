"""The census file as data: every element, its CBDS number, how often, of what type, where it is held, and
when.

Years are those in which a census ends: 2026 is the census of 1 April 2025 to 31 March 2026. An element marked
U was not found in more than one of `SOURCES` and is to be checked against the Department's own specification
before a real return is made.
"""

from . import census, codes
from .elements import Element, Kind, code, count, flag, on, text

SOURCES = {
    "DfE": "Children in need census: business and technical specification (landing pages and contents only)",
    "LIIA": "liia-tools, CIN_schema_2017 to 2026 (structure only)",
    "D2I": "Data to Insight CIN validator, and its draft of the 2026-27 rules",
    "Bristol": "Bristol CIN Census SQL Toolkit, version 7",
}

HEADER = Element(
    "Header",
    least=1,
    makes=census.Header,
    parts=(
        Element(
            "CollectionDetails",
            least=1,
            parts=(
                code("Collection", "collection", "N00600", least=1),
                Element("Year", Kind.YEAR, "year", "N00602", least=1),
                on("ReferenceDate", "reference_on", "N00603", least=1),
            ),
        ),
        Element(
            "Source",
            least=1,
            parts=(
                code("SourceLevel", "source_level", "N00604", least=1),
                code("LEA", "authority", "N00216", least=1),
                text("SoftwareCode", "software", "N00605", longest=200),
                text("Release", "release", "N00607", longest=200),
                code("SerialNo", "serial", "N00606", longest=20),
                Element("DateTime", Kind.DATETIME, "made_at", "N00609", longest=40),
            ),
        ),
        Element(
            "Content",
            until=2021,
            parts=(
                Element(
                    "CBDSLevels",
                    parts=(Element("CBDSLevel", Kind.TEXT, None, "N00608", longest=60, constant="Child"),),
                ),
            ),
            note="Dropped from the census of 2021-22 on. It only ever says Child, so it is not held.",
        ),
    ),
)

IDENTIFIERS = Element(
    "ChildIdentifiers",
    least=1,
    parts=(
        text("LAchildID", "child_id", "N00097", least=1, note="Longer than 20 is rule 1570's business."),
        text("UPN", "upn", "N00001"),
        text("FormerUPN", "former_upn", "N00002"),
        code("UPNunknown", "upn_unknown", "N00135"),
        on("PersonBirthDate", "born_on", "N00066"),
        on("ExpectedPersonBirthDate", "expected_on", "N00098"),
        Element("GenderCurrent", Kind.SEX, "sex", "N00065", until=2024),
        Element("Sex", Kind.SEX, "sex", "N00783", since=2025),
        on("PersonDeathDate", "died_on", "N00108"),
    ),
)

CHARACTERISTICS = Element(
    "ChildCharacteristics",
    least=1,
    parts=(
        code("Ethnicity", "ethnicity", "N00177", least=1),
        Element("Disabilities", parts=(code("Disability", "disabilities", "N00099", least=1, most=None),)),
    ),
)

ASSESSMENTS = Element(
    "Assessments",
    held_in="assessments",
    most=None,
    makes=census.Assessment,
    parts=(
        on("AssessmentActualStartDate", "started_on", "N00159", least=1),
        on(
            "AssessmentInternalReviewDate",
            "internally_reviewed_on",
            "N00161",
            until=2024,
            mark="U",
            note="Absent from 2024 samples; whether 2024-25 still allows it is unverified. Read always.",
        ),
        on("AssessmentAuthorisationDate", "authorised_on", "N00160"),
        Element(
            "FactorsIdentifiedAtAssessment",
            held_in="factors",
            parts=(code("AssessmentFactors", "factors", "N00181", least=1, most=None),),
            note="Kept when empty: some suppliers write it so for an authorised assessment without factors.",
        ),
    ),
)

CIN_PLANS = Element(
    "CINPlanDates",
    held_in="plans",
    most=None,
    makes=census.CinPlan,
    since=2022,
    parts=(
        on("CINPlanStartDate", "started_on", "N00689", least=1),
        on("CINPlanEndDate", "ended_on", "N00690"),
    ),
)

SECTION_47 = Element(
    "Section47",
    held_in="enquiries",
    most=None,
    makes=census.Section47,
    parts=(
        on("S47ActualStartDate", "started_on", "N00148", least=1),
        on("InitialCPCtarget", "conference_due_on", "N00109"),
        on("DateOfInitialCPC", "conference_on", "N00110"),
        flag("ICPCnotRequired", "conference_not_required", "N00111", least=1),
    ),
)

PROTECTION_PLANS = Element(
    "ChildProtectionPlans",
    held_in="protection_plans",
    most=None,
    makes=census.ProtectionPlan,
    parts=(
        on("CPPstartDate", "started_on", "N00105", least=1),
        on("CPPendDate", "ended_on", "N00115"),
        code("InitialCategoryOfAbuse", "initial_category", "N00113", least=1),
        code("LatestCategoryOfAbuse", "latest_category", "N00114", least=1),
        count("NumberOfPreviousCPP", "previous_plans", "N00106", least=1),
        Element(
            "Reviews",
            spread=True,
            parts=(on("CPPreviewDate", "reviewed_on", "N00116", least=1, most=None),),
        ),
    ),
)

PRE_PROCEEDINGS = Element(
    "PreProceedingsandFGDM",
    held_in="pre_proceedings",
    most=None,
    makes=census.PreProceedings,
    since=2027,
    mark="U",
    note="From draft rules. Check order, numbers and meanings against the 2026-27 specification.",
    parts=(
        on("PPStartDate", "started_on", "N00826", mark="U"),
        on("LBPSentDate", "letter_before_on", "N00827", mark="U"),
        flag("FGDMMeetingOffer", "meeting_offered", "N00828", mark="U"),
        flag("FGDMMeetingFac", "meeting_held", "N00829", mark="U"),
        on("InitialPPMeetingDate", "first_meeting_on", "N00830", mark="U"),
        count("ReviewMeetingsCount", "review_meetings", "N00831", mark="U"),
        on("StepDecisionDate", "decided_on", "N00832", mark="U"),
        code("PPOutcome", "outcome", "N00833", mark="U"),
        on("CourtAppDate", "applied_to_court_on", "N00834", mark="U"),
        on("LetterInitCPDate", "proceedings_letter_on", "N00835", mark="U"),
    ),
)

EPISODE = Element(
    "CINdetails",
    held_in="episodes",
    least=1,
    most=None,
    makes=census.Episode,
    parts=(
        on("CINreferralDate", "referred_on", "N00100", least=1),
        code("ReferralSource", "referral_source", "N00152", least=1),
        code("PrimaryNeedCode", "primary_need", "N00101"),
        on("CINclosureDate", "closed_on", "N00102"),
        code("ReasonForClosure", "closure_reason", "N00103"),
        on("DateOfInitialCPC", "conference_on", "N00110"),
        ASSESSMENTS,
        CIN_PLANS,
        SECTION_47,
        flag("ReferralNFA", "no_further_action", "N00112", least=1),
        PROTECTION_PLANS,
        PRE_PROCEEDINGS,
    ),
)

CHILD = Element(
    "Child", least=1, most=None, makes=census.Child, parts=(IDENTIFIERS, CHARACTERISTICS, EPISODE)
)
CHILDREN = Element("Children", least=1, parts=(CHILD,))
MESSAGE = Element("Message", least=1, parts=(HEADER, CHILDREN))

SEX_CODES = {"Sex": frozenset(codes.SEX.codes), "GenderCurrent": frozenset(codes.GENDER_CURRENT.codes)}


def _parents() -> dict[str, tuple[str, ...]]:
    """Every element's name, with the names of those it may stand in."""
    found: dict[str, list[str]] = {}
    for _, element in MESSAGE.walk():
        for part in element.parts:
            found.setdefault(part.name, []).append(element.name)
    return {name: tuple(homes) for name, homes in found.items()}


PARENTS = _parents()
