"""What the one door out says when it does not open, in words for whoever is at the screen."""

KEPT = "What was shared is kept in the ledger as it was recorded. It cannot be changed or removed."

SENTENCES = {
    "disclosure_by_an_approver": "Only somebody whose role approves returns can release one. Ask them.",
    "disclosure_for_its_purpose": "This sharing is for another purpose than the one you are working for. Change your purpose first.",
    "disclosure_ground_in_force": "The law this sharing rests on is not in force today. Ask the data protection officer.",
    "disclosure_has_a_rule": "The privacy notice in force has no rule that allows this sharing. Ask the data protection officer.",
    "disclosure_names_its_approver": "Nobody is named as approving this. Sign in again and repeat what you did.",
    "disclosure_of_its_definition": "The rule allows another return, not this one.",
    "disclosure_rule_in_force": "The rule that allowed this sharing is not in force today. Ask the data protection officer.",
    "disclosure_within_its_fields": "The file has a field that is not part of this return, so it was not released.",
    "sharing_definition_field_once": "The return names the same field twice.",
    "sharing_disclosure_has_its_hash": "The file was not recorded whole. Make it again.",
    "sharing_disclosure_is_never_sold": "The notice says information is not sold, so nothing can be charged for it.",
    "sharing_disclosure_names_its_fields": "Say which fields are shared: at least one.",
    "sharing_disclosure_never_changed": KEPT,
    "sharing_outgoing_disclosure_id_key": "This has been put in the outbox already.",
}
