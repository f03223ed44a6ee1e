"""A site with a copy of the database to itself, so that what partners send by the hundred is thrown away with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from tests.integration.audit_examples import Trail, copied
from tests.journeys.sign_in_fixtures import site
from wenlock.base.server import Server

ALIASES = ("default", "owner")


@contextmanager
def partner_site(server: Server, folder: Path) -> Iterator[tuple[str, Trail]]:
    """The address of the site, and its copy of the database. Every thread of this process is in the copy meanwhile."""
    with copied(server, folder) as copy:
        kept = connections["default"].settings_dict["NAME"]
        _move_to(copy.database)
        try:
            with site() as address:
                yield address, copy
        finally:
            _move_to(kept)


def _move_to(database: str) -> None:
    connections.close_all()
    connections["default"].close_pool()
    for alias in ALIASES:
        connections.settings[alias]["NAME"] = database
        connections[alias].settings_dict["NAME"] = database
