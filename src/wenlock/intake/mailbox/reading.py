"""An e-mail taken apart: who wrote, what they say, and what came with it. Whatever is wrong with it, as much as there is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr
from typing import Any, TypeVar

from wenlock.intake.mailbox import outlook
from wenlock.intake.mailbox.plain import decoded, one_line, text_of, tidy

LOST = "\ufffd"  # what the standard library's reader puts in the place of a byte it cannot read
MOST_PARTS = 500
MOST_HEADERS = 64 * 1024  # characters of the headers that are kept
# What the standard library's reader raises for nonsense.
NONSENSE = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Attached:
    """A file that came with an e-mail: its name as it was given, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """An e-mail as far as it can be read. `headers` are as they came; the rest is made fit to be shown."""

    headers: tuple[tuple[str, str], ...]
    sender: str
    sender_name: str
    subject: str
    message_id: str
    words: str
    attached: tuple[Attached, ...] = ()
    reports: bool = False

    @property
    def domain(self) -> str:
        """What follows the @ of the sender, in small letters; "" where there is none."""
        return self.sender.rpartition("@")[2].lower()

    def header(self, name: str) -> str:
        """The first header of a name, in small letters; "" where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "").strip().lower()

    @property
    def head(self) -> str:
        """The headers to be kept."""
        return "\n".join(f"{name}: {value}" for name, value in self.headers)[:MOST_HEADERS]


def read(raw: bytes) -> Letter:
    """The e-mail whose bytes these are. One that the reader cannot take apart has its writing as it stands."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(raw)
        parts = _Parts()
        parts.take(message)
        return _letter(message, parts)
    except NONSENSE:
        head, _, rest = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        return _letter(_head(head), _Parts(words=[decoded(rest, None)]))


def read_head(raw: bytes) -> Letter:
    """The same from the headers alone, of an e-mail too large to be read."""
    return _letter(_head(raw), _Parts())


def _head(raw: bytes) -> Any:
    return BytesHeaderParser(policy=policy.compat32).parsebytes(raw)


class _Parts:
    """What an e-mail consists of, gathered from the tree of its parts."""

    def __init__(self, words: list[str] | None = None) -> None:
        self.words: list[str] = words or []
        self.attached: list[Attached] = []
        self.reports = False
        self.count = 0

    def take(self, part: Any) -> None:
        """Take a part, and those in it."""
        self.count += 1
        if self.count > MOST_PARTS:
            raise ValueError("An e-mail of too many parts.")
        kind = part.get_content_type()
        self.reports = self.reports or kind == "message/delivery-status"
        if kind.startswith("message/"):
            self.attached += _enclosed(part, kind)
        elif kind.startswith("multipart/") and not part.is_multipart():
            self.words.append(decoded(_content(part), None))  # it says that it has parts, and has none
        elif kind == "multipart/alternative":
            self._take_best(list(part.iter_parts()))
        elif part.is_multipart():
            for each in part.get_payload():
                self.take(each)
        elif _is_writing(part, kind):
            self.words.append(_writing(part, kind))
        else:
            self._take_file(part, kind)

    def _take_best(self, parts: list[Any]) -> None:
        """Of the ways in which one thing is said, the plainest that says anything; what is none of them comes too."""
        ways = [(part, part.get_content_type()) for part in parts]
        writing = [(part, kind) for part, kind in ways if _is_writing(part, kind)]
        said = [
            _writing(part, kind) for part, kind in sorted(writing, key=lambda way: way[1] != "text/plain")
        ]
        self.words += [text for text in said if text.strip()][:1]
        for part, kind in ways:
            if not _is_writing(part, kind):
                self.take(part)

    def _take_file(self, part: Any, kind: str) -> None:
        content = _content(part)
        name = _tried(lambda: part.get_filename() or "", "")
        if not content and not name:
            return
        if content.startswith(outlook.MAGIC):
            self._unpack(name, content)
        elif kind == "text/calendar" or name.lower().endswith(".ics"):
            self.attached.append(Attached(f"{name or 'invitation.ics'}.txt", content))
        else:
            self.attached.append(Attached(name, content))

    def _unpack(self, name: str, content: bytes) -> None:
        try:
            words, files = outlook.unpacked(content)
        except outlook.NotOpened:
            self.attached.append(Attached(name or "winmail.dat", content))
            return
        self.words += [tidy(words)] if words.strip() and not any(map(str.strip, self.words)) else []
        self.attached += [Attached(file.name, file.content) for file in files if file.content or file.name]


