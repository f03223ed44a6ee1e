"""What `case` holds, column by column."""

from wenlock.base.held import Held

KEPT = "childs-record"
ROW = {"id", "person_id", "provenance_id", "recorded_by_id", "recorded_at", "position", "as_received"}

ALLOCATION = Held(
    "case.Allocation",
    about="child, and the worker",
    category="practice-record",
    kept=KEPT,
    statements=("N12",),
    ordinary={"role", "purpose", "from_at", "until_at", "why"},
    plumbing={"id", "person_id", "worker_id", "team_id", "allocated_by_id", "allocated_at", "ended_by_id"},
)
NOTE = Held(
    "case.Note",
    about="one or several children",
    category="practice-record",
    kept=KEPT,
    statements=("N12", "N13"),
    ordinary={
        "kind",
        "happened_at",
        "title",
        "significance",
        "final_at",
        "retracted_at",
        "retracted_because",
    },
    guarded={"text", "third_party"},
    plumbing={"id", "provenance_id", "author_id", "recorded_at", "corrects_id", "retracted_by_id"},
)
NOTE_SUBJECT = Held(
    "case.NoteSubject",
    about="child",
    category="practice-record",
    kept=KEPT,
    statements=("N12",),
    ordinary={"seen", "seen_alone"},
    plumbing={"id", "person_id", "note_id"},
)
DOCUMENT = Held(
    "case.Document",
    about="one or several people",
    category="practice-record",
    kept=KEPT,
    statements=("N12", "N13"),
    ordinary={"title", "document_class", "dated_on", "irreplaceable"},
    guarded={"third_party"},
    plumbing={"id", "provenance_id", "recorded_by_id", "recorded_at"},
)
DOCUMENT_SUBJECT = Held(
    "case.DocumentSubject",
    about="child or adult",
    category="practice-record",
    kept=KEPT,
    statements=("N12",),
    plumbing={"id", "person_id", "document_id"},
)
DOCUMENT_VERSION = Held(
    "case.DocumentVersion",
    about="whoever the document is about",
    category="practice-record",
    kept=KEPT,
    statements=("N12", "N79"),
    ordinary={"number", "media_type", "size", "sha256", "file_name"},
    guarded={"stored_as"},
    plumbing={"id", "document_id", "recorded_by_id", "recorded_at"},
)
