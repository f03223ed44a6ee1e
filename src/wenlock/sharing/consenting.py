"""Acts of consent to share: giving it, and withdrawing it, which is as easy and takes effect at once."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.security.models import Actor
from wenlock.sharing.codes import WORDING
from wenlock.sharing.models import Consent


def give_consent(
    *,
    person: UUID,
    given_by: UUID,
    capacity: str,
    recipient: str,
    body: str,
    purpose: str,
    categories: Collection[str],
    how: str,
    given_on: date,
    by: Actor,
    at: datetime,
    competent_because: str = "",
    until_on: date | None = None,
    wording: str = WORDING,
) -> Consent:
    """Record a consent to share about a person with one body, for one purpose, in the wording shown.

    `until_on` is the first day it no longer holds, None for no end. The database refuses one given by somebody who may
    not: another than the person from 16, and before that anybody but them, if able, or one with parental responsibility.
    """
    consent = Consent(
        id=new_id(),
        person_id=person,
        given_by_id=given_by,
        capacity=capacity,
        competent_because=competent_because,
        recipient=recipient,
        body=body,
        purpose=purpose,
        categories=sorted(categories),
        wording=wording,
        how=how,
        given_on=given_on,
        until_on=until_on,
        recorded_by=by,
        recorded_at=at,
    )
    consent.save(force_insert=True)
    return consent


def withdraw_consent(*, consent: Consent, withdrawn_by: str, by: Actor, at: datetime) -> Consent:
    """Withdraw a consent: from this moment nothing more is sent on it. The database sets the instant itself."""
    consent.withdrawn_at, consent.withdrawn_by, consent.withdrawal_recorded_by = at, withdrawn_by, by
    consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_recorded_by"])
    return consent
