"""XML taken apart as it streams by, with nothing allowed that a plain data file does not need.

Expat is used directly, and no tree is built. A document type is refused the moment it is met, so no entity is
ever declared and nothing outside the file is ever fetched. Depth, text and the size of one tag are bounded.
"""

from abc import ABC, abstractmethod
from typing import NoReturn
from xml.parsers import expat

from .faults import MOST_FAULTS, Fault, Remarks, not_well_formed, shortened

MOST_DEPTH = 20
LONGEST_TOKEN = 1 << 20  # bytes of one tag or comment: expat holds a whole one in memory


class Stopped(Exception):
    """Reading cannot go on; the faults say why."""


class StrictXml(ABC):
    """Feed it bytes. A subclass is told of elements and text, and knows the `_path` it is at."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.remarks = Remarks()
        self._depth = self._fed = 0
        self._begun = False
        self._expat = expat.ParserCreate("UTF-8")
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._finish
        self._expat.CharacterDataHandler = self._characters
        self._expat.XmlDeclHandler = self._declaration
        self._expat.StartDoctypeDeclHandler = self._doctype
        self._expat.ProcessingInstructionHandler = self._instruction

    def feed(self, data: bytes) -> None:
        """Take the next bytes. Raises Stopped."""
        if not self._fed:
            self._must_be_utf8(data)
        self._parse(data)

    def close(self) -> None:
        """Say that there are no more bytes. Raises Stopped."""
        self._parse(b"", last=True)

    @abstractmethod
    def _begin(self, name: str) -> None:
        """An element begins."""

    @abstractmethod
    def _end(self, name: str) -> None:
        """The element that began last, and has not ended, ends."""

    @abstractmethod
    def _characters(self, data: str) -> None:
        """Text, in as many pieces as the parser likes."""

    @abstractmethod
    def _path(self, *last: str) -> str:
        """Where in the file the parser is."""

    @property
    def _line(self) -> int:
        return max(1, self._expat.CurrentLineNumber)

    def _parse(self, data: bytes, *, last: bool = False) -> None:
        try:
            self._expat.Parse(data, last)
        except expat.ExpatError as error:
            self._stop(not_well_formed(error.code, begun=self._begun), line=error.lineno)
        self._fed += len(data)
        if self._fed - self._expat.CurrentByteIndex > LONGEST_TOKEN:
            self._stop("One tag or comment here is far too long. Export the file again.")

    def _must_be_utf8(self, data: bytes) -> None:
        if data[:2] in (b"\xfe\xff", b"\xff\xfe") or b"\0" in data[:4]:
            self._stop("The file is not saved as UTF-8. Save it as UTF-8 and try again.", line=1)

    def _declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0":
            self._stop("The file must be XML version 1.0.", version)
        if encoding is not None and encoding.lower() not in ("utf-8", "utf8"):
            self._stop("The file must be saved as UTF-8, and say so or say nothing.", encoding)

    def _doctype(self, name: str, *_: object) -> None:
        self._stop("The file has a document type (DOCTYPE). The census has none. Take it out.", name)

    def _instruction(self, target: str, _data: str) -> None:
        self.remarks.add(self._line, self._path(), target, "An instruction to other programs was left aside.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._begun = True
        self._depth += 1
        if self._depth > MOST_DEPTH:
            self._stop(f"Elements lie more than {MOST_DEPTH} deep here. The census is never so deep.", name)
        if attributes:
            self._refuse_attributes(name, attributes)
        self._begin(name)

    def _finish(self, name: str) -> None:
        self._depth -= 1
        self._end(name)

    def _refuse_attributes(self, name: str, attributes: dict[str, str]) -> None:
        """Note the first attribute, unless it only declares a prefix that nothing may use."""
        for attribute in attributes:
            if attribute.startswith("xmlns:") and self._depth == 1:
                continue
            reason = "Elements of the census have no attributes. Take this one out."
            if attribute == "xmlns":
                reason = "The census has no namespace. Take the xmlns attribute out."
            self._note(reason, attribute, line=self._line, path=self._path(shortened(name)))
            return

    def _note(self, reason: str, value: str, *, line: int, path: str) -> None:
        """Note a fault, and stop when there are too many."""
        self.faults.append(Fault(max(1, line), path, shortened(value), reason))
        if len(self.faults) >= MOST_FAULTS:
            raise Stopped

    def _stop(self, reason: str, value: str = "", *, line: int | None = None) -> NoReturn:
        """Note a fault with which reading cannot go on."""
        self.faults.append(Fault(max(1, line or self._line), self._path(), shortened(value), reason))
        raise Stopped
