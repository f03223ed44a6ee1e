"""One real PostgreSQL for the whole run, set up by the same code as an installation, and asked as the runtime role."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from wenlock.base import server as servers

STACK = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server before Django is configured: settings read where it is. A worker of a parallel run has its own."""
    server = STACK.enter_context(servers.throwaway())
    server.home.keep(mode="demo")
    os.environ["WENLOCK_HOME"] = str(server.home.root)
    os.environ["DJANGO_SETTINGS_MODULE"] = "wenlock.web.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop of its own beside the live server
    config.stash[SERVER] = server
    import django

    django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys come last: they commit people of their own, and their server keeps connections open."""
    items.sort(key=lambda item: "journeys" in item.path.parts)


def pytest_unconfigure() -> None:
    STACK.close()


SERVER = pytest.StashKey[servers.Server]()


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> servers.Server:
    """The server of this run."""
    return pytestconfig.stash[SERVER]


@pytest.fixture(scope="session")
def django_db_setup(server: servers.Server, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The database as an installation has it, with the notice in force and the cast of `tests/cast.py`."""
    from tests import cast
    from wenlock.web.setup import make_ready

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        make_ready(home=server.home, server=server, say=lambda line: None)
        cast.assemble()
    yield


@pytest.fixture
def the(db: None) -> object:
    """The cast: workers by first name, the family, and what they hold."""
    from tests import cast

    return cast.recall()
