"""Clocks of information rights and of complaints."""

from datetime import date

from wenlock.law.calendars import DATA_PROTECTION, REPRESENTATIONS
from wenlock.law.care_regulations import REPRESENTATIONS_2006
from wenlock.law.clocks import Clock, EventKind, Extension, Limit, Pause, Rule
from wenlock.law.data_protection import COMPLAINTS, DPA2018, DUAA, UKGDPR
from wenlock.law.terms import calendar_days, months, working_days

RIGHTS = "information rights"
COUNTED_FROM_RECEIPT = date(2019, 9, 1)  # the Commissioner changed the count in August 2019
REPRESENTATIONS_BEGAN = date(2006, 9, 1)

ACCESS_REQUESTED = EventKind("subject-access.requested", "the request was received")
IDENTITY_ASKED = EventKind("subject-access.identity-asked", "proof of identity was asked for")
IDENTITY_PROVED = EventKind("subject-access.identity-proved", "identity was proved")
CLARIFICATION_ASKED = EventKind("subject-access.clarification-asked", "clarification was asked for")
CLARIFICATION_GIVEN = EventKind("subject-access.clarification-given", "the clarification arrived")
ACCESS_EXTENDED = EventKind(
    "subject-access.extended", "the person was told, with reasons, that more time is needed"
)
ACCESS_ANSWERED = EventKind("subject-access.answered", "the answer was delivered")
ACCESS_REFUSED = EventKind("subject-access.refused", "the person was told why the request is refused")
ACCESS_WITHDRAWN = EventKind("subject-access.withdrawn", "the request was withdrawn")

DATA_COMPLAINT_RECEIVED = EventKind(
    "data-complaint.received", "the complaint about data protection was received"
)
DATA_COMPLAINT_ACKNOWLEDGED = EventKind("data-complaint.acknowledged", "the complaint was acknowledged")
DATA_COMPLAINT_WITHDRAWN = EventKind("data-complaint.withdrawn", "the complaint was withdrawn")

REPRESENTATION_RECEIVED = EventKind("representation.received", "the representation was received")
REPRESENTATION_ANSWERED = EventKind("representation.stage-1-answered", "the stage 1 answer was sent")
REPRESENTATION_EXTENDED = EventKind("representation.stage-1-extended", "stage 1 was extended")
REPRESENTATION_WITHDRAWN = EventKind("representation.withdrawn", "the representation was withdrawn")

STRICT_READING = (
    "A strict reading would end the month the day before the matching date: the warning comes before "
    "the 28th day, which is the target."
)

SUBJECT_ACCESS = Clock(
    code="rights.subject-access",
    name="Answer a subject access request",
    service=RIGHTS,
    starts=(ACCESS_REQUESTED,),
    satisfied_by=(ACCESS_ANSWERED, ACCESS_REFUSED),
    ended_by=(ACCESS_WITHDRAWN,),
    rules=(
        Rule(
            since=COUNTED_FROM_RECEIPT,
            until=DUAA,
            limits=(Limit(months(1)),),
            law=UKGDPR.article("12(3)"),
            marks=("S",),
            calendar=DATA_PROTECTION,
            rolls=True,
            pauses=(
                Pause(
                    begun_by=IDENTITY_ASKED,
                    ended_by=IDENTITY_PROVED,
                    restarts=True,
                    law=UKGDPR.article("12(6)"),
                    marks=("K",),
                ),
            ),
            extension=Extension(
                granted_by=ACCESS_EXTENDED, by=months(2), law=UKGDPR.article("12(3)"), marks=("K",)
            ),
            warn=calendar_days(4),
            remark="The wait for clarification was not yet in the Regulation and is not taken out. "
            + STRICT_READING,
        ),
        Rule(
            since=DUAA,
            limits=(Limit(months(1)),),
            law=UKGDPR.article("12A"),
            marks=("S",),
            calendar=DATA_PROTECTION,
            rolls=True,
            pauses=(
                Pause(
                    begun_by=IDENTITY_ASKED,
                    ended_by=IDENTITY_PROVED,
                    restarts=True,
                    law=DPA2018.section("54(3)"),
                    marks=("V",),
                ),
                Pause(
                    begun_by=CLARIFICATION_ASKED,
                    ended_by=CLARIFICATION_GIVEN,
                    law=DPA2018.section("54(3C)"),
                    marks=("V",),
                ),
            ),
            extension=Extension(
                granted_by=ACCESS_EXTENDED, by=months(2), law=DPA2018.section("54(3A)"), marks=("V",)
            ),
            warn=calendar_days(4),
            remark=STRICT_READING,
        ),
    ),
)

DATA_COMPLAINT = Clock(
    code="rights.data-complaint-acknowledgement",
    name="Acknowledge a complaint about data protection",
    service=RIGHTS,
    starts=(DATA_COMPLAINT_RECEIVED,),
    satisfied_by=(DATA_COMPLAINT_ACKNOWLEDGED,),
    ended_by=(DATA_COMPLAINT_WITHDRAWN,),
    rules=(
        Rule(
            since=COMPLAINTS,
            limits=(Limit(calendar_days(30)),),
            law=DPA2018.section("164A"),
            marks=("V",),
            calendar=DATA_PROTECTION,
            first_day_counts=True,
            warn=calendar_days(7),
            remark="Thirty days beginning with the day of receipt, and not moved to a working day, to be safe.",
        ),
    ),
)

REPRESENTATION_STAGE_1 = Clock(
    code="complaints.stage-1",
    name="Answer a representation at stage 1",
    service="complaints",
    starts=(REPRESENTATION_RECEIVED,),
    satisfied_by=(REPRESENTATION_ANSWERED,),
    ended_by=(REPRESENTATION_WITHDRAWN,),
    rules=(
        Rule(
            since=REPRESENTATIONS_BEGAN,
            limits=(Limit(working_days(10)),),
            law=REPRESENTATIONS_2006.reg("14"),
            marks=("S",),
            calendar=REPRESENTATIONS,
            extension=Extension(
                granted_by=REPRESENTATION_EXTENDED,
                by=working_days(10),
                law=REPRESENTATIONS_2006.reg("14"),
                marks=("K",),
            ),
            warn=working_days(3),
        ),
    ),
)

CLOCKS = (SUBJECT_ACCESS, DATA_COMPLAINT, REPRESENTATION_STAGE_1)
