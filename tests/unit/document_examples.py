"""Files as the tests of documents need them, each made here byte by byte; every word in them is invented."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TEXT = "Mia drew a house with four windows. Café in Wem.\n".encode()
RTF = rb"{\rtf1\ansi Mia drew a house.}"
GIF = b"GIF89a" + struct.pack("<HH", 40, 30) + b"\0\0\0;"
WAV = b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(24)
TYPES = b'<?xml version="1.0"?><Types><Override ContentType="application/vnd.main+xml"/></Types>'


def png(width: int = 40, height: int = 30) -> bytes:
    head = struct.pack(">II5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(10))), (b"IEND", b""))
    )


def jpeg(width: int = 40, height: int = 30) -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + bytes(3)
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9) + frame + b"\xff\xd9"


def tiff(*pages: tuple[int, int], order: str = "<") -> bytes:
    out, at = bytearray(b"II*\0" if order == "<" else b"MM\0*"), 8
    out += struct.pack(f"{order}I", at)
    for number, (width, height) in enumerate(pages, start=1):
        at += 2 + 2 * 12 + 4
        out += struct.pack(f"{order}H", 2)
        out += struct.pack(f"{order}HHII", 256, 4, 1, width) + struct.pack(f"{order}HHII", 257, 4, 1, height)
        out += struct.pack(f"{order}I", at if number < len(pages) else 0)
    return bytes(out)


def webp(width: int = 40, height: int = 30) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + kind + body


def heic(width: int = 40, height: int = 30) -> bytes:
    size = box(b"ispe", bytes(4), struct.pack(">II", width, height))
    return box(b"ftyp", b"heic", bytes(4), b"mif1heic") + box(
        b"meta", bytes(4), box(b"iprp", box(b"ipco", size))
    )


def film(*handlers: bytes, brand: bytes = b"isom") -> bytes:
    tracks = [box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), kind, bytes(13)))) for kind in handlers]
    return box(b"ftyp", brand, bytes(4), brand) + box(b"mdat", bytes(50)) + box(b"moov", *tracks)


def mp3(*, said_first: bytes = b"") -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)  # 128 kbit/s at 44.1 kHz is 417 bytes
    size = bytes(len(said_first) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return (b"ID3\x04\0\0" + size + said_first if said_first else b"") + frame * 3


def bundle(parts: dict[str, bytes], *, shrink: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if shrink else zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name) if name == "mimetype" else name, content)
    return out.getvalue()


def office(main: str = "word/document.xml", **more: bytes) -> bytes:
    """An office document; `more` are further parts, with `__` for a stroke."""
    further = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return bundle({"[Content_Types].xml": TYPES, main: b"<main>Mia drew a house.</main>", **further})


def open_document(kind: str = "text", **more: bytes) -> bytes:
    said = f"application/vnd.oasis.opendocument.{kind}".encode()
    return bundle(
        {"mimetype": said, "content.xml": b"<office/>"} | {k.replace("__", "/"): v for k, v in more.items()}
    )


def email(*attached: tuple[str, bytes], html: bool = True) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "school@example.org", "duty@example.org", "Mia"
    message["Date"] = "Mon, 2 Mar 2026 09:30:00 +0000"
    message.set_content("Mia was not in school today.")
    if html:
        message.add_alternative("<html><body>Mia was not in school today.</body></html>", subtype="html")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of sectors of 512 bytes; streams of 4096 bytes or more lie in sectors of their own."""
    small, small_table, large, starts = bytearray(), [], [], {}
    for name, content in streams.items():
        if len(content) >= 4096:
            large.append(name)
            continue
        count = -(-len(content) // 64)
        first = len(small_table)
        starts[name] = first if count else 0xFFFFFFFE
        small_table += [first + step + 1 for step in range(count - 1)] + [0xFFFFFFFE] * bool(count)
        small += content.ljust(count * 64, b"\0")
    sectors: list[bytes] = []
    table: list[int] = []

    def place(content: bytes) -> int:
        first, count = len(sectors), max(-(-len(content) // 512), 1)
        padded = content.ljust(count * 512, b"\0")
        sectors.extend(padded[at : at + 512] for at in range(0, len(padded), 512))
        table.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        return first

    starts |= {name: place(streams[name]) for name in large}
    small_at = place(bytes(small))
    small_table_at = place(struct.pack(f"<{len(small_table)}I", *small_table).ljust(512, b"\xff"))
    entries = [_entry("Root Entry", 5, small_at, len(small))]
    entries += [_entry(name, 2, starts[name], len(content)) for name, content in streams.items()]
    directory_at = place(b"".join(entries))
    table_at = len(sectors)
    table.append(0xFFFFFFFD)
    sectors.append(struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff"))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
        + bytes(10)
    )
    head += struct.pack("<IIIIIIII", 1, directory_at, 0, 4096, small_table_at, 1, 0xFFFFFFFE, 0)
    head += struct.pack("<I", table_at) + b"\xff" * (108 * 4)
    return head + b"".join(sectors)


def outlook(**more: bytes) -> bytes:
    return compound({"__properties_version1.0": bytes(32), "__nameid_version1.0": b"", **more})


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HB", len(written), kind)
        + bytes(49)
        + struct.pack("<IQ", start, size)
    )
