"""Form fields as the house asks its questions: dates in three parts, times as people say them."""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from wenlock.base.pages.dates import MONTHS, PartialDate, plain_date

PARTS = ("day", "month", "year")
EARLIEST_EXPECTED = date(
    1875, 1, 1
)  # a year before this is a slip of the keys: nobody on any record is so old
LATEST_EXPECTED = date(2199, 12, 31)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)


class DateParts(forms.MultiWidget):
    """Three boxes for day, month and year, which keep what was typed when it is wrong."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(PARTS, forms.TextInput), attrs)

    def decompress(self, value: date | PartialDate | None) -> list[int | None]:
        return [getattr(value, part) for part in PARTS] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_


class DateField(forms.Field):
    """A day, typed in three boxes. The error names the part that is missing or wrong.

    `parts` in an error's params says which boxes to mark. `earliest` and `latest` are days, both allowed; a
    form that knows the day it is asked on sets them itself: `self.fields["born_on"].latest = today`.
    Spec: https://design-system.service.gov.uk/components/date-input/
    """

    widget = DateParts
    needed: tuple[str, ...] = PARTS

    def __init__(
        self, *, earliest: date = EARLIEST_EXPECTED, latest: date | None = None, **kwargs: Any
    ) -> None:
        self.earliest = earliest
        self.latest = latest
        super().__init__(**kwargs)

    @property
    def noun(self) -> str:
        """What the errors call it: the label, unless that is a question."""
        label = str(self.label or "").strip()
        return label if label and not label.endswith("?") else "The date"

    def to_python(self, value: Any) -> Any:
        typed = self._typed(value)
        if not any(typed.values()):
            return None
        numbers = self._numbers(typed)
        self._all_there(typed)
        if wrong := tuple(part for part in PARTS if typed[part] and numbers[part] is None):
            raise self._unreal(wrong, typed)
        return self._within(self._made(numbers))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    def _typed(self, value: Any) -> dict[str, str]:
        if isinstance(value, (date, PartialDate)):
            value = [getattr(value, part) for part in PARTS]
        return dict(zip(PARTS, (str(part or "").strip() for part in value or ("", "", "")), strict=True))

    def _all_there(self, typed: dict[str, str]) -> None:
        missing = tuple(part for part in self.needed if not typed[part])
        if missing:
            said = " and ".join(missing)
            raise self._error("incomplete", f"{self.noun} must include a {said}", missing)

    def _numbers(self, typed: dict[str, str]) -> dict[str, int | None]:
        return {
            "day": _whole(typed["day"], up_to=31),
            "month": _month(typed["month"]),
            "year": _whole(typed["year"], up_to=9999, digits=(4,)),
        }

    def _made(self, numbers: dict[str, int | None]) -> Any:
        try:
            return date(numbers["year"] or 0, numbers["month"] or 0, numbers["day"] or 0)
        except ValueError:
            raise self._error("unreal", f"{self.noun} must be a real date", PARTS) from None

    def _within(self, value: Any) -> Any:
        begins = value.begins_on if isinstance(value, PartialDate) else value
        if begins > (self.latest or LATEST_EXPECTED):
            last = plain_date(self.latest or LATEST_EXPECTED)
            raise self._error("late", f"{self.noun} must be on or before {last}", PARTS)
        ends = value.ends_on if isinstance(value, PartialDate) else value + timedelta(days=1)
        if ends <= self.earliest:
            raise self._error("early", f"{self.noun} must be on or after {plain_date(self.earliest)}", PARTS)
        return value

    def _unreal(self, wrong: tuple[str, ...], typed: dict[str, str]) -> ValidationError:
        if wrong == ("year",) and typed["year"].isascii() and typed["year"].isdigit():
            return self._error("year", "Year must include 4 numbers", wrong)
        return self._error("unreal", f"{self.noun} must be a real date", wrong)

    def _error(self, code: str, sentence: str, parts: Sequence[str]) -> ValidationError:
        # Own sentences by code win, as in every Django field; a doubled % survives the filling-in of params.
        said = self.error_messages.get(code, sentence.replace("%", "%%"))
        return ValidationError(said, code=code, params={"parts": tuple(parts)})


class PartialDateField(DateField):
    """A day as far as it is known, as a PartialDate: the year is needed, then the month, then the day."""

    needed = ("year",)

    def _all_there(self, typed: dict[str, str]) -> None:
        super()._all_there(typed)
        if typed["day"] and not typed["month"]:
            raise self._error("incomplete", f"{self.noun} must include a month", ("month",))

    def _made(self, numbers: dict[str, int | None]) -> PartialDate:
        try:
            return PartialDate(numbers["year"] or 0, numbers["month"], numbers["day"])
        except ValueError:
            raise self._error("unreal", f"{self.noun} must be a real date", PARTS) from None


class TimeField(forms.CharField):
    """A time of day as people write it: `2:05pm`, `14:05`, `2pm`, `midday`. A bare hour is not enough.

    Spec: https://www.gov.uk/guidance/style-guide/a-to-z#times
    """

    default_error_messages: ClassVar = {"invalid": "Enter a time, like 2:05pm or 14:05"}

    def to_python(self, value: Any) -> Any:
        said = str(super().to_python(value) or "").strip().lower()
        if not said:
            return None
        if said in ("midday", "noon", "midnight"):
            return time(0 if said == "midnight" else 12)
        found = _TIME.fullmatch(said)
        made = found and _clock(*found.groups())
        if made is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return made

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"class": "govuk-input--width-5", "spellcheck": False}

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


class NameField(forms.CharField):
    """A person's name: never spell-checked, and never filled in with the worker's own."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = {"spellcheck": False, "autocomplete": "off", "autocapitalize": "words"}
        return super().widget_attrs(widget) | attrs


class YesNoField(forms.TypedChoiceField):
    """Yes or no, asked as two radios: True, False, or None when not answered and not required."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        yes_or_no = (("yes", "Yes"), ("no", "No"))
        super().__init__(choices=yes_or_no, coerce=lambda said: said == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ("yes" if value else "no") if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _whole(text: str, *, up_to: int, digits: tuple[int, ...] = (1, 2)) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) in digits):
        return None
    return int(text) if 1 <= int(text) <= up_to else None


def _month(text: str) -> int | None:
    for number, name in enumerate(MONTHS, start=1):
        if text.lower() in (name.lower(), name[:3].lower()):
            return number
    return _whole(text, up_to=12)


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.startswith("p") else 0)
    elif minute is None:
        return None
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
