"""What is wrong with a census file, and what is odd about it, each with its line and a plain reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from xml.parsers.expat import errors

MOST_FAULTS = 50
MOST_REMARKS = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason the file was refused. `value` is what stood there, shortened and safe to show."""

    line: int
    path: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd that was accepted. `value` is what stood there, shortened and safe to show."""

    line: int
    path: str
    value: str
    says: str


class CensusRefused(Exception):
    """The file was not read, for the faults given, of which there is at least one.

    `cut_short` says that reading stopped before the end, so there may be more. The message names no one: it
    goes to logs, where the values of faults may not.
    """

    def __init__(self, faults: Iterable[Fault], *, cut_short: bool) -> None:
        self.faults, self.cut_short = tuple(faults), cut_short
        super().__init__(f"The census file was refused: {self.advice}")

    @property
    def advice(self) -> str:
        """One sentence for the person at the screen."""
        many = f"{len(self.faults)} faults" if len(self.faults) > 1 else "one fault"
        more = " (there may be more)" if self.cut_short else ""
        first = f"the first on line {self.faults[0].line}"
        return f"{many} found{more}, {first}. Nothing was taken from the file."


class Remarks:
    """The remarks on a file, the first thousand kept and the rest counted, so that memory is bounded."""

    def __init__(self) -> None:
        self.kept: list[Remark] = []
        self.left_off = 0

    def add(self, line: int, path: str, value: str, says: str) -> None:
        """Keep the remark, or count it."""
        if len(self.kept) < MOST_REMARKS:
            self.kept.append(Remark(line, path, shortened(value), says))
        else:
            self.left_off += 1


def shortened(value: str, longest: int = 60) -> str:
    """The value on one line, without characters that cannot be seen, and cut to `longest` characters."""
    shown = "".join(mark if mark.isprintable() else "\ufffd" for mark in value[: longest + 1])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def nearest(name: str, known: Iterable[str], misspelt: Mapping[str, str]) -> str | None:
    """The known name that was most likely meant, or None."""
    if name in misspelt:
        return misspelt[name]
    if len(name) > 60:
        return None
    by_small = {each.lower(): each for each in known}
    close = get_close_matches(name.lower(), by_small, n=1, cutoff=0.6)
    return by_small[close[0]] if close else None


_ENDS_TOO_SOON = "The file ends before it is complete. Export it again and check that all of it was copied."
_NOT_XML = "This is not an XML file. Choose the census file made for the Department for Education."
_BROKEN = "The file is not well-formed XML. Export it again from the system that made it."
_SENTENCES = {
    errors.XML_ERROR_SYNTAX: _NOT_XML,
    errors.XML_ERROR_NO_ELEMENTS: _ENDS_TOO_SOON,
    errors.XML_ERROR_UNCLOSED_TOKEN: _ENDS_TOO_SOON,
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: _ENDS_TOO_SOON,
    errors.XML_ERROR_PARTIAL_CHAR: _ENDS_TOO_SOON,
    errors.XML_ERROR_INVALID_TOKEN: (
        "There is a character here that cannot stand in the file. It may be a & or < that should be written"
        " &amp; or &lt;, or the file may not be saved as UTF-8."
    ),
    errors.XML_ERROR_TAG_MISMATCH: "An element is closed here that is not the last one opened.",
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "An attribute is given twice. The census has no attributes.",
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "There is something after the end of the message. Take it out.",
    errors.XML_ERROR_UNDEFINED_ENTITY: "The file uses an entity. The census has none, and none is looked up.",
    errors.XML_ERROR_BAD_CHAR_REF: "The file names a character that cannot stand in XML.",
    errors.XML_ERROR_MISPLACED_XML_PI: "There is something before the XML declaration. Take it out.",
}


def not_well_formed(code: int, *, begun: bool) -> str:
    """What an error code of the parser means to the person who has the file.

    A bad character before the first element (`begun` False) is most often a file of another sort.
    """
    error = errors.messages.get(code, "")
    if error == errors.XML_ERROR_INVALID_TOKEN and not begun:
        return _NOT_XML
    return _SENTENCES.get(error, _BROKEN)
