"""The code sets of the census: each code, its label, the years it may be used, and what came after it.

Years are those in which a census ends; `since` None means before the census of 2020-21, the first described
here. Labels are shortened. A code in no set is still read and held: rules 4180, 4220 and their like say what
is wrong with it. Source: children in need census code sets as of 2025-26, from the sources of `schema`.
"""

from .codesets import Code, CodeSet, listed

SEX = CodeSet(
    "Sex",
    ("Sex",),
    [
        Code("M", "Male", since=2025),
        Code("F", "Female", since=2025),
        Code("U", "Unknown, or not yet born", since=2025),
    ],
)

GENDER_CURRENT = CodeSet(
    "Gender current",
    ("GenderCurrent",),
    [
        Code("1", "Male", until=2024, successors=("M",)),
        Code("2", "Female", until=2024, successors=("F",)),
        Code("0", "Not recorded, or not yet born", until=2024, successors=("U",)),
        Code(
            "9", "Indeterminate", until=2024, successors=("U",), note="Held as I. No later census can say it."
        ),
    ],
)

ETHNICITY = CodeSet(
    "Ethnicity",
    ("Ethnicity",),
    listed("""
WBRI White British
WIRI White Irish
WIRT Traveller of Irish heritage
WROM Gypsy or Roma
WOTH Any other White background
MWBC White and Black Caribbean
MWBA White and Black African
MWAS White and Asian
MOTH Any other mixed background
AIND Indian
APKN Pakistani
ABAN Bangladeshi
CHNE Chinese
AOTH Any other Asian background
BCRB Caribbean
BAFR African
BOTH Any other Black background
OOTH Any other ethnic group
REFU Refused
NOBT Information not yet obtained
"""),
    misspellings={"CNHE": "CHNE"},
    note="Standard Safeguarding Dataset guidance misspells CHNE as CNHE.",
)

DISABILITY = CodeSet(
    "Disability",
    ("Disability",),
    listed("""
NONE None
MOB Mobility
HAND Hand function
PC Personal care
INC Incontinence
COMM Communication
LD Learning
HEAR Hearing
VIS Vision
BEH Behaviour
CON Consciousness
AUT Diagnosed with autism or Asperger syndrome
DDA Other disability under the 2005 Act
"""),
)

UPN_UNKNOWN = CodeSet(
    "UPN unknown",
    ("UPNunknown",),
    [
        Code("UN1", "Not of school age, none assigned", mark="U"),
        Code("UN2", "Never attended a maintained school in England", mark="U"),
        Code("UN3", "Educated outside England", mark="U"),
        Code("UN4", "Newly looked after, not yet known at the end of the year", mark="U"),
        Code("UN5", "Sources conflict, no reliable match", mark="U"),
        Code("UN6", "A valid code whose meaning is not verified", mark="U"),
        Code("UN7", "Referral with no further action"),
    ],
)

REFERRAL_SOURCE = CodeSet(
    "Referral source",
    ("ReferralSource",),
    [
        *listed("""
1A Family member, relative or carer
1B Acquaintance
1C Self
1D Other individual
2A Schools
2B Education services
3A GP
3B Health visitor
3C School nurse
3D Other primary health services
3E A&E
3F Other health services
4 Housing
5A Local authority social care
5B Other service of this authority
5C Another authority's services
"""),
        Code("5D", "Local authority early help", since=2023),
        *listed("""
6 Police
7 Other legal agency
8 Other
9 Anonymous
10 Unknown
"""),
    ],
)

PRIMARY_NEED = CodeSet(
    "Primary need",
    ("PrimaryNeedCode",),
    [
        Code(
            "N1", "Abuse or neglect", mark="U", note="From 2025-26 perhaps 'abuse, neglect and exploitation'."
        ),
        *listed("""
N2 Child's disability or illness
N3 Parental disability or illness
N4 Family in acute stress
N5 Family dysfunction
N6 Socially unacceptable behaviour
N7 Low income
N8 Absent parenting
N9 Cases other than children in need
N0 Not stated
"""),
    ],
)

CLOSURE = CodeSet(
    "Reason for closure",
    ("ReasonForClosure",),
    [
        *listed("""
RC1 Adopted
RC2 Died
RC3 Child arrangements order
RC4 Special guardianship order
RC5 Moved to another authority's services
RC6 Moved to adult social care
RC7 Ended for any other reason, no longer in need
RC8 Closed after assessment, no further action
"""),
        Code("RC9", "Closed after assessment, referred to early help", since=2023),
    ],
)

_WHO = {"A": "child", "B": "parent or carer", "C": "other member of the household"}
_SHARED = {
    "1": "Alcohol misuse",
    "2": "Drug misuse",
    "3": "Domestic abuse",
    "4": "Mental health",
    "5": "Learning disability",
    "6": "Physical disability or illness",
}

FACTORS = CodeSet(
    "Assessment factors",
    ("AssessmentFactors",),
    [
        *(
            Code(number + who, f"{label}: {whom}")
            for number, label in _SHARED.items()
            for who, whom in _WHO.items()
        ),
        *listed("""
7A Young carer
8B Privately fostered: overseas, intends to return
8C Privately fostered: overseas, to stay
8D Privately fostered: UK, education placement
8E Privately fostered: UK, alternative family arrangement
8F Privately fostered: other
9A Unaccompanied asylum seeker
10A Missing
11A Child sexual exploitation
12A Trafficking
13A Gangs
14A Socially unacceptable behaviour
15A Self-harm
16A Neglect
17A Emotional abuse
18B Physical abuse: child on child
18C Physical abuse: adult on child
19B Sexual abuse: child on child
19C Sexual abuse: adult on child
20 Other
21 None identified
22A Female genital mutilation
23A Abuse linked to faith or belief
"""),
        Code("24A", "Child criminal exploitation", since=2022),
        Code("18A", "Physical abuse, undivided", until=2020, successors=("18B", "18C"), note="See 8945Q."),
        Code("19A", "Sexual abuse, undivided", until=2020, successors=("19B", "19C"), note="See 8950Q."),
    ],
)

ABUSE = CodeSet(
    "Category of abuse",
    ("InitialCategoryOfAbuse", "LatestCategoryOfAbuse"),
    listed("""
NEG Neglect
PHY Physical
SAB Sexual
EMO Emotional
MUL Multiple (discouraged)
"""),
)

OUTCOME = CodeSet(
    "Pre-proceedings outcome",
    ("PPOutcome",),
    [
        Code(value, f"Outcome {value}", since=2027, mark="U", note="Code set CS131, meanings not verified.")
        for value in "ABC"
    ],
)

COLLECTION = CodeSet("Collection", ("Collection",), [Code("CIN", "Children in need")])
SOURCE_LEVEL = CodeSet("Source level", ("SourceLevel",), [Code("L", "Local authority")])

SETS = (
    SEX,
    GENDER_CURRENT,
    ETHNICITY,
    DISABILITY,
    UPN_UNKNOWN,
    REFERRAL_SOURCE,
    PRIMARY_NEED,
    CLOSURE,
    FACTORS,
    ABUSE,
    OUTCOME,
    COLLECTION,
    SOURCE_LEVEL,
)
BY_ELEMENT = {element: code_set for code_set in SETS for element in code_set.elements}

# How sex is held whichever element gave it, and how each census year writes it.
SEX_HELD_AS = {"1": "M", "2": "F", "0": "U", "9": "I"}
SEX_AS_GENDER_CURRENT = {held: written for written, held in SEX_HELD_AS.items()}
SEX_RETIRED = {"I": "U"}
