"""The privacy notice: the version in force, every other, and what changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wenlock.notice import comparing, published
from wenlock.portal.frame import in_force
from wenlock.portal.views.pages import Crumb, show

TONES = {"In force": "good", "To come": "now", "Ended": "ended"}


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The version in force today."""
    version = in_force(request)
    if version is None:
        return show(request, "no_notice.html", {}, trail=_trail(), status=404)
    return show(request, "notice.html", _about(version), trail=_trail())


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, with links to read and compare them."""
    today = timezone.localdate()
    listed = published.everything()
    rows = [
        [
            {"href": reverse("portal:version", args=[v.number]), "text": f"Version {v.number}"},
            {"tag": v.state(today), "tone": TONES[v.state(today)]},
            {"on": v.in_force_from},
            {"on": v.in_force_until} if v.in_force_until else "No end set",
            _compared(v.number) if v.number > 1 else "The first",
        ]
        for v in listed
    ]
    return show(request, "versions.html", {"rows": rows}, trail=_trail(("Versions", "")))


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, whenever it was or will be in force."""
    found = _numbered(number)
    trail = _trail(("Versions", reverse("portal:versions")), (f"Version {number}", ""))
    return show(request, "notice.html", _about(found), trail=trail)


@require_safe
def version_page(request: HttpRequest, number: int) -> HttpResponse:
    """The HTML that the page's hash is of, to be kept or checked."""
    found = _numbered(number)
    return _download(
        found.page.fragment.encode("utf-8"), "text/html; charset=utf-8", f"privacy-notice-{number}.html"
    )


@require_safe
def version_data(request: HttpRequest, number: int) -> HttpResponse:
    """The version as data: the bytes that its own hash is of."""
    found = _numbered(number)
    return _download(published.canonical(found.id), "application/json", f"privacy-notice-{number}.json")


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """What changed between two versions; if neither is named, between the newest and the one before it."""
    listed = published.everything()
    trail = _trail(("Versions", reverse("portal:versions")), ("What changed", ""))
    if len(listed) < 2:
        return show(request, "compare.html", {"found": None, "listed": listed}, trail=trail)
    before = _chosen(request.GET.get("from"), listed, otherwise=listed[1])
    after = _chosen(request.GET.get("to"), listed, otherwise=listed[0])
    context = {
        "found": comparing.compare(before.notice, after.notice),
        "before": before,
        "after": after,
        "listed": listed,
    }
    return show(request, "compare.html", context, trail=trail)


def _about(version: published.Published) -> dict[str, Any]:
    today = timezone.localdate()
    return {"version": version, "page": version.page, "current": version.in_force(today), "today": today}


def _compared(number: int) -> dict[str, str]:
    href = f"{reverse('portal:compare')}?from={number - 1}&to={number}"
    return {"href": href, "text": "What changed", "hidden": f"in version {number}"}


def _numbered(number: int) -> published.Published:
    try:
        return published.numbered(number)
    except published.NoSuchVersion as error:
        raise Http404 from error


def _chosen(
    asked: str | None, listed: list[published.Published], *, otherwise: published.Published
) -> published.Published:
    if asked is None:
        return otherwise
    for one in listed:
        if str(one.number) == asked:
            return one
    raise Http404


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _trail(*more: Crumb) -> tuple[Crumb, ...]:
    return (("Privacy notice", reverse("portal:notice") if more else ""), *more)
