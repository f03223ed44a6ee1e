"""A published notice, read back from the bytes it was published as."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from wenlock.notice.declared import KINDS, Controller, Edition, Notice


def notice_of(canonical: bytes) -> Notice:
    """The notice that `compiler.canonical` wrote down.

    A field that a later release added takes its default, and one that a later release dropped is passed
    over, so that an old version can always be read. Raises ValueError if the bytes are no notice.
    """
    told = json.loads(canonical)
    if not isinstance(told, dict) or "controller" not in told or "edition" not in told:
        raise ValueError("These bytes are no notice.")
    declared = {
        name: tuple(_item(made_of, row) for row in told.get(name, ())) for name, made_of in KINDS.values()
    }
    return Notice(
        controller=_item(Controller, told["controller"]),
        edition=_item(Edition, told["edition"]),
        tells=_value(told.get("tells", []), None),
        **declared,
    )


def _item(made_of: type, row: Mapping[str, Any]) -> Any:
    hints = _hints(made_of)
    return made_of(**{f.name: _value(row[f.name], hints[f.name]) for f in fields(made_of) if f.name in row})


@cache
def _hints(made_of: type) -> dict[str, Any]:
    return get_type_hints(made_of)


def _value(value: Any, hint: Any) -> Any:
    if isinstance(value, list):
        return tuple(_value(item, None) for item in value)
    if isinstance(value, str) and (hint is date or date in get_args(hint)):
        return date.fromisoformat(value)
    return value
