#!/usr/bin/env python3
"""Find Dovecot for the tests of e-mail, or install Debian's as root. Standard library only.

Without it those tests are skipped, and the reason is printed. The tests run a server of their own from a folder of their
own: nothing is started here, and no system service is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
PACKAGES = ("dovecot-imapd", "dovecot-lmtpd")


def main() -> int:
    """See that there is a Dovecot. Never fails: the other tests can run without one."""
    if shutil.which("dovecot", path=PLACES):
        return 0
    if reason := install():
        print(f"mail server: the tests of e-mail will be skipped, because {reason}.")
    return 0


def install() -> str | None:
    """Install Dovecot with apt, as root only. Return why that could not be done; None if it was."""
    if not shutil.which("apt-get"):
        return "there is no Dovecot here; install it with your system's packages and run make test again"
    if os.geteuid() != 0:
        return f"there is no Dovecot here; run: sudo apt-get install {' '.join(PACKAGES)}"
    print("mail server: installing dovecot (once)", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
        command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", *arguments]
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or ["nothing"]
            return f"apt-get {arguments[0]} failed and said: {lines[-1]}"
    return None


if __name__ == "__main__":
    sys.exit(main())
