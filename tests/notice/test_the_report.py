"""The signed report: whole, readable by anybody, and worthless once altered."""

import copy
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.utils import timezone

from wenlock.notice import queries
from wenlock.notice.proof import report as reports
from wenlock.notice.proof.page import as_page
from wenlock.security import keys


@pytest.fixture
def report(prover: psycopg.Connection, db: None) -> dict:
    version = queries.version_in_force(on=timezone.localdate())
    codes = [row.code for row in queries.statements(version)]
    return reports.make(
        prover,
        version=version,
        codes=codes,
        at=timezone.now(),
        home=settings.HOME,
        key=settings.CONTEXT_KEY,
        heard=lambda code, status: None,
    )


def test_all_ninety_six_statements_are_answered_in_their_own_words(report: dict) -> None:
    assert list(report["statements"]) == [f"N{number}" for number in range(1, 97)]
    for row in report["statements"].values():
        assert row["text"]
        assert row["status"] in ("green", "amber", "red")
        assert row["status"] == "green" or row["reason"]


def test_a_report_is_checked_without_the_database(report: dict, tmp_path: Path) -> None:
    path = reports.keep(report, home=settings.HOME)
    reports.check(reports.read(path), trusted=keys.trusted_keys(settings.HOME))
    assert reports.read_latest(settings.HOME) == report


def test_an_altered_report_is_found_out(report: dict) -> None:
    altered = copy.deepcopy(report)
    altered["statements"]["N77"]["status"] = "green"
    with pytest.raises(reports.ReportFaulty, match="altered"):
        reports.check(altered, trusted=keys.trusted_keys(settings.HOME))


def test_a_report_signed_by_somebody_else_is_found_out(report: dict) -> None:
    with pytest.raises(reports.ReportFaulty, match="not one of this council's"):
        reports.check(report | {"key_id": "0" * 64}, trusted=keys.trusted_keys(settings.HOME))


def test_the_page_for_the_regulator_shows_each_attack(report: dict) -> None:
    page = as_page(report)
    assert "Violations attempted" in page
    assert 'id="N96"' in page
