"""Telling Children's Services something: a start page, five forms, and the page that says what happens next."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wenlock.base.pages.forms import page_title
from wenlock.notice.declared import Notice
from wenlock.portal import contacts, receiving, telephones, telling
from wenlock.portal.frame import in_force
from wenlock.portal.leniency import without_nulls
from wenlock.portal.tell_forms import FORMS, TellForm
from wenlock.portal.views.pages import show
from wenlock.security.limits import within

TITLES = {
    "concern": "I am worried about a child",
    "help": "I am a child or young person and I want help",
    "question": "I want to ask a question",
    "change": "Something you hold about me has changed",
    "complaint": "I want to complain",
}
CAUTION, PRECAUTIONS = "promise:caution-at-intake", "promise:precautions-advised"
NOT_NOW, TOO_MANY, TOO_LONG = "not-now", "too-many", "too-long"


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Whom to call, and the ways to write."""
    ways = [(reverse(f"portal:tell-{kind}"), title) for kind, title in TITLES.items()]
    return show(request, "tell/start.html", _around(request) | {"ways": ways})


@csrf_exempt  # a token that is missing or old would refuse a child: ADR 9 says what stands in its place
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the forms, and the taking of what is sent."""
    notice = _notice(request)
    form = _form(kind, notice, without_nulls(request.POST) if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, kind, form, status=200 if notice else 503, trouble="" if notice else NOT_NOW)
    if not _allowed(request, kind):
        return _page(request, kind, form, status=429, trouble=TOO_MANY)
    if not form.is_valid():
        return _page(request, kind, form, status=422)
    return _taken(request, kind, form, notice)


ask.takes_in = True  # type: ignore[attr-defined]  # the proof of the notice looks at every page whose view says so


@require_safe
@never_cache
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens next, for ten minutes; then only whom to call."""
    found = receiving.opened(token, at=timezone.now())
    return show(request, "tell/sent.html", _around(request) | {"sent": found}, status=200 if found else 410)


def unavailable(request: HttpRequest, *, status: int) -> HttpResponse:
    """The form asked for, with what was typed as far as it can be read, when something below it has failed."""
    kind = request.path.removeprefix("/tell-us/").strip("/")
    trouble = TOO_LONG if status == 400 else NOT_NOW
    if kind.startswith("sent/"):  # it asks the database nothing
        return sent(request, kind.removeprefix("sent/"))
    if kind not in FORMS:
        return show(
            request, "tell/start.html", _around(request) | {"ways": [], "trouble": NOT_NOW}, status=status
        )
    return _page(
        request, kind, _form(kind, _notice(request), _readable(request)), status=status, trouble=trouble
    )


def _taken(request: HttpRequest, kind: str, form: TellForm, notice: Notice | None) -> HttpResponse:
    now = timezone.now()
    said = form.cleaned_data
    sources = [each.code for each in notice.sources if each.in_force(timezone.localdate())] if notice else []
    try:
        if not sources:
            raise receiving.NotTakenNow
        message = telling.message(kind, said, sources=sources)
        found = receiving.receive(message, sending=said["sending"], at=now)
    except receiving.NotTakenNow:
        return _page(request, kind, form, status=503, trouble=NOT_NOW)
    return HttpResponseRedirect(
        reverse("portal:tell-sent", args=[receiving.sealed(found, at=now)]), status=303
    )


def _form(kind: str, notice: Notice | None, posted: QueryDict | None) -> TellForm:
    today = timezone.localdate()
    sources = telling.agencies(notice.sources, on=today) if notice else {}
    age = notice.online_consent_age(today) if notice else None
    return FORMS[kind](posted, today=today, sources=sources, consent_age=age.value if age else None)


def _readable(request: HttpRequest) -> QueryDict | None:
    """What was posted, or None when it is too much, or is no form, so that nothing of it can be read."""
    try:
        return without_nulls(request.POST) if request.method == "POST" else None
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return None


def _allowed(request: HttpRequest, kind: str) -> bool:
    """Whether this is no flood. The address is counted in memory for ten minutes, and kept nowhere."""
    try:
        return within(request, "tell-help" if kind == "help" else "tell")
    except PermissionDenied:  # no address can be told: nobody is refused for that
        return True


def _page(request: HttpRequest, kind: str, form: TellForm, *, status: int, trouble: str = "") -> HttpResponse:
    title = TITLES[kind] if trouble else page_title(TITLES[kind], form)
    context = {"kind": kind, "form": form, "heading": TITLES[kind], "page_title": title, "trouble": trouble}
    context["posted"] = request.method == "POST"
    response = show(request, "tell/form.html", _around(request) | context, status=status)
    response.told = True  # type: ignore[attr-defined]
    return response


def _around(request: HttpRequest) -> dict[str, Any]:
    notice = _notice(request)
    return {
        "council_numbers": telephones.council(on=timezone.localdate()),
        "childline": telephones.CHILDLINE,
        "elsewhere": elsewhere(notice),
        "caution": says(notice, CAUTION),
        "precautions": says(notice, PRECAUTIONS),
        "trouble": "",
    }


def elsewhere(notice: Notice | None) -> dict[str, Any]:
    """Who can help somebody complain, and who looks at a complaint that we have not put right: none of them is us."""
    today = timezone.localdate()
    return {
        "regulator": contacts.to_the_regulator(notice, on=today) if notice else (),
        "independent": telephones.independent(on=today),
    }


def _notice(request: HttpRequest) -> Notice | None:
    version = in_force(request)
    return version.notice if version else None


def says(notice: Notice | None, promise: str) -> str:
    """The notice's own words for a promise; "" where it makes none."""
    statements = notice.statements if notice else ()
    return " ".join(each.says or "" for each in statements if each.applies and promise in each.binds)
