"""N81 and N82: every page that takes something in says, in the notice's words, what cannot be promised and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from lxml import html

from wenlock.notice.models import Statement
from wenlock.notice.proof.registry import REGISTRY, Counted, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import of_model
from wenlock.notice.restoring import notice_of
from wenlock.portal.views.tell import CAUTION, PRECAUTIONS, says

Missing = Callable[[Any, Any], str]


def pages_that_take_in() -> Iterator[str]:
    """The address of each public page by which something is sent to us: those whose view says that it takes it in."""
    from wenlock.portal.urls import urlpatterns  # read late: the addresses import every view

    for pattern in urlpatterns:
        if getattr(pattern.callback, "takes_in", False):
            yield f"/{pattern.pattern}"


def pages_without(missing: Missing) -> Callable[[Stage], tuple[int, list[str]]]:
    """Count the pages, drawn with the notice as the prover reads it, and those of which something is missing."""

    def count(stage: Stage) -> tuple[int, list[str]]:
        version = version_in_force(stage)
        if version is None:
            return 0, ["no notice is in force"]
        notice = version.notice
        found = {address: missing(drawn(address, version), notice) for address in pages_that_take_in()}
        broken = [f"{address}: {what}" for address, what in found.items() if what]
        return len(found), broken or ([] if found else ["no page takes anything in"])

    return count


def version_in_force(stage: Stage) -> Any:
    """The notice in force as the prover reads it, in the shape the pages take it; None where there is none."""
    stage.become("wenlock_owner")
    row = stage.run(
        "SELECT controller, number, in_force_from, canonical FROM notice_version WHERE id = guard.notice_in_force(guard.today())"
    ).fetchone()
    if row is None:
        return None
    notice = notice_of(bytes(row[3]))
    return SimpleNamespace(controller=row[0], number=row[1], in_force_from=row[2], notice=notice)


def asked(address: str, version: Any) -> HttpRequest:
    """A stranger's request for a page, on a day when that version is in force."""
    request = HttpRequest()
    request.method, request.path = "GET", address
    request._notice_in_force = version  # type: ignore[attr-defined]
    return request


def drawn(address: str, version: Any) -> Any:
    """The page at an address, as a tree."""
    match = resolve(address)
    answer: HttpResponse = match.func(asked(address, version), *match.args, **match.kwargs)
    return html.fromstring(answer.content.decode())


def without_caution(page: Any, notice: Any) -> str:
    """What the page lacks of N81: the notice's words, or a safer way."""
    if not _has(page, says(notice, CAUTION)):
        return "it does not say what cannot be guaranteed"
    return "" if page.xpath("//main//a[starts-with(@href, 'tel:')]") else "it gives no number to call instead"


def without_precautions(page: Any, notice: Any) -> str:
    """What the page lacks of N82: the notice's words, or a quick way out."""
    if not _has(page, says(notice, PRECAUTIONS)):
        return "it does not say what to take care of"
    left = page.xpath("//a[contains(@class, 'govuk-exit-this-page__button')]/@href")
    return "" if left else "it cannot be left at once"


def _has(page: Any, words: str) -> bool:
    return bool(words) and words in " ".join(page.xpath("string(//main)").split())


def unsay(promise: str) -> Probe:
    """Take the words back from the notice after it was published."""

    def does(stage: Stage) -> None:
        stage.become("wenlock_owner")
        stage.run("UPDATE notice_statement SET says = 'All is safe.' WHERE binds ? %s", [promise])

    return Probe("change the words after they were published", does, ("notice_statement_never_changed",))


REGISTRY.add(
    *(
        Proof(
            code=code,
            structure=tuple(of_model(Statement)),
            census=(Counted(f"pages that take something in {lacking}", pages_without(missing)),),
            probes=(unsay(promise),),
        )
        for code, promise, lacking, missing in (
            (
                "N81",
                CAUTION,
                "without saying what cannot be guaranteed, and whom to call instead",
                without_caution,
            ),
            (
                "N82",
                PRECAUTIONS,
                "without saying how to take care, or with no quick way out",
                without_precautions,
            ),
        )
    )
)
