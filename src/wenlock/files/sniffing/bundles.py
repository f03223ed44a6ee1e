"""Office documents, which are zips: known by what is in them, and looked through with nothing taken out."""

import struct
import zipfile
import zlib
from typing import BinaryIO

from wenlock.files.sniffing.formats import PROGRAM_ENDINGS
from wenlock.files.sniffing.names import ending_of
from wenlock.files.sniffing.reading import at_most, exactly
from wenlock.files.sniffing.refusals import Refused

END = b"PK\x05\x06"
END_SIZE, LONGEST_REMARK = 22, 65_535
MOST_ENTRIES = 10_000
MOST_INSIDE = 512 * 1024 * 1024  # bytes when everything is taken out
MOST_GROWTH = 200  # times: writing shrinks to a tenth, and hardly ever to a hundredth
SMALL = 8 * 1024 * 1024  # bytes: what stays below this may shrink as it likes
MOST_OF_A_LIST = 1024 * 1024

MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
MACRO_FOLDERS = ("xl/macrosheets/", "xl/dialogsheets/", "basic/", "scripts/")
EMBEDDED = ("oleobject", "activex")


def kind_of(stream: BinaryIO, size: int) -> str:
    """The code of the format of a zip. Raises Refused for any but an office document that does no harm."""
    end = _end(stream, size)
    if end is None:
        raise Refused("damaged")
    entries, length, start = end
    if entries > MOST_ENTRIES:
        raise Refused("bomb")
    if start + length + END_SIZE > size or at_most(stream, 4, at=start) != b"PK\x01\x02":
        raise Refused("two-in-one")  # something stands before the zip, or between its parts
    try:
        with zipfile.ZipFile(stream) as bundle:
            return _kind(bundle, stream, until=start)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        OSError,
        ValueError,
        EOFError,
        struct.error,
        zlib.error,
    ) as error:
        raise Refused("damaged") from error


def hidden_in(stream: BinaryIO, size: int) -> bool:
    """Whether a file of another kind can be opened as a zip too, which is how one file passes for two."""
    tail_from = max(size - END_SIZE - LONGEST_REMARK, 0)
    tail = at_most(stream, END_SIZE + LONGEST_REMARK, at=tail_from)
    at = tail.find(END)
    while at >= 0:
        end = tail[at : at + END_SIZE]
        if len(end) == END_SIZE:
            (length,) = struct.unpack("<I", end[12:16])
            directory = tail_from + at - length
            if length and directory >= 0 and at_most(stream, 4, at=directory) == b"PK\x01\x02":
                return True
        at = tail.find(END, at + 1)
    return False


def _end(stream: BinaryIO, size: int) -> tuple[int, int, int] | None:
    """How many entries, and how long and where their list is; None when the file does not end as a zip."""
    tail = at_most(stream, END_SIZE + LONGEST_REMARK, at=max(size - END_SIZE - LONGEST_REMARK, 0))
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        return None
    disk, first, here, entries, length, start, remark = struct.unpack("<4H2IH", tail[at + 4 : at + END_SIZE])
    if disk or first or here != entries or len(tail) - at - END_SIZE != remark:
        return None
    if entries == 0xFFFF or length == 0xFFFFFFFF or start == 0xFFFFFFFF:
        return None  # larger than anything that is kept
    if size - (len(tail) - at) - length != start:
        raise Refused("two-in-one")
    return entries, length, start


def _kind(bundle: zipfile.ZipFile, stream: BinaryIO, *, until: int) -> str:
    entries = bundle.infolist()
    _sound(entries, stream, until=until)
    _harmless(entries)
    names = {entry.filename for entry in entries}
    if len(names) != len(entries):
        raise Refused("two-in-one")  # one name twice: two programs would open two documents
    if "[Content_Types].xml" in names:
        return _office(bundle, names)
    if entries and entries[0].filename == "mimetype" and entries[0].file_size < 100:
        kind = OPEN_DOCUMENTS.get(bundle.read("mimetype").strip())
        if kind:
            return kind
    raise Refused("archive")


def _office(bundle: zipfile.ZipFile, names: set[str]) -> str:
    types = bundle.getinfo("[Content_Types].xml")
    if types.file_size > MOST_OF_A_LIST:
        raise Refused("bomb")
    said = bundle.read(types).lower()
    if b"macroenabled" in said or b"vbaproject" in said:
        raise Refused("macros")
    found = [kind for part, kind in MAIN_PARTS.items() if part in names]
    if not found:
        raise Refused("unknown")
    if len(found) > 1:
        raise Refused("two-in-one")
    return found[0]


def _sound(entries: list[zipfile.ZipInfo], stream: BinaryIO, *, until: int) -> None:
    """Raises Refused for a zip that would grow too large, overlaps itself, is locked, or says two things."""
    grown = at = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.flag_bits & 0x1:
            raise Refused("password")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("unknown")
        grown += entry.file_size
        steep = entry.file_size > SMALL and entry.file_size > MOST_GROWTH * max(entry.compress_size, 1)
        if grown > MOST_INSIDE or steep or entry.header_offset < at:
            raise Refused("bomb")
        at = _body(entry, stream) + entry.compress_size
        if at > until:
            raise Refused("bomb")
    if min((entry.header_offset for entry in entries), default=0):
        raise Refused("two-in-one")


def _body(entry: zipfile.ZipInfo, stream: BinaryIO) -> int:
    """Where the bytes of an entry begin, when its own head agrees with the list."""
    head = exactly(stream, 30, at=entry.header_offset)
    sizes, (named, extra) = struct.unpack("<2I", head[18:26]), struct.unpack("<2H", head[26:30])
    name = exactly(stream, named)
    own = name.decode("utf-8" if entry.flag_bits & 0x800 else "cp437")
    later = bool(entry.flag_bits & 0x8)  # the sizes stand after the bytes
    if head[:4] != b"PK\x03\x04" or own != entry.orig_filename:
        raise Refused("two-in-one")
    if not later and 0xFFFFFFFF not in sizes and sizes != (entry.compress_size, entry.file_size):
        raise Refused("bomb")
    return entry.header_offset + 30 + named + extra


def _harmless(entries: list[zipfile.ZipInfo]) -> None:
    """Raises Refused for macros, programs, and names that lead out of the folder they are put in."""
    for entry in entries:
        path = entry.filename.lower().replace("\\", "/")
        last = path.rsplit("/", 1)[-1]
        if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
            raise Refused("two-in-one")
        if last in MACRO_PARTS or path.startswith(MACRO_FOLDERS):
            raise Refused("macros")
        if last.startswith(EMBEDDED) and last.endswith(".bin"):
            raise Refused("embedded")
        if ending_of(last) in PROGRAM_ENDINGS:
            raise Refused("embedded")
