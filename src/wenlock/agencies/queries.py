"""Reading the agencies."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from wenlock.agencies.models import Agency, Agreement

# Domains where anybody has an address: one agency's address there says nothing of the next.
OPEN_TO_ANYBODY = frozenset(
    [
        "aol.com",
        "btinternet.com",
        "gmail.com",
        "gmx.co.uk",
        "gmx.com",
        "googlemail.com",
        "hotmail.co.uk",
        "hotmail.com",
        "icloud.com",
        "live.co.uk",
        "live.com",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "ntlworld.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sky.com",
        "talktalk.net",
        "tiscali.co.uk",
        "virginmedia.com",
        "yahoo.co.uk",
        "yahoo.com",
        "ymail.com",
    ]
)


def of_source(source: str, *, on: date) -> Mapping[UUID, str]:
    """The agencies of a source in being on a day, id to name, by name."""
    return dict(_in_being(on).filter(source=source).order_by("name").values_list("pk", "name"))


def by_source(*, on: date) -> Mapping[str, Mapping[str, str]]:
    """Every agency in being on a day: for each source, id to name."""
    found: dict[str, dict[str, str]] = {}
    for key, source, name in _in_being(on).order_by("source", "name").values_list("pk", "source", "name"):
        found.setdefault(source, {})[str(key)] = name
    return found


def at_address(address: str, *, on: date) -> tuple[str, UUID | None] | None:
    """The source that an e-mail address belongs to, and the agency; None where no agency in being is known by it.

    An address of an agency's own domain is the agency's, unless the domain is one where anybody has an address. Where
    several agencies share the domain, the agency is None; where they are of several sources, so is the whole.
    """
    domain = address.rpartition("@")[2].lower()
    if not domain:
        return None
    exactly = list(_in_being(on).filter(email__iexact=address).values_list("source", "pk"))
    of_domain = _in_being(on).filter(email__iendswith=f"@{domain}")
    alike = [] if domain in OPEN_TO_ANYBODY else list(of_domain.values_list("source", "pk"))
    found = exactly or alike
    if len({source for source, _ in found}) != 1:
        return None
    return found[0][0], found[0][1] if len(found) == 1 else None


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
