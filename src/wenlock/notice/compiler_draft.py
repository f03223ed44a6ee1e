"""A notice as it is being compiled: what was read, where it stands, and the faults and warnings so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wenlock.notice.compiler_tables import File
from wenlock.notice.declared import Notice
from wenlock.notice.faults import Fault, Warn

Check = Callable[["Draft"], None]


@dataclass(kw_only=True)
class Draft:
    """The draft. `on` is the day it is compiled for; `file` is notice.toml; `authority` is authority.toml;
    `terms` the codes in retention.toml, or None if there is no such file."""

    notice: Notice
    file: File
    authority: File
    on: date
    terms: frozenset[str] | None
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)

    def declared(self, kind: str) -> tuple[str, ...]:
        """Every code headed under a kind, even one whose table could not be read."""
        return tuple(self.file.table(kind))

    def find(self, kind: str, code: str | None) -> Any | None:
        """The declaration, or None if there is none that could be read."""
        return next((item for item in self.notice.all(kind) if item.code == code), None)

    def fault(self, kind: str, item: str, *key: str | int, code: str, says: str, do: str) -> None:
        """Report a fault at a key of one declaration."""
        path = (kind, item, *key)
        self.faults.append(
            Fault(place=self.file.place(path), code=code, about=_named(kind, item), says=says, do=do)
        )

    def warn(self, kind: str, item: str, *key: str | int, code: str, says: str, do: str) -> None:
        """Report something a person should act on, at a key of one declaration."""
        path = tuple(part for part in (kind, item, *key) if part != "")
        self.warnings.append(
            Warn(place=self.file.place(path), code=code, about=_named(kind, item), says=says, do=do)
        )


def _named(kind: str, item: str) -> str:
    if kind == "statement":
        return item
    return f"{kind}.{item}" if item else kind
