"""What every page carries: the council's name and colour, the links at its foot, and the notice in force."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from wenlock.base.pages.dates import plain_date
from wenlock.notice import published
from wenlock.notice.queries import NoNoticeInForce
from wenlock.portal import brand
from wenlock.portal.authority import authority

SERVICE = "Children’s services"
FOOTER = (
    ("Privacy notice", "portal:notice"),
    ("Proof", "portal:proof"),
    ("Cookies", "portal:cookies"),
    ("Complaints", "portal:complaints"),
    ("Accessibility", "portal:accessibility"),
)
DEMONSTRATION = "Everyone here is invented. Do not enter anything about a real person."


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page. One small query at most, and none that could break an error page.

    Django lets a processor overrule a view, so a view cannot change what is named here.
    """
    made = without_database(request.path)
    version = in_force(request)
    if version:
        made["council_name"] = version.controller
        made["footer_note"] = (
            f"Version {version.number} of the privacy notice, "
            f"in force from {plain_date(version.in_force_from)}"
        )
    return made


def without_database(path: str = "") -> dict[str, Any]:
    """The frame as far as it is known when the database cannot be asked."""
    return {
        "council_name": str(authority().get("name", "")),
        "service_name": SERVICE,
        "home_url": "/work/" if path.startswith("/work/") else reverse("portal:home"),
        "brand_css_url": f"{reverse('portal:brand')}?{brand.mark()}",
        "footer_links": [{"text": text, "href": reverse(name)} for text, name in FOOTER],
        "footer_note": "",
        "banner": {"tag": "Demonstration", "text": DEMONSTRATION} if settings.DEMO else None,
    }


def in_force(request: HttpRequest) -> published.Published | None:
    """The notice in force today, asked once in a request; None when there is none, or no way of asking."""
    if not hasattr(request, "_notice_in_force"):
        request._notice_in_force = _asked()  # type: ignore[attr-defined]
    found: published.Published | None = request._notice_in_force  # type: ignore[attr-defined]
    return found


def _asked() -> published.Published | None:
    if connection.needs_rollback:  # a query has failed in this transaction: asking again would raise
        return None
    try:
        return published.in_force(on=timezone.localdate())
    except (NoNoticeInForce, DatabaseError):
        return None
