"""A bound field as the Design System's component for its widget."""

from collections.abc import Callable

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from wenlock.base.pages import choices
from wenlock.base.pages.fields import PARTS, DateParts
from wenlock.base.pages.govuk import gds
from wenlock.base.pages.looks import width_class
from wenlock.base.pages.questions import INPUT_OPTIONS, classes, common, control, fieldset, look_of


def render(bound: BoundField) -> SafeString:
    """The field with its label, hint and errors."""
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_widget()
    for kinds, draw in _BY_WIDGET:
        if isinstance(widget, kinds):
            return draw(bound)
    raise TypeError(f"No component is known for {type(widget).__name__}")


def first_control(bound: BoundField) -> str:
    """The id an error's link goes to: the first box in error of a date, the first choice of radios."""
    if isinstance(bound.field.widget, DateParts):
        return f"{bound.auto_id}_{(wrong_parts(bound) or PARTS)[0]}"
    return bound.auto_id


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date to mark as wrong; all of them when the error does not say."""
    found: set[str] = set()
    for error in bound.errors.as_data():
        found |= set((error.params or {}).get("parts", PARTS))
    return tuple(part for part in PARTS if part in found)


def _input(bound: BoundField) -> SafeString:
    widget, look = bound.field.widget, look_of(bound)
    kind = getattr(widget, "input_type", "text")
    options = {name: widget.attrs[name] for name in INPUT_OPTIONS & widget.attrs.keys()}
    if kind == "number":  # a number box loses what was typed, and changes under the scroll wheel
        decimal = isinstance(bound.field, (forms.FloatField, forms.DecimalField))
        kind, options = (
            "text",
            {"inputmode": "decimal" if decimal else "numeric", "spellcheck": False} | options,
        )
    if kind == "email":
        options = {"spellcheck": False} | options
    return gds(
        "input",
        **control(bound) | options,
        type=kind,
        classes=classes(bound, width_class(look.width)),
        prefix={"text": look.prefix} if look.prefix else None,
        suffix={"text": look.suffix} if look.suffix else None,
    )


def _password(bound: BoundField) -> SafeString:
    params = control(bound) | {"value": None}  # a password is never sent back to the page
    return gds("password-input", **params, autocomplete=bound.field.widget.attrs.get("autocomplete"))


def _textarea(bound: BoundField) -> SafeString:
    attrs, limit = bound.field.widget.attrs, getattr(bound.field, "max_length", None)
    return gds(
        "character-count" if limit else "textarea",
        **control(bound),
        rows=str(look_of(bound).rows),
        maxlength=str(limit) if limit else None,
        spellcheck=attrs.get("spellcheck"),
        autocomplete=attrs.get("autocomplete"),
        classes=classes(bound),
    )


def _file(bound: BoundField) -> SafeString:
    params = control(bound) | {"value": None}
    multiple = getattr(bound.field.widget, "allow_multiple_selected", False)
    return gds("file-upload", **params, javascript=True, multiple=multiple or None)


def _date(bound: BoundField) -> SafeString:
    value, wrong = bound.value(), wrong_parts(bound)
    typed = value if isinstance(value, (list, tuple)) else bound.field.widget.decompress(value)
    birthday = bound.field.widget.attrs.get("autocomplete") == "bday"
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{part}",
            "label": part.capitalize(),
            "value": "" if given is None else str(given),
            "classes": _part_classes(part, wrong=part in wrong),
            "autocomplete": f"bday-{part}" if birthday else "",
            "attributes": {"disabled": {"value": bound.field.disabled, "optional": True}},
        }
        for part, given in zip(PARTS, typed, strict=True)
    ]
    return gds("date-input", **common(bound), id=bound.auto_id, items=items, fieldset=fieldset(bound))


def _part_classes(part: str, *, wrong: bool) -> str:
    return f"govuk-input--width-{4 if part == 'year' else 2}" + (" govuk-input--error" if wrong else "")


# The order matters: Django's CheckboxSelectMultiple is a subclass of RadioSelect, SelectMultiple of Select.
_BY_WIDGET: tuple[tuple[type | tuple[type, ...], Callable[[BoundField], SafeString]], ...] = (
    (DateParts, _date),
    ((forms.CheckboxSelectMultiple, forms.SelectMultiple), choices.checkboxes),
    (forms.RadioSelect, choices.radios),
    (forms.Select, choices.select),
    (forms.CheckboxInput, choices.tick),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (Input, _input),
)
