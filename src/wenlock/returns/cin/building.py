"""The census file of a year, written to a private file and told of before it goes anywhere."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO, cast
from xml.parsers import expat

from django.db.backends.base.base import BaseDatabaseWrapper

from wenlock.returns.cin.assembling import Assembly, OutOfRule
from wenlock.returns.cin.census import Header
from wenlock.returns.cin.selecting import Year, select
from wenlock.returns.cin.writing import Respelling, write_census


@dataclass(frozen=True, slots=True)
class Built:
    """A census written to `path` and nowhere else: its hash, what is in it, and what to know about it.

    `fields` are the elements the file has, read back out of the file itself, so that the door is told what
    would leave and not what should.
    """

    path: Path
    sha256: str
    fields: tuple[str, ...]
    children: int
    respellings: tuple[Respelling, ...]
    out_of_rule: tuple[OutOfRule, ...]


def build(*, stream: IO[bytes], header: Header, year: int, connection: BaseDatabaseWrapper) -> Built:
    """Write the census that ends in `year` to `stream`, a named file that nobody else can read.

    `connection` is in a transaction, as the returns role, for statutory returns. Children are read and
    written some at a time. Raises CensusUnwritable.
    """
    assembly = Assembly(Year(year))
    children = assembly.made(select(assembly.year, connection=connection))
    respellings = write_census(cast(BinaryIO, stream), header=header, children=children, year=year)
    stream.flush()
    os.fsync(stream.fileno())
    path = Path(stream.name)
    return Built(
        path=path,
        sha256=hash_of(path),
        fields=tuple(sorted(elements_of(path))),
        children=assembly.children,
        respellings=tuple(respellings),
        out_of_rule=tuple(assembly.out_of_rule),
    )


@contextmanager
def private_file(beside: Path) -> Iterator[IO[bytes]]:
    """A new file beside another that only this account can read; gone at the end unless it was moved."""
    with NamedTemporaryFile(
        dir=beside.parent, prefix=f".{beside.name}.", suffix=".part", delete=False
    ) as stream:
        path = Path(stream.name)
        try:
            yield stream
        finally:
            path.unlink(missing_ok=True)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def elements_of(path: Path) -> set[str]:
    """The elements of a census file that hold a value, each by its path from Header or Child."""
    found: set[str] = set()
    steps: list[str] = []
    holds: list[bool] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name not in ("Message", "Children"):
            steps.append(name)
        holds.append(False)

    def characters(text: str) -> None:
        holds[-1] = holds[-1] or not text.isspace()

    def end(name: str) -> None:
        if holds.pop():
            found.add("/".join(steps))
        if name not in ("Message", "Children"):
            steps.pop()

    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    with path.open("rb") as stream:
        parser.ParseFile(stream)
    return found
