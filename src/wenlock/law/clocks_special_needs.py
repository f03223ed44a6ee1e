"""Clocks of special educational needs."""

from wenlock.law.calendars import SPECIAL_NEEDS
from wenlock.law.care_regulations import SEND_2014
from wenlock.law.clocks import Clock, EventKind, Excuse, Limit, Rule
from wenlock.law.clocks_front_door import PERSON_DIED
from wenlock.law.families_and_social_work import SEND
from wenlock.law.terms import weeks

NEEDS_ASSESSMENT_REQUESTED = EventKind("needs-assessment.requested", "a needs assessment was asked for")
BECAME_RESPONSIBLE = EventKind("needs-assessment.became-responsible", "the authority became responsible")
SCHOOL_ADVICE_ASKED = EventKind("needs-assessment.school-advice-asked", "its head was asked for advice")
NO_PLAN_NOTIFIED = EventKind("needs-assessment.no-plan-notified", "the family was told that no plan is made")
FINAL_PLAN_SENT = EventKind("education-plan.final-sent", "the final plan was sent")
REQUEST_WITHDRAWN = EventKind("needs-assessment.withdrawn", "the request was withdrawn")

NO_PLAN = Clock(
    code="special-needs.no-plan",
    name="Tell the family that no education, health and care plan will be made",
    service="special educational needs",
    starts=(NEEDS_ASSESSMENT_REQUESTED, BECAME_RESPONSIBLE),
    satisfied_by=(NO_PLAN_NOTIFIED,),
    ended_by=(FINAL_PLAN_SENT, REQUEST_WITHDRAWN, PERSON_DIED),
    rules=(
        Rule(
            since=SEND,
            limits=(Limit(weeks(16)),),
            law=SEND_2014.reg("10"),
            marks=("S",),
            calendar=SPECIAL_NEEDS,
            excuse=Excuse(
                asked=SCHOOL_ADVICE_ASKED, closed_for=weeks(4), law=SEND_2014.reg("10(4)"), marks=("V",)
            ),
            warn=weeks(2),
            remark="The temporary rules of May to September 2020 are not declared.",
        ),
    ),
)

CLOCKS = (NO_PLAN,)
