"""Reading the agencies."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from wenlock.agencies.models import Agency, Agreement


def of_source(source: str, *, on: date) -> Mapping[UUID, str]:
    """The agencies of a source in being on a day, id to name, by name."""
    return dict(_in_being(on).filter(source=source).order_by("name").values_list("pk", "name"))


def by_source(*, on: date) -> Mapping[str, Mapping[str, str]]:
    """Every agency in being on a day: for each source, id to name."""
    found: dict[str, dict[str, str]] = {}
    for key, source, name in _in_being(on).order_by("source", "name").values_list("pk", "source", "name"):
        found.setdefault(source, {})[str(key)] = name
    return found


def names(agencies: set[UUID]) -> Mapping[UUID, str]:
    """What the agencies are called."""
    return dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "name"))


def agreement_with(source: str, *, on: date) -> UUID | None:
    """The agreement in force on a day with an agency of a source, the latest begun; None when there is none."""
    rows = Agreement.objects.filter(agency__source=source, from_on__lte=on).filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on)
    )
    return rows.order_by("-from_on").values_list("pk", flat=True).first()


def _in_being(on: date):  # type: ignore[no-untyped-def]
    return Agency.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))
