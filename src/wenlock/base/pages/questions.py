"""What every question on a form has in common: its words, its hint, its errors and its classes."""

from typing import Any

from django.forms.boundfield import BoundField
from django.utils.html import format_html_join

from wenlock.base.pages.looks import ORDINARY, Look

# The browser's own limits are left off: a long paste must be kept and explained, never cut short.
LIMITS = {"maxlength", "minlength", "min", "max", "step", "cols", "rows", "required"}
INPUT_OPTIONS = {"autocomplete", "autocapitalize", "spellcheck", "pattern", "inputmode"}
_SAID_APART = LIMITS | INPUT_OPTIONS | {"class", "id", "aria-describedby", "multiple", "style"}


def look_of(bound: BoundField) -> Look:
    """How its form asks for the field to look."""
    found: Look = getattr(bound.form, "looks", {}).get(bound.name, ORDINARY)
    return found


def common(bound: BoundField) -> dict[str, Any]:
    """The options every component takes."""
    attrs = bound.field.widget.attrs
    messages = [(str(message),) for message in bound.errors]
    return {
        "hint": {"text": bound.help_text} if bound.help_text else None,
        "errorMessage": {"html": format_html_join("<br>", "{}", messages)} if messages else None,
        "describedBy": attrs.get("aria-describedby"),
        "disabled": bound.field.disabled or None,
        "attributes": {
            name: {"value": value, "optional": True}
            for name, value in attrs.items()
            if name not in _SAID_APART
        },
    }


def control(bound: BoundField) -> dict[str, Any]:
    """The options of a component that is one control with a label."""
    value = bound.value()
    return common(bound) | {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": question_words(bound, "govuk-label"),
        "value": "" if value is None else str(value),
    }


def fieldset(bound: BoundField) -> dict[str, Any]:
    """The fieldset round a component that is several controls."""
    described_by = bound.field.widget.attrs.get("aria-describedby")
    legend = question_words(bound, "govuk-fieldset__legend")
    return {"legend": legend, "describedBy": described_by} if described_by else {"legend": legend}


def question_words(bound: BoundField, block: str) -> dict[str, Any]:
    """The label or legend, in the size its look asks for."""
    look = look_of(bound)
    sized = f"{block}--{look.size}" if look.size else ""
    return {
        "text": bound.label,
        "classes": "govuk-visually-hidden" if look.label_hidden else sized,
        "isPageHeading": look.page_heading,
    }


def classes(bound: BoundField, *more: str) -> str:
    """The widget's own classes and those given, without blanks."""
    given = str(bound.field.widget.attrs.get("class", ""))
    return " ".join(name for name in (given, *more) if name)
