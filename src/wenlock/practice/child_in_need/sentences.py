"""What the database says of referrals, assessments and plans, in words for whoever is at the screen."""

IN_ORDER = "The end is before the beginning. Check both dates."
NOT_A_CODE = "A code is made of letters, numbers and hyphens. Choose one from the list."

SENTENCES = {
    **{
        f"child_in_need_{table}_ends_after_it_begins": IN_ORDER for table in ("episode", "assessment", "plan")
    },
    **{
        f"child_in_need_episode_{column}_is_a_code": NOT_A_CODE
        for column in ("referral_source", "primary_need", "closure_reason")
    },
    "child_in_need_assessment_has_begun": "Enter the day the assessment began.",
    "child_in_need_assessmentfactor_code_is_a_code": NOT_A_CODE,
    "child_in_need_assessmentfactor_once": "This factor is recorded already for this assessment.",
    "child_in_need_episode_closed_with_a_reason": "Enter both the day the case closed and the reason, or neither.",
    "child_in_need_episode_has_a_referral": "Enter the day of the referral and who made it.",
    "child_in_need_plan_has_begun": "Enter the day the plan began.",
    "child_in_need_plan_one_open": "This child already has an open plan. End that one first.",
    "child_in_need_visit_alone_is_seen": "A child seen alone was seen. Check the answer.",
    "child_in_need_visit_duty_is_known": "Select what kind of visit this was.",
}
