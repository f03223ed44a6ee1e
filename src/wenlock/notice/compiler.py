"""Compiling an authority's folder into a notice that the database can hold and enforce.

Every fault is collected before any is raised, so that one reading of the list is enough to put the file
right.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from wenlock.notice import (
    compiler_checks,
    compiler_law_checks,
    compiler_page_checks,
    compiler_sharing_checks,
    compiler_warnings,
)
from wenlock.notice.compiler_draft import Draft
from wenlock.notice.compiler_tables import File, read
from wenlock.notice.compiler_telling import TELLINGS
from wenlock.notice.declared import KINDS, Controller, Edition, Notice
from wenlock.notice.faults import Fault, NoticeFaulty, Warn

__all__ = ["Compiled", "Fault", "NoticeFaulty", "Warn", "canonical", "compile_notice", "digest"]


CHECKS = (
    *compiler_page_checks.CHECKS,
    *compiler_checks.CHECKS,
    *compiler_law_checks.CHECKS,
    *compiler_sharing_checks.CHECKS,
)


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """A notice without faults. Fields: notice, warnings (in the order of the file's lines)."""

    notice: Notice
    warnings: tuple[Warn, ...]

    @property
    def sha256(self) -> str:
        """The digest of the canonical notice, in hexadecimal."""
        return digest(self.notice)


def compile_notice(folder: Path, *, on: date) -> Compiled:
    """The notice in an authority's folder, as it would stand on the day, with what a person should look at.

    Reads authority.toml, notice.toml and, if it is there, retention.toml. The same files and day give the
    same answer. Raises NoticeFaulty with every fault found.
    """
    faults: list[Fault] = []
    authority = File(folder, "authority.toml", faults.append)
    file = File(folder, "notice.toml", faults.append)
    terms = _terms(folder, faults)
    notice = _notice(folder.name, authority, file)
    if notice is None:
        raise NoticeFaulty(faults)
    draft = Draft(notice=notice, file=file, authority=authority, on=on, terms=terms, faults=faults)
    draft.notice = replace(notice, statements=compiler_checks.with_bindings(draft))
    for check in CHECKS:
        check(draft)
    if faults:
        raise NoticeFaulty(faults)
    for check in compiler_warnings.CHECKS:
        check(draft)
    return Compiled(
        notice=draft.notice, warnings=tuple(sorted(draft.warnings, key=lambda w: (w.place, w.code)))
    )


def _terms(folder: Path, faults: list[Fault]) -> frozenset[str] | None:
    if not (folder / "retention.toml").exists():
        return None
    file = File(folder, "retention.toml", faults.append)
    return None if file.data is None else frozenset(file.table("term"))


def _notice(code: str, authority: File, file: File) -> Notice | None:
    """What could be read, with faults reported; None if notice.toml could not be read at all."""
    # Whom to call and who else can help are the public pages', how often a partner may call is the partners', and a local
    # time limit is a clock's: none is part of the notice.
    authority.only(("authority", "telephone", "independent", "clock-setting", "partners"))
    file.only(("notice", "tells", *KINDS))
    controller = _head(authority, "authority", Controller, code=code)
    edition = _head(file, "notice", Edition)
    if file.data is None:
        return None
    declared = {name: tuple(_declared(file, kind, made_of)) for kind, (name, made_of) in KINDS.items()}
    tells = _tells(file)
    return Notice(controller=controller or _UNREAD, edition=edition or _UNDATED, tells=tells, **declared)


def _head(file: File, key: str, made_of: type, **known: Any) -> Any | None:
    if file.data is None:
        return None
    if key not in file.data:
        file.fault((), f"missing-{key}", key, f"[{key}] is missing.", f"Begin the file with [{key}].")
        return None
    return read(file, (key,), made_of, **known)


def _declared(file: File, kind: str, made_of: type) -> Iterable[Any]:
    for code in file.table(kind):
        item = read(file, (kind, code), made_of, code=code)
        if item is not None:
            yield item


def _tells(file: File) -> tuple[tuple[str, tuple[str, ...]], ...]:
    told = []
    known = tuple(item.code for item in TELLINGS)
    for code, statements in file.table("tells").items():
        if code not in known:
            file.unknown(("tells", code), "tells", known)
        elif not isinstance(statements, list) or not all(s in file.table("statement") for s in statements):
            file.fault(
                ("tells", code),
                "dangling",
                f"tells.{code}",
                "It should list statements that are said.",
                'Write it as ["N2", "N3"], or [] if the notice does not say it.',
            )
        else:
            told.append((code, tuple(statements)))
    return tuple(told)


# Stand-ins, so that the rest is checked when the head of a file is refused. None is ever returned.
_UNREAD = Controller(code="", name="", short_name="", dfe_number="", area="", tier="unitary", languages=())
_UNDATED = Edition(edition="", since=date.min, owner="")


def canonical(notice: Notice) -> bytes:
    """The notice as bytes that are the same on any machine: JSON in UTF-8, keys sorted, no white space."""
    plain = json.dumps(_plain(notice), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return plain.encode("utf-8")


def digest(notice: Notice) -> str:
    """The SHA-256 of the canonical notice, in hexadecimal."""
    return sha256(canonical(notice)).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
