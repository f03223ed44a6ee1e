"""The pieces that pages are composed of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from lxml import html

from wenlock.base.pages.dates import PartialDate
from wenlock.base.pages.fields import DateField
from wenlock.base.pages.forms import PageForm
from wenlock.base.pages.pictures import Mark, Span

AT = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
TABLE = 'data_table("Children", columns, rows, sort=sort, query=query)'
COLUMNS = [{"label": "Name", "key": "name", "sortable": True}, {"label": "Days", "numeric": True}]


class Filters(PageForm):
    since = DateField(required=False)


def rendered(source: str, **context: Any) -> html.HtmlElement:
    return html.fromstring(engines["jinja2"].from_string(source).render(context))


def piece(file: str, call: str, **context: Any) -> html.HtmlElement:
    name = call.split("(")[0]
    source = f'{{% from "base/components/{file}.html" import {name} %}}<div>{{{{ {call} }}}}</div>'
    return rendered(source, **context)


def text(element: html.HtmlElement) -> str:
    """The words, with a space between paragraphs as the eye sees one; words run together stay so."""
    blocks = element.xpath("descendant-or-self::*[self::p or self::li or self::dt or self::dd or self::h1]")
    for block in blocks:
        block.tail = f" {block.tail or ''}"
    return " ".join(element.text_content().split())


def test_a_table_names_its_columns_in_every_cell_for_a_phone() -> None:
    rows = [[{"text": "Rowan", "href": "/r"}, 3], ["Jo", None]]
    page = piece("table", TABLE, columns=COLUMNS, rows=rows, sort="", query={})
    assert page.xpath("//td/@data-label") == ["Days", "Days"]
    assert [text(one) for one in page.xpath("//tbody//*[self::th or self::td]")] == [
        "Rowan",
        "3",
        "Jo",
        "Not recorded",
    ]
    assert page.xpath("//tbody/tr/th/@scope") == ["row", "row"]


@pytest.mark.parametrize(
    ("sort", "way", "leads_to"),
    [
        ("", None, "?q=x&sort=name"),
        ("name", "ascending", "?q=x&sort=-name"),
        ("-name", "descending", "?q=x&sort=name"),
    ],
)
def test_a_column_says_how_it_is_sorted_and_leads_to_the_other_way(
    sort: str, way: str | None, leads_to: str
) -> None:
    page = piece("table", TABLE, columns=COLUMNS, rows=[["Jo", 1]], sort=sort, query={"q": "x", "page": "2"})
    (head,) = page.xpath("//th[a]")
    assert (head.get("aria-sort"), head.xpath("a/@href")) == (way, [leads_to])


def test_nought_is_a_number_and_not_a_blank() -> None:
    page = piece("table", TABLE, columns=COLUMNS, rows=[["Jo", 0]], sort="", query={})
    assert text(page.xpath("//td")[0]) == "0"


def test_a_table_with_no_rows_says_what_to_do_next() -> None:
    empty = {"title": "No visits", "text": "Plan one.", "href": "/v", "link_text": "Plan a visit"}
    page = piece("table", 'data_table("Visits", [{"label": "Day"}], [], empty=empty)', empty=empty)
    assert not page.xpath("//table")
    assert (text(page), page.xpath("//a/@href")) == ("No visits Plan one. Plan a visit", ["/v"])


def test_a_summary_says_what_is_not_recorded_and_names_what_each_link_changes() -> None:
    pairs = [
        ("Ethnicity", None, "/e"),
        ("Born", {"on": date(2016, 3, 3)}),
        ("Status", {"tag": "Open", "tone": "good"}),
    ]
    page = piece("summary", 'summary_list(pairs, title="About")', pairs=pairs)
    assert [text(one) for one in page.xpath("//dd[contains(@class, '__value')]")] == [
        "Not recorded",
        "3 Mar 2016",
        "Open",
    ]
    assert text(page.xpath("//a")[0]) == "Change ethnicity (About)"
    assert page.xpath("//time/@datetime") == ["2016-03-03"]


def test_a_value_that_looks_like_markup_stays_words() -> None:
    assert not piece("summary", "summary_list([('Name', value)])", value="<b>Rowan</b>").xpath("//b")


def test_a_timeline_is_an_ordered_list_for_each_year_with_its_dates_marked_up() -> None:
    entries = [
        {"at": datetime(2025, 12, 31, 23, 59, tzinfo=UTC), "title": "Call", "tag": {"text": "Duty"}},
        {"on": PartialDate(2025, 6), "title": "Moved", "href": "/m", "by": "Asha", "text": "To her aunt"},
        {"on": date(2024, 2, 1), "title": "Closed"},
    ]  # fmt: skip
    page = piece("timeline", "timeline(entries)", entries=entries)
    assert [text(one) for one in page.xpath("//h3")] == ["2025", "2024"]
    assert page.xpath("//ol/li//time/@datetime") == ["2025-12-31T23:59:00+00:00", "2025-06", "2024-02-01"]
    assert text(page.xpath("//li")[1]) == "June 2025 Moved To her aunt Asha"


def test_a_drawn_timeline_stands_with_the_same_facts_in_a_table() -> None:
    spans, marks = [Span("Plan", "Child in need", date(2020, 1, 1))], [Mark(date(2020, 2, 1), "Visit")]
    page = piece(
        "timeline",
        'timeline_picture(spans, marks, today, "Plans")',
        spans=spans,
        marks=marks,
        today=date(2026, 3, 3),
    )
    rows = [[text(cell) for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [
        ["Plan", "Child in need", "1 Jan 2020", "Still open"],
        ["Event 1", "Visit", "1 Feb 2020", "One day"],
    ]
    assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))


def test_bars_stand_with_their_numbers_in_a_table_and_keep_back_what_is_kept_back() -> None:
    page = piece(
        "chart", 'bar_chart(counts, "Needs", of="Children")', counts=[("Neglect", 1200), ("Other", None)]
    )
    assert [text(cell) for cell in page.xpath("//tbody//td")] == ["1200", "Kept back"]


@pytest.mark.parametrize("tone", ["good", "bad", "warn", "due", "now", "service", "law", "ended", "magenta"])
def test_a_tag_has_words_and_a_colour_the_design_system_knows(tone: str) -> None:
    (tag,) = piece("tag", "status_tag('Open', tone)", tone=tone).xpath("//strong")
    colours = {"green", "red", "orange", "yellow", "blue", "purple", "teal", "grey", "magenta"}
    assert tag.get("class").removeprefix("govuk-tag govuk-tag--") in colours
    assert text(tag) == "Open"


def test_a_tone_nobody_declared_is_refused() -> None:
    with pytest.raises(KeyError):
        piece("tag", "status_tag('Open', 'cheerful')")


def test_pages_of_a_list_keep_the_filters_and_say_where_one_is() -> None:
    page = piece(
        "pagination",
        'pagination(page, query, "children")',
        page=Paginator(range(230), 20).page(5),
        query=QueryDict("team=n&page=5"),
    )
    assert "Showing 81 to 100 of 230 children" in text(page)
    assert page.xpath("//a[@aria-current='page']/@href") == ["?team=n&page=5"]
    assert (page.xpath("//a[@rel='next']/@href"), page.xpath("//a[@rel='prev']/@href")) == (
        ["?team=n&page=6"],
        ["?team=n&page=4"],
    )


def test_a_list_of_one_page_has_no_links_to_pages() -> None:
    assert not piece("pagination", "pagination(page, {})", page=Paginator(range(3), 20).page(1)).xpath(
        "//nav"
    )


def test_filters_that_are_on_can_be_taken_off_one_by_one() -> None:
    page = piece(
        "filter", 'filter_panel(form, chosen=[{"text": "Open", "href": "?"}], clear="?all")', form=Filters()
    )
    assert [text(one) for one in page.xpath("//ul//a")] == ["Take off filter: Open"]
    assert page.xpath("//form/@method") == ["get"]
    assert "Filter (1 on)" in text(page)


def test_who_looked_says_who_and_why_and_what_stands_out() -> None:
    looks = [
        {
            "at": AT,
            "who": "Noel Finch",
            "role": "Business support",
            "purpose": "Emergency",
            "what": "Record",
            "unusual": "Not in the team",
        }
    ]
    page = piece("looked", "who_looked(looks)", looks=looks)
    assert [text(cell) for cell in page.xpath("//tbody//td")] == [
        "3 March 2026 at 2:05pm", "Noel Finch Business support", "Record", "Emergency Unusual Not in the team"
    ]  # fmt: skip


def test_a_document_that_may_not_be_opened_is_named_without_a_link() -> None:
    page = piece("documents", "document_list(documents)", documents=[
        {"name": "Minutes.pdf", "href": "/d", "kind": "PDF", "bytes": 2048, "added_at": AT, "added_by": "Jo"},
        {"name": "Health.pdf", "kind": "PDF", "tag": {"text": "Restricted", "tone": "bad"}},
    ])  # fmt: skip
    assert page.xpath("//a/@href") == ["/d"]
    assert "PDF, 2.0\xa0KB. Added 3 March 2026 at 2:05pm by Jo" in page.text_content()
    assert text(page.xpath("//li")[1]) == "Health.pdf Restricted PDF"


def test_the_head_of_a_record_shows_what_must_not_be_missed() -> None:
    call = 'record_header("Rowan", [("Born", "2014")], tag_list, "Do not visit alone.")'
    page = piece("record", call, tag_list=[{"text": "Child protection", "tone": "bad"}])
    assert [text(one) for one in page.xpath("//h1 | //dt | //dd | //li")] == [
        "Rowan",
        "Child protection",
        "Born",
        "2014",
    ]
    assert "Warning Do not visit alone." in text(page)


def test_the_parts_of_a_record_say_which_is_open() -> None:
    items = [{"text": "Plans", "href": "/p", "current": True, "count": 2}, {"text": "Notes", "href": "/n"}]
    page = piece("record", 'sub_navigation(items, "Record")', items=items)
    assert page.xpath("//a[@aria-current='page']/@href") == ["/p"]
    assert text(page) == "Plans 2 Notes"
