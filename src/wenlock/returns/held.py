"""What `returns` holds, column by column."""

from wenlock.base.held import Held

KEPT = "childs-record"

BATCH = Held(
    "returns.ImportBatch",
    about="nobody",
    category="practice-record",
    kept=KEPT,
    statements=("N25", "N34"),
    ordinary={"collection", "years", "authority", "children", "report"},
    plumbing={"id", "provenance_id", "imported_by_id", "imported_at"},
)
CHILD = Held(
    "returns.ImportedChild",
    about="child",
    category="practice-record",
    kept=KEPT,
    statements=("N25", "N34"),
    plumbing={"id", "batch_id", "person_id", "position", "rows", "as_given"},
)
DIFFERENCE = Held(
    "returns.ImportDifference",
    about="child",
    category="practice-record",
    kept=KEPT,
    statements=("N25", "N83"),
    ordinary={"element", "line"},
    # What the file gave may tell of health, disability or ethnic group: it is held to the strictest of them.
    special={"given": "health"},
    plumbing={"id", "batch_id", "person_id", "row_id"},
)
