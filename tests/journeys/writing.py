"""What Wren wrote in an application, found to be hers: committed, for the pages that show it."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from tests.cast import PURPOSE, recall
from tests.journeys.family import Family
from wenlock.agencies import queries as agencies
from wenlock.agencies.actions import record_agency, record_agreement
from wenlock.intake import actions, own_words
from wenlock.intake.actions import MIND_OF_MY_OWN, Named
from wenlock.intake.models import Mention
from wenlock.security.context import acting

WORDS = (
    "Hi Ines its Wren :)\n\nI dont like going to nans on my own becuase of the dog.\n\ncan Finn come too??"
)


def wren_wrote(family: Family, *, words: str = WORDS) -> UUID:
    """Something Wren wrote two days ago, matched with her record by her worker's manager; its id."""
    _agree(family)
    by, at = actions.way_in(MIND_OF_MY_OWN), timezone.now()
    with acting(actor=by.pk, purpose=actions.PURPOSE):
        key = own_words.receive_own_words(
            words=words, written_at=at - timedelta(days=2), partner_key=str(uuid4()), form="This is me",
            child=Named(given="Wren", family="Hollis", relationship="themself"), by=by, at=at,
        )  # fmt: skip
    with acting(actor=family.orla.pk, purpose=PURPOSE):
        mention = Mention.objects.get(contact__own_words=key)
        actions.match(mention=mention, person=family.wren.pk, by=family.orla, at=at)
    return key


def _agree(family: Family) -> None:
    officer, at = recall().gwen, timezone.now()
    with acting(actor=family.orla.pk, purpose=PURPOSE):
        if agencies.agreement_with(MIND_OF_MY_OWN, on=timezone.localdate(at)):
            return
        provider = record_agency(source=MIND_OF_MY_OWN, name="Mind Of My Own", by=family.orla, at=at)
    with acting(actor=officer.pk, purpose="information-rights"):
        record_agreement(
            agency=provider, reference="C-2026-014", role="processor", from_on=timezone.localdate(at), by=officer,
            at=at,
        )  # fmt: skip
