"""Microsoft's compound files: Outlook's e-mails, and the office documents of before 2007 (MS-CFB)."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import iter_unpack, unpack
from typing import BinaryIO

from wenlock.files.sniffing.reading import at_most, exactly
from wenlock.files.sniffing.refusals import Refused

MACROS = frozenset({"_vba_project", "vba", "macros", "_vba_project_cur", "_vba_project_xl"})
OLD_OFFICE = frozenset({"worddocument", "workbook", "book", "powerpoint document", "visiodocument"})
LOCKED = frozenset({"encryptedpackage", "encryptioninfo"})
EMAIL = "__properties_version1.0"
ATTACHED = "__substg1.0_37010102"  # the bytes of an attachment
ATTACHED_NAMES = ("__substg1.0_3707001f", "__substg1.0_3704001f")
MOST_ENTRIES = 100_000
_FREE = 0xFFFFFFFA  # this and above are no sectors but marks
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in the file: what it is, where it begins, and its size in bytes."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """A compound file, opened to be looked through. Raises Refused when it does not hold together."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        head = exactly(stream, 512, at=0)
        self._stream, self._size = stream, size
        (shift,) = unpack("<H", head[30:32])
        if shift not in (9, 12):
            raise Refused("damaged")
        self._sector = 1 << shift
        directory, self._cutoff, small_table = unpack("<I4xII", head[48:64])
        self._table = self._allocation(head)
        self.entries = self._entries(directory)
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        self._small = self._chain(root.start) if root else b""
        self._small_table = _numbers(self._chain(small_table)) if small_table < _FREE else []

    @property
    def names(self) -> frozenset[str]:
        """Every name in it, at any depth, in small letters."""
        return frozenset(entry.name for entry in self.entries)

    def streams(self, *names: str) -> Iterator[bytes]:
        """The content of every stream so named."""
        for entry in self.entries:
            if entry.kind == _STREAM and entry.name in names:
                yield self._content(entry)

    def _content(self, entry: Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        places = _follow(self._small_table, entry.start)
        return b"".join(self._small[place * 64 : place * 64 + 64] for place in places)[: entry.size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._read(place) for place in _follow(self._table, start))

    def _read(self, place: int) -> bytes:
        return at_most(self._stream, self._sector, at=(place + 1) * self._sector)

    def _allocation(self, head: bytes) -> list[int]:
        """Which sector follows which, gathered from the sectors that say so."""
        places = [place for place in _numbers(head[76:512]) if place < _FREE]
        further, seen = unpack("<I", head[68:72])[0], set()
        while further < _FREE:
            if further in seen:
                raise Refused("damaged")
            seen.add(further)
            *more, further = _numbers(exactly(self._stream, self._sector, at=(further + 1) * self._sector))
            places += [place for place in more if place < _FREE]
        if len(places) * self._sector > self._size:
            raise Refused("damaged")
        return [number for place in places for number in _numbers(self._read(place))]

    def _entries(self, start: int) -> list[Entry]:
        raw = self._chain(start)
        if len(raw) // 128 > MOST_ENTRIES:
            raise Refused("damaged")
        found = []
        for at in range(0, len(raw) - 127, 128):
            length, kind = unpack("<HB", raw[at + 64 : at + 67])
            begins, size = unpack("<II", raw[at + 116 : at + 124])
            name = raw[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind:
                found.append(Entry(name.lower(), kind, begins, size))
        return found


def kind_of(compound: Compound) -> str:
    """The code of the format. Raises Refused for any but an e-mail without macros."""
    names = compound.names
    if names & MACROS:
        raise Refused("macros")
    if names & LOCKED:
        raise Refused("password")
    if EMAIL in names:
        return "msg"
    raise Refused("old-office" if names & OLD_OFFICE else "unknown")


def _follow(table: list[int], start: int) -> Iterator[int]:
    """The sectors of a chain in order. Raises Refused for one that turns back on itself."""
    at, steps = start, 0
    while at < _FREE:
        if at >= len(table) or steps > len(table):
            raise Refused("damaged")
        yield at
        at, steps = table[at], steps + 1


def _numbers(raw: bytes) -> list[int]:
    return [number for (number,) in iter_unpack("<I", raw[: len(raw) // 4 * 4])]
