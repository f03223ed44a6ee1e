"""Where this installation keeps its things: folders, secrets and one small settings file."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MODES = ("demo", "trial")
FOLDERS = ("documents", "exports", "reports", "seals", "secrets")
SETTINGS = "wenlock.toml"
RESTORING = ".restoring"  # lies in a home while a backup is being restored into it
LONGEST_SOCKET = 103  # bytes: the shortest limit of the systems we run on is 104, and C wants one for the end
PORT = 5432  # names the socket file; no network port is ever opened
_SECRET_NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")


class HomeUnusable(Exception):
    """The home folder cannot be trusted or used; the sentence says what to do."""


@dataclass(frozen=True)
class Home:
    """One installation's folder. `root` is absolute and need not exist until `prepare` is called."""

    root: Path

    @classmethod
    def find(cls, *, environ: Mapping[str, str] | None = None) -> Home:
        """Return the home this process is to use; nothing is created.

        `WENLOCK_HOME` wins; else `var` at the root of the source tree; else the user's own share folder.
        Raises HomeUnusable while a backup is being restored into it, or if that was cut short.
        """
        home = cls.named(environ=environ)
        if (home.root / RESTORING).exists():
            raise HomeUnusable(
                f"A backup is being restored into {home.root}, or that was cut short. "
                "Let it end, or run wenlock restore again."
            )
        return home

    @classmethod
    def named(cls, *, environ: Mapping[str, str] | None = None) -> Home:
        """Return the same home, whatever is being done to it."""
        chosen = (os.environ if environ is None else environ).get("WENLOCK_HOME")
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        return cls(_source_tree_var() or Path("~/.local/share/wenlock").expanduser())

    def prepare(self) -> Home:
        """Make the home and its folders, closed to everyone else, and return the home.

        Root leaves the home itself passable (0711), because the database server runs as somebody else.
        Raises HomeUnusable if it belongs to another user.
        """
        make_folder(self.root, mode=0o711 if os.geteuid() == 0 else 0o700)
        if os.geteuid() not in (0, self.root.stat().st_uid):
            raise HomeUnusable(
                f"{self.root} belongs to another user. Run as that user, "
                "or set WENLOCK_HOME to a folder of your own."
            )
        for name in FOLDERS:
            make_folder(self.root / name, mode=0o700)
        return self

    @property
    def documents(self) -> Path:
        """Documents at rest, encrypted."""
        return self.root / "documents"

    @property
    def exports(self) -> Path:
        """Files made for someone to collect."""
        return self.root / "exports"

    @property
    def reports(self) -> Path:
        """Reports of what was checked and proved."""
        return self.root / "reports"

    @property
    def seals(self) -> Path:
        """Sealed roots of the audit trail."""
        return self.root / "seals"

    @property
    def secrets(self) -> Path:
        """Keys and passwords, one a file (0600)."""
        return self.root / "secrets"

    @property
    def database(self) -> Path:
        """The folder round the database: its data, its log and, if the path is short enough, its socket."""
        return Path(self.settings().get("database", self.root / "postgresql"))

    @property
    def data(self) -> Path:
        """The PostgreSQL data directory."""
        return self.database / "data"

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket; one under /tmp if ours is too long, or has a comma in it.

        libpq takes a comma for the end of one host and the beginning of another.
        """
        usual = self.database / "run"
        if len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and "," not in str(usual):
            return usual
        return Path("/tmp") / f"wenlock-{self.mark}"

    @property
    def mark(self) -> str:
        """Twelve hex digits that tell this home from any other on the machine."""
        return hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]

    @property
    def mode(self) -> str | None:
        """`demo` or `trial`; None until one is chosen.

        Raises HomeUnusable if the file says anything else: what may be done here depends on the answer.
        """
        mode = self.settings().get("mode")
        if mode is not None and mode not in MODES:
            raise HomeUnusable(f'{self.root / SETTINGS}: mode is "{mode}"; it must be {" or ".join(MODES)}.')
        return mode

    def settings(self) -> dict[str, str]:
        """Return what wenlock.toml says; empty if there is no file yet."""
        path = self.root / SETTINGS
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise HomeUnusable(f"{path} cannot be read: {error}. Mend the line it names.") from error
        for key, value in found.items():
            if not isinstance(value, str):
                raise HomeUnusable(f"{path}: {key} must be text in quotation marks.")
        return found

    def keep(self, **values: str) -> None:
        """Write these settings and leave the others; a reader sees the old file or the new, never half."""
        if values.get("mode", MODES[0]) not in MODES:
            raise ValueError(f"mode must be one of {MODES}")
        merged = self.settings() | values
        lines = (f"{key} = {json.dumps(value)}\n" for key, value in sorted(merged.items()))
        replace_file(self.root / SETTINGS, "".join(lines))

    def has_secret(self, name: str) -> bool:
        """Say whether the secret has been made."""
        return self._secret_path(name).exists()

    def secret(self, name: str) -> str:
        """Return the secret of that name, made at random (256 bits, URL-safe) the first time it is asked for.

        Two processes asking at once get the same one. Raises HomeUnusable if others can read the file.
        """
        path = self._secret_path(name)
        if not path.exists():
            self.prepare()
            _create_once(path, secrets.token_urlsafe(32))
        if path.stat().st_mode & 0o077:
            raise HomeUnusable(
                f"{path} can be read by other users. Change the secret, or run: chmod 600 '{path}'"
            )
        return path.read_text(encoding="ascii")

    def _secret_path(self, name: str) -> Path:
        if not _SECRET_NAME.fullmatch(name):
            raise ValueError("a secret's name is lower-case letters, digits and hyphens")
        return self.secrets / name


def make_folder(folder: Path, *, mode: int) -> None:
    """See that the folder is there. Only a new one is given the mode, whatever the umask says."""
    if not folder.is_dir():
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        folder.chmod(mode)


def replace_file(path: Path, text: str, *, mode: int = 0o600) -> None:
    """Put the text in the file in one step, safe against a crash half-way."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _create_once(path: Path, text: str) -> None:
    """Create the file whole, or leave the one that is there: a link never replaces."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass  # somebody else was first, and theirs is the secret
    finally:
        temporary.unlink(missing_ok=True)


def _source_tree_var() -> Path | None:
    package = Path(__file__).resolve().parents[1]
    root = package.parents[1]
    in_source_tree = package == root / "src" / "wenlock" and (root / "pyproject.toml").is_file()
    return root / "var" if in_source_tree else None
