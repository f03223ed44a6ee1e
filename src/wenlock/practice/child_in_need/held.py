"""What `child_in_need` holds, column by column."""

from wenlock.base.held import Held

KEPT = "child-in-need-record"
ROW = {"id", "person_id", "provenance_id", "recorded_by_id", "recorded_at", "position", "as_received"}
IN_EPISODE = ROW | {"episode_id"}

EPISODE = Held(
    "child_in_need.Episode",
    about="child",
    category="social-care-need",
    kept=KEPT,
    statements=("N12", "N29"),
    ordinary={
        "referred_on",
        "referral_source",
        "primary_need",
        "closed_on",
        "closure_reason",
        "no_further_action",
        "referrer",
    },
    plumbing=ROW,
)
ASSESSMENT = Held(
    "child_in_need.Assessment",
    about="child",
    category="social-care-need",
    kept=KEPT,
    statements=("N12", "N29"),
    ordinary={"began_on", "internal_review_on", "authorised_on", "factors_asked"},
    plumbing=IN_EPISODE,
)
FACTOR = Held(
    "child_in_need.AssessmentFactor",
    about="child and household",
    category="social-care-need",
    kept=KEPT,
    statements=("N13", "N29"),
    # A factor may tell of health, disability or an offence: it is held to the strictest of them.
    special={"code": "health"},
    plumbing=ROW | {"assessment_id"},
)
PLAN = Held(
    "child_in_need.Plan",
    about="child",
    category="social-care-need",
    kept=KEPT,
    statements=("N12", "N29"),
    ordinary={"began_on", "ended_on"},
    plumbing=IN_EPISODE,
)
VISIT = Held(
    "child_in_need.Visit",
    about="child",
    category="social-care-need",
    kept=KEPT,
    statements=("N10", "N29"),
    ordinary={"visited_on", "duty", "seen", "seen_alone", "bedroom_seen", "place"},
    plumbing=IN_EPISODE | {"visitor_id"},
)
