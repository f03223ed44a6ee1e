"""The frame of every page, the pages of errors, and the environment they are drawn in."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import jinja2
import pytest
from django.http import QueryDict
from django.template import engines
from lxml import html

import wenlock.base
from wenlock.base.pages.environment import environment, query_string

TEMPLATES = Path(wenlock.base.__file__).parent / "jinja2"
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")
WORKER = {
    "council_name": "Anytown Council", "service_name": "Children’s services", "brand_css_url": "/brand.css",
    "nav": [{"text": "Home", "href": "/"}, {"text": "People", "href": "/people", "active": True}],
    "search_url": "/search", "actor_name": "Asha Patel", "actor_role": "Social worker",
    "purpose": "Assessing a child in need", "purpose_url": "/purpose",
    "sign_out_url": "/out", "csrf_input": "TOKEN",
    "banner": {"tag": "Demonstration", "text": "Everyone is invented."},
    "alerts": [{"title": "Emergency access.", "text": "Until 4:05pm.", "href": "/end", "link_text": "End it"}],
    "breadcrumbs": [{"text": "Home", "href": "/"}, {"text": "Rowan"}],
    "footer_links": [{"text": "Privacy notice", "href": "/privacy"}],
}  # fmt: skip


def rendered(source: str, **context: Any) -> html.HtmlElement:
    return html.fromstring(engines["jinja2"].from_string(source).render(context))


def worker_page(**changes: Any) -> html.HtmlElement:
    blocks = "{% block title %}Rowan{% endblock %}{% block content %}<h1>Rowan</h1>{% endblock %}"
    return rendered(f'{{% extends "base/worker.html" %}}{blocks}', **WORKER | changes)


def text(element: html.HtmlElement) -> str:
    """The words, with a space between paragraphs as the eye sees one; words run together stay so."""
    blocks = element.xpath("descendant-or-self::*[self::p or self::li or self::dt or self::dd or self::h1]")
    for block in blocks:
        block.tail = f" {block.tail or ''}"
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_no_template_has_a_style_or_a_script_in_place(file: Path) -> None:
    found = re.findall(r"\sstyle=|<style|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", file.read_text())
    assert found == []


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_nothing_and_says_what_to_do(name: str) -> None:
    page = html.fromstring(engines["jinja2"].get_template(name).render())
    assert page.xpath("string(//title)").startswith(page.xpath("string(//h1)"))
    assert len(page.xpath("//main//p")) >= 3
    assert "999" in text(page.xpath("//main")[0])


def test_a_worker_sees_who_they_are_and_for_what_purpose_on_every_page() -> None:
    working = text(worker_page().xpath("//div[@class='wl-working']")[0])
    assert "Asha Patel, Social worker" in working
    assert "Purpose Assessing a child in need Change purpose" in working


def test_signing_out_is_a_form_with_the_token() -> None:
    (form,) = worker_page().xpath("//form[@action='/out']")
    assert form.get("method") == "post"
    assert "TOKEN" in form.text_content()


def test_the_search_box_is_labelled_and_holds_what_was_searched_for() -> None:
    page = worker_page(search_text="Ashdown")
    (box,) = page.xpath("//form[@role='search']//input[@name='q']")
    assert page.xpath(f"//label[@for='{box.get('id')}']")
    assert box.get("value") == "Ashdown"


def test_a_search_by_post_carries_the_token_so_that_no_name_stands_in_an_address() -> None:
    (form,) = worker_page(search_method="post").xpath("//form[@role='search']")
    assert form.get("method") == "post"
    assert "TOKEN" in form.text_content()


def test_emergency_access_is_announced_with_its_end_on_every_page() -> None:
    (alert,) = worker_page().xpath("//section[@class='wl-alert']")
    assert text(alert) == "Emergency access. Until 4:05pm. End it"
    assert not worker_page(alerts=[]).xpath("//section[@class='wl-alert']")


def test_the_authoritys_style_comes_last() -> None:
    assert worker_page().xpath("//link[@rel='stylesheet']/@href")[-1] == "/brand.css"


def test_the_skip_link_leads_to_the_main_content() -> None:
    page = worker_page()
    (href,) = page.xpath("//a[contains(@class, 'govuk-skip-link')]/@href")
    assert page.get_element_by_id(href[1:]).tag == "main"


def test_the_page_says_its_title_its_service_and_its_council() -> None:
    assert worker_page().xpath("string(//title)") == "Rowan – Children’s services – Anytown Council"
    assert worker_page().get("lang") == "en-GB"


def test_neither_the_crown_nor_gov_uk_is_claimed() -> None:
    page = html.tostring(worker_page(), encoding="unicode")
    assert not re.search(r"crown|gov\.uk\b", page.replace("govuk", ""), re.IGNORECASE)


def test_messages_are_shown_each_under_a_title_of_its_own() -> None:
    page = worker_page(messages=["Saved", "Sent"])
    assert len(set(page.xpath("//*[starts-with(@id, 'message-')]/@id"))) == 2
    assert [text(one) for one in page.xpath("//*[contains(@class, 'notification-banner__content')]")] == [
        "Saved",
        "Sent",
    ]


def test_a_misspelt_name_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(jinja2.UndefinedError):
        rendered("<p>{{ child.naem }}</p>", child={"name": "Rowan"})


def test_without_strictness_a_missing_name_is_logged_and_says_nothing_of_the_record(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, logger="wenlock.pages"):
        lax = environment(strict=False, autoescape=True).from_string("<p>{{ child.naem }}</p>")
        assert lax.render(child={"name": "Rowan"}) == "<p></p>"
    assert "naem" in caplog.text
    assert "Rowan" not in caplog.text


def test_the_design_systems_macros_can_be_imported_by_a_template() -> None:
    imported = '{% from "govuk_frontend_jinja/components/tag/macro.html" import govukTag %}'
    assert text(rendered(imported + '{{ govukTag({"text": "New"}) }}')) == "New"


def test_a_query_keeps_its_filters_and_changes_only_what_is_asked() -> None:
    query = QueryDict("team=n&team=s&page=3&q=a%26b")
    assert query_string(query, page=None, sort="-name") == "?team=n&team=s&q=a%26b&sort=-name"
    assert query_string({"a": 1}, a=2) == "?a=2"
