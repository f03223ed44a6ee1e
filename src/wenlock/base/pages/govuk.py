"""The GOV.UK Design System's own macros, called from Python.

Spec: https://design-system.service.gov.uk/components/ (GOV.UK Frontend 6.3.0).
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

PREFIX = "govuk_frontend_jinja"


@cache
def macro_environment() -> Environment:
    """The environment the macros are compiled in: they count on a missing option being quietly empty."""
    return Environment(
        loader=PrefixLoader({PREFIX: PackageLoader(PREFIX)}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def macro_name(component: str) -> str:
    """The macro a component goes by: `date-input` is `govukDateInput`."""
    return "govuk" + "".join(part.capitalize() for part in component.split("-"))


@cache
def macro(component: str) -> Callable[[Mapping[str, Any]], str]:
    """The macro of one component. Raises jinja2.TemplateNotFound when there is no such component."""
    template = macro_environment().get_template(f"{PREFIX}/components/{component}/macro.html")
    found: Callable[[Mapping[str, Any]], str] = getattr(template.module, macro_name(component))
    return found


def gds(component: str, /, **params: Any) -> SafeString:
    """The HTML of one component, with its options by the names the Design System gives them.

    `text` is escaped and `html` is trusted, as in the Design System. Options that are None, empty text or an
    empty mapping are left out, so a caller need not branch.
    Raises jinja2.TemplateNotFound when there is no such component.
    """
    given = {name: value for name, value in params.items() if not _blank(value)}
    # The macros escape every text themselves; only what a caller named `html` comes through as it is.
    return mark_safe(str(macro(component)(given)))


def _blank(value: object) -> bool:
    return value is None or value == "" or value == {}
