"""What `intake` holds, column by column."""

from wenlock.base.held import Held

KEPT = "contact-record"

CONTACT = Held(
    "intake.Contact",
    about="whoever makes contact, and those it is about",
    category="practice-record",
    kept=KEPT,
    statements=("N5", "N6", "N7", "N8", "N9", "N10", "N14"),
    ordinary={"reference", "kind", "teller", "danger", "urgency", "agreed", "complaint_about"},
    guarded={"words", "teller_name", "teller_role", "teller_reach", "in_confidence", "present"},
    plumbing={
        "id",
        "provenance_id",
        "agency_id",
        "giver_unknown",
        "originator_code",
        "tags",
        "people",
        "recorded_by_id",
        "recorded_at",
        "decided_at",
    },
)
MENTION = Held(
    "intake.Mention",
    about="child or adult a contact is about",
    category="identity",
    kept=KEPT,
    statements=("N12", "N14"),
    ordinary={"mentioned_as", "given", "family", "born_on", "age_said", "relationship"},
    guarded={"where"},
    plumbing={"id", "contact_id", "position", "person_id", "matched_by_id", "matched_at"},
)
PAPER = Held(
    "intake.Paper",
    about="those a contact is about",
    category="practice-record",
    kept=KEPT,
    statements=("N6", "N8", "N79"),
    ordinary={"kind", "dated_on", "file_name", "media_type", "size", "sha256"},
    guarded={"stored_as"},
    plumbing={"id", "contact_id", "position", "recorded_by_id", "recorded_at"},
)
EMAIL = Held(
    "intake.Email",
    about="whoever writes, and those it is about",
    category="practice-record",
    kept=KEPT,
    statements=("N8",),
    ordinary={"message_id", "sha256", "size"},
    guarded={"sender", "sender_name", "subject", "headers"},
    plumbing={
        "id", "mailbox", "uidvalidity", "uid", "arrived_at", "recorded_by_id", "recorded_at", "read_at", "verified",
        "reason", "contact_id", "wanted_by_id", "wanted_at",
    },
)  # fmt: skip
PULL = Held(
    "intake.Pull",
    about="nobody",
    category="practice-record",
    kept=KEPT,
    statements=("N8",),
    plumbing={
        "id", "mailbox", "began_at", "ended_at", "came", "received", "filed", "rejected", "waiting", "missing", "fault",
        "recorded_by_id",
    },
)  # fmt: skip
DRAFT = Held(
    "intake.Draft",
    about="those a contact is about",
    category="practice-record",
    kept=KEPT,
    statements=("N27",),
    guarded={"typed"},
    plumbing={"id", "author_id", "kept_at", "finished_at"},
)
SCREENING_NOTE = Held(
    "intake.ScreeningNote",
    about="those a contact is about",
    category="practice-record",
    kept=KEPT,
    statements=("N27",),
    guarded={"text"},
    plumbing={"id", "contact_id", "author_id", "kept_at", "final_at"},
)
DECISION = Held(
    "intake.Decision",
    about="those a contact is about",
    category="practice-record",
    kept=KEPT,
    statements=("N27", "N85"),
    ordinary={"outcome"},
    guarded={"seen", "reason"},
    plumbing={"id", "contact_id", "decided_by_id", "decided_at"},
)
FEEDBACK = Held(
    "intake.Feedback",
    about="whoever made contact",
    category="practice-record",
    kept=KEPT,
    statements=("N27",),
    ordinary={"how"},
    guarded={"words", "why_not"},
    plumbing={"id", "contact_id", "told_by_id", "told_at"},
)
GIVER = Held(
    "intake.Giver",
    about="whoever information came from",
    category="practice-record",
    kept=KEPT,
    statements=("N14", "N21", "N22"),
    plumbing={"id", "contact_id", "agency_id", "person_id", "named_by_id", "named_at"},
)
INFORMED = Held(
    "intake.Informed",
    about="somebody a contact is about",
    category="practice-record",
    kept=KEPT,
    statements=("N14",),
    ordinary={"told_on", "how"},
    guarded={"exempt", "reason"},
    plumbing={"id", "contact_id", "person_id", "decided_by_id", "decided_at"},
)
OWN_WORDS = Held(
    "intake.OwnWords",
    about="child",
    category="practice-record",
    kept=KEPT,
    statements=("N26",),
    ordinary={"written_at", "form"},
    guarded={"words"},
    plumbing={
        "id",
        "contact_id",
        "person_id",
        "source",
        "partner_key",
        "agreement_id",
        "provenance_id",
        "recorded_by_id",
        "recorded_at",
    },
)
ANSWER = Held(
    "intake.Answer",
    about="child",
    category="practice-record",
    kept=KEPT,
    statements=("N26",),
    ordinary={"told_on", "how"},
    guarded={"done"},
    plumbing={"id", "own_words_id", "answered_by_id", "answered_at"},
)
IDENTITY_CHECK = Held(
    "intake.IdentityCheck",
    about="whoever tells of a change",
    category="practice-record",
    kept=KEPT,
    statements=("N84",),
    ordinary={"how"},
    guarded={"words"},
    plumbing={"id", "contact_id", "number_id", "satisfied", "checked_by_id", "checked_at"},
)
CHANGE = Held(
    "intake.Change",
    about="child or adult whose record is put right",
    category="practice-record",
    kept=KEPT,
    statements=("N71", "N84"),
    ordinary={"fact"},
    guarded={"says", "reason"},
    plumbing={"id", "contact_id", "person_id", "identity_id", "outcome", "decided_by_id", "decided_at"},
)
EXTRA = Held(
    "intake.Extra",
    about="whoever makes contact",
    category="practice-record",
    kept=KEPT,
    statements=("N36", "N86"),
    ordinary={"code"},
    guarded={"permission_how"},
    plumbing={
        "id",
        "contact_id",
        "age",
        "grown",
        "permission_by_id",
        "recorded_by_id",
        "agreed_at",
        "ended_at",
    },
)
