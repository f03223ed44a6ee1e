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
