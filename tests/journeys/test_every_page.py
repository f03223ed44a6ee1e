"""Every page of the site, tomorrow's too: seen by somebody, through axe, and no wider than a phone."""

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.integration.portal_examples import left, proof_of
from tests.journeys.browsing import PHONE, Stage
from tests.journeys.paperwork import Paperwork, paperwork
from tests.journeys.sign_in_fixtures import complaints, faults
from tests.sweeps.test_every_address import SAMPLES, addresses
from wenlock.notice import published as versions
from wenlock.portal import queries

# Not pages: files, answers to a form or to a machine, and the way in, which has journeys of its own.
NOT_PAGES = re.compile(
    r"^/(api/.*|demo/.+|sign-in/.+|confirm/.+|sign-out/|signed-out/|brand\.css|robots\.txt|healthz|proof/proof\.json|.*notice\.json|"
    r".*page\.html|.*<uuid:document>/<uuid:version>/|.*found/<slug:key>/|.*found/<slug:key>/keep/|.*/forget/|"
    r".*<uuid:contact>/note/|.*<uuid:email>/want/|.*<uuid:paper>/|.*/undo/|.*/different/|.*/end/|.*<uuid:contact>/tell/|"
    r".*<uuid:proposal>/send/|.*<uuid:proposal>/receipt/)$"
)
PAGES = sorted({pattern for pattern, _ in addresses() if not NOT_PAGES.match(pattern)})


@pytest.fixture(scope="module")
def papers(whole_stage: Stage) -> Iterator[Paperwork]:
    """What pages of one thing show, and a proof to be read."""
    left(proof_of(versions.in_force(on=timezone.localdate())))
    yield paperwork(whole_stage.family, whole_stage.family.thea)
    queries.report_file().unlink(missing_ok=True)


@pytest.fixture(scope="module")
def readers(whole_stage: Stage) -> Iterator[list[Page]]:
    """A phone of each kind of worker."""
    family = whole_stage.family
    workers = (family.ines, family.orla, family.vera, family.thea)
    yield [whole_stage.open(worker, width=PHONE, confirmed=True) for worker in workers]
    whole_stage.close()


def filled(pattern: str, papers: Paperwork) -> str:
    """An address with what there is in each place."""
    ids = papers.ids | ({"note": papers.draft} if pattern.endswith("draft/") else {})
    plain = re.sub(
        r"\(\?P(<\w+>)[^)]*\)|[\^$]", lambda found: found[1] or "", pattern
    )  # a pattern written as one
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids.get(found[1]) or str(SAMPLES[found[1]]), plain)


def test_there_are_pages() -> None:
    assert len(PAGES) > 35


@pytest.mark.parametrize("pattern", PAGES)
def test_a_page_shuts_nobody_out(pattern: str, papers: Paperwork, readers: list[Page]) -> None:
    address = filled(pattern, papers)
    for page in readers:
        heard = complaints(page)
        answer = page.goto(address)
        if answer is not None and answer.status == 200:
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
            assert heard == []
            return
    pytest.fail(f"{address} was shown to nobody")
