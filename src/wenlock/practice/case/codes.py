"""Words for what every service shares."""

ALLOCATION_ROLES = {
    "case-worker": "Allocated worker",
    "co-worker": "Co-worker",
    "supervisor": "Supervisor",
    "conference-chair": "Conference chair",
    "independent-reviewing-officer": "Independent reviewing officer",
    "team": "Team",
}

NOTE_KINDS = {
    "visit": "Visit",
    "telephone": "Telephone call",
    "meeting": "Meeting",
    "email": "E-mail",
    "letter": "Letter",
    "management": "Management oversight",
    "record": "Other record",
}

DOCUMENT_CLASSES = {
    "letter": "Letter",
    "report": "Report",
    "court": "Court paper",
    "plan": "Plan",
    "health": "Health paper",
    "education": "Education paper",
    "child": "The child's own work",
    "other": "Other",
}
