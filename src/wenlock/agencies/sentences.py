"""What the database says of agencies, in words for whoever is at the screen."""

SENTENCES = {
    "agencies_agency_authority_has_its_number": "Give another authority’s three-figure number, as the Department for Education lists it.",
    "agencies_agency_ends_after_it_begins": "The agency ends before it begins. Check both dates.",
    "agencies_agency_has_a_name": "Give the agency a name.",
    "agencies_agency_named_once": "There is already an agency of this name. Choose it from the list.",
    "agencies_agency_source_is_a_code": "Select what kind of agency this is.",
}
