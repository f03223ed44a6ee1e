"""What of a home travels in a backup: its settings, the secrets that open and sign, seals and reports.

Left behind are the passwords of the database, made anew for the server it goes to; where the database lies; the
documents, which travel one by one; and exports, which were made for somebody to collect.
"""

from __future__ import annotations

import io
import json
import re
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from wenlock.backup.faults import RestoreRefused
from wenlock.base.home import SETTINGS, Home, make_folder
from wenlock.base.server import PASSWORD
from wenlock.security.seal_copies import FILE

OF_THIS_MACHINE = re.compile(rf"{PASSWORD}|database-.*")
PLACE = "database"  # the setting that says where the server of this machine keeps its data
TRAVELS = re.compile(rf"{re.escape(SETTINGS)}|(secrets|seals|seals/keys|reports)/[A-Za-z0-9][A-Za-z0-9._-]*")


def pack(home: Home, target: IO[bytes], *, seals: int) -> None:
    """Write a home to `target` as one stream; of the copy of the seals, the first `seals` bytes."""
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        _add(archive, SETTINGS, io.BytesIO(_settings(home)), len(_settings(home)))
        for path in _files(home):
            size = seals if path == home.seals / FILE else path.stat().st_size
            with path.open("rb") as file:
                _add(archive, path.relative_to(home.root).as_posix(), file, size)


def unpack(source: BinaryIO, home: Home) -> None:
    """Put what `pack` wrote into a prepared home. Raises RestoreRefused for anything `pack` does not write."""
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for entry in archive:
                file = archive.extractfile(entry) if TRAVELS.fullmatch(entry.name) else None
                if not entry.isreg() or file is None:
                    raise RestoreRefused(f"The backup of the home holds {entry.name}, which no home does.")
                if entry.name == SETTINGS:
                    home.keep(**tomllib.loads(file.read().decode("utf-8")))
                else:
                    _put(home.root / PurePosixPath(entry.name), file)
    except tarfile.TarError as error:
        raise RestoreRefused("The backup of the home is not one.") from error


def _settings(home: Home) -> bytes:
    said = {name: value for name, value in home.settings().items() if name != PLACE}
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in sorted(said.items())).encode()


def _files(home: Home) -> Iterator[Path]:
    for folder in (home.secrets, home.seals, home.seals / "keys", home.reports):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            travels = TRAVELS.fullmatch(path.relative_to(home.root).as_posix())
            machines = path.parent == home.secrets and OF_THIS_MACHINE.fullmatch(path.name)
            if path.is_file() and travels and not machines:
                yield path


def _add(archive: tarfile.TarFile, name: str, file: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    archive.addfile(entry, file)


def _put(path: Path, file: IO[bytes]) -> None:
    make_folder(path.parent, mode=0o700)
    path.write_bytes(file.read())
    path.chmod(0o600)
