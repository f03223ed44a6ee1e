"""Where the database is: ours, started here, or a server named by DATABASE_URL. One login for each role."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from wenlock.base.constraints import APP, OWNER, PROVER, RETURNS, SEALER
from wenlock.base.home import PORT, Home

ALIASES = {"default": APP, "owner": OWNER, "returns": RETURNS, "sealer": SEALER, "prover": PROVER}
DATABASE = "wenlock"


class DatabaseUrlFaulty(ValueError):
    """DATABASE_URL is not an address we can use; the sentence says what to write."""


@dataclass(frozen=True)
class Place:
    """A server and the database on it: `host` may be a socket directory."""

    host: str
    port: int
    name: str
    options: Mapping[str, str]


def place(home: Home, environ: Mapping[str, str] = os.environ) -> Place:
    """Where the database of this installation is."""
    url = environ.get("DATABASE_URL")
    if not url:
        return Place(str(home.sockets), PORT, DATABASE, {})
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise DatabaseUrlFaulty("Write DATABASE_URL as postgresql://HOST:5432/DATABASE.")
    # A live service's link to its database is encrypted and its certificate checked, unless the server is this machine.
    local = parts.hostname in (None, "localhost", "127.0.0.1", "::1")
    options = {} if local else {"sslmode": environ.get("WENLOCK_DB_SSLMODE", "verify-full")}
    return Place(unquote(parts.hostname or ""), parts.port or PORT, unquote(parts.path.strip("/")), options)


def password(role: str, *, home: Home, environ: Mapping[str, str] = os.environ) -> str:
    """A role's password: from WENLOCK_APP_PASSWORD and its like, else from the home's secrets."""
    word = role.removeprefix("wenlock_")
    return environ.get(f"WENLOCK_{word.upper()}_PASSWORD") or home.secret(f"database-{word}")


def databases(home: Home, environ: Mapping[str, str] = os.environ) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: one alias for each login, all the same database."""
    where = place(home, environ)
    return {
        alias: {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": where.host,
            "PORT": str(where.port),
            "NAME": where.name,
            "USER": role,
            "PASSWORD": password(role, home=home, environ=environ),
            "OPTIONS": {**where.options, "pool": {"min_size": 0, "max_size": 8, "timeout": 15}}
            if alias == "default"
            else {**where.options},
            "CONN_MAX_AGE": 0,
            # A server that was restarted is found again: a pooled connection is tried before it is used.
            "CONN_HEALTH_CHECKS": True,
            "DISABLE_SERVER_SIDE_CURSORS": True,
            "TEST": {"MIRROR": None if alias == "default" else "default"},
        }
        for alias, role in ALIASES.items()
    }
