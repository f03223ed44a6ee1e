"""Asking for an e-mail that was rejected."""

from datetime import datetime

from wenlock.intake.models import Email
from wenlock.security.models import Actor


def want(*, email: Email, by: Actor, at: datetime) -> Email:
    """Ask that an e-mail be filed after all: the next pull does it. The database refuses anybody who does not screen."""
    email.wanted_by, email.wanted_at = by, at
    email.save(update_fields=["wanted_by", "wanted_at"])
    return email
