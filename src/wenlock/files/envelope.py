"""Files encrypted piece by piece: each under a key of its own, which a key of the installation wraps.

A sealed file is a head and pieces. The head is MAGIC, the id of the wrapping key (16 bytes), a nonce (12) and
the file's own key, wrapped (48). Each piece is a mebibyte of the file under AES-256-GCM, with its tag (16);
its nonce is its place and whether it is the last. The head and every piece are bound to one document version,
so a file that was cut short, put in another order or swapped for another's does not open. The file's own key
is never used twice: counted nonces are safe with it.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from hashlib import sha256
from struct import pack
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MAGIC = b"WENLOCK\x01"
ID, NONCE, KEY, TAG = 16, 12, 32, 16  # bytes
HEAD = len(MAGIC) + ID + NONCE + KEY + TAG
PIECE = 1 << 20


class Unreadable(Exception):
    """A sealed file does not open; `advice` is for the person at the screen."""

    advice = ""


class KeyMissing(Unreadable):
    """The key that wraps the file's own key is not here: `key_id` in hex."""

    advice = (
        "The key that opens this document is not available, so it cannot be shown now. Nothing is lost. "
        "Tell the person who looks after this service."
    )

    def __init__(self, key_id: str) -> None:
        super().__init__(f"The wrapping key {key_id or 'of this installation'} is not available.")
        self.key_id = key_id


class Damaged(Unreadable):
    """The file is not as it was written, or is another document's."""

    advice = (
        "The stored file is not as it was when it was kept, so it is not shown. "
        "Tell the person who looks after this service: it can be brought back from a backup."
    )


class Keys:
    """The wrapping keys of an installation, oldest first; the newest wraps, and any of them unwraps."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = {key_id(key): key for key in keys}

    def __bool__(self) -> bool:
        return bool(self._keys)

    def wrap(self, file_key: bytes, *, version: UUID) -> bytes:
        """The head of a file sealed with `file_key`. Raises KeyMissing when there is no key at all."""
        if not self._keys:
            raise KeyMissing("")
        wrapping_id, wrapping = list(self._keys.items())[-1]
        nonce = os.urandom(NONCE)
        return MAGIC + wrapping_id + nonce + AESGCM(wrapping).encrypt(nonce, file_key, _bound(version))

    def unwrap(self, head: bytes, *, version: UUID) -> bytes:
        """The file's own key, from its head. Raises KeyMissing, or Damaged."""
        if len(head) < HEAD or not head.startswith(MAGIC):
            raise Damaged("This is not a sealed file.")
        rest = head[len(MAGIC) :]
        wrapping = self._keys.get(rest[:ID])
        if wrapping is None:
            raise KeyMissing(rest[:ID].hex())
        try:
            return AESGCM(wrapping).decrypt(rest[ID : ID + NONCE], rest[ID + NONCE :], _bound(version))
        except InvalidTag as error:
            raise Damaged(f"The head of the file of {version} does not open.") from error


def key_id(key: bytes) -> bytes:
    """What a wrapping key is known by: it tells two keys apart and nothing of either."""
    return sha256(b"wenlock document key\x00" + key).digest()[:ID]


def wrapped_by(source: BinaryIO) -> bytes:
    """The id of the key that wraps a sealed file's own; the file is left at its beginning. Raises Damaged."""
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    if len(head) < HEAD or not head.startswith(MAGIC):
        raise Damaged("This is not a sealed file.")
    return head[len(MAGIC) :][:ID]


class Sealing(io.RawIOBase):
    """A file to be written into: what is written goes sealed to `target`. Only `finish` makes it whole."""

    def __init__(self, target: BinaryIO, *, version: UUID, keys: Keys) -> None:
        file_key = AESGCM.generate_key(256)
        target.write(keys.wrap(file_key, version=version))
        self._target, self._cipher, self._bound = target, AESGCM(file_key), _bound(version)
        self._waiting, self._place = bytearray(), 0

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        self._waiting += data
        # A piece is sealed when more follows it: until then it may be the last.
        while len(self._waiting) > PIECE:
            self._seal(last=False)
        return len(memoryview(data))

    def finish(self) -> None:
        """Seal the last piece. A file without one does not open."""
        self._seal(last=True)

    def _seal(self, *, last: bool) -> None:
        piece = bytes(self._waiting[:PIECE])
        del self._waiting[:PIECE]
        self._target.write(self._cipher.encrypt(_nonce(self._place, last=last), piece, self._bound))
        self._place += 1


class Sealed(io.RawIOBase):
    """A sealed file to be read from, anywhere in it; it holds one piece in the clear at a time.

    Making it raises KeyMissing or Damaged if the head or the last piece does not open; reading raises Damaged
    if another does not. `size` is in bytes of the file in the clear.
    """

    def __init__(self, source: BinaryIO, *, version: UUID, keys: Keys) -> None:
        self._source, self._bound = source, _bound(version)
        source.seek(0)
        self._cipher = AESGCM(keys.unwrap(source.read(HEAD), version=version))
        length = source.seek(0, os.SEEK_END) - HEAD
        self._last = max(-(-length // (PIECE + TAG)) - 1, 0)
        self.size = length - (self._last + 1) * TAG
        self._at, self._open = 0, (-1, b"")
        self._piece(self._last)  # that the last piece is the last is what says that nothing was cut off

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("A file has nothing before its beginning.")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        if self._at >= self.size:
            return 0
        place, offset = divmod(self._at, PIECE)
        into = memoryview(buffer).cast("B")
        part = memoryview(self._piece(place))[offset : offset + len(into)]
        into[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()

    def _piece(self, place: int) -> bytes:
        if self._open[0] != place:
            self._source.seek(HEAD + place * (PIECE + TAG))
            sealed = self._source.read(PIECE + TAG)
            try:
                clear = self._cipher.decrypt(_nonce(place, last=place == self._last), sealed, self._bound)
            except (InvalidTag, ValueError) as error:
                raise Damaged(f"Piece {place} of a sealed file does not open.") from error
            self._open = (place, clear)
        return self._open[1]


def seal(source: BinaryIO, target: BinaryIO, *, version: UUID, keys: Keys) -> None:
    """Write all that is left of `source` sealed into `target`, a piece at a time. Raises KeyMissing."""
    sealing = Sealing(target, version=version, keys=keys)
    while piece := source.read(PIECE):
        sealing.write(piece)
    sealing.finish()


def opened(source: BinaryIO, *, version: UUID, keys: Keys) -> io.BufferedReader:
    """A sealed file as an ordinary one, to read and to seek in; closing it closes `source`.

    Raises KeyMissing and Damaged, at once or from reading: what has been read is as it was written.
    """
    return io.BufferedReader(Sealed(source, version=version, keys=keys), buffer_size=PIECE)


def _bound(version: UUID) -> bytes:
    return MAGIC + version.bytes


def _nonce(place: int, *, last: bool) -> bytes:
    return pack(">Q3xB", place, last)
