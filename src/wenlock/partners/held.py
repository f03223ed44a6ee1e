"""What `partners` holds, column by column: keys, how often they call, and which contact came by which."""

from wenlock.base.held import Held

KEPT = "contact-record"

KEY = Held(
    "partners.Key",
    about="the agency it was issued to, and those who issued, approved and revoked it",
    category="practice-record",
    kept=KEPT,
    statements=("N9", "N80"),
    ordinary={"revoked_why"},
    plumbing={
        "id", "prefix", "digest", "actor_id", "agency_id", "purpose", "medium", "scopes", "from_on", "until_on",
        "issued_by_id", "issued_at", "approved_by_id", "approved_at", "revoked_by_id", "revoked_at",
    },
)  # fmt: skip
METER = Held(
    "partners.Meter",
    about="nobody",
    category="practice-record",
    kept=KEPT,
    statements=("N80",),
    plumbing={"id", "key_id", "began_at", "calls", "used_at"},
)
SENT = Held(
    "partners.Sent",
    about="those the contact is about",
    category="practice-record",
    kept=KEPT,
    statements=("N9", "N14"),
    plumbing={
        "id", "key_id", "contact_id", "reference", "mark", "said", "forgotten_at", "recorded_by_id", "recorded_at",
    },
)  # fmt: skip
