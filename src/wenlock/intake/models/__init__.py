"""Contacts, whom they are about, and what the front door makes of them."""

from wenlock.intake.models.contact import Contact, Mention
from wenlock.intake.models.paper import Paper
from wenlock.intake.models.screening import Decision, Draft, Feedback, ScreeningNote

__all__ = ["Contact", "Decision", "Draft", "Feedback", "Mention", "Paper", "ScreeningNote"]
