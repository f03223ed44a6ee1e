"""The prover's connection: its own login, on data that is committed."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from wenlock.base.server import Server
from wenlock.web.database import DATABASE, password


@pytest.fixture
def superuser(django_db_setup: None, server: Server) -> Iterator[psycopg.Connection]:
    """A superuser's connection in a transaction that is undone: what the drills break is whole again afterwards."""
    with psycopg.connect(server.dsn(dbname=DATABASE)) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def prover(django_db_setup: None, server: Server) -> Iterator[psycopg.Connection]:
    """The prover's own connection, as `wenlock prove` opens it."""
    dsn = server.dsn(
        user="wenlock_prover", dbname=DATABASE, password=password("wenlock_prover", home=settings.HOME)
    )
    with psycopg.connect(dsn) as connection:
        yield connection
        connection.rollback()
