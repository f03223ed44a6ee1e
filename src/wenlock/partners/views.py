"""The OpenAPI document, and the page that says the same to people."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from wenlock.partners import document, limits
from wenlock.partners.codes import KINDS, LARGEST, REMEMBERED, SCOPES, Kind

TITLE = "Send to us from your own system"


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document. It says nothing that the page does not, and needs no key."""
    return HttpResponse(json.dumps(document.document()), content_type="application/json")


@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    """How a partner's system sends to us, written from the document it is checked against."""
    operations = document.operations()
    context = {
        "breadcrumbs": [{"text": "Home", "href": reverse("portal:home")}, {"text": TITLE}],
        "title": TITLE,
        "operations": operations,
        "example": json.dumps(document.CONTACT, indent=2),
        "scopes": [[_code(code), says] for code, says in SCOPES.items()],
        "fields": {each.code: [_row(field) for field in each.fields] for each in operations},
        "problems": [[_code(kind.code, mark=True), kind.status, kind.title, _again(kind)] for kind in KINDS],
        "rate": limits.rate(on=timezone.localdate()),
        "largest": LARGEST // 1024,
        "remembered": REMEMBERED.days,
    }
    return render(request, "partners/interface.html", context)


def _row(field: document.FieldLine) -> list[str | SafeString]:
    return [_code(field.name), "Yes" if field.needed else "No", field.takes, field.says]


def _again(kind: Kind) -> str:
    return "Yes, after Retry-After" if kind.retry else "No"


def _code(text: str, *, mark: bool = False) -> SafeString:
    """A code as it is typed. With `mark` the address of a problem's type leads to it."""
    return format_html('<code id="{0}">{0}</code>', text) if mark else format_html("<code>{}</code>", text)
