"""What `clocks` holds, column by column."""

from wenlock.base.held import Held

KEPT = "contact-record"  # as long as the record of whoever the matter is about

CLOCK = Held(
    "clocks.Clock",
    about="whoever the matter is about",
    category="practice-record",
    kept=KEPT,
    statements=("N27",),
    ordinary={"code", "state", "started_at", "due_at", "finished_at", "finished_kind", "because"},
    plumbing={
        "id",
        "matter_table",
        "matter_id",
        "people",
        "seen_with",
        "own_seen_with",
        "is_timed",
        "warn_at",
        "rule_since",
        "settings",
        "finished_table",
        "finished_id",
        "reason_owed",
        "recorded_by_id",
        "recorded_at",
        "reckoned_at",
    },
)
FORMER = Held(
    "clocks.Former",
    about="whoever the matter is about",
    category="practice-record",
    kept=KEPT,
    statements=("N27",),
    ordinary={"due_at", "because"},
    plumbing={
        "id",
        "clock_id",
        "is_timed",
        "rule_since",
        "settings",
        "position",
        "replaced_at",
        "replaced_by_id",
    },
)
BREACH = Held(
    "clocks.Breach",
    about="whoever the matter is about",
    category="practice-record",
    kept=KEPT,
    statements=("N27",),
    ordinary={"reason"},
    guarded={"words"},
    plumbing={"id", "clock_id", "given_by_id", "given_at"},
)
