"""What the database says of the notice, in words for whoever is at the screen."""

ONCE = "The notice declares the same thing twice. Give each its own code."
PUBLISHED = "A published version of the privacy notice is never changed. Publish a new version instead."
TABLES = (
    "statement", "channel", "source", "category", "condition", "ground", "purpose", "purposeground", "recipient",
    "sharingrule", "right", "contact", "cookie", "onlineconsentage",
)  # fmt: skip

SENTENCES = {
    **{f"notice_{table}_once_in_a_version": ONCE for table in TABLES},
    **{f"notice_{table}_never_changed": PUBLISHED for table in TABLES},
    "category_within_the_matrix": (
        "The privacy notice does not let this kind of information be held for the purpose you are working for. "
        "Change your purpose if you are doing other work; otherwise do not record it."
    ),
    "notice_category_kind_is_known": "A category of information is ordinary, special or criminal.",
    "notice_condition_is_whole": "A condition names its Article, its paragraph of Schedule 1 and its policy document.",
    "notice_contact_has_an_owner": "Say who at the council answers for this contact.",
    "notice_ground_names_a_provision_or_consent": "A ground names the Act and the section it rests on, unless it is consent.",
    "notice_onlineconsentage_is_lawful": "The age of consent online is from 13 to 16.",
    "notice_provenance_file_has_its_hash": "A file is recorded with its fingerprint. Upload the file again.",
    "notice_provenance_never_changed": "How information came is kept as it was recorded. Record it again if it was wrong.",
    "notice_provenance_received_before_recorded": "The day it was received is later than now. Check the date.",
    "notice_purpose_is_never_marketing": "The notice says information is not used for marketing, so no such purpose can be added.",
    "notice_recipient_never_buys": "The notice says information is not sold, so it cannot be shared with a buyer.",
    "notice_version_hash_is_of_its_text": "The notice was altered after it was compiled. Compile it again.",
    "notice_version_number_once": "A version with this number is published already.",
    "notice_version_one_in_force": "Two versions of the notice would be in force on the same day. Choose another day.",
    "notice_version_only_ends": PUBLISHED,
    "provenance_by_permitted_means": "The notice does not permit it to be kept in this way: no call is recorded, for one. Write down what was said.",
    "provenance_carries_its_handling": "What this source gives must carry its handling mark. Choose the source again.",
    "provenance_is_in_the_notice": (
        "The privacy notice in force does not name this channel, source or purpose. Choose another, or change your purpose."
    ),
    "provenance_names_the_version_in_force": "The privacy notice changed while you were writing. Save again.",
}
