"""What the database says of clocks, in words for whoever is at the screen."""

SENTENCES = {
    "clocks_breach_never_changed": "A reason is kept as it was given. Give another if there is more to say.",
    "clocks_breach_of_a_late_clock": "There is no such time limit within your reach, or it has not been passed.",
    "clocks_breach_reason_is_known": "Select why the time limit was passed.",
    "clocks_breach_says_why": "Say in your own words why the time limit was passed.",
    "clocks_clock_closes_with_its_row": "A clock stops with what stopped it. Record that first.",
    "clocks_clock_finished_has_its_row": "A clock that has stopped names what stopped it, and one that runs names nothing.",
    "clocks_clock_late_says_so": "What was done after its time limit is recorded as late, and what was done within it is not.",
    "clocks_clock_matter_is_a_table": "A clock runs on something that is recorded.",
    "clocks_clock_once_for_a_matter": "Save again: this was reckoned a moment ago.",
    "clocks_clock_open_has_begun": "A clock with a due date has begun, and under a version of its rule.",
    "clocks_clock_warns_before_it_is_due": "A warning comes before the time limit.",
    "clocks_former_in_order": "Save again: this was reckoned a moment ago.",
    "clocks_former_never_changed": "A former due date is kept as it was.",
}
