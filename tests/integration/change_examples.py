"""A change told by Mia's mother, and what stands in the family's records before it."""

from datetime import date
from typing import Any

from django.utils import timezone

from tests.cast import PURPOSE, Cast
from tests.integration.intake_examples import matched, website
from wenlock.intake import actions, changing
from wenlock.intake.actions import Named, Telling
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.changing import Reach
from wenlock.people.models import ContactPoint
from wenlock.security.context import acting
from wenlock.security.models import Actor

MOVED = Telling(
    kind="change", words="We have a new telephone number, 07700 900123.", teller="family", teller_name="Dawn Ashdown",
    teller_reach="07700 900123", danger="no",
)  # fmt: skip
MIA, DAWN = Named(given="Mia", family="Ashdown"), Named(mentioned_as="adult", given="Dawn", family="Ashdown")
HELD, NEW = "01743 000222", "07700 900123"


def number_of(the: Cast, person: Any, value: str = HELD) -> Any:
    """A telephone number that the record of somebody holds."""
    with acting(actor=the.amara.pk, purpose=PURPOSE):
        return people.record(
            ContactPoint, person=person, kind="phone", value=value, by=the.amara, at=timezone.now(),
            provenance=obtained(channel="telephone", source="family", purpose=PURPOSE, by=the.amara, at=timezone.now()),
        )  # fmt: skip


def told(
    the: Cast, *, about: tuple[Named, ...] = (MIA,), found: bool = True, telling: Telling = MOVED
) -> Any:
    """A change that came by the website, matched with Mia by the front door."""
    by = website()
    with acting(actor=by.pk, purpose=actions.PURPOSE):
        contact = actions.take_contact(
            telling=telling, about=about, channel="website", source="self", purpose=actions.PURPOSE, by=by,
            at=timezone.now(),
        )  # fmt: skip
    if found:
        matched(contact, the, by=the.dilys)
    return contact


def checked(
    contact: Any, by: Actor, *, satisfied: bool = True, how: str = "in-person", number: Any = None
) -> Any:
    """A check of who told it."""
    with acting(actor=by.pk, purpose=PURPOSE):
        return changing.check_identity(
            contact=contact, how=how, number=number, words="Asked for the children's birthdays", satisfied=satisfied,
            by=by, at=timezone.now(),
        )  # fmt: skip


def new_number(person: Any, *, instead_of: Any = None) -> Reach:
    return Reach(
        person=person.pk, kind="mobile", value=NEW, safe=True, on=date(2026, 11, 20),
        instead_of=instead_of.pk if instead_of else None,
    )  # fmt: skip


def put_right(contact: Any, by: Actor, fact: Any) -> Any:
    """The fact, put right as the contact tells."""
    with acting(actor=by.pk, purpose=PURPOSE):
        return changing.put_right(
            contact=contact, fact=fact, reason="Her old number is dead", by=by, at=timezone.now()
        )
