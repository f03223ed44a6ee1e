"""Files made of boxes within boxes: pictures and recordings of telephones (ISO/IEC 14496-12)."""

from collections.abc import Iterator
from typing import BinaryIO

from wenlock.files.sniffing.reading import at_most, exactly, numbers
from wenlock.files.sniffing.refusals import Refused

MOST_BOXES = 5000  # in one box
PICTURES = frozenset({b"heic", b"heix", b"heim", b"heis"})
SOUND = frozenset({b"M4A ", b"M4B "})
FILM = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"})


def kind_of(stream: BinaryIO, size: int) -> str:
    """The code of the format: a picture, a recording or a film. Raises Refused for none that is kept."""
    first = next(_boxes(stream, 0, size), None)
    if first is None or first[0] != b"ftyp":
        raise Refused("damaged")
    body = at_most(stream, min(first[2] - first[1], 400), at=first[1])
    major, brands = body[:4], {body[at : at + 4] for at in range(8, len(body), 4)} | {body[:4]}
    if brands & PICTURES and major not in FILM:
        return "heic"
    if major == b"qt  ":
        return "mov"
    if brands & (FILM | SOUND):
        return "mp4" if _has_pictures(stream, size) else "m4a"
    raise Refused("unknown")


def within(stream: BinaryIO, size: int, path: tuple[bytes, ...]) -> Iterator[tuple[int, int]]:
    """Where the body of each box lies, [from, until), that is reached by the kinds in `path`."""
    places = [(0, size)]
    for kind in path:
        places = [
            (start + (4 if kind == b"meta" else 0), end)  # a meta box has a version before what is in it
            for begin, until in places
            for found, start, end in _boxes(stream, begin, until)
            if found == kind
        ]
    yield from places


def _has_pictures(stream: BinaryIO, size: int) -> bool:
    handlers = within(stream, size, (b"moov", b"trak", b"mdia", b"hdlr"))
    return any(exactly(stream, 4, at=start + 8) == b"vide" for start, _ in handlers)


def _boxes(stream: BinaryIO, at: int, until: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes one after another: kind, and [from, until) of the body."""
    count = 0
    while at + 8 <= until:
        length, kind = numbers(stream, ">I4s", at=at)
        head = 8
        if length == 1:
            (length,) = numbers(stream, ">Q")
            head = 16
        length = length or until - at  # nothing said: to the end
        count += 1
        if length < head or at + length > until or count > MOST_BOXES:
            raise Refused("damaged")
        yield kind, at + head, at + length
        at += length
