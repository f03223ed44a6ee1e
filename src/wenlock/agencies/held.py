"""What `agencies` holds, column by column."""

from wenlock.base.held import Held

AGREEMENT = Held(
    "agencies.Agreement",
    about="a body, and what was agreed with it",
    category="contact-details",
    kept="agency-record",
    statements=("N26", "N67"),
    ordinary={"reference", "role", "from_on", "until_on"},
    plumbing={"id", "agency_id", "recorded_by_id", "recorded_at"},
)
AGENCY = Held(
    "agencies.Agency",
    about="a body, and how it is reached",
    category="contact-details",
    kept="agency-record",
    statements=("N14",),
    ordinary={"source", "name", "official_code", "email", "telephone", "from_on", "until_on"},
    plumbing={"id", "recorded_by_id", "recorded_at"},
)
