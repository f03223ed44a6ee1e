"""Checking a file for viruses, by a checker the operator has: clamd, asked over its socket.

There is none by default, and then each document's record says that nothing checked it.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from struct import pack
from typing import BinaryIO

from django.conf import settings

NONE = "nothing"  # what the record says checked a file when nothing did
PIECE = 1 << 16
PATIENCE = 60  # seconds for each answer of the checker


class CheckerSilent(Exception):
    """The checker gave no answer that can be trusted, so nothing is kept."""

    advice = (
        "The file could not be checked for viruses, so it was not kept. Try again in a few minutes. "
        "If it happens again, tell the person who looks after this service."
    )


@dataclass(frozen=True, slots=True)
class Checker:
    """Something that looks through a stream and gives what it found, or None when it found nothing."""

    name: str
    scan: Callable[[BinaryIO], str | None]


def checker() -> Checker | None:
    """The checker that settings name in DOCUMENT_CHECKER; None when they name none.

    `unix:/run/clamav/clamd.ctl` and `tcp:host:3310` are clamd. Raises ValueError for anything else.
    """
    where = str(getattr(settings, "DOCUMENT_CHECKER", ""))
    if not where:
        return None
    kind, _, place = where.partition(":")
    if kind not in ("unix", "tcp") or not place:
        raise ValueError("DOCUMENT_CHECKER must be unix:/path/to/socket or tcp:host:port.")
    return Checker("clamd", lambda stream: clamd(stream, place, unix=kind == "unix"))


def clamd(stream: BinaryIO, place: str, *, unix: bool) -> str | None:
    """What clamd says is in the stream; None for nothing. Raises CheckerSilent when it cannot say.

    Spec: clamd(8), INSTREAM.
    """
    try:
        with _connected(place, unix=unix) as line:
            line.sendall(b"zINSTREAM\0")
            stream.seek(0)
            while piece := stream.read(PIECE):
                line.sendall(pack(">I", len(piece)) + piece)
            line.sendall(pack(">I", 0))
            answer = _answer(line)
    except OSError as error:
        raise CheckerSilent(str(error)) from error
    stream.seek(0)
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer != "stream: OK":
        raise CheckerSilent("The checker did not look through the whole file.")
    return None


def _connected(place: str, *, unix: bool) -> socket.socket:
    if unix:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _answer(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < 4096 and (more := line.recv(4096)):
        said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()
