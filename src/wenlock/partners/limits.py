"""How often a key may call: declared, with dates, in the authority's folder."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Rate:
    """`calls` by one key in each stretch of `seconds`, from the day `since`."""

    calls: int
    seconds: int
    since: date

    def began(self, at: datetime) -> datetime:
        """When the stretch began that an aware instant is in. Every process gives the same."""
        return datetime.fromtimestamp(int(at.timestamp()) // self.seconds * self.seconds, tz=UTC)

    def wait(self, at: datetime) -> int:
        """Whole seconds from an instant to the next stretch: 1 at least."""
        return max(1, int((self.began(at) + timedelta(seconds=self.seconds) - at).total_seconds()))


# A surgery or a school sends a few a day; a county's police force, some hundreds. An authority may declare its own.
USUAL = Rate(calls=120, seconds=60, since=date(2026, 11, 1))


def rate(*, on: date) -> Rate:
    """The rate in force on a day: the newest that the authority declares under [[partners.rate]], else `USUAL`."""
    file = Path(settings.AUTHORITIES) / settings.AUTHORITY / "authority.toml"
    begun = [each for each in _declared(file) if each.since <= on]
    return max(begun, key=lambda each: each.since, default=USUAL)


@lru_cache(maxsize=8)
def _declared(file: Path) -> tuple[Rate, ...]:
    try:
        rows = tomllib.loads(file.read_text(encoding="utf-8")).get("partners", {}).get("rate", [])
        return tuple(_rate(row) for row in rows)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError):
        return ()  # a file that cannot be read shuts no partner out: the usual rate stands


def _rate(row: Mapping[str, Any]) -> Rate:
    return Rate(calls=max(1, int(row["calls"])), seconds=max(1, int(row["seconds"])), since=row["since"])
