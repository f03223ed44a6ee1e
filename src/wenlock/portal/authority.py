"""Who the council is, from its folder: enough for a page when there is no database to ask."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


def authority() -> Mapping[str, Any]:
    """The table [authority] of authority.toml; empty if it cannot be read, so that a page still stands."""
    found = authority_file().get("authority")
    return found if isinstance(found, dict) else {}


def authority_file() -> Mapping[str, Any]:
    """The whole of authority.toml; empty if it cannot be read."""
    return _read(Path(settings.AUTHORITIES) / settings.AUTHORITY / "authority.toml")


@lru_cache(maxsize=8)
def _read(file: Path) -> Mapping[str, Any]:
    try:
        return dict(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
