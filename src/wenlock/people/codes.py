"""The code sets of people: the Standard Safeguarding Dataset's and the Department's, and our own where they have none."""

SEXES = {"F": "Female", "M": "Male", "U": "Not known", "I": "Indeterminate (code retired 2024)"}

NAME_KINDS = {
    "legal": "Legal name",
    "birth": "Name at birth",
    "known-as": "Known as",
    "alias": "Alias",
}

IDENTIFIER_SCHEMES = {
    "LA-child-id": "Council's child number",
    "NHS": "NHS number",
    "UPN": "Unique pupil number",
    "former-UPN": "Former unique pupil number",
    "ULN": "Unique learner number",
    "NI": "National Insurance number",
    "Home-Office": "Home Office reference",
    "supplier": "Number in an earlier system",
}

UPN_UNKNOWN = {
    "UN1": "Not of school age, none given yet",
    "UN2": "Never at a state school in England",
    "UN3": "Educated outside England",
    "UN4": "Newly looked after, number not yet known",
    "UN5": "Sources disagree",
    "UN6": "Not known (UN6)",
    "UN7": "Referred, no further action",
}

ETHNICITIES = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other Mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "CHNE": "Chinese",
    "AOTH": "Any other Asian background",
    "BCRB": "Caribbean",
    "BAFR": "African",
    "BOTH": "Any other Black background",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Not yet obtained",
}

DISABILITIES = {
    "NONE": "None",
    "MOB": "Mobility",
    "HAND": "Hand function",
    "PC": "Personal care",
    "INC": "Incontinence",
    "COMM": "Communication",
    "LD": "Learning",
    "HEAR": "Hearing",
    "VIS": "Vision",
    "BEH": "Behaviour",
    "CON": "Consciousness",
    "AUT": "Autism, diagnosed",
    "DDA": "Other disability",
}

# Each kind of relationship reads "other is the ... of person"; the value names its inverse.
RELATIONSHIPS = {
    "mother": ("Mother", "child"),
    "father": ("Father", "child"),
    "parent": ("Parent", "child"),
    "child": ("Child", "parent"),
    "step-parent": ("Step-parent", "step-child"),
    "step-child": ("Step-child", "step-parent"),
    "sibling": ("Brother or sister", "sibling"),
    "half-sibling": ("Half-brother or half-sister", "half-sibling"),
    "step-sibling": ("Step-brother or step-sister", "step-sibling"),
    "grandparent": ("Grandparent", "grandchild"),
    "grandchild": ("Grandchild", "grandparent"),
    "aunt-or-uncle": ("Aunt or uncle", "niece-or-nephew"),
    "niece-or-nephew": ("Niece or nephew", "aunt-or-uncle"),
    "cousin": ("Cousin", "cousin"),
    "spouse": ("Husband, wife or civil partner", "spouse"),
    "former-spouse": ("Former husband, wife or civil partner", "former-spouse"),
    "partner": ("Partner", "partner"),
    "former-partner": ("Former partner", "former-partner"),
    "carer": ("Carer", "cared-for"),
    "cared-for": ("Cared for", "carer"),
    "friend": ("Family friend", "friend"),
    "neighbour": ("Neighbour", "neighbour"),
    "other": ("Other connection", "other"),
}

RESPONSIBILITY_BASES = {
    "birth-mother": "Birth mother (Children Act 1989 s.2)",
    "married-father": "Father married to the mother at the birth (s.2)",
    "birth-registration": "Father registered on the birth certificate from 1 December 2003 (s.4)",
    "agreement": "Parental responsibility agreement (s.4)",
    "court-order": "Parental responsibility order (s.4)",
    "child-arrangements-order": "Child arrangements order, lives with (s.12)",
    "special-guardianship": "Special guardianship order (s.14C)",
    "care-order": "Care order, shared with the council (s.33)",
    "adoption": "Adoption order (Adoption and Children Act 2002 s.46)",
    "step-parent": "Step-parent by agreement or order (s.4A)",
}

GENOGRAM_OCCASIONS = {
    "court": "For a court",
    "conference": "For a child protection conference",
    "review": "For a review",
    "other": "For something else",
}

RESIDENCE_KINDS = {
    "home": "Home",
    "other-home": "Second home",
    "placement": "Placement",
    "temporary": "Temporary",
}

CONTACT_KINDS = {"phone": "Phone", "mobile": "Mobile phone", "email": "E-mail", "other": "Other"}

WARNING_KINDS = {
    "adult-posing-risk": "Adult who poses a risk",
    "contact-arrangement": "Contact arrangement in force",
    "do-not-disclose": "Do not disclose whereabouts",
    "extra-familial-harm": "Harm outside the family",
    "marac": "Discussed at MARAC",
    "protection-order": "Protective order in force",
    "home-environment": "Risk in the home",
    "risk-to-worker": "Risk to workers",
    "safeguarding-agreement": "Safeguarding agreement",
}


def label(codes: dict[str, str], code: str) -> str:
    """The words for a code; the code itself, marked, when it is in no set we know."""
    return codes.get(code) or (f"{code} (not a current code)" if code else "Not recorded")


def inverse(kind: str) -> str:
    """The relationship seen from the other side. Raises KeyError for an unknown kind."""
    return RELATIONSHIPS[kind][1]
