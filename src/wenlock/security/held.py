"""What `security` holds, column by column: workers, what opens records to them, and the trail they leave."""

from wenlock.base.held import Held

ACTOR = Held(
    "security.Actor",
    about="worker",
    category="identity",
    kept="staff-record",
    statements=("N79", "N80"),
    ordinary={"name", "email", "staff_subject", "is_active", "left_at", "last_login"},
    # It is a hash, and leaves by no door at all.
    guarded={"password"},
    plumbing={"id", "kind"},
)
GRANT = Held(
    "security.Grant",
    about="worker, and whom they may see",
    category="practice-record",
    kept="audit-trail",
    statements=("N79",),
    ordinary={"level", "purpose", "relationship", "from_at", "until_at"},
    plumbing={"id", "actor_id", "team_id", "person_id", "source_table", "source_id"},
)
RESTRICTION = Held(
    "security.Restriction",
    about="whoever's record is closed",
    category="practice-record",
    kept="audit-trail",
    statements=("N75", "N79"),
    guarded={"reason"},
    plumbing={"id", "person_id", "placed_by_id", "placed_at", "review_on", "ended_at"},
)
RESTRICTION_NAME = Held(
    "security.RestrictionName",
    about="worker",
    category="practice-record",
    kept="audit-trail",
    statements=("N75", "N79"),
    plumbing={"id", "restriction_id", "actor_id"},
)
CONFLICT = Held(
    "security.Conflict",
    about="worker, and whom they are close to",
    category="family",
    kept="audit-trail",
    statements=("N79",),
    guarded={"kind"},
    plumbing={"id", "actor_id", "person_id", "declared_by_id", "declared_at", "ended_by_id", "ended_at"},
)
EMERGENCY_ACCESS = Held(
    "security.EmergencyAccess",
    about="worker, and whose record was opened",
    category="practice-record",
    kept="audit-trail",
    statements=("N79",),
    ordinary={"reason_code", "live_risk", "purpose", "opened_at", "until_at", "justified"},
    guarded={"reason", "review"},
    plumbing={"id", "actor_id", "person_id", "review_due_on", "reviewed_by_id", "reviewed_at"},
)
AUDIT_EVENT = Held(
    "security.AuditEvent",
    about="worker, and whose record it was",
    category="practice-record",
    kept="audit-trail",
    statements=("N79", "N80"),
    ordinary={"at", "purpose", "kind", "table_name"},
    # Digests, codes and names of columns; never the words themselves.
    guarded={"detail"},
    plumbing={"id", "xid", "epoch", "actor_id", "request_id", "person_id", "row_id"},
)
SEAL = Held(
    "security.Seal",
    about="nobody",
    category="practice-record",
    kept="audit-trail",
    statements=("N79",),
    plumbing={
        "number",
        "sealed_at",
        "epoch",
        "from_xid",
        "until_xid",
        "rows",
        "root",
        "previous",
        "digest",
        "key_id",
        "signature",
    },
)
