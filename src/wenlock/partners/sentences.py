"""What the database says of partners' keys, in words for whoever is at the screen."""

SENTENCES = {
    "partners_key_actor_id_key": "That account has a key already. Issue the key again.",
    "partners_key_approved_by_another": "A key is approved by somebody other than whoever issued it.",
    "partners_key_digest_is_whole": "Issue the key again: its secret was not kept.",
    "partners_key_is_for_something": "Say what the key is for.",
    "partners_key_lasts_a_year_at_most": "A key begins before it ends, and lasts a year at most.",
    "partners_key_only_approved_and_revoked": "A key is approved once and revoked once. Issue a new one for anything else.",
    "partners_key_prefix_once": "Issue the key again: those letters were taken.",
    "partners_key_revoked_with_a_reason": "Say why the key is revoked.",
    "partners_key_within_the_notice": "A key is for an agency in being, and a purpose and a medium that the notice in force names.",
    "partners_meter_key_id_key": "The calls of this key are counted already.",
    "partners_sent_as_the_key_says": "The contact is not as the key says: its agency, channel or medium differs.",
    "partners_sent_by_a_key_in_force": "The key is not in force, or is not for this.",
    "partners_sent_contact_id_key": "That contact came by another request.",
    "partners_sent_known_until_forgotten": "What tells a repeat is kept whole, or not at all.",
    "partners_sent_once": "This request was taken already.",
    "partners_sent_only_forgotten": "What came by a key is kept, and known for a repeat for a week.",
}
