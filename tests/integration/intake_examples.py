"""Contacts to try things on: a school that worries, and a child who asks for help by the website."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.cast import PURPOSE, Cast
from wenlock.agencies import queries as agencies
from wenlock.agencies.actions import record_agency
from wenlock.intake import actions
from wenlock.intake.actions import Named, Telling
from wenlock.security.context import acting
from wenlock.security.models import Actor

SCHOOL = Telling(
    kind="concern", words="Mia came to school without a coat, and said she was hungry.", teller="professional",
    teller_name="Pat Rowe", teller_role="Designated safeguarding lead", teller_reach="01743 000111", danger="today",
    agreed="told",
)  # fmt: skip
MIA = Named(given="Mia", family="Ashdown", born_on=date(2015, 3, 14), relationship="pupil")
BODIES = {
    "schools": ("Long Meadow Primary School", ""),
    "health": ("Wenbrook Clinic", ""),
    "mental-health": ("Quiet Water Clinic", ""),
    "probation": ("Marches Probation", ""),
    "police": ("Marches Constabulary", ""),
    "other-local-authorities": ("Marchford Council", "999"),
    "employer": ("Teme Bakery", ""),
    "housing": ("Severnside Homes", ""),
    "internal-departments": ("Revenues and Benefits", ""),
}
DAWN = Named(mentioned_as="adult", given="Dawn", family="Ashdown", relationship="mother")


def body(source: str, *, by: Actor) -> UUID:
    """A body of a source, recorded if it is not listed yet."""
    name, number = BODIES[source]
    listed = agencies.of_source(source, on=timezone.localdate())
    known = next((key for key, called in listed.items() if called == name), None)
    return known or record_agency(source=source, name=name, official_code=number, by=by, at=timezone.now()).pk


def website() -> Actor:
    """The account by which the website passes contacts on."""
    return Actor.objects.get(email="website@services.invalid")


def taken(by: Actor, telling: Telling = SCHOOL, about: tuple[Named, ...] = (MIA, DAWN), **how: Any) -> Any:
    """A contact a worker takes on the telephone, from a body that is listed where the source needs one."""
    source = how.get("source", "schools")
    with acting(actor=by.pk, purpose=PURPOSE):
        if source in BODIES and telling.agency is None:
            telling = replace(telling, agency=body(source, by=by))
        return actions.take_contact(
            telling=telling, about=about, purpose=PURPOSE, by=by, at=timezone.now(),
            **{"channel": "telephone", "source": "schools", **how},
        )  # fmt: skip


def came_in(telling: Telling, about: tuple[Named, ...] = ()) -> Any:
    """A contact by the website's form."""
    by = website()
    with acting(actor=by.pk, purpose=actions.PURPOSE):
        return actions.take_contact(
            telling=telling, about=about, channel="website", source="self", purpose=actions.PURPOSE, by=by,
            at=timezone.now(),
        )  # fmt: skip


def matched(contact: Any, the: Cast, *, by: Actor, position: int = 0, person: Any = None) -> Any:
    """The contact's mention in that place, matched with Mia or another."""
    from wenlock.intake.models import Mention

    with acting(actor=by.pk, purpose=PURPOSE):
        mention = Mention.objects.get(contact=contact.pk, position=position)
        return actions.match(mention=mention, person=(person or the.people.mia).pk, by=by, at=timezone.now())
