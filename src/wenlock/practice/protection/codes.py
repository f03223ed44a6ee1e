"""Code sets of child protection."""

ABUSE_CATEGORIES = {
    "NEG": "Neglect",
    "PHY": "Physical abuse",
    "SAB": "Sexual abuse",
    "EMO": "Emotional abuse",
    "MUL": "Multiple (discouraged)",
}

PARTICIPATION = {
    "PN0": "Under four",
    "PN1": "Attended and spoke",
    "PN2": "Attended, advocate spoke",
    "PN3": "Attended, took part without speech",
    "PN4": "Attended, did not take part",
    "PN5": "Absent, advocate briefed",
    "PN6": "Absent, views given by other means",
    "PN7": "Absent, no views given",
}

STRATEGY_DECISIONS = {
    "no-further-action": "No further action",
    "section-17": "Continue as child in need (section 17)",
    "section-47": "Section 47 enquiry",
}

ENQUIRY_OUTCOMES = {
    "not-substantiated": "Concerns not substantiated",
    "substantiated-no-risk": "Substantiated, no continuing risk",
    "substantiated-conference": "Substantiated, initial conference",
}
