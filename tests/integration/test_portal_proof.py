"""The proof as the public and a regulator see it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.portal_examples import (
    changed,
    left,
    page,
    proof_of,
    published,
    seen_by_the_site,
    signed,
    text,
)
from wenlock.notice import published as versions
from wenlock.notice.models import Version
from wenlock.portal import queries

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """No report before the test, and none after."""
    queries.report_file().unlink(missing_ok=True)
    yield
    queries.report_file().unlink(missing_ok=True)


def proved(**statuses: str) -> None:
    left(proof_of(versions.in_force(on=timezone.localdate()), **statuses))


@pytest.mark.parametrize("address", ["/proof/", "/proof/regulator/"])
def test_before_any_proof_the_page_says_so(client: Client, address: str) -> None:
    assert "No proof has been made yet" in text(page(client, address))


@pytest.mark.parametrize("address", ["/proof/N28/", "/proof/proof.json"])
def test_before_any_proof_there_is_no_evidence_to_find(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"[]", b"\xff", b'{"version": 1}', b'{"version": 1, "statements": {"N1": {}}}', b"null"],
)
def test_a_damaged_report_is_said_to_be_damaged_and_no_part_is_shown(client: Client, damaged: bytes) -> None:
    left(damaged)
    assert "cannot be shown" in text(page(client, "/proof/"))
    assert client.get("/proof/N28/").status_code == 404
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "altered",
    [
        {"made_at": "2027-01-01T00:00:00+00:00"},
        {"signature": "ab" * 64},
        {"signature": "no"},
        {"signature": None},
        {"key_id": "0" * 64},
    ],
    ids=lambda altered: "".join(altered),
)
def test_a_report_that_is_not_as_it_was_signed_is_not_shown(
    client: Client, altered: dict[str, str | None]
) -> None:
    report = signed(proof_of(versions.in_force(on=timezone.localdate())))
    left(json.dumps(report | altered).encode())
    assert "cannot be shown" in text(page(client, "/proof/"))
    assert client.get("/proof/N28/").status_code == 404
    left(json.dumps(report).encode())
    assert "Proved" in text(page(client, "/proof/N28/"))


def test_each_result_is_in_words_with_its_count(client: Client) -> None:
    proved(N29a="amber", N80="red")
    shown = page(client, "/proof/")
    counts = [" ".join(li.text_content().split()[:2]) for li in shown.xpath("//ul[@class='wl-counts']/li")]
    assert counts == ["1 Proved", "1 A", "1 Not"]
    tags = [" ".join(li.xpath("string(.//strong)").split()) for li in shown.xpath("//ol/li[.//a]")]
    assert {"Proved", "A person must confirm", "Not proved"} <= set(tags)
    assert "Somebody must look at it." in text(shown)


@pytest.mark.parametrize("status, code", [("green", "N28"), ("amber", "N29a"), ("red", "N80")])
def test_statements_are_filtered_by_result(client: Client, status: str, code: str) -> None:
    proved(N29a="amber", N80="red")
    shown = page(client, f"/proof/?status={status}")
    assert shown.xpath("//a[contains(@class, 'wl-said__code')]/@href") == [f"/proof/{code}/"]
    assert shown.xpath("count(//nav[contains(@class, 'wl-subnav')]//a[@aria-current='page'])") == 1


def test_a_filter_by_no_known_result_is_not_found(client: Client) -> None:
    proved()
    assert client.get("/proof/?status=purple").status_code == 404


def test_a_result_we_do_not_know_is_shown_as_not_proved(client: Client) -> None:
    proved(N28="blue")
    assert "Not proved" in text(page(client, "/proof/N28/"))


def test_a_statement_has_its_three_kinds_of_evidence(client: Client) -> None:
    proved()
    shown = page(client, "/proof/N28/")
    tables = {
        table.xpath("string(caption)").strip(): " ".join(table.text_content().split())
        for table in shown.xpath("//table")
    }
    assert "notice_provenance.known_purpose" in tables["What refuses"]
    assert "1,204" in tables["What every record shows"]
    assert "provenance_is_in_the_notice" in tables["What was attempted"]
    assert "/privacy-notice/#N28" in shown.xpath("//a/@href")
    assert "/proof/N29a/" in shown.xpath("//a/@href")


def test_evidence_that_is_missing_is_said_to_be_missing(client: Client) -> None:
    report = proof_of(versions.in_force(on=timezone.localdate()), N28="red")
    report["statements"]["N28"] |= {"structure": [], "census": [], "probe": []}
    left(report)
    assert text(page(client, "/proof/N28/")).count("No evidence of this kind") == 3


@pytest.mark.parametrize("code", ["N27", "N29z", "N999", "X1", "N28/../N1"])
def test_a_statement_not_in_the_report_is_not_found(client: Client, code: str) -> None:
    proved()
    assert client.get(f"/proof/{code}/").status_code == 404


def test_what_a_report_says_is_only_words(client: Client) -> None:
    report = proof_of(versions.in_force(on=timezone.localdate()))
    report["statements"]["N28"]["structure"][0]["object"] = "<script>a_b.c</script>"
    report["statements"]["N28"]["text"] = "<img src=x>"
    left(report)
    for address in ("/proof/", "/proof/N28/", "/proof/regulator/"):
        answer = client.get(address).content.decode()
        assert "<script>a" not in answer
        assert "<img" not in answer


def test_a_regulator_sees_the_warnings_of_the_notice_and_the_signature(client: Client) -> None:
    proved()
    shown = text(page(client, "/proof/regulator/"))
    for warning in Version.objects.get().warnings:
        assert " ".join(warning.split()) in shown
    assert json.loads(queries.report_file().read_bytes())["signature"] in shown
    assert versions.in_force(on=timezone.localdate()).page.sha256 in shown


def test_a_statement_shows_only_the_warnings_that_name_it() -> None:
    warnings = [
        "notice.toml:1: N28: It is long.",
        "notice.toml:2: N2: It is short.",
        "notice.toml:3: x: N2, N62 still name it.",
    ]
    assert queries.about(warnings, "N2") == warnings[1:]
    assert queries.about(warnings, "N62") == warnings[2:]


def test_the_report_is_downloaded_as_it_was_made(client: Client) -> None:
    proved()
    answer = client.get("/proof/proof.json")
    assert json.loads(answer.content)["version"] == 1
    assert answer.content == queries.report_file().read_bytes()


def test_a_proof_of_an_earlier_version_is_said_to_be_so(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved()
    assert "Warning" not in text(page(client, "/proof/"))
    later = timezone.localdate() + timedelta(days=9)
    published(changed(tmp_path, ('says = "Friends"', 'says = "Friends and neighbours"')), on=later)
    monkeypatch.setattr(timezone, "localdate", lambda *args: later)
    with seen_by_the_site():
        assert "This proof is of version 1, and version 2 is in force." in text(page(client, "/proof/"))


def test_a_proof_of_another_page_is_said_to_be_so(client: Client) -> None:
    left(proof_of(versions.in_force(on=timezone.localdate())) | {"page_hash": "0" * 64})
    assert "is not the page that was proved" in text(page(client, "/proof/"))


def test_a_new_report_takes_the_place_of_the_old(client: Client) -> None:
    proved()
    assert "Proved" in text(page(client, "/proof/N28/"))
    proved(N28="red")
    assert "Not proved" in text(page(client, "/proof/N28/"))
