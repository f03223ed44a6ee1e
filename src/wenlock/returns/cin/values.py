"""The text of an element, as the value it stands for; and a value, as the text that stands for it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from .codes import SEX_HELD_AS
from .elements import Kind

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATETIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_YEAR = re.compile(r"[1-9][0-9]{3}")
_CODE = re.compile(r"[A-Za-z0-9]+")
_INTEGER = re.compile(r"[0-9]+")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class NotOfType(ValueError):
    """The text is not of its element's type. Its words say what to do."""


def value_of(kind: Kind, text: str, *, longest: int) -> Any:
    """The value the text stands for.

    `text` has no space around it and is not empty; `longest` is the most characters a code, text or number
    may have.
    Raises NotOfType. A code in no code set is a value like any other.
    """
    return _READERS[kind](text, longest)


def text_of(kind: Kind, value: Any) -> str:
    """The text that stands for the value: flags as 1 and 0, which every known reader of the census
    understands."""
    if kind is Kind.FLAG:
        return "1" if value else "0"
    if kind is Kind.DATETIME:
        return _instant(value)
    return value.isoformat() if kind is Kind.DATE else str(value)


def _instant(value: datetime) -> str:
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if value.utcoffset() == timedelta(0) else text


def _date(text: str, _: int) -> date:
    if not _DATE.fullmatch(text):
        raise NotOfType("This is not a date. Write it as YYYY-MM-DD, for example 2026-03-31.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotOfType("There is no such day in the calendar. Check the day and the month.") from None


def _datetime(text: str, _: int) -> datetime:
    try:
        if _DATETIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise NotOfType("This is not a date and time. Write it as YYYY-MM-DDThh:mm:ss.")


def _flag(text: str, _: int) -> bool:
    if text not in _FLAGS:
        raise NotOfType("This must be true or false, or 1 or 0, in small letters.")
    return _FLAGS[text]


def _code(text: str, longest: int) -> str:
    if not _CODE.fullmatch(text):
        raise NotOfType("A code has only the letters A to Z and the digits 0 to 9.")
    if len(text) > longest:
        raise NotOfType(f"This code is too long: {longest} letters and digits at most.")
    return text


def _sex(text: str, longest: int) -> str:
    code = _code(text, longest)
    return SEX_HELD_AS.get(code, code)


def _text(text: str, longest: int) -> str:
    if not text.isprintable():
        raise NotOfType("This has a line break or another character that cannot be seen. Take it out.")
    if len(text) > longest:
        raise NotOfType(f"This is too long: {longest} characters at most.")
    return text


def _integer(text: str, longest: int) -> int:
    if not _INTEGER.fullmatch(text) or len(text) > longest:
        raise NotOfType("This must be a whole number, 0 or more, in digits.")
    return int(text)


def _year(text: str, _: int) -> int:
    if not _YEAR.fullmatch(text):
        raise NotOfType("A year is four digits, for example 2026.")
    return int(text)


_READERS: dict[Kind, Callable[[str, int], Any]] = {
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.FLAG: _flag,
    Kind.CODE: _code,
    Kind.SEX: _sex,
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.YEAR: _year,
}
