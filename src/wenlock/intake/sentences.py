"""What the database says of contacts, in words for whoever is at the screen."""

KEPT = "A contact is kept as it was told. Add what you found out as a screening note."
CHOOSE = "Select an answer from the list."

SENTENCES = {
    "intake_contact_agreed_is_known": CHOOSE,
    "intake_contact_comes_from_its_source": "This agency is not of that kind. Choose the agency again.",
    "intake_contact_danger_is_acted_on": "Somebody in danger now is acted on at once.",
    "intake_contact_danger_is_known": CHOOSE,
    "intake_contact_kind_is_known": CHOOSE,
    "intake_contact_never_changed": KEPT,
    "intake_contact_reference_once": "Save again: that reference was taken a moment ago.",
    "intake_contact_teller_is_known": CHOOSE,
    "intake_contact_unnamed_has_no_name": "Somebody who does not give their name has none to record. Choose who is telling.",
    "intake_contact_urgency_is_known": CHOOSE,
    "intake_decision_contact_id_key": "Somebody has decided on this contact already. Look at their decision.",
    "intake_decision_names_a_child": "Find the child this is about, or begin their record, before choosing this outcome.",
    "intake_decision_never_changed": "A decision is kept as it was made.",
    "intake_decision_outcome_is_known": "Select what follows from the contact.",
    "intake_decision_says_what_was_seen": "Say what you looked at before deciding.",
    "intake_decision_says_why": "Say why you decided so.",
    "intake_draft_is_emptied": "A finished draft holds nothing: the contact does.",
    "intake_draft_one_each": "You have begun a contact already. Go on with that one, or start again.",
    "intake_feedback_contact_id_key": "Whoever made contact has been told already.",
    "intake_feedback_follows_a_decision": "Decide first; then tell whoever made contact.",
    "intake_feedback_how_is_known": "Select how they were told.",
    "intake_feedback_never_changed": "What somebody was told is kept as it was told.",
    "intake_feedback_says_what_or_why_not": "Say what they were told, or why they were not told.",
    "intake_mention_is_child_or_adult": "Select whether this is a child or an adult.",
    "intake_mention_matched_by_somebody": "A match is made by a named worker. Choose the person again.",
    "intake_mention_of_one_person_once": "This person is named in the contact already.",
    "intake_mention_of_ones_own_contact": "There is no such contact within your reach, or it has been decided on.",
    "intake_mention_once_in_its_place": "Save again: somebody else was added a moment ago.",
    "intake_screeningnote_final_is_final": "A final screening note is kept as it was written. Add another.",
    "intake_screeningnote_final_says_something": "Write what you found before making the note final.",
    "intake_screeningnote_one_draft_each": "You have begun a note on this contact already. Go on with that one.",
}
