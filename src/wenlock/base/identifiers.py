"""Identifiers that say nothing."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """A random 128-bit identifier: safe in an address, useless for counting or walking."""
    return uuid4()
