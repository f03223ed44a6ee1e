"""What the database says of access, in words for whoever is at the screen."""

SIGN_IN_AGAIN = "Your page was open too long, so nothing was saved. Sign in again and repeat what you did."
KEPT = "The audit trail is kept as it was written. Nothing in it can be changed or removed."

SENTENCES = {
    "context_is_current": SIGN_IN_AGAIN,
    "context_is_signed": SIGN_IN_AGAIN,
    "context_key_long_enough": "The key that signs each page’s work is too short. Set up the service again.",
    "event_names_its_actor": SIGN_IN_AGAIN,
    "security_actor_council_account_is_one_persons": "Somebody already has that council account.",
    "security_actor_email_is_one_persons": "Somebody already has an account with this email address.",
    "security_actor_kind_is_known": "An account is a worker’s or a service’s. Choose one of the two.",
    "security_actor_service_has_no_password": "A service account signs in with a key, never with a password.",
    "security_auditevent_address_is_cut": "The trail keeps the network somebody came from, and never their whole address.",
    "security_auditevent_append_only": KEPT,
    "security_auditevent_never_emptied": KEPT,
    "security_conflict_declared_once": "This conflict of interest has been declared already.",
    "security_conflict_ended_by_another": "Only somebody else can end a conflict of interest: ask your manager.",
    "security_conflict_kind_is_known": "Select what the connection is.",
    "security_emergencyaccess_four_hours_at_most": "Emergency access lasts four hours at most. Open it again if you still need it.",
    "security_emergencyaccess_reason_is_known": "Select why you need emergency access.",
    "security_emergencyaccess_reviewed_by_another": (
        "Emergency access is reviewed by somebody other than whoever used it, who says whether it was justified and why."
    ),
    "security_emergencyaccess_says_why": "Say in a sentence what has happened: at least ten letters.",
    "security_grant_is_to_one_actor_or_team": "Access is given to one worker or to one team, not to both.",
    "security_grant_level_is_known": "Access is to the index, the summary or the full record.",
    "security_restriction_says_why": "Say why the record is closed.",
    "security_restrictionname_once": "The same worker is named twice. Name each once.",
    "security_seal_append_only": KEPT,
    "security_seal_never_emptied": KEPT,
    "security_seal_covers_forwards": "A seal covers a stretch of the audit trail from its beginning to its end.",
    "security_seal_covers_once": "This stretch of the audit trail is sealed already.",
}
