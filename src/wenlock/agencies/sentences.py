"""What the database says of agencies, in words for whoever is at the screen."""

SENTENCES = {
    "agencies_agreement_ends_after_it_begins": "The agreement ends before it begins. Check both dates.",
    "agencies_agreement_has_a_reference": "Give the agreement its reference.",
    "agencies_agreement_one_at_a_time": "Another agreement with this agency is in force then. End that one first.",
    "agencies_agreement_only_ends": "An agreement is kept as it was made, and one that is over stays so. Record a new one.",
    "agencies_agreement_role_is_known": "Select what the agency is to the council.",
    "agencies_agency_authority_has_its_number": "Give another authority’s three-figure number, as the Department for Education lists it.",
    "agencies_agency_ends_after_it_begins": "The agency ends before it begins. Check both dates.",
    "agencies_agency_has_a_name": "Give the agency a name.",
    "agencies_agency_named_once": "There is already an agency of this name. Choose it from the list.",
    "agencies_agency_source_is_a_code": "Select what kind of agency this is.",
}
