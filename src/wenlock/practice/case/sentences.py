"""What the database says of cases, notes and documents, in words for whoever is at the screen."""

FINAL = "This note is final, so it stays as it was signed. Write a correction instead."

SENTENCES = {
    "case_allocation_by_another": "Nobody allocates a child to themself: ask another manager.",
    "case_allocation_ends_after_it_begins": "The allocation ends before it begins. Check both dates.",
    "case_allocation_is_to_worker_or_team": "Choose a worker or a team, and the role that goes with them.",
    "case_allocation_once_at_a_time": "This worker already has this role with this child.",
    "case_allocation_role_is_known": "Select the role this worker has with the child.",
    "case_document_class_is_known": "Select what kind of document this is.",
    "case_document_has_a_title": "Give the document a title.",
    "case_documentsubject_of_a_document_seen": "There is no such document within your reach.",
    "case_documentsubject_once": "The same child is named twice. Name each once.",
    "case_documentversion_hash_is_whole": "The file did not arrive whole. Upload it again.",
    "case_documentversion_never_changed": "A version of a document is kept as it was. Add a new version instead.",
    "case_documentversion_number_once": "Somebody else added a version while you did. Look at theirs, then add yours again.",
    "case_documentversion_within_the_limit": "The file must be smaller than 100 MB, and not empty.",
    "case_note_corrects_id_key": "Somebody has corrected this note already. Correct the newer note instead.",
    "case_note_corrects_one_seen": "There is no such note within your reach.",
    "case_note_draft_is_its_authors": "A draft can be changed only by whoever is writing it.",
    "case_note_final_is_final": FINAL,
    "case_note_final_says_something": "A final note has a title and some text. Write both, or save it as a draft.",
    "case_note_kind_is_known": "Select what kind of note this is.",
    "case_note_retraction_is_whole": "Say why the note is retracted.",
    "case_notesubject_alone_is_seen": "A child seen alone was seen. Check the answer.",
    "case_notesubject_named_by_the_author": "Only the author of a note says whom it is about.",
    "case_notesubject_once": "The same child is named twice. Name each once.",
}
