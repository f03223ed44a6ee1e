"""Where the bytes of documents lie: sealed files in the home, one a version, written whole or not at all."""

import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from wenlock.base.home import Home, make_folder
from wenlock.files import envelope
from wenlock.files.envelope import Damaged, KeyMissing, Keys

SECRET = "documents-"  # the secrets documents-1, documents-2 ...: the highest number is the newest key
GRACE = timedelta(days=1)  # longer than any transaction: a younger file may be about to have its row
SET_ASIDE = timedelta(days=90)  # a database brought back from an old backup may yet be put right
PARTLY = ".partly"
ASIDE = "set-aside"
_NAMED = re.compile(rf"{SECRET}([1-9][0-9]{{0,3}})")


class NotStored(Exception):
    """The disk did not take the file."""

    advice = (
        "The file could not be stored, so it was not kept. Nothing else was changed. "
        "Tell the person who looks after this service."
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was kept: its size in bytes and its SHA-256, both in the clear, and where it lies."""

    size: int
    sha256: str
    stored_as: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: files set aside, put back, and removed."""

    set_aside: int
    put_back: int
    removed: int


def keys(home: Home) -> Keys:
    """The wrapping keys of the installation. None yet is made only while no document has been kept.

    A key made in the place of a lost one would hide the loss; without its keys the store stays closed.
    """
    names = _key_names(home)
    if not names and not any(_files(home.documents)):
        names = [f"{SECRET}1"]
    return Keys(
        sha256(b"wenlock documents\x00" + home.secret(name).encode("ascii")).digest() for name in names
    )


def add_key(home: Home) -> str:
    """Make a new wrapping key for what is kept from now on, and return the name of its secret.

    What was kept before still opens with the older keys, which must stay. Raises KeyMissing if they are gone.
    """
    if not keys(home):
        raise KeyMissing("")
    newest = max((_number(name) for name in _key_names(home)), default=0)
    name = f"{SECRET}{newest + 1}"
    home.secret(name)
    return name


def keep(stream: BinaryIO, *, version: UUID, home: Home) -> Kept:
    """Keep all that is left of the stream as the file of a version; when this returns it is safe on the disk.

    Raises KeyMissing, and NotStored when the disk is full or away; then nothing is left behind.
    """
    path = path_of(home, version)
    partly = path.with_name(f"{version}{PARTLY}{secrets.token_hex(4)}")
    try:
        held = keys(home)
        make_folder(path.parent, mode=0o700)
        with open(os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
            size, digest = _seal(stream, file, version=version, held=held)
            file.flush()
            os.fsync(file.fileno())
        os.rename(partly, path)
        _sync_folder(path.parent)
    except BaseException as error:
        partly.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise NotStored(str(error)) from error
        raise
    return Kept(size, digest, str(path.relative_to(home.documents)))


def opened(*, version: UUID, size: int, digest: str, home: Home) -> BufferedReader:
    """The file of a version in the clear, to read and seek in, when all of it is as it was kept.

    Nothing in the clear touches the disk. `size` and `digest` (SHA-256, hex) are what was written down of it.
    Raises KeyMissing, and Damaged when it is not there, was altered, or is another file.
    """
    try:
        file = path_of(home, version).open("rb")
    except FileNotFoundError as error:
        raise Damaged(f"The file of {version} is not there.") from error
    try:
        clear = envelope.opened(file, version=version, keys=keys(home))
        found = _measured(clear)
        if found != (size, digest):
            raise Damaged(f"The file of {version} is not the one that was written down.")
    except BaseException:
        file.close()
        raise
    clear.seek(0)
    return clear


def discard(*, version: UUID, home: Home) -> None:
    """Remove the file of a version that will have no row after all."""
    path_of(home, version).unlink(missing_ok=True)


def sweep(*, home: Home, known: Callable[[Collection[UUID]], set[UUID]], at: datetime) -> Swept:
    """Set aside the files whose rows were never written, and remove those set aside for ninety days.

    `known` says which of some versions have rows, and must see every row there is. Files younger than a day
    are left alone, and one set aside that has its row again is put back.
    """
    aside = home.documents / ASIDE
    put_back = _put_back(home, aside, known)
    old = {path for path in _files(home.documents) if _age(path, at) > GRACE}
    partial = {path for path in old if PARTLY in path.name}
    whole = {UUID(path.name): path for path in old - partial}
    orphans = whole.keys() - known(whole.keys()) if whole else set()
    for version in orphans:
        make_folder(aside, mode=0o700)
        os.utime(whole[version], (at.timestamp(), at.timestamp()))
        os.rename(whole[version], aside / str(version))
    spent = {path for path in _aside(aside).values() if _age(path, at) > SET_ASIDE} | partial
    for path in spent:
        path.unlink(missing_ok=True)
    return Swept(len(orphans), put_back, len(spent))


def _put_back(home: Home, aside: Path, known: Callable[[Collection[UUID]], set[UUID]]) -> int:
    waiting = _aside(aside)
    found = known(waiting.keys()) if waiting else set()
    for version in found:
        make_folder(path_of(home, version).parent, mode=0o700)
        os.rename(waiting[version], path_of(home, version))
    return len(found)


def _aside(folder: Path) -> dict[UUID, Path]:
    return {UUID(path.name): path for path in folder.iterdir()} if folder.is_dir() else {}


def _seal(stream: BinaryIO, file: BinaryIO, *, version: UUID, held: Keys) -> tuple[int, str]:
    sealing, digest, size = envelope.Sealing(file, version=version, keys=held), sha256(), 0
    while piece := stream.read(envelope.PIECE):
        digest.update(piece)
        size += len(piece)
        sealing.write(piece)
    sealing.finish()
    return size, digest.hexdigest()


def _measured(clear: BinaryIO) -> tuple[int, str]:
    digest, size = sha256(), 0
    while piece := clear.read(envelope.PIECE):
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def path_of(home: Home, version: UUID) -> Path:
    """Where the sealed file of a version lies, or would."""
    return home.documents / str(version)[:2] / str(version)


def _files(documents: Path) -> Iterator[Path]:
    """Every file of a version, and every part of one; what an operator put there is not ours to sweep."""
    yield from documents.glob("[0-9a-f][0-9a-f]/????????-????-????-????-????????????")
    yield from documents.glob(f"[0-9a-f][0-9a-f]/*{PARTLY}*")


def _age(path: Path, at: datetime) -> timedelta:
    return at - datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def _key_names(home: Home) -> list[str]:
    names = [path.name for path in home.secrets.glob(f"{SECRET}*") if _NAMED.fullmatch(path.name)]
    return sorted(names, key=_number)


def _number(name: str) -> int:
    return int(name.removeprefix(SECRET))


def _sync_folder(folder: Path) -> None:
    """A file's name is safe only when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
