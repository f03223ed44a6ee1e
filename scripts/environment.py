#!/usr/bin/env python3
"""Make `.venv` and bring it to exactly what the hashed locks say. Standard library only.

    python3 scripts/environment.py run      what the product needs
    python3 scripts/environment.py dev      that, and what its tests and checks need

A repeat with nothing changed takes a few hundredths of a second. The stamps record what was installed, so
that a changed lock, a moved folder or another Python is noticed, whatever the files' dates say.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ["run.txt"], "dev": ["run.txt", "dev.txt"]}
KEPT = {"pip", "setuptools", "wheel", "wenlock"}  # never in a lock, never to be cleared away


class Stopped(Exception):
    """The environment could not be made; the sentence says what to do."""


def main(kind: str) -> int:
    """Bring the environment up to date; say a line for each thing done."""
    try:
        (ROOT / ".tools").mkdir(exist_ok=True)
        with open(ROOT / ".tools" / "environment.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            make_venv()
            install_locks(kind)
            install_project()
    except Stopped as reason:
        print(f"environment: {reason}", file=sys.stderr)
        return 1
    return 0


def make_venv() -> None:
    """Make `.venv` unless there is one, made here, whose Python still runs."""
    stamp = f"{ROOT}\n{sys.version_info[0]}.{sys.version_info[1]}\n"
    if read(VENV / ".made") == stamp and works(PYTHON):
        return
    print(f"environment: making .venv with Python {sys.version_info[0]}.{sys.version_info[1]}", flush=True)
    ensure_ensurepip()
    shutil.rmtree(VENV, ignore_errors=True)
    command([sys.executable, "-m", "venv", VENV], "The virtual environment could not be made.")
    (VENV / ".made").write_text(stamp)


def ensure_ensurepip() -> None:
    """See that this Python can make environments: some systems ship that part in a package of its own."""
    asked = subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True, check=False)
    if asked.returncode == 0:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stopped(
            "this Python lacks the venv and ensurepip modules. Install them (Debian, Ubuntu: "
            f"sudo apt-get install {package}), then run make again."
        )
    print(f"environment: installing {package}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", package]):
        command(
            ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", *arguments],
            f"{package} could not be installed.",
            environment=quiet,
        )


def install_locks(kind: str) -> None:
    """Install what the locks name, hash by hash, and clear away what they name no longer."""
    locks = [ROOT / "requirements" / name for name in LOCKS[kind]]
    stamps = {lock: VENV / f".{lock.stem}-installed" for lock in locks}
    if all(read(stamp) == fingerprint(lock) for lock, stamp in stamps.items()):
        return
    print(
        f"environment: installing {' and '.join(f'requirements/{lock.name}' for lock in locks)}", flush=True
    )
    clear_strays()
    wanted = [part for lock in locks for part in ("-r", str(lock))]
    pip(["install", "--require-hashes", *wanted], "The packages could not be installed.")
    for lock, stamp in stamps.items():
        stamp.write_text(fingerprint(lock))


def clear_strays() -> None:
    """Uninstall what no lock names, so that what works here works on a clean machine."""
    named = set(KEPT)
    for name in LOCKS["dev"]:
        text = (ROOT / "requirements" / name).read_text()
        named |= {normal(found) for found in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}
    listed = pip(["list", "--format=freeze"], "The packages could not be listed.")
    here = {normal(line.split("==")[0]) for line in listed.splitlines() if "==" in line}
    if strays := sorted(here - named):
        pip(["uninstall", "--yes", *strays], "Old packages could not be removed.")


def install_project() -> None:
    """Install Wenlock itself, editable, with the build program that the lock already brought."""
    stamp, wanted = VENV / ".project-installed", fingerprint(ROOT / "pyproject.toml")
    if read(stamp) == wanted and (VENV / "bin" / "wenlock").exists():
        return
    print("environment: installing wenlock, editable", flush=True)
    editable = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    pip(["install", *editable], "Wenlock could not be installed.")
    stamp.write_text(wanted)


def pip(arguments: list[str], fault: str) -> str:
    """Run pip in the environment and return what it printed."""
    settled = ["--disable-pip-version-check", "--no-input", "--no-color"]
    return command([PYTHON, "-m", "pip", *settled, *arguments], fault)


def command(words: list[str | Path], fault: str, *, environment: dict[str, str] | None = None) -> str:
    """Run the command and return what it printed. Its own complaints are shown only when it fails."""
    done = subprocess.run([*map(str, words)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stopped(f"{fault} {Path(words[0]).name} said:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout


def works(python: Path) -> bool:
    """Say whether the environment's Python still starts; an upgrade of the system may have taken it away."""
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of the file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path) -> str | None:
    """Return the text of the file; None if there is none."""
    return path.read_text() if path.exists() else None


def normal(name: str) -> str:
    """Return the package's name as the packaging rules compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
