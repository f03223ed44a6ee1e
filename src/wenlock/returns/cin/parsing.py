"""The elements of a census file made into records, one child at a time, with faults and remarks."""

from collections import deque
from typing import Any

from . import schema
from .census import Child, Header
from .elements import Element, Kind
from .faults import nearest, shortened
from .strictxml import StrictXml
from .values import NotOfType, value_of

MOST_ELEMENTS = 20_000  # in one child, or in the header: a child is held in memory until it ends
LONGEST_TEXT = 1000  # characters of one value
MISSPELT = {"CPPreviews": "Reviews"}  # the Standard Safeguarding Dataset's extract writes it so
SPACE = " \t\r\n"


class _Open:
    """An element that has begun and not ended. A grouping element shares the record around it."""

    __slots__ = ("counts", "element", "line", "record")

    def __init__(self, element: Element, line: int, record: dict[str, Any]) -> None:
        self.element, self.line, self.record = element, line, record
        self.counts: dict[str, int] = {}


class CensusParser(StrictXml):
    """Feed it bytes; take the header and the finished children out of it.

    Once there is a fault no more children are made ready, and the rest of the file is gone through for its
    faults.
    """

    def __init__(self) -> None:
        super().__init__()
        self.header: Header | None = None
        self.ready: deque[Child] = deque()
        self._open: list[_Open] = []
        self._skipped = self._length = self._value_line = self._elements = 0
        self._value: Element | None = None
        self._text: list[str] = []
        self._year: int | None = None
        self._told: set[str] = set()

    def _begin(self, name: str) -> None:
        if self._skipped:
            self._skipped += 1
        elif self._value is not None:
            self._skip(f"{self._value.name} holds a value, so no element can stand inside it.", name)
        elif self._open:
            self._begin_part(name)
        elif name == schema.MESSAGE.name:
            self._open.append(_Open(schema.MESSAGE, self._line, {}))
        else:
            self._stop("The file must begin with the element Message. It is not a census file.", name)

    def _begin_part(self, name: str) -> None:
        parent = self._open[-1]
        element = parent.element.inside.get(name)
        if element is None:
            self._skip(_advice_on(name, parent.element), name)
            return
        self._count(element)
        place = parent.counts[name] = parent.counts.get(name, 0) + 1
        if place > 1 and element.most == 1 and not element.spread:
            self._skip(f"{name} can stand only once in {parent.element.name}.", name)
            return
        self._remark_on_year(element)
        if element.kind is None:
            self._begin_group(element, parent)
        else:
            self._value, self._value_line, self._length = element, self._line, 0

    def _begin_group(self, element: Element, parent: _Open) -> None:
        record = {} if element.makes else parent.record
        self._open.append(_Open(element, self._line, record))
        if element.held_in and not element.makes:
            record.setdefault(element.held_in, [])  # so that an empty element is told from none

    def _count(self, element: Element) -> None:
        """Count the elements of one child, which no real child has too many of."""
        self._elements = 0 if element is schema.CHILD else self._elements + 1
        if self._elements > MOST_ELEMENTS:
            self._stop(f"There are more than {MOST_ELEMENTS} elements in one child.", element.name)

    def _characters(self, data: str) -> None:
        if self._skipped:
            return
        if self._value is not None:
            self._length += len(data)
            if self._length <= LONGEST_TEXT:
                self._text.append(data)
        elif not data.isspace():
            # Text is told of when it is over, so the line is found by going back over the breaks at its end.
            line = self._line - data[len(data.rstrip()) :].count("\n")
            self.remarks.add(line, self._path(), data.strip(), "Text between elements was left aside.")

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self._value is not None:
            text = "".join(self._text)
            self._text.clear()
            self._end_value(self._value, text)
            self._value = None
        else:
            self._end_group(self._open[-1])

    def _end_value(self, element: Element, text: str) -> None:
        """Hold the value, unless it is empty or not of its type."""
        value = text.strip(SPACE)
        if self._length > LONGEST_TEXT:
            self._fault("This is far too long for one value.", value)
            return
        if not value:
            return
        if len(value) != len(text):
            self._remark("Space around the value was left aside.", text)
        try:
            held = value_of(element.kind, value, longest=element.longest)  # type: ignore[arg-type]
        except NotOfType as wrong:
            self._fault(str(wrong), value)
        else:
            self._hold(element, held, value)

    def _hold(self, element: Element, held: Any, written: str) -> None:
        record, name = self._open[-1].record, element.held_in
        if name is None:
            if written != element.constant:
                self._remark(f"{element.name} should say {element.constant}. This was left aside.", written)
        elif element.most is None:
            record.setdefault(name, []).append(held)
        elif name in record:
            self._fault("Give the child's sex once: as Sex, or as GenderCurrent, not as both.", written)
        else:
            record[name] = held
            if element.kind is Kind.SEX and written not in schema.SEX_CODES[element.name]:
                record["sex_as_written"] = written
                self._remark(f"This is not a code of {element.name}. It is held as {held}.", written)

    def _end_group(self, ended: _Open) -> None:
        element = ended.element
        for name in element.required:
            if name not in ended.counts:
                missing = f"{name} is missing from {element.name}."
                self._note(missing, "", line=ended.line, path=self._path())
        if element is schema.MESSAGE and self.header is None and not self.faults:
            self._note("Header must come before Children.", "", line=ended.line, path=self._path())
        if element.name == "CollectionDetails":
            self._year = Header(**ended.record).census_year
        self._open.pop()
        if element.makes:
            self._deliver(element, element.makes(**_settled(ended.record), line=ended.line))

    def _deliver(self, element: Element, record: Any) -> None:
        """Give a finished record to the record around it, or to the reader."""
        around = self._open[-1]
        if element is schema.HEADER:
            self.header = None if schema.CHILDREN.name in around.counts else record
        elif element is not schema.CHILD:
            around.record.setdefault(element.held_in or "", []).append(record)
        elif self.header is not None and not self.faults:
            self.ready.append(record)

    def _remark_on_year(self, element: Element) -> None:
        """Say once that an element is not part of this year's census."""
        year = self._year
        if year is None or element.in_force(year) or element.name in self._told:
            return
        self._told.add(element.name)
        says = f"{element.name} is not part of the census of {year}. It was read all the same."
        self.remarks.add(self._line, self._path(element.name), "", says)

    def _path(self, *last: str) -> str:
        """The path to the open element, with the place of each that may repeat, and `last` after it."""
        steps: list[str] = []
        counts: dict[str, int] = {}
        for each in self._open:
            name = each.element.name
            steps.append(f"{name}[{counts[name]}]" if each.element.most is None else name)
            counts = each.counts
        return "/".join((*steps, *last))

    def _value_path(self) -> str:
        return self._path(self._value.name) if self._value else self._path()

    def _remark(self, says: str, value: str) -> None:
        self.remarks.add(self._value_line, self._value_path(), value, says)

    def _fault(self, reason: str, value: str) -> None:
        self._note(reason, value, line=self._value_line, path=self._value_path())

    def _skip(self, reason: str, name: str) -> None:
        """Note an element that cannot stand here, and pass over all that is in it."""
        self._skipped = 1
        self._note(reason, name, line=self._line, path=self._value_path() + "/" + shortened(name))


def _advice_on(name: str, parent: Element) -> str:
    """What to do about an element that its parent does not have."""
    if homes := schema.PARENTS.get(name):
        return f"{name} cannot stand in {parent.name}. It belongs in {' or '.join(homes)}."
    if ":" in name:
        return "Element names in the census have no prefix and no colon."
    meant = nearest(name, parent.inside, MISSPELT) or nearest(name, schema.PARENTS, MISSPELT)
    return "The census has no element of this name." + (f" Did you mean {meant}?" if meant else "")


def _settled(record: dict[str, Any]) -> dict[str, Any]:
    """The record's fields with lists made into tuples."""
    return {name: tuple(held) if type(held) is list else held for name, held in record.items()}
