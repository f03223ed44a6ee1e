"""Acts on agencies."""

from datetime import date, datetime

from wenlock.agencies.models import Agency
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


def end_agency(*, agency: Agency, on: date) -> Agency:
    """An agency that is no more, from `on`: kept for what came from it, and no longer offered."""
    agency.until_on = on
    agency.save(update_fields=["until_on"])
    return agency
