"""A stage for whole censuses: one transaction that is always undone, in which both database roles may be
taken.

Rows written as the runtime role are read as the returns role before anything is committed, which only a
login that may become either can do.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.utils import timezone

from tests import cast
from wenlock.returns.cin.actions import import_census
from wenlock.returns.cin.building import Built, build, private_file
from wenlock.returns.cin.census import Census, header_for
from wenlock.returns.cin.reading import read_whole
from wenlock.returns.cin.releasing import enter_for_returns
from wenlock.returns.cin.report import Report
from wenlock.security.models import Actor

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))  # where our own files are invented
import cin_examples

__all__ = ["a_stage", "as_returns", "both", "bring_in", "built", "cin_examples", "undone"]


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside runs as the runtime role, in one transaction that is taken back at the end."""
    usual = connections["default"]
    connections["default"] = connections["prover"].copy(alias="default")
    try:
        with transaction.atomic():
            _become("wenlock_app")
            yield
            transaction.set_rollback(True)
    finally:
        connections["default"].close()
        connections["default"] = usual


def _become(role: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


@contextmanager
def as_returns(actor: Actor) -> Iterator[object]:
    """The returns role on the same connection, and then the runtime role again."""
    _become("wenlock_returns")
    enter_for_returns(connections["default"], actor)
    yield connections["default"]
    _become("wenlock_app")


@pytest.fixture(name="stage")
def a_stage(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[cast.Cast]:
    """The cast, on this stage."""
    with django_db_blocker.unblock(), undone():  # type: ignore[attr-defined]
        yield cast.recall()


def bring_in(data: bytes, by: Actor, *, name: str = "census.xml") -> Report:
    """Bring a file in."""
    return import_census(stream=io.BytesIO(data), file_name=name, by=by, at=timezone.now())


def both(year: int, data: bytes, by: Actor, folder: Path) -> tuple[Census, Census]:
    """A file as it is read, and as it is built again once it was brought in."""
    bring_in(data, by)
    return read_whole(io.BytesIO(data)), built(year, by, folder)[1]


def built(year: int, by: Actor, folder: Path) -> tuple[Built, Census]:
    """The census of a year built as the returns role, and what its file says when it is read again."""
    header = header_for(
        year=year, authority="893", software="Wenlock", release="0", serial="001", made_at=timezone.now()
    )
    with private_file(folder / "built.xml") as stream:
        with as_returns(by) as connection:
            made = build(stream=stream, header=header, year=year, connection=connection)  # type: ignore[arg-type]
        return made, read_whole(io.BytesIO(made.path.read_bytes()))
