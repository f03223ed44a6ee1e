"""What `sharing` holds, column by column."""

from wenlock.base.held import Held

DEFINITION = Held(
    "sharing.Definition",
    about="nobody",
    category="practice-record",
    kept="permanent-policy",
    statements=("N34",),
    plumbing={"id", "code", "field", "category"},
)
DISCLOSURE = Held(
    "sharing.Disclosure",
    about="whoever the information is about",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47", "N48", "N64"),
    ordinary={
        "reference",
        "fields",
        "people",
        "content_sha256",
        "route",
        "definition",
        "consideration_pence",
    },
    plumbing={
        "id",
        "version_id",
        "rule_id",
        "recipient_id",
        "purpose_id",
        "ground_id",
        "person_id",
        "proposal_id",
        "agreement_id",
        "consent_id",
        "sent_by_id",
        "approved_by_id",
        "approved_at",
    },
)
OUTGOING = Held(
    "sharing.Outgoing",
    about="whoever the information is about",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47", "N64"),
    ordinary={"file_name"},
    plumbing={"id", "disclosure_id", "put_out_at", "left_at"},
)
SHAREABLE = Held(
    "sharing.Shareable",
    about="nobody",
    category="practice-record",
    kept="permanent-policy",
    statements=("N47",),
    plumbing={"id", "table_name", "column_name", "category", "way", "of_family"},
)
RECEIPT = Held(
    "sharing.Receipt",
    about="whoever the information is about",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47",),
    ordinary={"outcome", "says", "happened_on"},
    plumbing={"id", "disclosure_id", "recorded_by_id", "recorded_at"},
)
DESTINATION = Held(
    "sharing.Destination",
    about="somebody at a recipient",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N50", "N67"),
    ordinary={"recipient", "body", "post", "route", "value", "verified_how"},
    plumbing={"id", "changed_by_id", "changed_at", "verified_by_id", "verified_at", "ended_at"},
)
AGREEMENT = Held(
    "sharing.Agreement",
    about="a recipient",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47", "N68"),
    ordinary={"recipient", "body", "reference", "kind", "from_on", "until_on", "never_sold", "ended_on"},
    plumbing={"id", "written_by_id", "written_at"},
)
CONSENT = Held(
    "sharing.Consent",
    about="child or adult",
    category="practice-record",
    kept="childs-record",
    statements=("N49",),
    ordinary={
        "capacity",
        "recipient",
        "body",
        "purpose",
        "categories",
        "wording",
        "how",
        "given_on",
        "until_on",
        "withdrawn_by",
    },
    guarded={"competent_because"},
    plumbing={
        "id",
        "person_id",
        "given_by_id",
        "recorded_by_id",
        "recorded_at",
        "withdrawn_at",
        "withdrawal_recorded_by_id",
    },
)
PROPOSAL = Held(
    "sharing.Proposal",
    about="child or adult",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47",),
    ordinary={"rule", "asked_in", "regime"},
    guarded={"why"},
    plumbing={"id", "person_id", "destination_id", "proposed_by_id", "proposed_at"},
)
ITEM = Held(
    "sharing.Item",
    about="whoever the proposal is about",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47",),
    ordinary={"originator_agreed", "originator_agreed_on"},
    plumbing={"id", "proposal_id", "table_name", "row_id", "columns"},
)
WEIGHING = Held(
    "sharing.Weighing",
    about="whoever the proposal is about",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47", "N48"),
    ordinary={"stage", "allowed", "findings"},
    plumbing={"id", "proposal_id", "weighed_by_id", "weighed_at"},
)
ANSWER = Held(
    "sharing.Answer",
    about="whoever the proposal is about",
    category="practice-record",
    kept="disclosure-ledger",
    statements=("N47",),
    ordinary={"outcome"},
    guarded={"because"},
    plumbing={"id", "proposal_id", "answered_by_id", "answered_at"},
)
