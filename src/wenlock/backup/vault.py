"""How backups lie in a folder: all that is sealed to one recovery key together, and documents once only.

FOLDER/for-<recovery key>/
    keys/<run key>                   what each run left of its key
    documents/ab/<version>.<sha256>  a document, sealed; the hash is of the sealed file
    <moment>/                        one backup: `database`, `home`, `documents` (a list) and `manifest.json`
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from wenlock.backup.faults import BackupRefused
from wenlock.backup.recovery import RunKey, id_of
from wenlock.base.home import make_folder, replace_file

PREFIX = "for-"
MANIFEST = "manifest.json"
HALF = ".half-"
MOMENT = "%Y-%m-%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a backup as it lies: its size in bytes, and its SHA-256 in hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a backup: its version, and the sealed file."""

    version: UUID
    part: Part

    @property
    def line(self) -> str:
        return f"{self.version} {self.part.size} {self.part.sha256}\n"

    @property
    def name(self) -> str:
        """The file's place below `documents`."""
        return f"{str(self.version)[:2]}/{self.version}.{self.part.sha256}"


@dataclass(frozen=True)
class Vault:
    """The backups of one folder that one recovery key opens. Nothing is made until `prepare`."""

    root: Path

    @classmethod
    def of(cls, folder: Path, *, public: bytes) -> Vault:
        return cls(folder.expanduser().absolute() / f"{PREFIX}{id_of(public)}")

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    def prepare(self) -> Vault:
        """Make the folders, closed to everybody else. Raises BackupRefused if FOLDER itself is not there.

        A disk that was not mounted must not be taken for an empty folder.
        """
        if not self.root.parent.is_dir():
            raise BackupRefused(
                f"{self.root.parent} is not there. Mount the disk, or make the folder, first."
            )
        for folder in (self.root, self.documents, self.keys):
            make_folder(folder, mode=0o700)
        return self

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other backups into this vault out. The system frees it if we die. Raises BackupRefused."""
        with open(self.root / ".lock", "w") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupRefused("Another backup into this folder is being made. Let it end.") from None
            yield

    def backups(self) -> list[Path]:
        """The whole backups, oldest first."""
        return sorted(path.parent for path in self.root.glob(f"[0-9]*/{MANIFEST}"))

    def begin(self, at: datetime) -> Path:
        """The folder a new backup is written in; what runs cut short left behind is cleared away first."""
        for left in self.root.glob(f"{HALF}*"):
            shutil.rmtree(left)
        for left in self.documents.glob(f"*/{HALF}*"):
            left.unlink()
        half = self.root / f"{HALF}{at.strftime(MOMENT)}"
        half.mkdir(mode=0o700)
        return half

    def finish(self, half: Path) -> Path:
        """Give a backup, manifest and all, its own name: from now on it is whole."""
        sync(half)
        whole = half.with_name(half.name.removeprefix(HALF))
        half.rename(whole)
        sync(self.root)
        return whole

    def keep_share(self, key: RunKey) -> None:
        replace_file(self.keys / key.id, key.share.hex())
        sync(self.keys)

    def share(self, run: str) -> bytes:
        """What a run left of its key. Raises FileNotFoundError, or ValueError."""
        return bytes.fromhex((self.keys / run).read_text("ascii"))

    def held(self, prefix: str) -> dict[UUID, Listed]:
        """The documents that lie here whose version begins with two hex digits."""
        folder = self.documents / prefix
        found = (path for path in folder.glob("????????-*.*")) if folder.is_dir() else ()
        return {
            UUID(path.stem): Listed(UUID(path.stem), Part(path.stat().st_size, path.suffix[1:]))
            for path in found
        }

    def add(self, version: UUID, write: Callable[[BinaryIO], None]) -> Listed:
        """Add a document that `write` writes sealed: it has its name only when it is safe on the disk."""
        folder = self.documents / str(version)[:2]
        make_folder(folder, mode=0o700)
        half = folder / f"{HALF}{version}"
        added = Listed(version, written(half, write))
        half.rename(self.documents / added.name)
        sync(folder)
        return added


def newest_in(folder: Path) -> Path:
    """A backup itself, or the newest whole one of a folder of them. Raises FileNotFoundError."""
    if (folder / MANIFEST).is_file():
        return folder
    found = [*folder.glob(f"[0-9]*/{MANIFEST}"), *folder.glob(f"{PREFIX}*/[0-9]*/{MANIFEST}")]
    if not found:
        raise FileNotFoundError(f"There is no whole backup in {folder}.")
    return max(found, key=lambda path: path.parent.name).parent


def listed(backup: Path) -> Iterator[Listed]:
    """The documents of a backup, in the order of their versions. Raises ValueError for another kind of file."""
    with (backup / "documents").open(encoding="ascii") as lines:
        for line in lines:
            version, size, sha256 = line.split()
            yield Listed(UUID(version), Part(int(size), sha256))


def written(path: Path, write: Callable[[BinaryIO], None]) -> Part:
    """Write a new file, safe on the disk before it is read again and measured."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    return measured(path)


def measured(path: Path) -> Part:
    """The size and the hash of a file as the disk gives it."""
    with path.open("rb") as file:
        return Part(os.fstat(file.fileno()).st_size, file_digest(file, "sha256").hexdigest())


def sync(folder: Path) -> None:
    """A file's name is safe only when its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
