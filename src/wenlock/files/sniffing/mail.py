"""E-mails: known by their heads, and everything they carry held to the list of what is kept."""

import re
from collections.abc import Callable, Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO
from typing import BinaryIO

from wenlock.files.sniffing.compound import ATTACHED, ATTACHED_NAMES, Compound
from wenlock.files.sniffing.formats import MOST_OF_AN_EMAIL, PROGRAM_ENDINGS
from wenlock.files.sniffing.names import ending_of
from wenlock.files.sniffing.refusals import Refused

DEEPEST = 3
MOST_PARTS = 500
BODIES = frozenset({"text/plain", "text/html", "text/enriched", "text/rtf", "text/calendar"})
LARGEST_SIGNATURE = 64 * 1024
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # PKCS #7 signed data, RFC 5652 section 5.1
_FIELD = re.compile(rb"[!-9;-~]+:[ \t]|[!-9;-~]+:\r?\n")
_MUST = (b"from:", b"received:", b"return-path:")
_AND = (b"date:", b"subject:", b"message-id:", b"to:")
Check = Callable[[BinaryIO, int], None]


def looks_like_one(head: bytes) -> bool:
    """Whether a text begins with the fields of an e-mail."""
    lines = re.split(rb"\r?\n", head.split(b"\n\n")[0].split(b"\r\n\r\n")[0].lstrip(b"\xef\xbb\xbf"))
    fields = [line for line in lines if line and not line.startswith((b" ", b"\t"))]
    lowered = [field.lower() for field in fields]
    return (
        bool(fields)
        and all(_FIELD.match(field + b"\n") for field in fields[:-1] or fields)
        and any(field.startswith(_MUST) for field in lowered)
        and any(field.startswith(_AND) for field in lowered)
    )


def check(stream: BinaryIO, size: int, *, depth: int, each: Check) -> None:
    """Hold what an e-mail carries to the list; `each` raises Refused for what is not on it."""
    if size > MOST_OF_AN_EMAIL:
        raise Refused("email-too-big")
    stream.seek(0)
    try:
        carried = list(_carried(BytesParser(policy=policy.default).parse(stream)))
    except (
        RecursionError,
        MessageError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        IndexError,
    ) as error:
        raise Refused("damaged") from error  # what the standard library's reader raises for nonsense
    _hold(carried, depth=depth, each=each)


def check_outlook(compound: Compound, size: int, *, depth: int, each: Check) -> None:
    """The same for an e-mail of Outlook."""
    if size > MOST_OF_AN_EMAIL:
        raise Refused("email-too-big")
    names = [raw.decode("utf-16-le", "replace").rstrip("\0") for raw in compound.streams(*ATTACHED_NAMES)]
    carried = [(name, b"") for name in names] + [("", content) for content in compound.streams(ATTACHED)]
    _hold(carried, depth=depth, each=each)


def _hold(carried: list[tuple[str, bytes]], *, depth: int, each: Check) -> None:
    if carried and depth >= DEEPEST:
        raise Refused("too-deep")
    if len(carried) > MOST_PARTS:
        raise Refused("damaged")
    for name, content in carried:
        try:
            if ending_of(name) in PROGRAM_ENDINGS:
                raise Refused("program")
            if content and not _is_signature(content):
                each(BytesIO(content), depth + 1)
        except Refused as refusal:
            reason = refusal.advice if refusal.code != "attachment" else refusal.advice.partition("kept. ")[2]
            raise Refused("attachment", reason=reason) from refusal


def _carried(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """What an e-mail carries besides its words: name and content."""
    for part in message.walk():
        if part.is_multipart():
            continue
        name = part.get_filename("") or ""
        attached = name or part.get_content_disposition() == "attachment"
        if part.get_content_type() in BODIES and not attached:
            continue
        content = part.get_payload(decode=True)
        yield name, content if isinstance(content, bytes) else b""


def _is_signature(content: bytes) -> bool:
    """Whether this is the signature that comes with a signed e-mail, which is nothing to open."""
    return len(content) <= LARGEST_SIGNATURE and content[:1] == b"\x30" and _SIGNED_DATA in content[:40]
