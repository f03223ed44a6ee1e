"""A census written as the file the Department takes, in the elements and spellings of its year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from . import schema
from .census import Child, Header
from .codes import SEX_AS_GENDER_CURRENT, SEX_RETIRED
from .elements import Element, Kind
from .values import NotOfType, text_of, value_of


@dataclass(frozen=True, slots=True)
class Respelling:
    """A value that does not stand in the file as it is held. `written` None: the year has no such element."""

    child_id: str | None
    element: str
    held: str
    written: str | None


class CensusUnwritable(ValueError):
    """A value cannot stand in a census file. Names the child and the element; the value is not repeated."""

    def __init__(self, child_id: str | None, element: str, reason: str) -> None:
        self.child_id, self.element, self.reason = child_id, element, reason
        super().__init__(f"{element} of the child {child_id or 'without a number'} cannot be sent. {reason}")


def write_census(
    stream: BinaryIO, *, header: Header, children: Iterable[Child], year: int
) -> list[Respelling]:
    """Write the file, and give the values that could not be written as they are held.

    `year` is the year in which the census ends: it decides GenderCurrent or Sex, and which elements there
    are. The bytes depend on the arguments alone. What is written, `reading` reads; a value it would refuse is
    not written.
    Raises CensusUnwritable, after which what was written is of no use.
    Source: children in need census specification, `schema`.
    """
    writer = _Writer(year)
    _send(stream, ['<?xml version="1.0" encoding="UTF-8"?>', f"<{schema.MESSAGE.name}>"])
    _send(stream, writer.group(schema.HEADER, header, "  "))
    _send(stream, [f"  <{schema.CHILDREN.name}>"])
    for child in children:
        writer.child_id = child.child_id
        _send(stream, writer.group(schema.CHILD, child, "    "))
    _send(stream, [f"  </{schema.CHILDREN.name}>", f"</{schema.MESSAGE.name}>"])
    return writer.respellings


def _send(stream: BinaryIO, lines: Iterable[str]) -> None:
    stream.write("".join(f"{line}\n" for line in lines).encode())


class _Writer:
    """Turns records into lines, in the order of the schema."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.child_id: str | None = None
        self.respellings: list[Respelling] = []

    def group(self, element: Element, record: Any, indent: str) -> list[str]:
        """The lines of one container and all in it; none when it would say nothing and need not be there."""
        lines = [line for part in element.parts for line in self._part(part, element, record, indent + "  ")]
        if lines:
            return [f"{indent}<{element.name}>", *lines, f"{indent}</{element.name}>"]
        stands_empty = element.makes or element.least
        if stands_empty or (element.held_in and getattr(record, element.held_in) is not None):
            return [f"{indent}<{element.name}/>"]
        return []

    def _part(self, part: Element, parent: Element, record: Any, indent: str) -> Iterator[str]:
        if not part.in_force(self.year):
            self._leave_out(part, parent, record)
        elif part.makes:
            for each in getattr(record, part.held_in or ""):
                yield from self.group(part, each, indent)
        elif part.kind is None:
            yield from self.group(part, record, indent)
        else:
            for text in self._texts(part, part.kind, record):
                yield f"{indent}<{part.name}>{escape(text)}</{part.name}>"

    def _leave_out(self, part: Element, parent: Element, record: Any) -> None:
        """Note what the year has no element for. Sex and GenderCurrent stand in for one another."""
        field = part.held_in
        held = getattr(record, field) if field else None
        spelt_otherwise = any(other.held_in == field and other.in_force(self.year) for other in parent.parts)
        if held in (None, ()) or spelt_otherwise:
            return
        for each in held if isinstance(held, tuple) else (held,):
            says = text_of(part.kind, each) if part.kind else part.name
            self.respellings.append(Respelling(self.child_id, part.name, says, None))

    def _texts(self, part: Element, kind: Kind, record: Any) -> Iterator[str]:
        if part.held_in is None:
            yield part.constant or ""
            return
        held = getattr(record, part.held_in)
        for value in (held or ()) if part.most is None else (held,):
            if value is not None:
                yield from self._text(part, kind, value)

    def _text(self, part: Element, kind: Kind, value: Any) -> Iterator[str]:
        """The value's text, if there is any, proved to be readable; noted if it reads otherwise."""
        text = _in_sex_of(part, text_of(kind, value)).strip()
        try:
            read = value_of(kind, text, longest=part.longest) if text else None
        except NotOfType as wrong:
            raise CensusUnwritable(self.child_id, part.name, str(wrong)) from None
        if read != value:
            self.respellings.append(Respelling(self.child_id, part.name, str(value), text or None))
        if text:
            yield text


def _in_sex_of(part: Element, text: str) -> str:
    """The text, or how the element spells it if it is of sex."""
    if part.kind is not Kind.SEX:
        return text
    return (SEX_AS_GENDER_CURRENT if part.name == "GenderCurrent" else SEX_RETIRED).get(text, text)
