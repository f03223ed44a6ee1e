"""Fields that are never wrong: what cannot be understood is kept as it was typed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from wenlock.base.pages.fields import DateField


class Picked(forms.ChoiceField):
    """One of some answers, as radios; "" for none, and for one that is not among them."""

    widget = forms.RadioSelect

    def __init__(self, choices: dict[str, str], **kwargs: Any) -> None:
        super().__init__(choices=list(choices.items()), required=False, **kwargs)

    def clean(self, value: Any) -> str:
        said = str(value or "")
        return said if self.valid_value(said) else ""


class Said(forms.CharField):
    """A short answer of any length."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # The device is often shared: the browser neither offers nor remembers what was typed.
        return super().widget_attrs(widget) | {"autocomplete": "off"}


class SaidAtLength(Said):
    """Words without end, as they were written."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)


class SaidDate(DateField):
    """A day, or what was typed in its place as text, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> date | str | None:
        try:
            found: date | None = super().clean(value)
        except ValidationError:
            return " ".join(part for part in self._typed(value).values() if part)
        return found


def without_nulls(posted: QueryDict) -> QueryDict:
    """What was posted, without the character that PostgreSQL cannot hold and nobody can see."""
    kept = QueryDict(mutable=True)
    for name, values in posted.lists():
        kept.setlist(name, [value.replace("\x00", "") for value in values])
    return kept
