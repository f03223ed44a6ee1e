"""Jobs: put off within the transaction that needs them, run by the worker, and named by ids alone."""

import re
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

CODE = re.compile(r"[a-z0-9][a-z0-9.-]{0,59}")


class NotAnId(ValueError):
    """A job was given more than ids and codes: the queue is no place for what is said of a family."""


def defer(task: str, **ids: UUID | int | str) -> int:
    """Put a job in the queue, in the transaction now open: it runs if that is kept. Gives the job's own id.

    `task` is the name it was declared with. Ids are given as they are, codes as text; the job reads the rest
    in the name of whoever it acts for. Raises NotAnId for any other value.
    """
    job: int = app.configure_task(task).defer(**{name: _plain(name, value) for name, value in ids.items()})
    return job


def work(*, once: bool = False) -> None:
    """Run jobs until told to stop, `once` until the queue is empty."""
    # Another app, so that jobs put off by a job still go through Django's connection and its transaction.
    connector: Any = app.connector
    app.with_connector(connector.get_worker_connector()).run_worker(wait=not once)


def _plain(name: str, value: UUID | int | str) -> int | str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) or (isinstance(value, str) and CODE.fullmatch(value)):
        return value
    raise NotAnId(f"A job carries ids and codes alone, and {name} is neither.")
