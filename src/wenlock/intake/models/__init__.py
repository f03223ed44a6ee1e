"""Contacts, where they came from, whom they are about, and what the front door makes of them."""

from wenlock.intake.models.changes import Change, IdentityCheck
from wenlock.intake.models.contact import Contact, Mention
from wenlock.intake.models.email import Email, Pull
from wenlock.intake.models.extras import Extra
from wenlock.intake.models.own_words import Answer, OwnWords
from wenlock.intake.models.paper import Paper
from wenlock.intake.models.screening import Decision, Draft, Feedback, ScreeningNote
from wenlock.intake.models.sources import Giver, Informed

__all__ = [
    "Answer",
    "Change",
    "Contact",
    "Decision",
    "Draft",
    "Email",
    "Extra",
    "Feedback",
    "Giver",
    "IdentityCheck",
    "Informed",
    "Mention",
    "OwnWords",
    "Paper",
    "Pull",
    "ScreeningNote",
]
