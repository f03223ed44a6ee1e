"""What kind of file this is, and whether it is kept."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from wenlock.files.sniffing import boxes, bundles, compound, mail, pictures, sounds
from wenlock.files.sniffing.formats import (
    FORMATS,
    MOST,
    REFUSED_BEGINNINGS,
    REFUSED_LATER,
    REFUSED_WORDS,
    TEXTS,
    TRIAL_VIRUS,
    WEB_PAGE,
    Format,
)
from wenlock.files.sniffing.names import ending_of, safe_name
from wenlock.files.sniffing.reading import at_most, size_of
from wenlock.files.sniffing.refusals import Refused

HEAD = 8192
PDF_HEAD = 1024  # a reader of PDFs looks for the beginning as far in as this
PDF_TAIL = 4096
PIECE = 1 << 20
ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b\b")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that is kept: its format, its name made safe, and its size in bytes."""

    format: Format
    file_name: str
    size: int


def recognise(stream: BinaryIO, *, offered: str) -> Recognised:
    """Say what the file is, by its content; `offered` is the name it came with, which must agree.

    The stream is read anywhere and left at its beginning. Raises Refused for what is not kept.
    """
    size = size_of(stream)
    if not size:
        raise Refused("empty")
    if size > MOST:
        raise Refused("too-big")
    kind = _look_through(stream, size, offered=offered, depth=0)
    stream.seek(0)
    return Recognised(kind, safe_name(offered, ending=kind.endings[0]), size)


def _look_through(stream: BinaryIO, size: int, *, offered: str, depth: int) -> Format:
    head = at_most(stream, HEAD, at=0)
    _no_trial_virus(stream)
    _no_refused_mark(stream, head)
    _no_second_kind(stream, size, head)
    code = _kind(stream, size, head, depth=depth)
    return _agreed(code, head, offered=offered)


def _kind(stream: BinaryIO, size: int, head: bytes, *, depth: int) -> str:
    for begins, code in _BEGINNINGS:
        if head.startswith(begins):
            return _checked(code, stream, size, depth=depth)
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"WEBP"):
        return _checked("wav" if head[8:12] == b"WAVE" else "webp", stream, size, depth=depth)
    if head[4:8] == b"ftyp":
        return _checked(boxes.kind_of(stream, size), stream, size, depth=depth)
    if sounds.is_mp3(stream):
        return "mp3"
    return _text(stream, size, head, depth=depth)


_BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf1", "rtf"),
    (ZIP, "zip"),
    (COMPOUND, "compound"),
)


def _checked(code: str, stream: BinaryIO, size: int, *, depth: int) -> str:
    """The format, when what is inside is as harmless as its beginning."""
    if code in ("png", "jpeg", "gif", "tiff", "webp", "heic"):
        pictures.check(code, stream, size)
    elif code == "pdf":
        if b"%%EOF" not in at_most(stream, PDF_TAIL, at=max(size - PDF_TAIL, 0)):
            raise Refused("damaged")
    elif code == "rtf":
        if _found_in(stream, b"\\objdata", b"\\objupdate"):
            raise Refused("embedded")
    elif code == "zip":
        return bundles.kind_of(stream, size)
    elif code == "compound":
        opened = compound.Compound(stream, size)
        code = compound.kind_of(opened)
        mail.check_outlook(opened, size, depth=depth, each=_attached)
    return code


def _text(stream: BinaryIO, size: int, head: bytes, *, depth: int) -> str:
    """`txt`, or `eml` for an e-mail that carries nothing but what is kept. Raises Refused for all else."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused("text-not-utf-8")
    if CONTROLS & frozenset(head):
        raise Refused("unknown")
    if mail.looks_like_one(head):
        mail.check(stream, size, depth=depth, each=_attached)
        return "eml"
    if WEB_PAGE.search(head):
        raise Refused("web-page")
    _all_writing(stream)
    return "txt"


def _all_writing(stream: BinaryIO) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    stream.seek(0)
    try:
        while piece := stream.read(PIECE):
            decoder.decode(piece)
            if b"\0" in piece:
                raise Refused("unknown")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Refused("text-not-utf-8") from error


def _attached(stream: BinaryIO, depth: int) -> None:
    """Hold what an e-mail carries to the same list; its name is the mail program's, and is not compared."""
    _look_through(stream, size_of(stream), offered="", depth=depth)


def _agreed(code: str, head: bytes, *, offered: str) -> Format:
    """The format, when the name does not say another."""
    ending = ending_of(safe_name(offered, ending="")) if offered else ""
    possible = [FORMATS[one] for one in (TEXTS[:2] if code == "txt" else TEXTS if code == "eml" else (code,))]
    if not ending:
        return FORMATS[code]
    for kind in possible:
        if ending in kind.endings:
            return kind
    raise Refused("another-kind", ending=ending, name=FORMATS[code].name)


def _no_refused_mark(stream: BinaryIO, head: bytes) -> None:
    for begins, code in REFUSED_BEGINNINGS:
        if head.startswith(begins) and CONTROLS & frozenset(head):
            raise Refused(code)
    words = head[:64].lstrip().lower()
    for begins, code in REFUSED_WORDS:
        if words.startswith(begins):
            raise Refused(code)
    for at, mark, code in REFUSED_LATER:
        if at_most(stream, len(mark), at=at) == mark:
            raise Refused(code)


def _no_second_kind(stream: BinaryIO, size: int, head: bytes) -> None:
    """Raises Refused for a file that a reader of PDFs or zips would open as well as its own."""
    if head.startswith(COMPOUND):  # what an e-mail carries lies in it as it is, and is looked at by itself
        return
    if b"%PDF-" in head[1:PDF_HEAD]:
        raise Refused("two-in-one")
    if not head.startswith(ZIP) and bundles.hidden_in(stream, size):
        raise Refused("two-in-one")


def _no_trial_virus(stream: BinaryIO) -> None:
    if _found_in(stream, TRIAL_VIRUS):
        raise Refused("virus")


def _found_in(stream: BinaryIO, *wanted: bytes) -> bool:
    """Whether any of the wanted is anywhere in the file, also across two pieces of it."""
    stream.seek(0)
    overlap = max(len(one) for one in wanted) - 1
    before = b""
    while piece := stream.read(PIECE):
        window = before + piece
        if any(one in window for one in wanted):
            return True
        before = window[-overlap:]
    return False
