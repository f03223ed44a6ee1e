"""Acts on agencies."""

from datetime import date, datetime

from wenlock.agencies.models import Agency, Agreement
from wenlock.base.identifiers import new_id
from wenlock.security.models import Actor


def record_agency(
    *,
    source: str,
    name: str,
    by: Actor,
    at: datetime,
    official_code: str = "",
    email: str = "",
    telephone: str = "",
) -> Agency:
    """Record a body that information comes from. The database refuses an authority without its number."""
    agency = Agency(
        id=new_id(), source=source, name=name.strip(), official_code=official_code.strip(), email=email,
        telephone=telephone, recorded_by=by, recorded_at=at,
    )  # fmt: skip
    agency.save(force_insert=True)
    return agency


def record_agreement(
    *,
    agency: Agency,
    reference: str,
    role: str,
    from_on: date,
    by: Actor,
    at: datetime,
    until_on: date | None = None,
) -> Agreement:
    """Record the contract under which an agency passes information on, in force from `from_on` until `until_on`, exclusive.

    `role` is of `codes.ROLES`. The database refuses two at one time, and any change but the day it ends.
    """
    agreement = Agreement(
        id=new_id(), agency=agency, reference=reference.strip(), role=role, from_on=from_on, until_on=until_on,
        recorded_by=by, recorded_at=at,
    )  # fmt: skip
    agreement.save(force_insert=True)
    return agreement


def end_agreement(*, agreement: Agreement, on: date) -> Agreement:
    """An agreement that is over from `on`: from that day nothing more is taken under it."""
    agreement.until_on = on
    agreement.save(update_fields=["until_on"])
    return agreement


def end_agency(*, agency: Agency, on: date) -> Agency:
    """An agency that is no more, from `on`: kept for what came from it, and no longer offered."""
    agency.until_on = on
    agency.save(update_fields=["until_on"])
    return agency
