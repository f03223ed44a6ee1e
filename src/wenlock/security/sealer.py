"""The sealer's own connection, and what the sealing of this installation works with."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from wenlock.base.home import Home
from wenlock.security import seal_copies


@contextmanager
def connected(alias: str = "sealer") -> Iterator[psycopg.Connection[Any]]:
    """A connection of one of our roles apart from Django's, autocommitting: sealing commits where it must."""
    values = connections[alias].get_connection_params()
    # Django's own cursors and adapters are for its models.
    ours = {name: value for name, value in values.items() if name not in ("cursor_factory", "context")}
    with psycopg.connect(**ours, autocommit=True) as connection:
        yield connection


def home() -> Home:
    """The home of this installation."""
    return settings.HOME  # type: ignore[no-any-return]


def places() -> tuple[Path, ...]:
    """Where seals are kept outside the database; WENLOCK_SEALS_COPY names a second folder, on other disks."""
    return seal_copies.places(home(), second=os.environ.get("WENLOCK_SEALS_COPY"))
