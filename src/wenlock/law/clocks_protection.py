"""Clocks of assessment and child protection, by the editions of Working Together."""

from wenlock.law.clocks import Clock, EventKind, Limit, Mark, Rule
from wenlock.law.clocks_front_door import PERSON_DIED, REFERRAL_RECEIVED
from wenlock.law.guidance import EDITION_2018, EDITION_2023, WT2018, WT2023
from wenlock.law.terms import Term, months, weeks, working_days

ASSESSMENT_AUTHORISED = EventKind("assessment.authorised", "the assessment was authorised")
ASSESSMENT_STOPPED = EventKind("assessment.stopped", "the assessment was stopped with a reason")
DISCUSSION_BEGAN_ENQUIRY = EventKind(
    "strategy-discussion.began-enquiry", "the strategy discussion that began the section 47 enquiry was held"
)
INITIAL_CONFERENCE_HELD = EventKind("initial-conference.held", "the initial conference was held")
CONFERENCE_NOT_NEEDED = EventKind(
    "initial-conference.not-needed", "a manager recorded that no conference is needed"
)
REVIEW_CONFERENCE_HELD = EventKind("review-conference.held", "the review conference was held")
PROTECTION_PLAN_ENDED = EventKind("protection-plan.ended", "the protection plan ended")
NO_PLAN_MADE = EventKind("initial-conference.no-plan", "the initial conference made no plan")


def _editions(within: Term, *, mark: Mark, warn: Term, remark: str = "") -> tuple[Rule, ...]:
    """One term in both editions; `mark` is how it was checked in the later."""
    limits = (Limit(within),)
    return (
        Rule(
            since=EDITION_2018,
            until=EDITION_2023,
            limits=limits,
            law=WT2018.find("ch.1"),
            marks=("K",),
            warn=warn,
            remark=remark,
        ),
        Rule(
            since=EDITION_2023,
            limits=limits,
            law=WT2023.find("ch.3"),
            marks=(mark,),
            warn=warn,
            remark=remark,
        ),
    )


ASSESSMENT = Clock(
    code="child-in-need.assessment",
    name="Finish an assessment",
    service="child in need",
    starts=(REFERRAL_RECEIVED,),
    satisfied_by=(ASSESSMENT_AUTHORISED,),
    ended_by=(ASSESSMENT_STOPPED, PERSON_DIED),
    rules=_editions(
        working_days(45),
        mark="K",
        warn=working_days(10),
        remark="The longest it may take. Query 8670Q of the census counts from the day the assessment began.",
    ),
)

INITIAL_CONFERENCE = Clock(
    code="protection.initial-conference",
    name="Hold the initial child protection conference",
    service="child protection",
    starts=(DISCUSSION_BEGAN_ENQUIRY,),
    satisfied_by=(INITIAL_CONFERENCE_HELD,),
    ended_by=(CONFERENCE_NOT_NEEDED, PERSON_DIED),
    rules=_editions(working_days(15), mark="S", warn=working_days(5)),
)

FIRST_REVIEW_CONFERENCE = Clock(
    code="protection.first-review-conference",
    name="Hold the first review conference",
    service="child protection",
    starts=(INITIAL_CONFERENCE_HELD,),
    satisfied_by=(REVIEW_CONFERENCE_HELD,),
    ended_by=(NO_PLAN_MADE, PROTECTION_PLAN_ENDED, PERSON_DIED),
    rules=_editions(months(3), mark="K", warn=weeks(4)),
)

LATER_REVIEW_CONFERENCE = Clock(
    code="protection.later-review-conference",
    name="Hold the next review conference",
    service="child protection",
    starts=(REVIEW_CONFERENCE_HELD,),
    satisfied_by=(REVIEW_CONFERENCE_HELD,),
    ended_by=(PROTECTION_PLAN_ENDED, PERSON_DIED),
    rules=_editions(months(6), mark="K", warn=weeks(4)),
)

CLOCKS = (ASSESSMENT, INITIAL_CONFERENCE, FIRST_REVIEW_CONFERENCE, LATER_REVIEW_CONFERENCE)
