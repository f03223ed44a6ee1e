"""The report of a proof: signed, so that it can be checked by somebody who trusts only the council's key."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from wenlock.base.home import Home, replace_file
from wenlock.notice import queries
from wenlock.notice.models import Version
from wenlock.notice.proof.engine import Heard, prove
from wenlock.notice.rendering import page_hash
from wenlock.security import keys

LATEST = "proof.json"


class ReportFaulty(Exception):
    """The file is not a report this council signed, or it was altered; the sentence says which."""


def make(
    connection: psycopg.Connection[Any], *, version: Version, codes: list[str], at: datetime, home: Home, key: bytes, heard: Heard
) -> dict[str, Any]:
    """The signed report of the statements with `codes` of a version: all 96 when every one is asked for."""
    said = [(row.code, row.says) for row in queries.statements(version) if row.code in codes]
    report: dict[str, Any] = {
        "version": version.number,
        "authority": version.authority,
        "text_hash": version.sha256,
        "page_hash": page_hash(version),
        "made_at": at.isoformat(),
        "statements": prove(connection, statements=said, key=key, heard=heard),
    }
    report["signature"], report["key_id"] = keys.sign(home, canonical(report))
    return report


def canonical(report: dict[str, Any]) -> bytes:
    """The bytes that are signed: everything but the signature, in one order and spacing."""
    signed = {name: value for name, value in report.items() if name not in ("signature", "key_id")}
    return json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def keep(report: dict[str, Any], *, home: Home) -> Path:
    """Keep the report as the newest, and under its moment; the path of the latter."""
    text = json.dumps(report, indent=1, ensure_ascii=False)
    dated = home.reports / f"proof-{report['made_at'][:19].replace(':', '')}.json"
    replace_file(dated, text)
    replace_file(home.reports / LATEST, text)
    return dated


def read(path: Path) -> dict[str, Any]:
    """A report from a file. Raises ReportFaulty if it is not one."""
    try:
        report = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReportFaulty(f"{path} cannot be read as a report: {error}") from error
    if not isinstance(report, dict) or not {"statements", "signature", "key_id", "version"} <= report.keys():
        raise ReportFaulty(f"{path} is not a report of a proof.")
    return report


def read_latest(home: Home) -> dict[str, Any] | None:
    """The newest report kept, or None if none has been made."""
    path = home.reports / LATEST
    return read(path) if path.exists() else None


def check(report: dict[str, Any], *, public_key: bytes) -> None:
    """Check a report against the council's public key (32 bytes). Raises ReportFaulty."""
    if not keys.signed_by(public_key, canonical(report), report["signature"]):
        raise ReportFaulty("The report was altered after it was signed, or another key signed it.")
