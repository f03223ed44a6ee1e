"""The manifest of a backup: what is in it, by size and hash, signed with the key that seals the audit trail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from wenlock.backup import vault as vaults
from wenlock.backup.vault import MANIFEST, Part, Vault
from wenlock.base.home import replace_file
from wenlock.security.keys import KeyUnusable, PublicKey, SealingKey, read_key

FORMAT = 1
PARTS = ("database", "documents", "home")


class ManifestFaulty(Exception):
    """The manifest is not one, is another backup's, or was altered; the sentence says which."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. Instants are UTC, in ISO 8601; `begun_at` is what the backup holds until.

    `key` is the id of the run's key; `missing` counts documents with a row and no file when it was made.
    """

    format: int
    name: str
    begun_at: str
    finished_at: str
    wenlock: str
    postgresql: str
    authority: str
    recovery_key: str
    key: str
    documents: int
    missing: int
    parts: dict[str, Part]
    signing_key: str
    signature: str = ""

    @property
    def canonical(self) -> bytes:
        """The bytes that are signed: all but the signature. The prefix keeps it from passing for another's."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return b"wenlock backup\x00" + json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")

    @property
    def digest(self) -> str:
        """SHA-256 of all that is signed, in hex: what the audit trail keeps of the backup."""
        return sha256(self.canonical).hexdigest()

    @property
    def begun(self) -> datetime:
        return datetime.fromisoformat(self.begun_at)

    @property
    def finished(self) -> datetime:
        return datetime.fromisoformat(self.finished_at)


def sign(manifest: Manifest, key: SealingKey) -> Manifest:
    """The manifest with its signature."""
    return replace(manifest, signature=key.sign(manifest.canonical).hex())


def write(manifest: Manifest, backup: Path) -> None:
    """Put the manifest into the folder, last of all that lies there."""
    replace_file(backup / MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")


def read(backup: Path, *, trusted: Callable[[PublicKey], bool]) -> Manifest:
    """The manifest of a backup, signed with a key that is trusted. Raises ManifestFaulty."""
    try:
        said = json.loads((backup / MANIFEST).read_text("ascii"))
        manifest = _manifest(said)
        key = read_key(manifest.signing_key, called="The signing key in the manifest")
        signature = bytes.fromhex(manifest.signature)
        begun, finished = manifest.begun, manifest.finished
    except KeyUnusable as error:
        raise ManifestFaulty(str(error)) from error
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise ManifestFaulty(f"{backup / MANIFEST} is not the manifest of a backup.") from error
    if not trusted(key):
        raise ManifestFaulty(
            f"The backup is signed with key {key.key_id[:16]}…, which is not one of this council's."
        )
    if not key.signed(manifest.canonical, signature):
        raise ManifestFaulty("The manifest was altered after it was signed.")
    if manifest.format != FORMAT:
        raise ManifestFaulty(f"The backup is of format {manifest.format}, and this version reads {FORMAT}.")
    if (manifest.name, manifest.parts.keys()) != (backup.name, set(PARTS)) or begun > finished:
        raise ManifestFaulty(f"{backup} has the manifest of another backup, {manifest.name}.")
    return manifest


def faults(backup: Path, manifest: Manifest) -> Iterator[str]:
    """What of the backup is not as its manifest says: parts and documents missing, cut, altered or swapped.

    Every file is read. What the parts hold is not: that takes the recovery key.
    """
    parts = [(backup / name, part) for name, part in sorted(manifest.parts.items())]
    broken = [fault for path, part in parts for fault in _fault(path, part)]
    yield from broken
    if not broken:
        vault = Vault(backup.parent)
        for one in vaults.listed(backup):
            yield from _fault(vault.documents / one.name, one.part)


def _fault(path: Path, part: Part) -> Iterator[str]:
    try:
        found = vaults.measured(path)
    except OSError:
        yield f"{path} is missing."
        return
    if found.size < part.size:
        yield f"{path} was cut short: {found.size} of {part.size} bytes."
    elif found != part:
        yield f"{path} is not as it was written."


def _manifest(said: dict[str, Any]) -> Manifest:
    parts = {name: Part(int(part["size"]), str(part["sha256"])) for name, part in said["parts"].items()}
    return Manifest(**{**said, "parts": parts})
