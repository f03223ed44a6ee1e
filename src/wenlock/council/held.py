"""What `council` holds, column by column."""

from wenlock.base.held import Held

ROLE = Held(
    "council.Role",
    about="nobody",
    category="practice-record",
    kept="permanent-policy",
    statements=("N79", "N80"),
    plumbing={"code", "name", "says", "whole_service_level", "capabilities"},
)
TEAM = Held(
    "council.Team",
    about="nobody",
    category="practice-record",
    kept="staff-record",
    statements=("N79",),
    plumbing={"id", "code", "name", "purposes", "ended_on"},
)
MEMBERSHIP = Held(
    "council.Membership",
    about="worker",
    category="practice-record",
    kept="staff-record",
    statements=("N79", "N80"),
    ordinary={"role_code", "from_at", "until_at"},
    plumbing={"id", "actor_id", "team_id", "made_by_id"},
)
