"""What the database says of teams and roles, in words for whoever is at the screen."""

SENTENCES = {
    "council_membership_ends_after_it_begins": "The last day in the team is before the first. Check both dates.",
    "council_membership_made_by_another": "Nobody puts themself in a team: ask another administrator.",
    "council_membership_once_at_a_time": "This worker already has this role in this team.",
    "council_role_level_is_known": "A role reaches no record, the index, the summary or the full record of the whole service.",
    "council_team_code_is_one_teams": "Another team has this code. Choose a different one.",
    "council_team_has_a_purpose": "A team works for at least one purpose of the privacy notice. Choose one.",
}
