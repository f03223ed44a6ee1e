"""The report as one page that needs nothing else: for an e-mail to a regulator, or a file on a shelf."""

from typing import Any

from django.template.loader import render_to_string


def as_page(report: dict[str, Any]) -> str:
    """The report as HTML with its own styles, evidence and all; no script, nothing fetched."""
    counts = {
        word: sum(row["status"] == word for row in report["statements"].values())
        for word in ("green", "amber", "red")
    }
    return render_to_string("notice/proof_report.html", {"report": report, "counts": counts})
