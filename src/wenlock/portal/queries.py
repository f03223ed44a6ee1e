"""The newest proof, as `wenlock prove` left it, made ready to be shown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from wenlock.notice.proof import report as reports
from wenlock.notice.published import Published
from wenlock.notice.rendering import plain
from wenlock.security import keys

STATUSES = ("green", "amber", "red")


class ProofUnreadable(Exception):
    """There is a report, but it cannot be read, or is not as the council signed it."""


@dataclass(frozen=True)
class Proved:
    """One statement's evidence. `structure`, `census` and `probe` hold rows as the report has them."""

    code: str
    text: str
    status: str
    reason: str
    structure: tuple[Mapping[str, Any], ...]
    census: tuple[Mapping[str, Any], ...]
    probe: tuple[Mapping[str, Any], ...]

    def held(self, kind: str) -> str:
        """How many of one kind of evidence are good, as "3 of 4"; "None" when there is none."""
        rows: tuple[Mapping[str, Any], ...] = getattr(self, kind)
        return f"{sum(bool(row.get('ok')) for row in rows)} of {len(rows)}" if rows else "None"


@dataclass(frozen=True)
class Report:
    """A proof of the notice. `version` is its number; `page_hash` the hash of the page it was made for."""

    version: str
    page_hash: str
    made_at: datetime | None
    statements: tuple[Proved, ...]
    signature: str
    key_id: str

    @property
    def counts(self) -> dict[str, int]:
        """How many statements have each status."""
        counted = Counter(statement.status for statement in self.statements)
        return {status: counted[status] for status in STATUSES}

    def statement(self, code: str) -> Proved | None:
        """The evidence of one statement."""
        return next((statement for statement in self.statements if statement.code == code), None)

    def misfit(self, version: Published | None) -> str:
        """Why the report does not speak of the page now shown; "" when it does."""
        if version is None:
            return "No notice is in force today, so there is nothing for this proof to be of."
        if self.version != str(version.number):
            return f"This proof is of version {self.version}, and version {version.number} is in force."
        if self.page_hash != version.page.sha256:
            return "The page as it is now shown is not the page that was proved."
        return ""


def report_file() -> Path:
    """Where the newest report is."""
    file: Path = settings.HOME.reports / "proof.json"
    return file


def latest_report() -> Report | None:
    """The newest report, or None if none has been made. Raises ProofUnreadable."""
    try:
        changed = report_file().stat().st_mtime_ns
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ProofUnreadable from error
    return _read(report_file(), changed)


@lru_cache(maxsize=2)
def _read(file: Path, changed: int) -> Report:
    try:
        told = json.loads(file.read_bytes())
        reports.check(told, trusted=_public_keys())
        said = tuple(_proved(code, row) for code, row in told["statements"].items())
        made_at = datetime.fromisoformat(told["made_at"])
        return Report(
            version=str(told["version"]),
            page_hash=str(told["page_hash"]),
            made_at=made_at if made_at.tzinfo else None,  # an instant without a zone is no instant
            statements=tuple(sorted(said, key=lambda s: _order(s.code))),
            signature=str(told.get("signature", "")),
            key_id=str(told.get("key_id", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, reports.ReportFaulty) as error:
        raise ProofUnreadable from error


def _public_keys() -> Mapping[str, keys.PublicKey]:
    """The public halves alone: a page has no business with the secret that signs."""
    return keys.read_keys(sorted((settings.HOME.seals / keys.KEYS).glob("*.pem")))


def _proved(code: str, row: Mapping[str, Any]) -> Proved:
    # A status we do not know is the worst there is: red is never hidden.
    status = row["status"] if row["status"] in STATUSES else "red"
    kinds = {
        kind: tuple(dict(one) for one in row.get(kind) or ()) for kind in ("structure", "census", "probe")
    }
    return Proved(
        code=str(code),
        text=plain(str(row["text"])),
        status=status,
        reason=str(row.get("reason") or ""),
        **kinds,
    )


def _order(code: str) -> tuple[int, str]:
    found = re.fullmatch(r"N(\d+)([a-z]*)", code)
    return (int(found[1]), found[2]) if found else (10_000, code)


def about(warnings: list[str], code: str) -> list[str]:
    """The warnings that name a statement."""
    return [warning for warning in warnings if re.search(rf"\b{re.escape(code)}\b", warning)]
