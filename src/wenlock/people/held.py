"""What `people` holds, column by column."""

from wenlock.base.held import Held

PLUMBING = {"id", "person_id", "provenance_id", "recorded_by_id", "recorded_at", "position", "as_received"}
KEPT = "childs-record"

PERSON = Held(
    "people.Person",
    about="child or adult",
    category="identity",
    kept=KEPT,
    statements=("N1", "N12"),
    ordinary={"born_on", "birth_estimated", "expected_on", "died_on", "sex", "professional"},
    special={"gender": "sexual-life"},
    plumbing={"id", "restricted", "merged_into_id", "provenance_id", "recorded_by_id", "recorded_at"},
)
NAME = Held(
    "people.Name",
    about="child or adult",
    category="identity",
    kept=KEPT,
    statements=("N12",),
    ordinary={"kind", "title", "given", "family", "from_on", "until_on"},
    plumbing=PLUMBING,
)
FINDABLE = Held(
    "people.Findable",
    about="child or adult",
    category="identity",
    kept=KEPT,
    statements=("N12",),
    ordinary={"born_on", "given", "family"},
    guarded={"keys"},  # the year of birth and where they live are among them
    plumbing={"name_id", "person_id"},
)
SAVED_SEARCH = Held(
    "people.SavedSearch",
    about="whoever a worker looks for",
    category="identity",
    kept="staff-record",
    statements=("N12",),
    guarded={"title", "words"},
    plumbing={"id", "owner_id", "saved_at", "ended_at"},
)
IDENTIFIER = Held(
    "people.Identifier",
    about="child or adult",
    category="identifiers",
    kept=KEPT,
    statements=("N12",),
    ordinary={"scheme", "value", "questioned", "from_on", "until_on"},
    plumbing=PLUMBING,
)
IDENTIFIER_ABSENCE = Held(
    "people.IdentifierAbsence",
    about="child",
    category="identifiers",
    kept=KEPT,
    statements=("N12",),
    ordinary={"scheme", "reason"},
    plumbing=PLUMBING,
)
ADDRESS = Held(
    "people.Address",
    about="whoever lives there",
    category="contact-details",
    kept=KEPT,
    statements=("N12",),
    guarded={"lines", "postcode", "uprn"},
    plumbing={"id", "confidential", "provenance_id", "recorded_by_id", "recorded_at", "place_key"},
)
RESIDENCE = Held(
    "people.Residence",
    about="child or adult",
    category="contact-details",
    kept=KEPT,
    statements=("N12",),
    ordinary={"kind", "from_on", "until_on"},
    plumbing=PLUMBING | {"address_id"},
)
CONTACT_POINT = Held(
    "people.ContactPoint",
    about="child or adult",
    category="contact-details",
    kept=KEPT,
    statements=("N12",),
    ordinary={"kind", "value", "safe_to_use", "from_on", "until_on"},
    plumbing=PLUMBING,
)
RELATIONSHIP = Held(
    "people.Relationship",
    about="two people",
    category="family",
    kept=KEPT,
    statements=("N12", "N21"),
    ordinary={
        "kind",
        "parental_responsibility",
        "responsibility_basis",
        "responsibility_from_on",
        "main_carer",
        "same_household",
        "from_on",
        "until_on",
        "retracted_at",
    },
    plumbing=PLUMBING | {"other_id", "pair_id"},
)
DISABILITY = Held(
    "people.Disability",
    about="child",
    category="disability",
    kept=KEPT,
    statements=("N13",),
    ordinary={"from_on", "until_on"},
    special={"code": "disability"},
    plumbing=PLUMBING,
)
ETHNICITY = Held(
    "people.Ethnicity",
    about="child or adult",
    category="ethnicity",
    kept=KEPT,
    statements=("N13",),
    special={"code": "ethnicity"},
    plumbing=PLUMBING,
)
LANGUAGE = Held(
    "people.Language",
    about="child or adult",
    category="contact-details",
    kept=KEPT,
    statements=("N12",),
    ordinary={"name", "first", "interpreter_needed"},
    plumbing=PLUMBING,
)
COMMUNICATION_NEED = Held(
    "people.CommunicationNeed",
    about="child or adult",
    category="health",
    kept=KEPT,
    statements=("N13",),
    special={"need": "health", "what_helps": "health"},
    plumbing=PLUMBING,
)
WARNING = Held(
    "people.Warning",
    about="child or adult",
    category="social-care-need",
    kept=KEPT,
    statements=("N13",),
    ordinary={"kind", "began_on", "review_on", "ended_on", "disclosed", "agreed_by_id"},
    special={},
    criminal={},
    guarded={"detail", "not_disclosed_because"},
    plumbing=PLUMBING,
)
CORRECTION = Held(
    "people.Correction",
    about="child or adult",
    category="practice-record",
    kept=KEPT,
    statements=("N71", "N83"),
    ordinary={"table_name", "columns", "reason"},
    guarded={"was"},
    plumbing={"id", "person_id", "row_id", "recorded_by_id", "recorded_at"},
)
MATCH = Held(
    "people.MatchProposal",
    about="two records",
    category="identity",
    kept=KEPT,
    statements=("N83", "N85"),
    ordinary={"reasons", "answer"},
    plumbing={"id", "person_id", "other_id", "proposed_at", "decided_by_id", "decided_at", "proposed_by_id"},
)
MERGE = Held(
    "people.Merge",
    about="one person, under two records",
    category="identity",
    kept=KEPT,
    statements=("N71", "N83", "N85"),
    ordinary={"fields", "reason"},
    plumbing={"id", "person_id", "other_id", "aside", "seen_by", "decided_by_id", "decided_at"},
)
MERGE_MOVE = Held(
    "people.MergeMove",
    about="one person, under two records",
    category="practice-record",
    kept=KEPT,
    statements=("N71", "N83"),
    ordinary={"table_name"},
    guarded={"was", "becomes"},
    plumbing={"id", "merge_id", "person_id", "position", "row_id"},
)
MERGE_UNDO = Held(
    "people.MergeUndo",
    about="two people",
    category="identity",
    kept=KEPT,
    statements=("N71", "N83", "N85"),
    ordinary={"reason", "kept"},
    plumbing={"id", "merge_id", "person_id", "undone_by_id", "undone_at"},
)
ADDRESS_REVEAL = Held(
    "people.AddressReveal",
    about="a worker, and whose address it was",
    category="practice-record",
    kept=KEPT,
    statements=("N79",),
    ordinary={"reason"},
    plumbing={"id", "address_id", "person_id", "revealed_to_id", "revealed_at", "until_at"},
)
# A kept genogram is a copy of facts held already, each with its own provenance, so it has none of its own.
COPIED = {"id", "person_id", "recorded_by_id", "recorded_at"}
GENOGRAM = Held(
    "people.Genogram",
    about="child",
    category="family",
    kept=KEPT,
    statements=("N12", "N21"),
    ordinary={"drawn_on", "occasion"},
    guarded={"why"},
    plumbing=COPIED,
)
GENOGRAM_MEMBER = Held(
    "people.GenogramMember",
    about="child or adult",
    category="family",
    kept=KEPT,
    statements=("N12", "N21"),
    guarded={"facts"},
    plumbing=COPIED | {"genogram_id"},
)
GENOGRAM_TIE = Held(
    "people.GenogramTie",
    about="two people",
    category="family",
    kept=KEPT,
    statements=("N12", "N21"),
    guarded={"facts"},
    plumbing=COPIED | {"genogram_id", "other_id", "pair_id"},
)
