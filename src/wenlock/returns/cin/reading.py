"""A census file read: the header first, then its children one at a time, or the whole file refused."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from .census import Census, Child, Header
from .faults import CensusRefused, Fault, Remark
from .parsing import CensusParser
from .strictxml import Stopped

CHUNK = 1 << 16

__all__ = ["CensusRefused", "Fault", "Reading", "Remark", "read_census", "read_whole"]


class Reading:
    """A file being read. Its header is known at once; go through it once for the children.

    A fault further on is met only when reading gets there, so keep nothing of a file until it has all been
    gone through: write in one transaction, or read the file twice.
    """

    header: Header

    def __init__(self, stream: BinaryIO, progress: Callable[[int], None] | None) -> None:
        self._stream, self._progress = stream, progress
        self._parser = CensusParser()
        self._read = 0
        self._ended = False
        while self._parser.header is None or self._parser.faults:
            self._advance()
        self.header = self._parser.header

    def __iter__(self) -> Iterator[Child]:
        """Each child in file order. Raises CensusRefused."""
        ready = self._parser.ready
        while True:
            while ready:
                yield ready.popleft()
            if self._ended:
                return
            self._advance()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was odd so far and accepted, in file order; complete once the last child has been read."""
        return tuple(self._parser.remarks.kept)

    @property
    def remarks_left_off(self) -> int:
        """How many remarks there were beyond those kept."""
        return self._parser.remarks.left_off

    def _advance(self) -> None:
        """Read on by one piece of the file."""
        try:
            data = self._stream.read(CHUNK)
            self._take(data)
        except Stopped:
            stopped = True
        else:
            stopped = False
        if stopped or (self._ended and self._parser.faults):
            raise CensusRefused(self._parser.faults, cut_short=stopped)

    def _take(self, data: bytes) -> None:
        if not data:
            self._parser.close()
            self._ended = True
            return
        self._parser.feed(data)
        self._read += len(data)
        if self._progress:
            self._progress(self._read)


def read_census(stream: BinaryIO, *, progress: Callable[[int], None] | None = None) -> Reading:
    """The file's header, and its children to be gone through one at a time.

    `progress` is called with the number of bytes read so far. The file must be UTF-8; no document type,
    entity or attribute is accepted. Values missing, in no code set, or at odds with each other are held:
    validation rules speak of those.

    Raises CensusRefused, here or while the children are gone through, with at least one fault.
    Source: children in need census specification, `schema`.
    """
    return Reading(stream, progress)


def read_whole(stream: BinaryIO) -> Census:
    """The whole file in memory. Raises CensusRefused."""
    reading = read_census(stream)
    return Census(reading.header, tuple(reading))
