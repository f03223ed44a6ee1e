"""The sets of answers a contact takes."""

from dataclasses import dataclass

KINDS = {
    "concern": "Somebody is worried about a child",
    "help": "Somebody asks for help",
    "question": "Somebody asks a question",
    "change": "Somebody tells of something that has changed",
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
    Outcome("none", "No further action", "It is not for children’s services, or nothing can be done.", False),
)


def urgency(*, danger: str, teller: str) -> str:
    """How soon a contact is looked at. A child who asks, and a danger not known, never wait for the next day."""
    if danger == "now":
        return "immediate"
    return "today" if danger in ("today", "unknown") or teller == "child" else "routine"
