"""Questions answered by choosing: lists, radios, checkboxes, and one box to tick."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from wenlock.base.pages.govuk import gds
from wenlock.base.pages.looks import Choice, width_class
from wenlock.base.pages.questions import classes, common, control, fieldset, look_of


def select(bound: BoundField) -> SafeString:
    """A list that drops down."""
    chosen = _chosen(bound)
    items = [{"value": key, "text": text, "selected": key in chosen} for key, text in flat(bound.field)]
    params = control(bound) | {"value": None}
    return gds("select", **params, items=items, classes=classes(bound, width_class(look_of(bound).width)))


def radios(bound: BoundField) -> SafeString:
    """Radios in a fieldset."""
    return _several(bound, "radios")


def checkboxes(bound: BoundField) -> SafeString:
    """Checkboxes in a fieldset."""
    return _several(bound, "checkboxes")


def tick(bound: BoundField) -> SafeString:
    """One checkbox alone: its label is the question, and hint and error belong to the box."""
    item = {
        "value": "on",
        "text": bound.label,
        "checked": bool(bound.value()),
        "disabled": bound.field.disabled,
    }
    small = "govuk-checkboxes--small" if look_of(bound).small else ""
    params = common(bound) | {"idPrefix": bound.auto_id, "name": bound.html_name}
    return gds("checkboxes", **params, items=[item], classes=classes(bound, small))


def flat(field: forms.Field) -> list[tuple[str, str]]:
    """The choices as keys and words. The Design System groups none, so a group's name goes before each."""
    found: list[tuple[str, str]] = []
    for key, text in field.choices:  # type: ignore[attr-defined]
        if isinstance(text, (list, tuple)):
            found += [(str(inner), f"{key}: {words}") for inner, words in text]
        else:
            found.append(("" if key is None else str(key), str(text)))
    return found


def _several(bound: BoundField, component: str) -> SafeString:
    look = look_of(bound)
    inline = f"govuk-{component}--inline" if look.inline else ""
    small = f"govuk-{component}--small" if look.small else ""
    return gds(
        component,
        **common(bound),
        idPrefix=bound.auto_id,
        name=bound.html_name,
        items=list(_items(bound)),
        fieldset=fieldset(bound),
        classes=classes(bound, inline, small),
    )


def _items(bound: BoundField) -> Iterator[dict[str, Any]]:
    chosen, looks = _chosen(bound), look_of(bound).choices
    for key, text in flat(bound.field):
        if key == "":  # Django's blank line is for lists; radios show by themselves that nothing is chosen
            continue
        look = looks.get(key, Choice())
        if look.divider:
            yield {"divider": look.divider}
        yield {
            "value": key,
            "text": text,
            "checked": key in chosen,
            "disabled": bound.field.disabled,
            "behaviour": "exclusive" if look.exclusive else "",
            "hint": {"text": look.hint} if look.hint else {},
            "conditional": {"html": _revealed(bound, look)},
        }


def _revealed(bound: BoundField, look: Choice) -> SafeString:
    return format_html_join("\n", "{}", ((bound.form[name],) for name in look.reveals))


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if value is None:
        return {""}
    return {str(one) for one in value} if isinstance(value, (list, tuple, set)) else {str(value)}
