"""What Outlook packs into winmail.dat: the files that were attached, and the words where they are plain.

Spec: MS-OXTNEF 2.1. The form is closed and small, and what libraries there are that read it are not kept up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import error as StructError
from struct import unpack_from

MAGIC = b"\x78\x9f\x3e\x22"
MOST = 500  # files in one
_BODY, _MESSAGE = 0x0002800C, 0x00069003
_BEGINS, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_WORDS, _LONG_NAME = 0x1000, 0x3707  # MAPI: PidTagBody, PidTagAttachLongFilename
_WIDE = 0x1F
_VARIABLE = frozenset({0x1E, _WIDE, 0x0D, 0x0102})
_FIXED = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}


class NotOpened(Exception):
    """It is not whole, or not what it says."""


@dataclass
class Packed:
    """A file in it: its name as it was given, and its bytes."""

    name: str = ""
    content: bytes = b""


def unpacked(content: bytes) -> tuple[str, list[Packed]]:
    """The words, "" where they are not plain, and the files. Raises NotOpened for what does not hold together."""
    words, files = "", list[Packed]()
    try:
        for attribute, value in _attributes(content):
            if attribute == _BODY:
                words = words or _narrow(value)
            elif attribute == _MESSAGE:
                words = _property(value, _WORDS) or words
            elif attribute == _BEGINS:
                files.append(Packed())
            elif files:
                _add(files[-1], attribute, value)
    except (StructError, IndexError) as error:
        raise NotOpened("It was cut short.") from error
    if len(files) > MOST:
        raise NotOpened("It holds too many files.")
    return words, files


def _add(file: Packed, attribute: int, value: bytes) -> None:
    if attribute == _TITLE:
        file.name = file.name or _narrow(value)
    elif attribute == _DATA:
        file.content = value
    elif attribute == _PROPERTIES:
        file.name = _property(value, _LONG_NAME) or file.name


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each attribute's code and value: a level, the code, a length, the value, and a sum of its bytes."""
    if not content.startswith(MAGIC):
        raise NotOpened("It does not begin as one does.")
    at = 6
    while at < len(content):
        code, length = unpack_from("<II", content, at + 1)
        value = content[at + 9 : at + 9 + length]
        (total,) = unpack_from("<H", content, at + 9 + length)
        if sum(value) & 0xFFFF != total:
            raise NotOpened("It was altered on its way.")
        yield code, value
        at += 11 + length


def _property(value: bytes, wanted: int) -> str:
    """A text among the MAPI properties of an attribute; "" where there is none, or it stands after what we do not know."""
    (count,), at = unpack_from("<I", value), 4
    for _ in range(count):
        kind, tag = unpack_from("<HH", value, at)
        at = _after_name(value, at + 4) if tag >= 0x8000 else at + 4
        if kind in _FIXED:
            at += _FIXED[kind]
        elif kind in _VARIABLE:
            (size,) = unpack_from("<I", value, at + 4)  # after a count, which is one
            if tag == wanted:
                said = value[at + 8 : at + 8 + size]
                return said.decode("utf-16-le", "replace").rstrip("\0") if kind == _WIDE else _narrow(said)
            at += 8 + size + -size % 4
        else:
            return ""
    return ""


def _after_name(value: bytes, at: int) -> int:
    """Where a named property goes on: after a set, and a number or a name."""
    kind, number = unpack_from("<II", value, at + 16)
    return at + 24 + (number + -number % 4 if kind == 1 else 0)


def _narrow(value: bytes) -> str:
    return value.rstrip(b"\0").decode("cp1252", "replace")
