"""The line on which each key of a TOML file stands, which the standard library's reader does not tell."""

from __future__ import annotations

import tomllib

Path = tuple[str | int, ...]

_SPACE = " \t"
_BLANK = " \t\r\n"
_ENDS_BARE = ",]}#\r\n"


def locate(text: str) -> dict[Path, int]:
    """The line, from 1, of every table, key and array element of valid TOML, by its path.

    An element of an array is named by its position, and so is each table of an array of tables. A table
    headed more than once by its children keeps the line on which it was first named. On invalid TOML the
    answer is unspecified.
    """
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.found: dict[Path, int] = {}
        self.arrays: dict[Path, int] = {}  # how many tables each array of tables has so far

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self.skip_blank():
            if self.peek() == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.found

    # Small steps

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def step(self, count: int = 1) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count

    def skip(self, characters: str) -> None:
        while self.at < len(self.text) and self.text[self.at] in characters:
            self.step()

    def skip_blank(self) -> bool:
        """Pass white space and comments; say whether anything is left."""
        self.skip(_BLANK)
        while self.peek() == "#":
            self.step(self.distance("\n"))
            self.skip(_BLANK)
        return self.at < len(self.text)

    def distance(self, mark: str) -> int:
        end = self.text.find(mark, self.at)
        return (end if end >= 0 else len(self.text)) - self.at

    def note(self, path: Path, line: int) -> None:
        for length in range(1, len(path) + 1):
            self.found.setdefault(path[:length], line)

    # Tables and keys

    def header(self) -> Path:
        line = self.line
        many = self.text.startswith("[[", self.at)
        self.step(2 if many else 1)
        keys = self.keys()
        self.step(2 if many else 1)
        return self.table(keys, line, many=many)

    def table(self, keys: list[str], line: int, *, many: bool) -> Path:
        path: Path = ()
        for depth, key in enumerate(keys):
            path = (*path, key)
            last = depth == len(keys) - 1
            if last and many:
                self.arrays[path] = self.arrays.get(path, 0) + 1
            if path in self.arrays:
                self.note(path, line)
                path = (*path, self.arrays[path] - 1)
        self.note(path, line)
        return path

    def keys(self) -> list[str]:
        """A dotted key, read up to but not past what closes it."""
        keys = []
        while True:
            self.skip(_SPACE)
            keys.append(self.key())
            self.skip(_SPACE)
            if self.peek() != ".":
                return keys
            self.step()

    def key(self) -> str:
        if self.peek() in "\"'":
            return self.string()
        start = self.at
        while self.peek() not in (*_SPACE, ".", "=", "]", ""):
            self.step()
        return self.text[start : self.at]

    def pair(self, table: Path) -> None:
        line = self.line
        path = (*table, *self.keys())
        self.step()
        self.note(path, line)
        self.skip(_SPACE)
        self.value(path)

    # Values

    def value(self, path: Path) -> None:
        opening = self.peek()
        if opening in ("'", '"'):
            self.string()
        elif opening == "[":
            self.array(path)
        elif opening == "{":
            self.inline(path)
        else:
            while self.at < len(self.text) and self.peek() not in _ENDS_BARE:
                self.step()

    def array(self, path: Path) -> None:
        self.step()
        position = 0
        while self.skip_blank() and self.peek() != "]":
            if self.peek() == ",":
                self.step()
                continue
            self.note((*path, position), self.line)
            self.value((*path, position))
            position += 1
        self.step()

    def inline(self, path: Path) -> None:
        self.step()
        while self.skip_blank() and self.peek() != "}":
            if self.peek() == ",":
                self.step()
            else:
                self.pair(path)
        self.step()

    def string(self) -> str:
        """Pass a string; its text is right for keys, which is all it is used for."""
        quote = self.peek()
        if self.text.startswith(quote * 3, self.at):
            self.long_string(quote)
            return ""
        start = self.at
        self.step()
        while self.peek() not in (quote, ""):
            self.step(2 if quote == '"' and self.peek() == "\\" else 1)
        self.step()
        return _unescaped(self.text[start : self.at])

    def long_string(self, quote: str) -> None:
        self.step(3)
        while self.at < len(self.text) and not self.text.startswith(quote * 3, self.at):
            self.step(2 if quote == '"' and self.peek() == "\\" else 1)
        self.step(3)
        while self.peek() == quote:  # up to two quotes may stand just inside the closing three
            self.step()


def _unescaped(quoted: str) -> str:
    text: str = tomllib.loads(f"key = {quoted}")["key"]
    return text
