"""Acts of sharing: declaring what a return consists of, and letting one out by the one door."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from wenlock.base.identifiers import new_id
from wenlock.sharing.models import Definition


class SharingRefused(Exception):
    """The door refused. `code` names the rule that did; the message is its sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def declare_definition(*, code: str, fields: Mapping[str, str], using: str) -> None:
    """Say what a return consists of: its fields, each with the notice's category, and no others.

    `using` is the owner's connection, since nobody else may.
    """
    rows = [Definition(id=new_id(), code=code, field=field, category=fields[field]) for field in fields]
    with transaction.atomic(using=using):
        Definition.objects.using(using).filter(code=code).exclude(field__in=list(fields)).delete()
        Definition.objects.using(using).bulk_create(
            rows, update_conflicts=True, unique_fields=["code", "field"], update_fields=["category"]
        )


def release_return(
    *,
    rule: str,
    definition: str,
    reference: str,
    fields: Sequence[str],
    children: int,
    sha256: str,
    file_name: str,
) -> UUID:
    """Put a return in the ledger and the outbox, approved by whoever acts; the key of the ledger's entry.

    Nothing may leave before the transaction that holds this is committed.
    Raises SharingRefused, after which nothing is written.
    """
    with refusals(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT door.disclose_return_v1(%s, %s, %s, %s::text[], %s, %s, %s)",
            [rule, definition, reference, list(fields), children, sha256, file_name],
        )
        entry: UUID = cursor.fetchone()[0]
    return entry


def has_left(*, disclosure: UUID) -> None:
    """Note in the outbox that a return has left, now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT door.has_left_v1(%s)", [disclosure])


@contextmanager
def refusals() -> Iterator[None]:
    """What the database refuses, as SharingRefused with the database's own code and sentence."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        told = getattr(error.__cause__, "diag", None)
        if told is None or not told.constraint_name:
            raise
        raise SharingRefused(told.constraint_name, told.message_primary or str(error)) from error
