#!/usr/bin/env python3
"""Find a Chromium for the browser journeys, or install Debian's as root. Standard library only.

The path is written to `.tools/browser`. Without a browser that file is absent, the journeys are skipped, and
the reason is printed. Set WENLOCK_BROWSER to use another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

RECORD = Path(__file__).resolve().parents[1] / ".tools" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def main() -> int:
    """Record a browser that starts. Never fails: the other tests can run without one."""
    kept = RECORD.read_text().strip() if RECORD.exists() else None
    if kept and not os.environ.get("WENLOCK_BROWSER") and Path(kept).exists():
        return 0
    found, reason = find(), None
    if not found:
        reason = install()
        found = find()
    if found:
        RECORD.parent.mkdir(exist_ok=True)
        RECORD.write_text(f"{found}\n")
        print(f"browser: {found}")
        return 0
    RECORD.unlink(missing_ok=True)
    reason = reason or "the browser here does not start"
    print(f"browser: the browser journeys will be skipped, because {reason}.")
    return 0


def find() -> str | None:
    """Return the first browser that starts, as a stub that points elsewhere does not; None if none does."""
    chosen = os.environ.get("WENLOCK_BROWSER")
    candidates = [chosen] if chosen else [*filter(None, map(shutil.which, NAMES)), *ELSEWHERE]
    return next((path for path in candidates if starts(path)), None)


def starts(path: str) -> bool:
    """Say whether the browser tells its version."""
    try:
        return (
            subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> str | None:
    """Install Chromium with apt, as root only. Return why that could not be done; None if it was."""
    if os.environ.get("WENLOCK_BROWSER"):
        return f"WENLOCK_BROWSER ({os.environ['WENLOCK_BROWSER']}) does not start"
    if not shutil.which("apt-get"):
        return "there is no Chromium here; install it with your system's packages and run make test again"
    if os.geteuid() != 0:
        return "there is no Chromium here; run: sudo apt-get install chromium"
    print("browser: installing chromium (a minute, once)", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", *arguments]
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["nothing"]
            return f"apt-get {arguments[0]} failed and said: {lines[-1]}"
    return None


if __name__ == "__main__":
    sys.exit(main())
