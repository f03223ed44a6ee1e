"""The proof of the notice, statement by statement: in plain words, and with its evidence."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wenlock.notice import published
from wenlock.portal import queries
from wenlock.portal.frame import in_force
from wenlock.portal.views.pages import show

# Green, amber and red in words, because colour alone tells nothing to whoever cannot see it.
WORDS = {
    "green": {
        "tag": "Proved",
        "tone": "good",
        "says": "The system refuses to break it, and every record obeys it.",
    },
    "amber": {
        "tag": "A person must confirm",
        "tone": "warn",
        "says": "Software alone cannot show it: a named person must.",
    },
    "red": {"tag": "Not proved", "tone": "bad", "says": "Something is missing, or a record breaks it."},
}


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """What was proved, with a filter by status."""
    report, unreadable = _latest()
    trail = (("Proof", ""),)
    if report is None:
        return show(request, "no_proof.html", {"unreadable": unreadable}, trail=trail)
    status = request.GET.get("status", "")
    if status and status not in WORDS:
        raise Http404
    shown = [statement for statement in report.statements if not status or statement.status == status]
    context = _about(request, report) | {
        "shown": shown,
        "status": status,
        "filters": _filters(report, status),
    }
    return show(request, "proof.html", context, trail=trail)


@require_safe
def statement(request: HttpRequest, code: str) -> HttpResponse:
    """One statement's evidence, for a regulator or anyone else who would check it."""
    report, _ = _latest()
    found = report.statement(code) if report else None
    if report is None or found is None:
        raise Http404
    place = report.statements.index(found)
    context = _about(request, report) | {
        "said": found,
        "before": report.statements[place - 1] if place else None,
        "after": report.statements[place + 1] if place + 1 < len(report.statements) else None,
        "warnings": queries.about(_warnings(request), found.code),
    }
    return show(
        request, "proof_statement.html", context, trail=(("Proof", reverse("portal:proof")), (code, ""))
    )


@require_safe
def regulator(request: HttpRequest) -> HttpResponse:
    """Every statement's evidence in one table, the report's hashes, and the faults the notice itself has."""
    report, unreadable = _latest()
    trail = (("Proof", reverse("portal:proof")), ("For a regulator", ""))
    if report is None:
        return show(request, "no_proof.html", {"unreadable": unreadable}, trail=trail)
    context = _about(request, report) | {
        "rows": [_row(one) for one in report.statements],
        "warnings": _warnings(request),
    }
    return show(request, "proof_regulator.html", context, trail=trail)


@require_safe
def report_file(request: HttpRequest) -> HttpResponse:
    """The signed report as it was made."""
    if _latest()[0] is None:
        raise Http404
    content = queries.report_file().read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="proof.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


def _latest() -> tuple[queries.Report | None, bool]:
    """The newest report, and whether there is one that cannot be read."""
    try:
        return queries.latest_report(), False
    except queries.ProofUnreadable:
        return None, True


def _about(request: HttpRequest, report: queries.Report) -> dict[str, Any]:
    version = in_force(request)
    return {"report": report, "words": WORDS, "misfit": report.misfit(version), "version": version}


def _warnings(request: HttpRequest) -> list[str]:
    version = in_force(request)
    return published.warnings(version.id) if version else []


def _filters(report: queries.Report, status: str) -> list[dict[str, Any]]:
    total = {
        "text": "All",
        "href": reverse("portal:proof"),
        "count": len(report.statements),
        "current": not status,
    }
    return [total] + [
        {"text": WORDS[one]["tag"], "href": f"?status={one}", "count": count, "current": status == one}
        for one, count in report.counts.items()
    ]


def _row(one: queries.Proved) -> list[Any]:
    return [
        {"href": reverse("portal:proof-statement", args=[one.code]), "text": one.code},
        WORDS[one.status],
        one.held("structure"),
        one.held("census"),
        one.held("probe"),
        one.reason or "None",
    ]
