"""Servers to try things on: where to put one, and how to ask it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from wenlock.base.home import Home
from wenlock.base.server import Server


@contextmanager
def passable_folder() -> Iterator[Path]:
    """Give a folder that the server's user can pass through, as pytest's own cannot be when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="wenlock-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        for settings in folder.glob("**/wenlock.toml"):
            Server(Home(settings.parent), durable=False).remove()
        shutil.rmtree(folder)


def ask(server: Server, question: str) -> object:
    """Return the first column of the first row; None if there is none."""
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def postmaster(server: Server) -> int:
    """Return the pid of the server's first process."""
    return int((server.home.data / "postmaster.pid").read_text().split()[0])
