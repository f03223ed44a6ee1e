"""The sets of answers a contact takes."""

from dataclasses import dataclass
from datetime import date

from wenlock.law.data_protection import DPA2018, UKGDPR
from wenlock.law.instruments import Provision

FACE_TO_FACE = "face-to-face"  # the channel by which people meet
FAMILY = "family"  # the source whose people are somebody's family
OF_THEMSELF = frozenset({"self", "mind-of-my-own"})  # the sources by which people speak for themselves

KINDS = {
    "concern": "Somebody is worried about a child",
    "help": "Somebody asks for help",
    "question": "Somebody asks a question",
    "change": "Somebody tells of something that has changed",
    "complaint": "Somebody complains",
}
# What a complaint is of. One that does not say is answered as both, so that no time it has is lost.
COMPLAINT_ABOUT = {
    "service": "What we did, or did not do",
    "information": "How information was used",
    "unsure": "Not said",
}
# Who is telling. "child" is a child or young person speaking for themself.
TELLERS = {
    "child": "A child or young person, about themself",
    "family": "A parent, carer or relative",
    "professional": "Somebody who works with the child",
    "public": "A neighbour, a friend or a member of the public",
    "unnamed": "Somebody who does not give their name",
}
DANGERS = {
    "now": "Somebody is in danger now",
    "today": "It cannot wait until tomorrow",
    "no": "It can wait for the next working day",
    "unknown": "Not known",
}
URGENCIES = {"immediate": "Act now", "today": "Today", "routine": "Routine"}
ORDER = {code: place for place, code in enumerate(URGENCIES)}
AGREED = {
    "yes": "The family knows of this contact and agrees",
    "told": "The family knows of this contact and does not agree",
    "unsafe": "Telling the family would not be safe",
    "not-asked": "The family has not been asked",
}
# What a paper of a contact is. "message" is an e-mail whole, as it came.
PAPERS = {"scan": "Scan of a letter", "attachment": "Came with an e-mail", "message": "The e-mail as it came"}
MENTIONED_AS = {"child": "Child", "adult": "Adult"}
HOW_TOLD = {
    "telephone": "By telephone",
    "email": "By email",
    "letter": "By letter",
    "face-to-face": "Face to face",
    "not-told": "Not told",
}
# How somebody is told that we hold what another said of them, or what was done about what they said.
HOW_INFORMED = {
    "face-to-face": "Face to face",
    "telephone": "By telephone",
    "letter": "By letter",
    "email": "By email",
    "app": "In the app they use",
    "other": "By somebody they trust",
}
# The marks of the notice's sources (`tags`), in words for whoever is about to use what carries them, the most binding
# first.
TAGS = {
    "ask-originator": "Ask whoever gave it before you pass it on",
    "confidence": "Told in confidence: ask before you name them",
    "child-authored": "In the child’s own words",
    "criminal": "About an offence, or said to be",
    "health": "Health information",
    "special": "Sensitive in law",
    "education": "Education information",
    "third-party": "Tells of other people",
}


@dataclass(frozen=True)
class OriginatorCode:
    """What an originator said of passing it on. In use from `since`; `mark` says how surely its meaning is known."""

    code: str
    name: str
    says: str
    since: date
    origin: str
    mark: str


# The handling codes of the police's intelligence report, and the word for a code nobody gave, which is the strictest.
ORIGINATOR_CODES = (
    OriginatorCode(
        "P", "P: may be shared lawfully", "The police gave code P: it may be passed on where the law allows.",
        date(2016, 1, 1), "College of Policing, intelligence report (3x5x2)", "S",
    ),
    OriginatorCode(
        "C", "C: may be shared on their conditions", "The police gave code C: ask them before you pass it on.",
        date(2016, 1, 1), "College of Policing, intelligence report (3x5x2)", "S",
    ),
    OriginatorCode(
        "none-given", "They gave none", "From the police: ask them before you pass it on.",
        date(2016, 1, 1), "The notice: onward sharing waits for the police", "L",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Exemption:
    """Why in law somebody need not be told that we hold what another said of them."""

    code: str
    name: str
    says: str
    law: Provision
    mark: str


EXEMPT = (
    Exemption("knows", "They have the information", "They were told it already.", UKGDPR.article("14(5)(a)"), "K"),
    Exemption(
        "impair", "Telling them would defeat the purpose", "Telling them would make it impossible, or much harder, to "
        "keep a child safe.", UKGDPR.article("14(5)(b)"), "K",
    ),
    Exemption(
        "by-law", "The law itself lays it down", "An Act lays down that we obtain it, with safeguards for them.",
        UKGDPR.article("14(5)(c)"), "K",
    ),
    Exemption(
        "secrecy", "It must stay secret by professional duty", "It is held under a duty of secrecy in law.",
        UKGDPR.article("14(5)(d)"), "K",
    ),
    Exemption(
        "crime", "Telling them would harm the prevention or detection of crime",
        "So far as telling them would be likely to prejudice it.", DPA2018.find("Sch.2 para.2"), "S",
    ),
    Exemption(
        "proceedings", "It is needed for legal proceedings, or must be disclosed by law",
        "So far as telling them would prevent it.", DPA2018.find("Sch.2 para.5"), "S",
    ),
    Exemption(
        "court-report", "It was given to a court about a child", "In proceedings whose rules let it be withheld.",
        DPA2018.find("Sch.3 Pt.3"), "K",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What may follow from a contact. `needs_child`: it concerns a child who has been found or begun."""

    code: str
    name: str
    says: str
    needs_child: bool


# The first decision (Working Together; London and other front doors in use): an outcome is a person's, never a rule's.
OUTCOMES = (
    Outcome("information", "Information and advice", "Nothing more is needed than what was said.", False),
    Outcome("early-help", "Early help", "The family is offered early help, if they agree.", True),
    Outcome("mash", "Multi-agency enquiry", "Agencies are asked what they know before deciding.", True),
    Outcome("referral", "Referral", "A social work manager decides within one working day.", True),
    Outcome("answered", "Question answered", "They have their answer, or it is said why not.", False),
    Outcome(
        "settled", "Change dealt with", "What was told is put right, or is not and it is said why.", False
    ),
    Outcome("complaint", "Complaint", "Whoever answers complaints has it, and it is acknowledged.", False),
    Outcome("none", "No further action", "It is not for children’s services, or nothing can be done.", False),
)

# The kind of contact an outcome answers; the others answer any. Such an outcome is recorded with the telling of it.
ANSWERS = {"answered": "question", "settled": "change", "complaint": "complaint"}
# How somebody who tells of a change is known to be who they say.
WAYS_TO_KNOW = {
    "voice": "By voice, which the worker knows, on a number we held already",
    "called-back": "By calling them back on a number we held already",
    "document": "By a document that was seen",
    "in-person": "In person, by a worker who knows them",
}
BY_A_NUMBER = ("voice", "called-back")
# What may be put right, as the record holds it.
FACTS = {
    "home": "Home address",
    "reach": "Telephone number or email address",
    "name": "Name",
    "birth": "Date of birth",
}
# What rests on consent alone. A child under the age of the notice in force needs a parent's permission for it.
EXTRAS = {"ask-afterwards": "Ask them afterwards how we did"}
OLDEST = 120  # years: an age above it is a slip of the keys
CHANGE_OUTCOMES = {"applied": "Put right", "declined": "Not changed"}


def urgency(*, danger: str, teller: str) -> str:
    """How soon a contact is looked at. A child who asks, and a danger not known, never wait for the next day."""
    if danger == "now":
        return "immediate"
    return "today" if danger in ("today", "unknown") or teller == "child" else "routine"
