"""E-mails made by us, byte by byte where a library would not write them so badly. Every word in them is invented."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from typing import Any

SCHOOL = "pat@meadow.example"
SAID = "Wren came without a coat again, and said she was hungry."


def letter(words: str = SAID, *, to: str = "door@wenlock.example", **headers: str) -> EmailMessage:
    """An ordinary e-mail; `headers` are by name with _ for -, in place of the usual ones."""
    message = EmailMessage()
    usual = {
        "From": f"Pat Rowe <{SCHOOL}>", "To": to, "Subject": "Wren Hollis", "Date": "Mon, 2 Mar 2026 09:30:00 +0000",
        "Message-ID": f"<{abs(hash((words, tuple(sorted(headers.items())))))}@meadow.example>",
    }  # fmt: skip
    for name, value in (usual | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        message[name] = value
    message.set_content(words)
    return message


def carrying(*files: tuple[str, bytes], **headers: str) -> bytes:
    """An e-mail with files."""
    message = letter(**headers)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def by_hand(*lines: str | bytes, body: bytes = SAID.encode()) -> bytes:
    """An e-mail with exactly these lines at its head."""
    return (
        b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
        + b"\r\n\r\n"
        + body
    )


def winmail(*files: tuple[str, bytes], words: str = "") -> bytes:
    """What Outlook packs files into (MS-OXTNEF): each with its short name, its bytes, and its long name."""
    out = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(1, 0x0002800C, words.encode("cp1252") + b"\0")
    for name, content in files:
        out += _attribute(2, 0x00069002, bytes(14))
        out += _attribute(2, 0x00018010, name.upper()[:8].encode() + b"\0")
        out += _attribute(2, 0x0006800F, content)
        long = name.encode("utf-16-le") + b"\0\0"
        named = struct.pack("<HH16sIIHI", 0x03, 0x8001, bytes(16), 0, 7, 0, 0)[:-6] + struct.pack("<I", 5)
        wide = struct.pack("<HHII", 0x1F, 0x3707, 1, len(long)) + long + bytes(-len(long) % 4)
        out += _attribute(2, 0x00069005, struct.pack("<I", 2) + named + wide)
    return out


def _attribute(level: int, code: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, code, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def nested(inside: EmailMessage, **headers: str) -> bytes:
    """An e-mail forwarded whole in another."""
    message = letter("See below.", **headers)
    message.add_attachment(inside)
    return message.as_bytes()


def bounce(of: EmailMessage) -> bytes:
    """A report that something could not be delivered (RFC 3464)."""
    report = "Reporting-MTA: dns; mx.meadow.example\r\n\r\nFinal-Recipient: rfc822; no@meadow.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    return by_hand(
        "Return-Path: <>", "From: MAILER-DAEMON@meadow.example", "To: door@wenlock.example", "Subject: Undelivered",
        "MIME-Version: 1.0", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        body=(
            "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
            f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{report}\r\n"
            "--b\r\nContent-Type: message/rfc822\r\n\r\n"
        ).encode() + of.as_bytes() + b"\r\n--b--\r\n",
    )  # fmt: skip


def invitation(**headers: str) -> bytes:
    """A calendar's invitation."""
    message = letter("You are asked to a meeting.", **headers)
    message.add_alternative(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Strategy meeting\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        subtype="calendar", params={"method": "REQUEST"},
    )  # fmt: skip
    return message.as_bytes()


def headers_of(*marks: str, **more: Any) -> bytes:
    """An ordinary e-mail with further lines above it, the first at the top."""
    return b"".join(f"{mark}\r\n".encode() for mark in marks) + letter(**more).as_bytes()
