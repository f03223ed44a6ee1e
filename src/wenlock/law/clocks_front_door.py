"""Clocks of the front door: screening, the agencies' enquiry, the decision on a referral, and telling people."""

from datetime import date

from wenlock.law.clocks import Clock, EventKind, Limit, Rule, Setting
from wenlock.law.data_protection import GDPR, UKGDPR
from wenlock.law.guidance import EDITION_2018, EDITION_2023, WT2018, WT2023
from wenlock.law.terms import calendar_days, hours, months, working_days

FRONT_DOOR = "front door"
LOCAL_SINCE = date(
    2020, 1, 1
)  # the first day our calendars know; local practice has no commencement of its own

CONTACT_RECEIVED = EventKind("contact.received", "the contact was received")
CONTACT_SCREENED = EventKind("contact.screened", "the contact was screened and a decision recorded")
ENQUIRY_STARTED = EventKind("mash-enquiry.started", "the multi-agency enquiry was started")
ENQUIRY_DECIDED = EventKind("mash-enquiry.decided", "the final decision on the enquiry was recorded")
REFERRAL_RECEIVED = EventKind("referral.received", "the referral was received")
REFERRAL_DECIDED = EventKind("referral.decided", "the decision on the referral was recorded")
REFERRER_ANSWERED = EventKind("referral.referrer-answered", "the referrer was told the decision")
REFERRER_NOT_TOLD = EventKind("referral.referrer-not-told", "a reason not to tell the referrer was recorded")
INFORMATION_OBTAINED = EventKind(
    "information.obtained", "information about the person was obtained from another"
)
FIRST_COMMUNICATION = EventKind(
    "information.first-used-to-communicate", "it was first used to contact the person"
)
FIRST_DISCLOSURE = EventKind("information.first-disclosed", "it was first disclosed to a recipient")
PRIVACY_INFORMATION_GIVEN = EventKind(
    "privacy-information.given", "the person was given the privacy information"
)
PRIVACY_EXEMPTION_RECORDED = EventKind(
    "privacy-information.exemption-recorded", "a reason in law not to give the information was recorded"
)
PERSON_DIED = EventKind("person.died", "the person died")

CONTACT_SCREENING = Clock(
    code="front-door.contact-screening",
    name="Screen a contact",
    service=FRONT_DOOR,
    starts=(CONTACT_RECEIVED,),
    satisfied_by=(CONTACT_SCREENED,),
    rules=(
        Rule(
            since=LOCAL_SINCE,
            limits=(Limit(hours(24), setting=Setting("front-door.contact-screening", 1, 72)),),
            law=None,
            marks=("L",),
            warn=hours(4),
        ),
    ),
)

MASH_ENQUIRY = Clock(
    code="front-door.mash-enquiry",
    name="Decide a multi-agency enquiry",
    service=FRONT_DOOR,
    starts=(ENQUIRY_STARTED,),
    satisfied_by=(ENQUIRY_DECIDED,),
    rules=(
        Rule(
            since=LOCAL_SINCE,
            limits=(
                Limit(hours(24), (("rating", "amber"),), Setting("front-door.mash-enquiry.amber", 1, 72)),
                Limit(hours(72), (("rating", "green"),), Setting("front-door.mash-enquiry.green", 1, 120)),
                Limit(hours(4), setting=Setting("front-door.mash-enquiry.red", 1, 24)),
            ),
            law=None,
            marks=("L", "U"),
            warn=hours(1),
            remark="An enquiry nobody has rated yet runs as one rated red.",
        ),
    ),
)


def _within_one_working_day() -> tuple[Rule, ...]:
    """The rule of each edition of the guidance for a decision on a referral and the reply to who made it."""
    limits = (Limit(working_days(1)),)
    return (
        Rule(since=EDITION_2018, until=EDITION_2023, limits=limits, law=WT2018.find("ch.1"), marks=("K",)),
        Rule(since=EDITION_2023, limits=limits, law=WT2023.find("ch.3"), marks=("S",)),
    )


REFERRAL_DECISION = Clock(
    code="front-door.referral-decision",
    name="Decide what to do about a referral",
    service=FRONT_DOOR,
    starts=(REFERRAL_RECEIVED,),
    satisfied_by=(REFERRAL_DECIDED,),
    rules=_within_one_working_day(),
)

REFERRER_REPLY = Clock(
    code="front-door.reply-to-referrer",
    name="Tell the referrer what was decided",
    service=FRONT_DOOR,
    starts=(REFERRAL_RECEIVED,),
    satisfied_by=(REFERRER_ANSWERED,),
    ended_by=(REFERRER_NOT_TOLD,),
    rules=_within_one_working_day(),
)

PRIVACY_INFORMATION = Clock(
    code="front-door.privacy-information",
    name="Tell a person that information about them came from another",
    service=FRONT_DOOR,
    starts=(INFORMATION_OBTAINED,),
    satisfied_by=(PRIVACY_INFORMATION_GIVEN,),
    ended_by=(PRIVACY_EXEMPTION_RECORDED, PERSON_DIED),
    rules=(
        Rule(
            since=GDPR,
            limits=(Limit(months(1)),),
            law=UKGDPR.article("14(3)"),
            marks=("K",),
            sooner_on=(FIRST_COMMUNICATION, FIRST_DISCLOSURE),
            warn=calendar_days(7),
            remark="One month at the latest: a last day that is not a working day does not move it.",
        ),
    ),
)

CLOCKS = (CONTACT_SCREENING, MASH_ENQUIRY, REFERRAL_DECISION, REFERRER_REPLY, PRIVACY_INFORMATION)
