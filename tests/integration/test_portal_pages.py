"""The public's pages: what they say, what they cost, and that they stand when other things do not."""

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern
from django.utils import timezone

from tests.integration.portal_examples import changed, compiled, page, published, seen_by_the_site, text
from wenlock.notice import published as versions
from wenlock.notice.models import Version
from wenlock.portal import brand, frame
from wenlock.portal.contacts import to_the_council, to_the_regulator
from wenlock.portal.proofs import pages_that_take_in
from wenlock.portal.urls import urlpatterns

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

LATER = timezone.localdate() + timedelta(days=9)
PAGES = [
    f"/{p.pattern._route}" for p in urlpatterns if isinstance(p, URLPattern) and hasattr(p.pattern, "_route")
]
PLAIN = [address for address in PAGES if "<" not in address and not address.endswith("proof.json")]


@pytest.mark.parametrize("address", PLAIN)
def test_every_public_page_answers_a_stranger_and_sets_no_cookie(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("address", sorted(set(PLAIN) - {"/cookies/", *pages_that_take_in()}))
def test_no_public_page_can_be_posted_to_but_those_known_to_take_something_in(
    client: Client, address: str
) -> None:
    assert client.post(address).status_code == 405


def test_the_home_page_says_first_what_to_do_if_a_child_is_in_danger(client: Client) -> None:
    home = page(client, "/")
    assert home.xpath("//main//h2")[0].text_content() == "If a child is in danger now, call 999"
    assert home.xpath("//main//a/@href")[0] == "tel:999"
    assert {"/privacy-notice/", "/proof/", "/complaints/", "/cookies/", "/sign-in/"} <= set(
        home.xpath("//main//a/@href")
    )


def test_the_notice_is_shown_with_its_version_its_day_and_its_hashes(client: Client) -> None:
    version = versions.in_force(on=timezone.localdate())
    shown = client.get("/privacy-notice/").content.decode()
    assert version.page.head in shown
    assert version.page.body in shown
    assert version.page.sha256 in shown
    assert version.sha256 in shown
    assert 'href="/proof/"' in shown
    assert 'href="/privacy-notice/versions/"' in shown


def test_the_warnings_of_a_version_are_not_on_its_page(client: Client) -> None:
    warnings = Version.objects.get().warnings
    assert len(warnings) > 5
    shown = client.get("/privacy-notice/").content.decode()
    assert "notice.toml" not in shown
    assert not [warning for warning in warnings if warning in shown]


def test_what_is_downloaded_has_the_hashes_that_are_shown(client: Client) -> None:
    version = versions.in_force(on=timezone.localdate())
    html, data = (
        client.get("/privacy-notice/versions/1/page.html"),
        client.get("/privacy-notice/versions/1/notice.json"),
    )
    assert hashlib.sha256(html.content).hexdigest() == version.page.sha256
    assert hashlib.sha256(data.content).hexdigest() == version.sha256
    assert all(answer["Content-Disposition"].startswith("attachment;") for answer in (html, data))


def test_the_notice_costs_two_queries_and_then_one(client: Client) -> None:
    versions.content.cache_clear()
    versions.page.cache_clear()
    assert [asked(client, "/privacy-notice/") for _ in range(3)] == [2, 1, 1]


@pytest.mark.parametrize(
    "address", ["/", "/cookies/", "/complaints/", "/proof/", "/accessibility/", "/nowhere/"]
)
def test_no_page_asks_more_than_which_notice_is_in_force(client: Client, address: str) -> None:
    client.get("/privacy-notice/")
    assert asked(client, address) == 1


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return sum(" FROM " in query["sql"] for query in queries)  # not savepoints, nor setting who acts


def test_versions_are_listed_with_their_state_and_what_changed(client: Client, tmp_path: Path) -> None:
    published(changed(tmp_path, ('says = "Friends"', 'says = "Friends and neighbours"')), on=LATER)
    with seen_by_the_site():
        listed = page(client, "/privacy-notice/versions/")
        to_come = page(client, "/privacy-notice/versions/2/")
        difference = page(client, "/privacy-notice/compare/?from=1&to=2")
    rows = [" ".join(row.text_content().split()) for row in listed.xpath("//tbody/tr")]
    assert rows[0].startswith("Version 2 To come")
    assert rows[1].startswith("Version 1 In force")
    assert "It comes into force on" in text(to_come)
    (added,) = difference.xpath("//article//ins")
    assert added.text_content() == "[added: and neighbours]"
    assert difference.xpath("//article//del") == []
    assert difference.xpath("//table//td[normalize-space()='Friends and neighbours']")


@pytest.mark.parametrize(
    "address",
    ["/privacy-notice/versions/7/", "/privacy-notice/versions/0/", "/privacy-notice/versions/7/page.html"],
)
def test_a_version_that_never_was_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["from=1&to=9", "from=one&to=2", "from=&to=2"])
def test_a_comparison_of_what_never_was_is_not_found(client: Client, tmp_path: Path, query: str) -> None:
    published(changed(tmp_path, ('says = "Friends"', 'says = "Friends and neighbours"')), on=LATER)
    with seen_by_the_site():
        assert client.get(f"/privacy-notice/compare/?{query}").status_code == 404


