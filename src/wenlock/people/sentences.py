"""What the database says of people’s records, in words for whoever is at the screen."""

IN_ORDER = "The end is before the beginning. Check both dates."
NOT_A_CODE = "A code is made of letters, numbers and hyphens. Check what was typed."
KEPT_AS_IT_WAS = "A genogram that is kept stays as it was. Keep another as the family is now."
MERGE_IS_KEPT = "What a merge did is kept. Undo it instead."

SENTENCES = {
    "correction_says_why": "You are replacing something already recorded. Say why it was wrong.",
    "decision_is_at_a_human_pace": (
        "You have decided more in the last minute than anybody can weigh. Wait a minute, then decide on this one: "
        "what you typed is still here."
    ),
    "decision_is_a_persons": "A decision about somebody is made by a named person, never by a service account.",
    "fact_is_about_the_same_person": "This belongs to somebody else’s record. Go back to the right record and try again.",
    "record_is_not_merged": "This record has been merged into another. Go to that one and write it there.",
    "search_needs_the_capability": "Your role does not search for people. If you need to, ask your manager.",
    **{
        f"people_{table}_ends_after_it_begins": IN_ORDER
        for table in (
            "contactpoint",
            "disability",
            "identifier",
            "name",
            "relationship",
            "residence",
            "warning",
        )
    },
    "people_address_has_a_line": "Enter at least the first line of the address.",
    "people_address_postcode_is_shaped": "Enter the postcode in full, like SY2 6ND.",
    "people_address_uprn_is_digits": "A property reference (UPRN) is up to 12 digits.",
    "people_addressreveal_says_why": "Say in a sentence why you need to see this address: at least ten letters.",
    "people_addressreveal_ten_minutes_at_most": "A protected address is shown for ten minutes. Ask to see it again if you still need it.",
    "people_communicationneed_is_not_blank": "Say what the communication need is.",
    "people_contactpoint_is_not_blank": "Enter the number or address to reach them by.",
    "people_contactpoint_kind_is_known": "Select whether this is a phone, a mobile, an email address or something else.",
    "people_correction_append_only": "What a record used to say is kept. It cannot be changed or removed.",
    "people_correction_says_why": "Say why what was recorded is wrong.",
    "people_disability_code_is_a_code": NOT_A_CODE,
    "people_ethnicity_code_is_a_code": NOT_A_CODE,
    "people_ethnicity_one_each": "An ethnic group is recorded already. Correct that one instead.",
    "people_genogram_never_changed": KEPT_AS_IT_WAS,
    "people_genogram_occasion_is_known": "Select what the genogram is kept for.",
    "people_genogram_says_why": "Say why this genogram is kept.",
    "people_genogrammember_never_changed": KEPT_AS_IT_WAS,
    "people_genogrammember_once": KEPT_AS_IT_WAS,
    "people_genogramtie_never_changed": KEPT_AS_IT_WAS,
    "people_genogramtie_once": KEPT_AS_IT_WAS,
    "people_identifier_is_not_blank": "Enter the number, without spaces before or after it.",
    "people_identifier_is_one_persons": (
        "Somebody else is recorded under this number. Check the number; if both records have it, record it as questioned."
    ),
    "people_identifier_scheme_is_known": "Select what kind of number this is.",
    "people_identifierabsence_once": "Why there is no number of this kind is recorded already.",
    "people_identifierabsence_reason_is_a_code": NOT_A_CODE,
    "people_language_is_not_blank": "Enter the language.",
    "people_language_once": "This language is recorded already.",
    "people_matchproposal_answer_is_somebodys": "Say whether the two records are the same person, and who decided.",
    "people_matchproposal_is_of_two": "A record cannot be matched with itself.",
    "people_matchproposal_once": "These two records have been proposed as a match already.",
    "people_merge_append_only": MERGE_IS_KEPT,
    "people_merge_by_who_may": (
        "Your role or your work does not reach both records, so you cannot merge them. Ask your manager."
    ),
    "people_merge_is_of_two": "A record cannot be merged with itself.",
    "people_merge_keeps_a_name": "Keep at least one name.",
    "people_merge_not_of_relatives": (
        "The two are recorded as related to each other. Retract that relationship first, or say that they are not the "
        "same person."
    ),
    "people_merge_of_open_records": (
        "One of the two records is closed to somebody: it is restricted, or a worker has a conflict of interest. "
        "A manager must settle that first."
    ),
    "people_merge_of_records_that_stand": "One of the two records has been merged already. Look for the one that stands.",
    "people_merge_of_work_settled": (
        "The same work is open in both records: a worker in the same role, or a plan of the same kind. End it in one of "
        "them first, then merge."
    ),
    "people_merge_says_what_is_kept": "Select which record is right.",
    "people_merge_says_who_will_see": (
        "Somebody else now works with one of the two. Look at who will see more, and say again that you have."
    ),
    "people_merge_says_why": "Say why these are one person.",
    "people_merge_sets_aside_its_own": "Leave out only what is in one of the two records.",
    "people_mergemove_append_only": MERGE_IS_KEPT,
    "people_mergemove_in_order": MERGE_IS_KEPT,
    "people_mergeundo_append_only": MERGE_IS_KEPT,
    "people_mergeundo_latest_first": "The record has been merged again since. Undo the later merge first.",
    "people_mergeundo_once": "This merge is undone already.",
    "people_mergeundo_says_why": "Say why these are two people.",
    "people_name_is_not_blank": "Enter a given name, a family name or both.",
    "people_name_kind_is_known": "Select what kind of name this is.",
    "people_person_is_merged_into_another": "A record cannot be merged with itself.",
    "people_person_sex_is_a_code": NOT_A_CODE,
    "people_relationship_is_to_another": "Somebody cannot be related to themself. Choose another person.",
    "people_relationship_kind_is_known": "Select how the two people are related.",
    "people_relationship_once_at_a_time": "This relationship is recorded already.",
    "people_relationship_one_row_each_side": "This relationship is recorded already.",
    "people_relationship_responsibility_has_a_basis": (
        "Say how somebody came to have parental responsibility, or that they do not have it."
    ),
    "people_residence_at_an_address_seen": "There is no such address within your reach.",
    "people_residence_kind_is_known": "Select what kind of home this is.",
    "people_savedsearch_is_emptied": "A search you forget keeps nothing.",
    "people_savedsearch_says_something": "Give the search a title.",
    "people_savedsearch_titled_once": "You keep a search with this title already. Give this one another.",
    "people_warning_kind_is_known": "Select what the warning is about.",
    "people_warning_review_follows": "The day a warning is reviewed cannot be before the day it began.",
    "people_warning_silence_has_a_reason": "Say why the person has not been told of this warning.",
}
