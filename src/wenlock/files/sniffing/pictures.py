"""How many pixels a picture says it has, from its head alone: nothing is drawn to find out."""

from collections.abc import Iterator
from struct import iter_unpack
from typing import BinaryIO, Literal

from wenlock.files.sniffing import boxes
from wenlock.files.sniffing.formats import MOST_PAGES, MOST_PIXELS
from wenlock.files.sniffing.reading import exactly, numbers
from wenlock.files.sniffing.refusals import Refused

Size = tuple[int, int]
MOST_FIELDS = 500  # of one page of a TIFF; a scanner writes about twenty
MOST_MARKERS = 20_000  # before the size of a JPEG
_BYTE_ORDER: dict[str, Literal["little", "big"]] = {"<": "little", ">": "big"}
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG markers that begin a frame and give its size
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG markers with nothing after them


def check(kind: str, stream: BinaryIO, size: int) -> None:
    """Raises Refused for a picture of more pixels than can be opened safely, or whose head makes no sense.

    `kind` is the code of its format; `size` is in bytes.
    """
    found = list(_READERS[kind](stream, size))
    if not found or any(not (width and height) for width, height in found):
        raise Refused("damaged")
    if any(width * height > MOST_PIXELS for width, height in found):
        raise Refused("too-many-pixels")


def _png(stream: BinaryIO, size: int) -> Iterator[Size]:
    length, kind, width, height = numbers(stream, ">I4sII", at=8)
    if (length, kind) != (13, b"IHDR"):
        raise Refused("damaged")
    yield width, height


def _gif(stream: BinaryIO, size: int) -> Iterator[Size]:
    yield numbers(stream, "<HH", at=6)  # type: ignore[misc]


def _jpeg(stream: BinaryIO, size: int) -> Iterator[Size]:
    at = 2
    for _ in range(MOST_MARKERS):
        mark, kind = numbers(stream, ">BB", at=at)
        if mark != 0xFF:
            raise Refused("damaged")
        if kind == 0xFF or kind in _ALONE:
            at += 1 if kind == 0xFF else 2
            continue
        (length,) = numbers(stream, ">H")
        if kind in _SOF:
            _, height, width = numbers(stream, ">BHH")
            yield width, height
            return
        if length < 2:
            raise Refused("damaged")
        at += 2 + length
    raise Refused("damaged")


def _tiff(stream: BinaryIO, size: int) -> Iterator[Size]:
    order = "<" if exactly(stream, 2, at=0) == b"II" else ">"
    (at,) = numbers(stream, f"{order}I", at=4)
    seen: set[int] = set()
    while at:
        if at in seen:
            raise Refused("damaged")
        seen.add(at)
        if len(seen) > MOST_PAGES:
            raise Refused("too-many-pages")
        (count,) = numbers(stream, f"{order}H", at=at)
        if count > MOST_FIELDS:
            raise Refused("damaged")
        found = {}
        for tag, kind, _, value in iter_unpack(f"{order}HHI4s", exactly(stream, 12 * count)):
            found[tag] = int.from_bytes(value[:2] if kind == 3 else value, _BYTE_ORDER[order])
        yield found.get(256, 0), found.get(257, 0)
        (at,) = numbers(stream, f"{order}I")


def _webp(stream: BinaryIO, size: int) -> Iterator[Size]:
    kind = exactly(stream, 4, at=12)
    body = exactly(stream, 10, at=20)
    if kind == b"VP8X":
        yield 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    elif kind == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        yield 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        yield int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF


def _heic(stream: BinaryIO, size: int) -> Iterator[Size]:
    for start, _ in boxes.within(stream, size, (b"meta", b"iprp", b"ipco", b"ispe")):
        yield numbers(stream, ">II", at=start + 4)  # type: ignore[misc]


_READERS = {"png": _png, "gif": _gif, "jpeg": _jpeg, "tiff": _tiff, "webp": _webp, "heic": _heic}
