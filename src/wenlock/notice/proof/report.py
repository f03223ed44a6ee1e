"""The report of a proof: signed, so that it can be checked by somebody who trusts only the council's key."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    connection: psycopg.Connection[Any],
    *,
    version: Version,
    codes: list[str],
    at: datetime,
    home: Home,
    key: bytes,
    heard: Heard,
) -> dict[str, Any]:
    """The signed report of the statements with `codes` of a version: all 96 when every one is asked for."""
    # By number: the notice itself names IP addresses (N90) before it explains cookies (N87).
    asked = [row for row in queries.statements(version) if row.code in codes]
    said = [(row.code, row.says) for row in sorted(asked, key=lambda row: int(row.code[1:]))]
    report: dict[str, Any] = {
        "version": version.number,
        "authority": version.authority,
        "text_hash": version.sha256,
        "page_hash": page_hash(version),
        "made_at": at.isoformat(),
        "statements": prove(connection, statements=said, key=key, heard=heard),
    }
    signing = keys.sealing_key(home)
    return report | {"signature": signing.sign(canonical(report)).hex(), "key_id": signing.public.key_id}


def canonical(report: dict[str, Any]) -> bytes:
    """The bytes that are signed: everything but the signature, in one order and spacing."""
    signed = {name: value for name, value in report.items() if name not in ("signature", "key_id")}
    # The prefix keeps a signature over a report from ever passing for one over a seal of the audit trail.
    return (
        b"wenlock proof\x00"
        + json.dumps(signed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )


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


def check(report: dict[str, Any], *, trusted: Mapping[str, keys.PublicKey]) -> None:
    """Check a report against the council's public keys, by key id. Raises ReportFaulty. Needs no database."""
    key = trusted.get(report["key_id"])
    if key is None:
        raise ReportFaulty(
            f"The report was signed with key {report['key_id'][:16]}…, which is not one of this council's."
        )
    if not key.signed(canonical(report), _signature(report)):
        raise ReportFaulty("The report was altered after it was signed.")


def _signature(report: dict[str, Any]) -> bytes:
    try:
        return bytes.fromhex(report["signature"])
    except ValueError as error:
        raise ReportFaulty("The report's signature is not a signature.") from error
