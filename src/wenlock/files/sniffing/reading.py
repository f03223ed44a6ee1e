"""Reading bytes out of files that may not have them."""

import os
from struct import Struct
from typing import Any, BinaryIO

from wenlock.files.sniffing.refusals import Refused


def exactly(stream: BinaryIO, count: int, *, at: int | None = None) -> bytes:
    """`count` bytes from `at`, or from where the stream stands. Raises Refused when the file ends before."""
    if at is not None:
        stream.seek(at)
    found = stream.read(count)
    if len(found) < count:
        raise Refused("damaged")
    return found


def numbers(stream: BinaryIO, shape: str, *, at: int | None = None) -> tuple[Any, ...]:
    """The numbers of a `struct` shape. Raises Refused when the file ends before."""
    layout = Struct(shape)
    return layout.unpack(exactly(stream, layout.size, at=at))


def size_of(stream: BinaryIO) -> int:
    """How many bytes there are in all."""
    return stream.seek(0, os.SEEK_END)


def at_most(stream: BinaryIO, count: int, *, at: int) -> bytes:
    """Up to `count` bytes from `at`."""
    stream.seek(at)
    return stream.read(count)
