"""A file on its way in: recognised by its bytes, looked through for viruses, and safe on the disk before any row."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO
from uuid import UUID

from wenlock.base.home import Home
from wenlock.base.identifiers import new_id
from wenlock.files import scanning, sniffing, store


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file on the disk that has no row yet. `id` is the key its row must take; `checked_by` looked for viruses."""

    id: UUID
    file_name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str
    checked_by: str

    def columns(self) -> dict[str, Any]:
        """What its row says of it (`KeptFile`)."""
        said = asdict(self)
        del said["checked_by"]
        return said


@contextmanager
def arriving(stream: BinaryIO, file_name: str, *, home: Home) -> Iterator[Arrived]:
    """Keep a file for the rows written inside this block; if they cannot be written it is removed again.

    `stream` is read from its beginning and must be able to seek. Raises sniffing.Refused for a file that is not kept,
    scanning.CheckerSilent, store.NotStored and envelope.KeyMissing.
    """
    recognised = sniffing.recognise(stream, offered=file_name)
    checker = scanning.checker()
    if checker and checker.scan(stream):
        raise sniffing.Refused("virus")
    stream.seek(0)
    version = new_id()
    kept = store.keep(stream, version=version, home=home)
    try:
        yield Arrived(
            id=version,
            file_name=recognised.file_name,
            media_type=recognised.format.media_type,
            checked_by=checker.name if checker else scanning.NONE,
            **asdict(kept),
        )
    except BaseException:
        store.discard(version=version, home=home)
        raise
