"""How long a document of 100 MB takes to be looked through, sealed and opened, and in how much memory.

Run: .venv/bin/python benchmarks/documents.py [MEGABYTES]
"""

import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from wenlock.base.home import Home
from wenlock.files import envelope, sniffing, store

MEGABYTE = 1 << 20


def a_pdf(target: BinaryIO, megabytes: int) -> None:
    """Write a PDF that is all but a few bytes noise."""
    target.write(b"%PDF-1.7\n")
    for _ in range(megabytes - 1):
        target.write(os.urandom(MEGABYTE))
    target.write(b"\n%%EOF\n")
    target.seek(0)


def timed(says: str, act: Callable[[], object], *, megabytes: int) -> None:
    began = time.perf_counter()
    act()
    seconds = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{says:32} {seconds:6.2f} s  {megabytes / seconds:6.0f} MB/s  at most {most} MB of memory so far")


def drained(stream: BinaryIO) -> None:
    with stream:
        while stream.read(MEGABYTE):
            pass


def main(megabytes: int) -> None:
    """Time each step on a file on this machine's disk."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as plain:
        home, version, keys = Home(Path(folder)).prepare(), uuid4(), envelope.Keys([os.urandom(32)])
        a_pdf(plain, megabytes)
        kept: list[store.Kept] = []
        with tempfile.TemporaryFile() as closed:
            timed(
                "seal", lambda: envelope.seal(plain, closed, version=version, keys=keys), megabytes=megabytes
            )
            closed.flush()
            again = io.FileIO(os.dup(closed.fileno()))
            timed(
                "open and read",
                lambda: drained(envelope.opened(again, version=version, keys=keys)),
                megabytes=megabytes,
            )
        timed("look through", lambda: sniffing.recognise(plain, offered="report.pdf"), megabytes=megabytes)
        timed(
            "hash, seal, sync and rename",
            lambda: kept.append(store.keep(plain, version=version, home=home)),
            megabytes=megabytes,
        )
        whole = {"version": version, "size": kept[0].size, "digest": kept[0].sha256, "home": home}
        timed("verify, then read", lambda: drained(store.opened(**whole)), megabytes=megabytes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
