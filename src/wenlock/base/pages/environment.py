"""The one Jinja2 environment. Settings name `environment` as the backend's `environment` option."""

import logging
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined, Template, make_logging_undefined

from wenlock.base.pages import dates, forms, govuk, pictures

log = logging.getLogger("wenlock.pages")

TONES = {
    "good": "green",
    "bad": "red",
    "warn": "orange",
    "due": "yellow",
    "now": "blue",
    "service": "purple",
    "law": "teal",
    "ended": "grey",
}


class PageEnvironment(Environment):
    """Jinja2 for our templates, which hands the Design System's macros to the environment they need.

    Ours are strict, so that a misspelt name is an error and never a blank on a child's record. The macros
    test options that may be missing, and would not run under that rule.
    """

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:
        if isinstance(name, str) and name.startswith(govuk.PREFIX + "/"):
            return govuk.macro_environment().get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


def environment(*, strict: bool = True, **options: Any) -> Environment:
    """The environment for Django's Jinja2 backend, with its loader and options.

    With `strict` a missing name raises; without, it prints nothing and the name alone is logged.
    """
    options |= {"undefined": StrictUndefined if strict else make_logging_undefined(log)}
    made = PageEnvironment(trim_blocks=True, lstrip_blocks=True, **options)
    made.globals |= {
        "url": url,
        "static": static,
        "gds": govuk.gds,
        "error_summary": forms.error_summary,
        "query_string": query_string,
        "page_items": page_items,
        "tone_colour": tone_colour,
        "timeline_svg": pictures.timeline_svg,
        "timeline_rows": pictures.timeline_rows,
        "bar_svg": pictures.bar_svg,
    }
    made.filters |= {
        "day": dates.plain_date,
        "short_day": dates.short_date,
        "moment": dates.plain_datetime,
        "clock": dates.plain_time,
        "iso": dates.iso,
        "file_size": filesizeformat,
        "by_year": by_year,
    }
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a named view. Raises NoReverseMatch."""
    return reverse(name, args=args, kwargs=kwargs)


def query_string(query: QueryDict | Mapping[str, Any], **changes: Any) -> str:
    """`?` and the query with the changes made; a change to None takes the name out. Never empty."""
    changed = QueryDict(mutable=True)
    if isinstance(query, QueryDict):
        for name, values in query.lists():
            changed.setlist(name, values)
    else:
        for name, value in query.items():
            changed[name] = str(value)
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = str(value)
    return "?" + changed.urlencode()


def by_year(entries: Iterable[Any]) -> list[tuple[int, list[Any]]]:
    """A timeline's entries under their years, in the order given. An instant has its year in London."""
    return [(year, list(group)) for year, group in groupby(entries, key=_year)]


def _year(entry: Any) -> int:
    told = entry.get if isinstance(entry, Mapping) else partial(getattr, entry)
    at = told("at", None)
    year: int = dates.in_london(at).year if at else told("on", None).year
    return year


def tone_colour(tone: str) -> str:
    """The Design System's tag colour for a meaning; a colour is itself. Raises KeyError for neither."""
    return tone if tone in TONES.values() or tone == "magenta" else TONES[tone]


def page_items(page: Any, query: QueryDict | Mapping[str, Any], name: str = "page") -> list[dict[str, Any]]:
    """The numbered links of a Paginator's page, with dots where pages are passed over."""
    paginator = page.paginator
    return [
        {"ellipsis": True}
        if number == paginator.ELLIPSIS
        else {
            "number": str(number),
            "href": query_string(query, **{name: number}),
            "current": number == page.number,
        }
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