def test_with_one_version_there_is_nothing_to_compare(client: Client) -> None:
    assert "only one version" in text(page(client, "/privacy-notice/compare/"))


def test_with_no_notice_in_force_the_pages_say_so_and_still_help(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: LATER - timedelta(days=9000))
    assert "No privacy notice is in force" in text(page(client, "/privacy-notice/", status=404))
    for address in ("/", "/cookies/", "/complaints/", "/proof/"):
        page(client, address)


def test_complaints_give_the_officers_and_the_regulators_contacts(client: Client) -> None:
    shown = page(client, "/complaints/")
    links = set(shown.xpath("//main//a/@href"))
    assert {"tel:01743252774", "mailto:information.request@shropshire.gov.uk"} <= links
    assert {"tel:03031231113", "https://ico.org.uk/", "mailto:casework@ico.org.uk"} <= links
    assert "within 30 days" in text(shown)


def test_a_contact_past_its_review_comes_last_and_is_said_to_be_unsure() -> None:
    notice, on = compiled().notice, timezone.localdate()
    council = to_the_council(notice, on=on)
    assert [(way.kind, way.unsure) for way in council] == [("phone", False), ("email", False), ("post", True)]
    assert [way.kind for way in to_the_regulator(notice, on=on)] == ["phone", "email", "web", "post"]


def test_the_colour_of_the_council_is_in_its_style_sheet(client: Client) -> None:
    css = client.get("/brand.css")
    assert css["Content-Type"].startswith("text/css")
    assert "--govuk-brand-colour: #00594f;" in css.content.decode()


@pytest.mark.parametrize(
    "colour", ["#00594f", "#5b2a6e", "#ffff00", "#ffffff", "#00d4ff", "#777777", "red", "#12345", ""]
)
def test_links_can_be_read_whatever_the_colour(colour: str) -> None:
    sheet = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", brand.style_sheet(colour)))
    for name in (
        "--govuk-brand-colour",
        "--govuk-link-colour",
        "--govuk-link-hover-colour",
        "--govuk-link-visited-colour",
    ):
        ink = brand._rgb(sheet[name])
        assert brand.contrast(ink, (255, 255, 255)) >= 4.5, name
        assert brand.contrast(ink, brand._rgb(sheet["--govuk-surface-background-colour"])) >= 4.5, name


def test_contrast_is_as_the_guidelines_reckon_it() -> None:
    assert brand.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert brand.contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_robots_are_kept_from_the_work(client: Client) -> None:
    assert "Disallow: /work" in client.get("/robots.txt").content.decode().splitlines()


def test_the_site_is_well_while_its_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_the_site_is_unwell_when_its_database_does_not_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("the server at 10.0.0.7 has gone")

    client.raise_request_exception = False
    monkeypatch.setattr("wenlock.security.middleware.transaction.atomic", broken)  # as when none can be begun
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"")


def test_a_fault_of_ours_is_said_in_the_councils_frame_without_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("the server at 10.0.0.7 has gone")

    client.raise_request_exception = False
    monkeypatch.setattr("wenlock.security.middleware.transaction.atomic", broken)
    monkeypatch.setattr("wenlock.notice.published.in_force", broken)
    shown = page(client, "/", status=500)
    assert "there is a problem with the service" in text(shown)
    assert "call 999" in text(shown)
    assert "Shropshire Council" in shown.xpath("string(//header)")
    assert "10.0.0.7" not in shown.text_content()


def test_an_error_is_told_even_when_its_page_cannot_be_drawn(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("no templates")

    client.raise_request_exception = False
    monkeypatch.setattr("wenlock.portal.frame.without_database", broken)
    answer = client.get("/")
    assert answer.status_code == 500
    assert b"call 999" in answer.content


def test_a_page_that_is_not_there_is_said_in_the_councils_frame(client: Client) -> None:
    shown = page(client, "/nowhere/", status=404)
    assert "Page not found" in text(shown)
    assert "Version 1 of the privacy notice" in shown.text_content()


def test_a_host_that_is_not_ours_is_a_bad_request_in_the_councils_frame(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "Shropshire Council" in answer.content.decode()


def test_the_frame_asks_nothing_of_a_transaction_that_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().get("/work/")
    connection.needs_rollback = True
    try:
        with CaptureQueriesContext(connection) as queries:
            made = frame.frame(request)
    finally:
        connection.needs_rollback = False
    assert len(queries) == 0
    assert (made["council_name"], made["footer_note"], made["home_url"]) == (
        "Shropshire Council",
        "",
        "/work/",
    )


def test_a_demonstration_says_so_on_every_page_and_a_live_service_does_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Everyone here is invented" in page(client, "/").text_content()
    monkeypatch.setattr(settings, "DEMO", False)
    assert "Everyone here is invented" not in page(client, "/").text_content()
