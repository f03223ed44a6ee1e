"""What the tables of returns say when they refuse, in words for whoever is at the screen."""

KEPT = "What came in with a file is kept as it came. It cannot be changed or removed."

SENTENCES = {
    "returns_importbatch_has_a_year": "The file does not say which year its census is of.",
    "returns_importbatch_never_changed": KEPT,
    "returns_importdifference_never_changed": KEPT,
    "returns_importdifference_once": "The file gives this fact twice in the same way.",
    "returns_importedchild_in_order": "Two children of the file claim the same place in it.",
    "returns_importedchild_never_changed": KEPT,
}
