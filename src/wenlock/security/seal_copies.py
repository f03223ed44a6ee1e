"""The seals kept outside the database, one line of JSON each: what a rewritten database cannot agree with."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from wenlock.base.home import Home
from wenlock.security import trail
from wenlock.security.trail import Seal

FILE = "seals.jsonl"
LONGEST = 4096  # bytes: several times the length of a line


class CopyDisagrees(Exception):
    """A copy of the seals and the database do not tell the same story; the sentence says how."""


def places(home: Home, *, second: str | None = None) -> tuple[Path, ...]:
    """Where seals are kept outside the database: in the home and, if `second` names a folder, there too."""
    return (home.seals / FILE, *([Path(second) / FILE] if second else []))


@dataclass(frozen=True)
class Copy:
    """What one file holds. `seals` are those that stand, in order; `torn` is an unfinished last line.

    `lost` says which seals a restore of the database left behind, in words.
    """

    path: Path
    seals: tuple[Seal, ...]
    torn: bytes
    lost: tuple[str, ...]


def read(path: Path) -> Copy:
    """All that a copy holds. Raises CopyDisagrees if a line is no seal or does not follow those before it."""
    *lines, torn = (path.read_bytes() if path.exists() else b"").split(b"\n")
    standing: list[Seal] = []
    lost: list[str] = []
    for count, line in enumerate(lines, start=1):
        seal = _seal(line, path=path, called=f"Line {count}")
        if not 1 <= seal.number <= len(standing) + 1:
            raise CopyDisagrees(
                f"Line {count} of {path} is seal {seal.number}, which does not follow the line before."
            )
        if gone := standing[seal.number - 1 :]:
            lost.append(
                f"{path}: {spoken(gone)} of epoch {gone[-1].epoch} were lost when the database was restored."
            )
        standing[seal.number - 1 :] = [seal]
    return Copy(path, tuple(standing), torn, tuple(lost))


def bring_up_to_date(connection: psycopg.Connection[Any], path: Path) -> int:
    """Add to a copy the seals it has not, completing a line cut short; the number added.

    Only the end of the file is read, since this is done every minute: `verify` reads the whole.
    Raises CopyDisagrees if the file has what the database has not.
    """
    last, torn = _end_of(path)
    seals = trail.seals(connection, since=last.number if last else 1)
    if last:
        if not seals or seals[0] != last:
            raise CopyDisagrees(
                f"{path} ends with seal {last.number}, and the database has no such seal: seals were removed "
                "or replaced, or the database was restored. If it was restored, run: wenlock audit new-epoch"
            )
        seals = seals[1:]
    _append(path, seals, torn=torn)
    return len(seals)


def begin_again(connection: psycopg.Connection[Any], path: Path) -> int:
    """Add the seals a restored database has made since the copy and it parted; the number added."""
    copy, seals = read(path), trail.seals(connection)
    alike = 0
    while alike < min(len(copy.seals), len(seals)) and copy.seals[alike] == seals[alike]:
        alike += 1
    _append(path, seals[alike:], torn=copy.torn)
    return len(seals) - alike


def line(seal: Seal) -> bytes:
    """The seal as the copies hold it."""
    return json.dumps(seal.as_json(), sort_keys=True).encode("ascii") + b"\n"


def spoken(seals: Sequence[Seal]) -> str:
    """`Seal 4`, or `Seals 4 to 9`."""
    first, last = seals[0].number, seals[-1].number
    return f"Seal {first}" if first == last else f"Seals {first} to {last}"


def _end_of(path: Path) -> tuple[Seal | None, bytes]:
    if not path.exists():
        return None, b""
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - LONGEST))
        *lines, torn = file.read().split(b"\n")
    return (_seal(lines[-1], path=path, called="The last line") if lines else None), torn


def _seal(text: bytes, *, path: Path, called: str) -> Seal:
    try:
        return Seal.from_json(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise CopyDisagrees(f"{called} of {path} is not a seal: the file has been altered.") from error


def _append(path: Path, seals: Sequence[Seal], *, torn: bytes) -> None:
    """Write the lines after what is there, and be sure they are on the disk before going on."""
    text = b"".join(line(seal) for seal in seals)
    if not text.startswith(torn):
        raise CopyDisagrees(f"{path} ends in half a line that is not the beginning of the next seal.")
    if text:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(text[len(torn) :])
            file.flush()
            os.fsync(file.fileno())
