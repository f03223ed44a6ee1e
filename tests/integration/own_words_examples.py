"""Things a child writes in an application, passed on by the way in."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import PURPOSE, Cast
from wenlock.agencies.actions import record_agency, record_agreement
from wenlock.agencies.models import Agreement
from wenlock.intake import own_words
from wenlock.intake.actions import MIND_OF_MY_OWN, Named, way_in
from wenlock.intake.actions import PURPOSE as RECEIVING
from wenlock.security.context import acting

WORDS = "Dear Amara,\n\ni dont want to go  on sundays any more.\n  love Mia x"
MIA = Named(given="Mia", family="Ashdown", born_on=date(2015, 3, 14), relationship="themself")


def agreed(the: Cast, *, from_on: date | None = None, until_on: date | None = None) -> Agreement:
    """An agreement with the application's provider, recorded by the data protection officer; in force if no day is given."""
    at = timezone.now()
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        provider = record_agency(source="mind-of-my-own", name="Mind Of My Own", by=the.dilys, at=at)
    with acting(actor=the.gwen.pk, purpose="information-rights"):
        return record_agreement(
            agency=provider, reference="C-2026-014", role="processor", by=the.gwen, at=at, until_on=until_on,
            from_on=from_on or timezone.localdate() - timedelta(days=30),
        )  # fmt: skip


def wrote(words: str = WORDS, *, partner_key: str = "momo-1", **facts: Any) -> Any:
    """What a child wrote yesterday, received now; its id."""
    by, at = way_in(MIND_OF_MY_OWN), timezone.now()
    with acting(actor=by.pk, purpose=RECEIVING):
        return own_words.receive_own_words(
            words=words, child=MIA, partner_key=partner_key, form="This is me", by=by, at=at,
            **{"written_at": at - timedelta(days=1), **facts},
        )  # fmt: skip
