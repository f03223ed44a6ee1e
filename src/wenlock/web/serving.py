"""Serving the site: one server process, a handful of threads, on this machine unless told otherwise."""

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def serve(*, address: str, port: int, workers: int = 1, threads: int = 4) -> None:
    """Serve until interrupted. TLS belongs to the proxy in front, which also sets X-Forwarded-Proto."""
    leave_connections_behind()
    Granian(
        "wenlock.web.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


def leave_connections_behind() -> None:
    """Close this process's connections and pools: the server's processes are copies of it, without a pool's threads."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
