"""Acts on what rests on consent alone: somebody's yes, a parent's permission for a child, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wenlock.base.identifiers import new_id
from wenlock.intake.models import Contact, Extra
from wenlock.security.models import Actor

ASK_AFTERWARDS = "ask-afterwards"
TOO_YOUNG = "intake_extra_needs_a_parents_permission"


@dataclass(frozen=True)
class Yes:
    """Somebody's yes to an extra: their age in years, if they say it, and whether they are grown by who they are."""

    age: int | None = None
    grown: bool = False


def agree(*, contact: Contact, yes: Yes, by: Actor, at: datetime, code: str = ASK_AFTERWARDS) -> bool:
    """Take somebody's yes; False for a child too young to give it alone, of whom nothing is kept but the contact.

    Law: UK GDPR, Article 8; Data Protection Act 2018, section 9.
    """
    extra = Extra(
        id=new_id(), contact=contact, code=code, age=yes.age, grown=yes.grown, recorded_by=by, agreed_at=at
    )
    try:
        with transaction.atomic():
            extra.save(force_insert=True)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != TOO_YOUNG:
            raise
        return False
    return True


def permit(
    *, contact: Contact, age: int | None, how: str, by: Actor, at: datetime, code: str = ASK_AFTERWARDS
) -> Extra:
    """Take a child's yes with a parent's permission. `how` says how `by` knows that it was a parent's to give."""
    extra = Extra(
        id=new_id(), contact=contact, code=code, age=age, permission_by=by, permission_how=how, recorded_by=by,
        agreed_at=at,
    )  # fmt: skip
    extra.save(force_insert=True)
    return extra


def take_back(*, extra: Extra, at: datetime) -> Extra:
    """They no longer agree."""
    extra.ended_at = at
    extra.save(update_fields=["ended_at"])
    return extra
