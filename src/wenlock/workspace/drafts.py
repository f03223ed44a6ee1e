"""Everything a worker has begun to write and not finished, wherever they began it."""

from dataclasses import dataclass

from django.urls import reverse

from wenlock.base.pages.dates import plain_time
from wenlock.intake import queries as intake
from wenlock.practice.case import queries as case
from wenlock.workspace.frame import Frame

SHOWN = 10  # of the notes: the latest begun


@dataclass(frozen=True)
class Begun:
    """Something begun: what it is, in words, and where it is gone on with."""

    says: str
    href: str


def begun(frame: Frame) -> list[Begun]:
    """The worker's drafts: the contact being taken, then screening notes, then notes on records. Four queries at most."""
    found = []
    if frame.may("take-contact") and (taking := intake.begun_by(frame.actor)):
        found.append(Begun(f"A contact, kept at {plain_time(taking[1])}", reverse("workspace:contact-take")))
    for contact, reference in intake.screening_drafts(author=frame.actor) if frame.may("screen") else ():
        found.append(Begun(f"A screening note on {reference}", reverse("workspace:contact", args=[contact])))
    for note in case.drafts(actor=frame.actor)[:SHOWN]:
        person = next((one.person for one in note.about), None)
        if person:
            title = note.title or "without a title"
            found.append(Begun(f"A note: {title}", reverse("workspace:draft", args=[person, note.id])))
    return found
