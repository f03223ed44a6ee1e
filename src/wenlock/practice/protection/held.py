"""What `protection` holds, column by column."""

from wenlock.base.held import Held

KEPT = "child-protection-record"
ROW = {"id", "person_id", "provenance_id", "recorded_by_id", "recorded_at", "position", "as_received"}
IN_EPISODE = ROW | {"episode_id"}

STRATEGY_DISCUSSION = Held(
    "protection.StrategyDiscussion",
    about="child",
    category="protection",
    kept=KEPT,
    statements=("N29",),
    ordinary={"held_on", "decided", "agencies"},
    plumbing=IN_EPISODE | {"chair_id"},
)
ENQUIRY = Held(
    "protection.Section47Enquiry",
    about="child",
    category="protection",
    kept=KEPT,
    statements=("N29",),
    ordinary={"began_on", "conference_target_on", "conference_not_required", "ended_on", "outcome"},
    plumbing=IN_EPISODE | {"strategy_discussion_id"},
)
CONFERENCE = Held(
    "protection.InitialConference",
    about="child",
    category="protection",
    kept=KEPT,
    statements=("N29",),
    ordinary={"held_on", "transfer_in", "meeting"},
    plumbing=IN_EPISODE | {"enquiry_id", "chair_id"},
)
PLAN = Held(
    "protection.ProtectionPlan",
    about="child",
    category="protection",
    kept=KEPT,
    statements=("N29",),
    ordinary={"began_on", "ended_on", "previous_plans"},
    plumbing=IN_EPISODE | {"conference_id"},
)
CATEGORY = Held(
    "protection.PlanCategory",
    about="child",
    category="protection",
    kept=KEPT,
    statements=("N29",),
    ordinary={"code", "since_on"},
    plumbing=ROW | {"plan_id"},
)
REVIEW = Held(
    "protection.ReviewConference",
    about="child",
    category="protection",
    kept=KEPT,
    statements=("N29",),
    ordinary={"held_on", "due_on", "plan_continues", "quorate", "participation"},
    plumbing=ROW | {"plan_id", "chair_id"},
)
