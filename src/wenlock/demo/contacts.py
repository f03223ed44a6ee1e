"""What has come in to the invented front door today, and a few contacts that were decided on."""

from dataclasses import dataclass
from datetime import timedelta

from wenlock.agencies.actions import record_agency
from wenlock.demo.loading import Desk, Office
from wenlock.demo.story import Council, Person
from wenlock.intake import actions
from wenlock.intake.actions import Named, Telling

AGENCIES = (
    ("schools", "Long Meadow Primary School", ""),
    ("schools", "Strettonfield Academy", ""),
    ("health", "Wenbrook Surgery", ""),
    ("police", "Marches Constabulary", ""),
    ("housing", "Severnside Homes", ""),
    ("other-local-authorities", "Marchford Council", "999"),
)


@dataclass(frozen=True)
class Call:
    """A contact to invent. `words` name the child as {child}; `family` names who is told of by the place of the family."""

    minutes: int
    channel: str
    source: str
    teller: str
    kind: str
    danger: str
    words: str
    agency: str = ""
    who: str = ""
    decided: str = ""
    code: str = ""


CALLS = (
    Call(12, "telephone", "police", "professional", "concern", "now",
         "Officers are at the house. {child} is upstairs and there has been a fight downstairs.",
         "Marches Constabulary", "Sergeant Lowe", code="C"),
    Call(35, "telephone", "schools", "professional", "concern", "today",
         "{child} told a teaching assistant about being hungry at home, and did not want to go back tonight.",
         "Long Meadow Primary School", "Pat Rowe"),
    Call(58, "face-to-face", "self", "child", "help", "unknown",
         "{child} came to the desk with a friend and said: I can't sleep because of the shouting."),
    Call(95, "email", "health", "professional", "concern", "no",
         "{child} has missed three appointments. The practice has written twice without an answer.",
         "Wenbrook Surgery", "Dr Imran Vale"),
    Call(150, "letter", "friends", "public", "concern", "unknown",
         "I live near the family. I hear crying most nights and I am worried about {child}."),
    Call(210, "telephone", "family", "family", "question", "no",
         "Grandmother of {child} asks what help there is with uniform and travel."),
    Call(300, "telephone", "housing", "professional", "concern", "today",
         "The tenancy ends on Friday and the family with {child} has nowhere to go.",
         "Severnside Homes", "Ana Ruiz"),
    Call(1500, "telephone", "schools", "professional", "concern", "no",
         "{child} often comes without lunch. The school has offered free meals.",
         "Strettonfield Academy", "Lyn Foss", "information"),
    Call(1620, "email", "other-local-authorities", "professional", "change", "no",
         "The family of {child} has moved to this county; our plan ended in the summer.",
         "Marchford Council", "Duty desk", "none"),
)  # fmt: skip


def load_contacts(office: Office, council: Council) -> int:
    """Record the contacts as a front door worker, each about a child of a different family. How many there were."""
    desk = Desk(office, "dilys")
    children = [next(iter(born), None) for born in _children(council)]
    known = [child for child in children if child][: len(CALLS)]
    with desk.acting():
        agencies = {
            name: record_agency(source=source, name=name, official_code=code, by=desk.actor, at=office.at)
            for source, name, code in AGENCIES
        }
        for call, child in zip(CALLS, known, strict=True):
            _record(desk, office, call, child, agencies[call.agency].pk if call.agency else None)
    return len(CALLS)


def _children(council: Council) -> list[list[Person]]:
    """The children of each family who were known before, those now of school age alone."""
    return [[child for child in family.children if child.age(council.on) >= 6] for family in council.families]


def _record(desk: Desk, office: Office, call: Call, child: Person, agency: object) -> None:
    telling = Telling(
        kind=call.kind, words=call.words.format(child=child.given), teller=call.teller, teller_name=call.who,
        danger=call.danger, agency=agency, originator_code=call.code,  # type: ignore[arg-type]
        present=f"{child.given}, and a friend" if call.channel == "face-to-face" else "",
    )  # fmt: skip
    received = office.at - timedelta(minutes=call.minutes)
    contact = actions.take_contact(
        telling=telling, about=[Named(given=child.given, family=child.family, born_on=child.born_on)],
        channel=call.channel, source=call.source, purpose=office.purpose, by=desk.actor, at=office.at,
        received_at=received, place="Front desk" if call.channel == "face-to-face" else "",
    )  # fmt: skip
    if call.decided:
        actions.decide(
            contact=contact, outcome=call.decided, seen="The record, and what was told",
            reason="What the family needs is in place already", by=desk.actor, at=office.at,
        )  # fmt: skip
