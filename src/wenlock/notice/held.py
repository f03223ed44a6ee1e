"""What `notice` holds, column by column. The notice is about nobody; a provenance may name who told us."""

from wenlock.base.held import Held

KEPT = "permanent-policy"
ROW = {"id", "version_id", "code", "name", "statements"}


def policy(model: str, *statements: str, columns: set[str]) -> Held:
    """A table of the published notice: rules, and nobody's details."""
    return Held(
        f"notice.{model}",
        about="nobody",
        category="practice-record",
        kept=KEPT,
        statements=statements,
        plumbing=columns,
    )


VERSION = policy(
    "Version",
    "N1",
    columns={
        "id",
        "number",
        "authority",
        "controller",
        "in_force_from",
        "in_force_until",
        "canonical",
        "sha256",
        "warnings",
        "published_at",
        "published_by",
    },
)
STATEMENT = policy(
    "Statement", "N1", columns={"id", "version_id", "code", "position", "section", "kind", "says", "binds"}
)
CHANNEL = policy("Channel", "N5", "N10", columns=ROW | {"permitted"})
SOURCE = policy("Source", "N14", "N26", columns=ROW | {"handling", "default_category", "giver", "tags"})
CATEGORY = policy("Category", "N11", "N13", columns=ROW | {"kind"})
CONDITION = policy(
    "Condition",
    "N13",
    columns={
        "id",
        "version_id",
        "category_code",
        "article",
        "schedule_1",
        "policy_document",
        "in_force_from",
        "in_force_until",
    },
)
GROUND = policy(
    "Ground",
    "N35",
    columns=ROW
    | {"article_6", "instrument", "provision", "gives", "in_force_from", "in_force_until", "mark"},
)
PURPOSE = policy(
    "Purpose",
    "N27",
    "N34",
    columns=ROW | {"service", "needs_consent", "in_force_from", "in_force_until", "categories"},
)
PURPOSE_GROUND = policy("PurposeGround", "N35", columns={"id", "version_id", "purpose_id", "ground_id"})
RECIPIENT = policy("Recipient", "N50", "N67", columns=ROW | {"kind", "bodies"})
SHARING_RULE = policy(
    "SharingRule",
    "N47",
    "N49",
    columns={
        "id",
        "version_id",
        "code",
        "recipient_id",
        "purpose_id",
        "ground_id",
        "categories",
        "uses",
        "definition",
        "in_force_from",
        "in_force_until",
    },
)
RIGHT = policy("Right", "N70", "N76", columns=ROW | {"provision"})
CONTACT = policy("Contact", "N3", "N4", columns=ROW | {"kind", "lines", "owner", "review_on"})
COOKIE = policy("Cookie", "N87", "N89", columns=ROW | {"needs_consent", "lasts", "used_for"})
ONLINE_CONSENT_AGE = policy(
    "OnlineConsentAge", "N86", columns={"id", "version_id", "age", "since", "provision"}
)

PROVENANCE = Held(
    "notice.Provenance",
    about="whoever told us",
    category="practice-record",
    kept="childs-record",
    statements=("N5", "N10", "N14", "N26"),
    ordinary={"source_name", "handling", "medium", "place", "file_name", "file_sha256", "received_at"},
    plumbing={"id", "version_id", "channel_id", "source_id", "purpose_id", "recorded_by_id", "recorded_at"},
)
