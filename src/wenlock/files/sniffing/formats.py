"""The kinds of file that are kept, and the marks of those that are not."""

import re
from dataclasses import dataclass

MOST = 100 * 1024 * 1024  # bytes of one file
MOST_OF_AN_EMAIL = 40 * 1024 * 1024  # bytes: an e-mail is taken apart in memory, to look at what it carries
MOST_PIXELS = 120_000_000  # a page of A3 at 600 dots an inch has 70 million, a good telephone's picture 108
MOST_PAGES = 2000  # pictures in one TIFF


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its code, its name with an article, its media type, and the endings of its name."""

    code: str
    name: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
FORMATS = {
    kind.code: kind
    for kind in (
        Format("pdf", "a PDF", "application/pdf", ("pdf",)),
        Format("jpeg", "a JPEG picture", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
        Format("png", "a PNG picture", "image/png", ("png",)),
        Format("gif", "a GIF picture", "image/gif", ("gif",)),
        Format("tiff", "a TIFF scan", "image/tiff", ("tif", "tiff")),
        Format("webp", "a WebP picture", "image/webp", ("webp",)),
        Format("heic", "a HEIC picture", "image/heic", ("heic", "heif")),
        Format("docx", "a Word document", f"{_OFFICE}.wordprocessingml.document", ("docx",)),
        Format("xlsx", "an Excel workbook", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
        Format("pptx", "a PowerPoint presentation", f"{_OFFICE}.presentationml.presentation", ("pptx",)),
        Format("odt", "an OpenDocument text", f"{_OPEN}.text", ("odt",)),
        Format("ods", "an OpenDocument spreadsheet", f"{_OPEN}.spreadsheet", ("ods",)),
        Format("rtf", "a rich text document", "application/rtf", ("rtf",)),
        Format("txt", "plain text", "text/plain", ("txt", "text", "log")),
        Format("csv", "a list of values", "text/csv", ("csv",)),
        Format("eml", "an e-mail", "message/rfc822", ("eml",)),
        Format("msg", "an Outlook e-mail", "application/vnd.ms-outlook", ("msg",)),
        Format("mp3", "an MP3 recording", "audio/mpeg", ("mp3",)),
        Format("m4a", "an M4A recording", "audio/mp4", ("m4a", "mp4")),
        Format("wav", "a WAV recording", "audio/wav", ("wav",)),
        Format("mp4", "an MP4 film", "video/mp4", ("mp4", "m4v")),
        Format("mov", "a QuickTime film", "video/quicktime", ("mov", "qt")),
    )
}
TEXTS = ("txt", "csv", "eml")

# The first bytes of what is never kept, by the code of its refusal; a note may well begin with the letters
# MZ, so they count only where there are bytes that no writing has.
REFUSED_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa\xce", "program"),
    (b"\xfe\xed\xfa\xcf", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\0asm", "program"),
    (b"dex\n", "program"),
    (b"L\0\0\0\x01\x14\x02\0", "program"),  # a Windows shortcut
    (b"FWS", "program"),
    (b"CWS", "program"),
    (b"ZWS", "program"),
    (b"ITSF", "program"),  # compiled help
    (b"\xc5\xd0\xd3\xc6", "program"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "program"),  # OneNote, which carries any file behind a picture
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"PK\x07\x08", "archive"),
    (b"\x78\x9f\x3e\x22", "archive"),  # winmail.dat
)
REFUSED_WORDS: tuple[tuple[bytes, str], ...] = (  # in small letters, at the beginning of writing
    (b"#!", "script"),
    (b"@echo", "script"),
    (b"%!ps", "program"),
)
REFUSED_LATER: tuple[tuple[int, bytes, str], ...] = (
    (257, b"ustar", "archive"),
    (0x8001, b"CD001", "archive"),
)

# Marks of a page for a browser, in anything that would otherwise be plain text.
WEB_PAGE = re.compile(
    rb"<\s*(?:!doctype\s+(?:html|svg)|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|%)",
    re.IGNORECASE,
)

# What a mail program or Windows runs when it is opened, whatever is in it.
_PROGRAMS = """
    ade adp app appref-ms bat chm cmd com cpl dll dmg docm dotm exe hta htm html img inf ins iso jar js jse
    lnk mht mhtml msc msi msp mst one pif potm ppam ppsm pptm ps1 py rb reg scf scr settingcontent-ms sh shb
    sldm svg sys url vb vbe vbs vhd vhdx wsc wsf wsh xbap xhtml xla xlam xll xlsb xlsm xltm
"""
PROGRAM_ENDINGS = frozenset(_PROGRAMS.split())

# The string by which a virus checker is tried out, in halves so that no checker takes this page for it.
TRIAL_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
