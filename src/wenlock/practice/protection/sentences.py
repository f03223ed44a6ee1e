"""What the database says of child protection, in words for whoever is at the screen."""

IN_ORDER = "The end is before the beginning. Check both dates."

SENTENCES = {
    **{
        f"protection_{table}_ends_after_it_begins": IN_ORDER
        for table in ("section47enquiry", "protectionplan")
    },
    "protection_initialconference_one_each": "This enquiry has its initial conference already.",
    "protection_plancategory_code_is_a_code": "Choose the category of abuse from the list.",
    "protection_plancategory_in_order": "Somebody else changed the category while you did. Look at the plan, then try again.",
    "protection_protectionplan_has_begun": "Enter the day the protection plan began.",
    "protection_protectionplan_one_open": "This child already has an open protection plan. End that one first.",
    "protection_reviewconference_participation_is_known": "Select how the child took part in the review.",
    "protection_section47enquiry_has_begun": "Enter the day of the strategy discussion that began the enquiry.",
    "protection_section47enquiry_outcome_is_known": "Select how the enquiry ended.",
    "protection_strategydiscussion_decision_is_known": "Select what the strategy discussion decided.",
}
