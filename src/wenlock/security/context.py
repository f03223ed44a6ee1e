"""Who acts, and for what purpose: set once at the head of each transaction, signed, and gone with it."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

SECONDS = 300  # longer than any request or step of a job may take; a leaked context is soon dead


def signed_context(*, actor: UUID, purpose: str, request_id: UUID, expires_at: int, key: bytes) -> str:
    """The text the database accepts as proof of who acts. `expires_at` is in whole seconds of the Unix epoch."""
    message = f"{actor}|{purpose}|{request_id}|{expires_at}"
    digest = hashlib.sha256(key + hashlib.sha256(key + message.encode()).digest()).hexdigest()
    return f"{message}|{digest}"


def enter(*, actor: UUID, purpose: str, request_id: UUID | None = None, seconds: int = SECONDS) -> None:
    """Set the context of the transaction now open. Raises TransactionManagementError outside one."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A context belongs to a transaction: open one first.")
    token = signed_context(
        actor=actor,
        purpose=purpose,
        request_id=request_id or uuid4(),
        expires_at=int(time.time()) + seconds,
        key=settings.CONTEXT_KEY,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wenlock.context', %s, true)", [token])


def leave() -> None:
    """Name nobody, for the rest of the transaction now open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wenlock.context', '', true)")


@contextmanager
def acting(*, actor: UUID, purpose: str, seconds: int = SECONDS) -> Iterator[None]:
    """Open a transaction in which `actor` works for `purpose` (a code of the notice); all or nothing is kept."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('wenlock.context', true), '')")
        before = cursor.fetchone()[0]
        enter(actor=actor, purpose=purpose, seconds=seconds)
        yield
        # A setting outlives its savepoint: inside another transaction, give back the context that was there.
        cursor.execute("SELECT set_config('wenlock.context', %s, true)", [before])


@contextmanager
def correcting(reason: str) -> Iterator[None]:
    """Give the reason for the corrections made inside; without one the database refuses to replace a fact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('wenlock.reason', %s, true)", [reason])
        yield
        cursor.execute("SELECT set_config('wenlock.reason', '', true)")
