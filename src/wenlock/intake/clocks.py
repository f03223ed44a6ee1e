"""The front door's clocks on a contact: when it must be screened, and when whoever referred a child must be told."""

from collections.abc import Iterator
from datetime import datetime

from wenlock.intake.models import Contact
from wenlock.law.clocks_front_door import (
    CONTACT_RECEIVED,
    CONTACT_SCREENED,
    CONTACT_SCREENING,
    REFERRAL_RECEIVED,
    REFERRER_ANSWERED,
    REFERRER_REPLY,
)
from wenlock.law.events import Event
from wenlock.law.running import Reading, run

REFERRAL = "referral"


def screening(contact: Contact, *, at: datetime) -> Reading:
    """What the clock of screening reads at an aware instant. It runs from when the contact came, whoever took it."""
    return run(CONTACT_SCREENING, _events(contact), at=at)


def readings(contact: Contact, *, at: datetime) -> tuple[tuple[str, Reading], ...]:
    """Each clock of a contact that has started, by name, as it reads at an aware instant.

    A referral is received when the contact that became it was (Working Together 2023, chapter 3).
    """
    events = tuple(_events(contact))
    clocks = (CONTACT_SCREENING, REFERRER_REPLY)
    read = ((clock.name, run(clock, events, at=at)) for clock in clocks)
    return tuple((name, reading) for name, reading in read if reading.state != "not started")


def _events(contact: Contact) -> Iterator[Event]:
    received, decision = contact.provenance.received_at, getattr(contact, "decision", None)
    yield Event(id=f"{contact.pk} received", kind=CONTACT_RECEIVED.code, at=received)
    if decision is not None:
        yield Event(id=str(decision.pk), kind=CONTACT_SCREENED.code, at=decision.decided_at)
    if decision is not None and decision.outcome == REFERRAL:
        yield Event(id=f"{contact.pk} referred", kind=REFERRAL_RECEIVED.code, at=received)
    feedback = getattr(contact, "feedback", None)
    if feedback is not None:
        yield Event(id=str(feedback.pk), kind=REFERRER_ANSWERED.code, at=feedback.told_at)
