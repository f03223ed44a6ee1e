"""What the public's pages have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

NAVIGATION = (
    ("Tell us", "portal:tell-us"),
    ("Privacy notice", "portal:notice"),
    ("Proof", "portal:proof"),
    ("Cookies", "portal:cookies"),
    ("Complaints", "portal:complaints"),
)
Crumb = tuple[str, str]


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    trail: tuple[Crumb, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """A public page. `trail` is the (words, address) of each page above it, then ("words", "") for itself."""
    nav = [
        {"text": text, "href": reverse(name), **_place(request.path, reverse(name))}
        for text, name in NAVIGATION
    ]
    crumbs = [{"text": text, "href": href} if href else {"text": text} for text, href in trail]
    if crumbs:
        crumbs.insert(0, {"text": "Home", "href": reverse("portal:home")})
    return render(
        request, f"portal/{template}", {"nav": nav, "breadcrumbs": crumbs, **context}, status=status
    )


def _place(path: str, href: str) -> dict[str, bool]:
    """Whether a link of the navigation is to this page, or to the part of the site this page is in."""
    return {"current": path == href, "active": path.startswith(href)}
