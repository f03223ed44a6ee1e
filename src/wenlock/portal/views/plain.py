"""The home page, and the plain pages: cookies, complaints, accessibility, the style sheet, the health."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wenlock.law import catalogue
from wenlock.portal import brand, contacts, queries
from wenlock.portal.authority import authority
from wenlock.portal.cookies import Register, choose, name_here, register
from wenlock.portal.frame import in_force
from wenlock.portal.views.pages import show
from wenlock.portal.views.tell import elsewhere
from wenlock.security.addresses import KEEPING

ROBOTS = "User-agent: *\nDisallow: /work\nDisallow: /sign-in\nDisallow: /healthz\nDisallow: /tell-us/sent\n"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this place is, and help for whoever needs it now."""
    try:
        report = queries.latest_report()
    except queries.ProofUnreadable:
        report = None
    context = {
        "sign_in_url": settings.LOGIN_URL,
        "report": report,
    }
    return show(request, "home.html", context)


@csrf_exempt  # a token would need a cookie before anybody has chosen: `_from_here` stands in its place
@require_http_methods(["GET", "HEAD", "POST"])
def cookies(request: HttpRequest) -> HttpResponse:
    """The register of cookies, what of it this browser holds now, and where one needs consent, the choice."""
    kept = register(request)
    if request.method == "POST":
        return _chosen(request, kept)
    version = in_force(request)
    declared = version.notice.cookies if version else ()
    rows = [_cookie_row(cookie, kept.allows(request), request.COOKIES) for cookie in declared]
    known = kept.exempt | kept.consent
    context = {
        "rows": rows,
        "bare": sorted(known) if version is None else [],
        "strange": sorted(name for name in request.COOKIES if name not in known),
        "asks": kept.asks,
        "said": kept.said(request),
        "keeping": [(each.where, each.why, each.how, each.until) for each in KEEPING],
    }
    response = show(request, "cookies.html", context, trail=(("Cookies", ""),))
    response.headers["Cache-Control"] = "no-store"
    return response


def _chosen(request: HttpRequest, kept: Register) -> HttpResponse:
    """Keep a yes or a no, and go back to where it was asked."""
    answer = request.POST.get("choice")
    if not _from_here(request):
        raise PermissionDenied
    if answer not in ("yes", "no") or not kept.asks:
        return HttpResponseRedirect(reverse("portal:cookies"), status=303)
    back = request.POST.get("back", "")
    inside = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if inside else reverse("portal:cookies"), status=303)
    choose(response, kept, yes=answer == "yes")
    return response


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent this: browsers say where a form comes from, and let no page say otherwise."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _cookie_row(cookie: Any, allowed: frozenset[str], held: dict[str, str]) -> list[Any]:
    name = name_here(cookie)
    exempt = cookie.class_ == "exempt"
    return [
        name,
        cookie.purpose,
        cookie.lasts,
        "Yes: the site cannot work without it" if exempt else "No: only if you agree",
        "Yes" if name in allowed else "No",
        "Yes" if name in held else "No",
    ]


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """How to complain of what was done and of the use of information, to the council and to others."""
    version, today = in_force(request), timezone.localdate()
    duty = catalogue.find("DPA2018 s.164A")
    context = {
        "officer": contacts.to_the_council(version.notice, on=today) if version else (),
        "elsewhere": elsewhere(version.notice if version else None),
        "duty": duty if duty.in_force(today) else None,
        "procedure": catalogue.find("CA1989 s.26"),
    }
    return show(request, "complaints.html", context, trail=(("Complaints", ""),))


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everyone can use this site, and whom to tell when they cannot."""
    version, today = in_force(request), timezone.localdate()
    context = {
        "officer": contacts.to_the_council(version.notice, on=today) if version else (),
        "contact_page": authority().get("contact_page"),
    }
    return show(request, "accessibility.html", context, trail=(("Accessibility", ""),))


@require_safe
@cache_control(public=True, max_age=86_400)
def brand_css(request: HttpRequest) -> HttpResponse:
    """The council's colour, as custom properties."""
    return HttpResponse(brand.style_sheet(), content_type="text/css; charset=utf-8")


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 if the database answers, otherwise 503; nothing more is said."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