def _letter(message: Any, parts: _Parts) -> Letter:
    headers = tuple((name, _mended(str(value))) for name, value in message.raw_items())
    name, address = _from(message, headers)
    return Letter(
        headers=headers,
        sender=one_line(address).lower()[:320],
        sender_name=one_line(name)[:150],
        subject=one_line(_said(message, "Subject", headers))[:500],
        message_id=one_line(_first(headers, "message-id"))[:300],
        words="\n\n".join(text.strip() for text in parts.words if text.strip()),
        attached=tuple(parts.attached),
        reports=parts.reports,
    )


def _from(message: Any, headers: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The name and address of the writer. Two lines of From are nobody's: which would be shown is anybody's guess."""
    if sum(name.lower() == "from" for name, _ in headers) != 1:
        return "", ""
    found = _tried(lambda: message["From"].addresses[0], None)
    if found is not None and "@" in found.addr_spec and LOST not in found.display_name:
        return _mended(found.display_name), _mended(found.addr_spec)
    name, address = parseaddr(" ".join(_first(headers, "from").split()))
    return name, address if "@" in address else ""


def _said(message: Any, name: str, headers: tuple[tuple[str, str], ...]) -> str:
    """A header with its encoded words read, or as it stands where they cannot be or a byte of it would be lost."""
    said = _mended(_tried(lambda: str(message[name] or ""), ""))
    return said if said and LOST not in said else _first(headers, name.lower())


def _first(headers: tuple[tuple[str, str], ...], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _mended(text: str) -> str:
    """Bytes that a header may not hold, read as what they most likely are."""
    try:
        return decoded(text.encode("utf-8", "surrogateescape"), None)
    except UnicodeEncodeError:
        return tidy(text)


def _enclosed(part: Any, kind: str) -> Iterator[Attached]:
    """An e-mail in an e-mail, to be kept as one file; of a report, the part that says what became of something."""
    inside = part.get_payload()
    if kind != "message/rfc822" or not isinstance(inside, list) or not inside:
        text = (
            "\n".join(str(each) for each in inside)
            if isinstance(inside, list)
            else _content(part).decode("latin-1")
        )
        yield Attached("report.txt", tidy(text).encode("utf-8", "replace"))
        return
    message: Message = inside[0]
    whole = _tried(lambda: message.as_bytes(), b"") or _tried(
        lambda: message.as_bytes(policy=policy.compat32), b""
    )
    name = one_line(_tried(lambda: str(message["Subject"] or ""), ""))
    yield Attached(f"{name or 'E-mail'}.eml", whole)


def _is_writing(part: Any, kind: str) -> bool:
    named = _tried(lambda: part.get_filename() or "", "")
    enclosed = _tried(lambda: part.get_content_disposition() == "attachment", False)
    return kind in ("text/plain", "text/html") and not named and not enclosed


def _writing(part: Any, kind: str) -> str:
    text = decoded(_content(part), _tried(lambda: part.get_content_charset(), None))
    return text_of(text) if kind == "text/html" else text


def _content(part: Any) -> bytes:
    content = _tried(lambda: part.get_payload(decode=True), b"")
    return content if isinstance(content, bytes) else b""


def _tried(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """What is asked of the standard library's reader, which raises what it likes for a header that is broken."""
    try:
        return ask()
    except (*NONSENSE, IndexError):
        return otherwise
