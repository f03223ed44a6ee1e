"""Reading an authority's TOML into declarations, noting every line and collecting every fault."""

from __future__ import annotations

import re
import tomllib
import types
import typing
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, fields
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from wenlock.notice.compiler_lines import Path as KeyPath
from wenlock.notice.compiler_lines import locate
from wenlock.notice.faults import Fault, Place

_PRICE = re.compile(
    r"(^|_)(price|prices|fee|fees|charge|charges|cost|costs|payment|consideration|rent|sale)(_|$)"
)
_ERROR_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER = re.compile(r"^\s*\[([^\[\]]+)\]\s*(#.*)?$")
_EXPECTED = {
    str: "words in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2026-11-01",
}

Report = Callable[[Fault], None]


class File:
    """One TOML file of the folder. `data` is None when it is missing or cannot be read as TOML."""

    def __init__(self, folder: Path, name: str, report: Report) -> None:
        self.name = name
        self.report = report
        self.data: dict[str, Any] | None = None
        self.lines: dict[KeyPath, int] = {}
        try:
            text = (folder / name).read_bytes().decode("utf-8").replace("\r\n", "\n")
            self.data = tomllib.loads(text)
            self.lines = locate(text)
        except FileNotFoundError:
            self.fault((), "missing-file", name, "The file is not there.", f"Write {name} in {folder.name}.")
        except UnicodeDecodeError:
            self.fault((), "encoding", name, "The file is not in UTF-8.", "Save it again as UTF-8.")
        except tomllib.TOMLDecodeError as error:
            self._unreadable(text, str(error))

    def _unreadable(self, text: str, message: str) -> None:
        twice = list(_headed_twice(text))
        for line, header in twice:
            self.report(
                Fault(
                    place=Place(file=self.name, line=line),
                    code="duplicate",
                    about=header,
                    says="It is declared twice.",
                    do="Keep one of the two.",
                )
            )
        at = _ERROR_LINE.search(message)
        line = int(at[1]) if at else text.count("\n") + 1
        if not (twice and "Cannot declare" in message):
            self.report(
                Fault(
                    place=Place(file=self.name, line=line),
                    code="syntax",
                    about=self.name,
                    says=f"The file cannot be read: {_ERROR_LINE.sub('', message).strip()}.",
                    do="Put that line right; nothing else in the file could be checked.",
                )
            )

    def place(self, path: KeyPath) -> Place:
        """The place of a key, or of the nearest thing above it that is written down."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(file=self.name, line=self.lines.get(path, 1))

    def fault(self, path: KeyPath, code: str, about: str, says: str, do: str) -> None:
        """Report a fault at a key."""
        self.report(Fault(place=self.place(path), code=code, about=about, says=says, do=do))

    def table(self, key: str) -> dict[str, Any]:
        """A top-level table, empty if it is missing or is no table."""
        found = (self.data or {}).get(key, {})
        if isinstance(found, dict):
            return found
        self.fault((key,), "wrong-type", key, "It should be a table.", f"Write it under [{key}].")
        return {}

    def only(self, known: tuple[str, ...]) -> None:
        """Report every top-level key not known."""
        for key in self.data or {}:
            if key not in known:
                self.unknown((key,), self.name, known)

    def unknown(self, path: KeyPath, about: str, known: tuple[str, ...]) -> None:
        """Report a key that means nothing here."""
        key = str(path[-1])
        if _PRICE.search(key):
            self.fault(
                path,
                "price",
                about,
                f"“{key}” would put a price on information, which is never sold or rented.",
                "Take it out: no disclosure may carry a price (N68).",
            )
            return
        near = get_close_matches(key, known, n=1)
        do = f"Did you mean “{near[0]}”?" if near else f"Take it out, or use one of: {', '.join(known)}."
        self.fault(path, "unknown-key", about, f"“{key}” means nothing here.", do)


def _headed_twice(text: str) -> Iterator[tuple[int, str]]:
    seen = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            name = header[1].strip()
            if name in seen:
                yield number, name
            seen.add(name)


def read(file: File, path: KeyPath, made_of: type, **known: Any) -> Any | None:
    """A declaration of class `made_of` from the table at `path`, or None after reporting why not.

    `known` gives fields that the file does not hold, such as the code in the table's own heading.
    """
    table: Any = file.data
    for key in path:
        table = table[key]
    about = ".".join(str(key) for key in path)
    if not isinstance(table, dict):
        file.fault(path, "wrong-type", about, "It should be a table.", f"Write it under [{about}].")
        return None
    reading = _Reading(file, path, about, table)
    hints = typing.get_type_hints(made_of)
    wanted = [f for f in fields(made_of) if f.name not in known]
    values = {f.name: reading.value(f, hints[f.name]) for f in wanted}
    reading.leftovers({f.name.rstrip("_") for f in wanted})
    return None if reading.failed else made_of(**known, **values)


class _Reading:
    """The reading of one table."""

    def __init__(self, file: File, path: KeyPath, about: str, table: Mapping[str, Any]) -> None:
        self.file, self.path, self.about, self.table = file, path, about, table
        self.failed = False

    def fault(self, key: KeyPath, code: str, says: str, do: str) -> None:
        self.failed = True
        self.file.fault((*self.path, *key), code, self.about, says, do)

    def value(self, wanted: Field[Any], hint: Any) -> Any:
        key = wanted.name.rstrip("_")
        given = self.table.get(key)
        if given is None:
            if wanted.metadata.get("needed"):
                self.fault((), f"missing-{key}", f"“{key}” is missing.", f"Add {key} = …")
            return None if wanted.metadata.get("needed") else wanted.default
        value = self.typed(key, given, hint)
        if wanted.metadata.get("needed") and value in ("", ()) and not self.failed:
            self.fault((key,), f"empty-{key}", f"“{key}” is empty.", "Fill it in.")
        self.allowed(key, value, wanted.metadata.get("one_of", ()))
        return value

    def typed(self, key: str, given: Any, hint: Any) -> Any:
        if typing.get_origin(hint) in (types.UnionType, typing.Union):
            hint = next(kind for kind in typing.get_args(hint) if kind is not type(None))
        if typing.get_origin(hint) is tuple:
            pairs = typing.get_origin(typing.get_args(hint)[0]) is tuple
            return self.pairs(key, given) if pairs else self.several(key, given)
        if type(given) is not hint or isinstance(given, datetime):
            self.fault((key,), "wrong-type", f"“{key}” should be {_EXPECTED[hint]}.", "Write it so.")
            return None
        return tidy(given) if hint is str else given

    def several(self, key: str, given: Any) -> tuple[str, ...]:
        if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
            self.fault(
                (key,), "wrong-type", f"“{key}” should be a list of words in quotes.", f'Write {key} = ["…"].'
            )
            return ()
        for position, item in enumerate(given):
            if item in given[:position]:
                self.fault(
                    (key, position),
                    "duplicate",
                    f"“{item}” is listed twice in “{key}”.",
                    "Keep one of the two.",
                )
        return tuple(tidy(item) for item in given)

    def pairs(self, key: str, given: Any) -> tuple[tuple[str, str], ...]:
        if not isinstance(given, dict) or not all(isinstance(item, str) for item in given.values()):
            self.fault(
                (key,),
                "wrong-type",
                f"“{key}” should be a table of words in quotes.",
                f"Write it under [{self.about}.{key}].",
            )
            return ()
        return tuple((name, tidy(words)) for name, words in given.items())

    def allowed(self, key: str, value: Any, words: tuple[str, ...]) -> None:
        if isinstance(value, tuple):
            for item in value:
                self.allowed(key, item, words)
        if not words or not isinstance(value, str) or value in words:
            return
        near = get_close_matches(value, words, n=1)
        do = f"Did you mean “{near[0]}”?" if near else f"Use one of: {', '.join(words)}."
        self.fault((key,), "not-allowed", f"“{value}” is no {key} that can be used.", do)

    def leftovers(self, known: set[str]) -> None:
        for key in self.table:
            if key not in known:
                self.failed = True
                self.file.unknown((*self.path, key), self.about, tuple(sorted(known)))


def tidy(words: str) -> str:
    """The words in one Unicode form, with no stray white space, so that the same text has the same hash
    anywhere."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", words).strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
