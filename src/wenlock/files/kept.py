"""What a row says of a file it answers for, and the sweep of files that no row answers for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from typing import ClassVar
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q

from wenlock.base.home import Home
from wenlock.files import store
from wenlock.files.arriving import Arrived
from wenlock.files.envelope import Damaged
from wenlock.files.sniffing import MOST
from wenlock.security.actions import record_event
from wenlock.security.fields import key

AT_ONCE = 5000  # files asked after in one query


class KeptFile(models.Model):
    """A row whose key is that of a sealed file: what it is called, what it is, and its hash in the clear."""

    id = key()
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80)

    class Meta:
        abstract = True
        constraints: ClassVar = []


def arrived_whole(table: str) -> tuple[CheckConstraint, ...]:
    """The constraints of every table of kept files."""
    return (
        CheckConstraint(name=f"{table}_hash_is_whole", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
        CheckConstraint(name=f"{table}_within_the_limit", condition=Q(size__gte=1, size__lte=MOST)),
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A kept file in the clear: its bytes, to read and to seek in, and what to call them. Close the stream."""

    stream: BufferedReader
    file_name: str
    media_type: str
    size: int


def note_kept(row: KeptFile, arrived: Arrived, **detail: object) -> None:
    """Write down that a file was kept, and what looked through it for viruses."""
    said = {"checked_for_viruses_by": arrived.checked_by, **detail}
    record_event("document-kept", table=row._meta.db_table, row=row.pk, detail=said)


def open_kept(row: KeptFile, *, home: Home | None = None) -> Opened:
    """The file of a row whoever acts may see, once all of it is found to be as it was kept.

    The look itself is the caller's to write down. Raises envelope.KeyMissing, and Damaged, which is written down here
    and must not be rolled back.
    """
    try:
        stream = store.opened(version=row.pk, size=row.size, digest=row.sha256, home=home or settings.HOME)
    except Damaged:
        record_event("document-damaged", table=row._meta.db_table, row=row.pk)
        raise
    return Opened(stream, row.file_name, row.media_type, row.size)


def sweep_orphans(*, at: datetime, home: Home | None = None) -> store.Swept:
    """Set aside the files that no row answers for. Asks as the prover, who sees the key of every row."""
    return store.sweep(home=home or settings.HOME, known=_known, at=at)


def _known(files: Collection[UUID]) -> set[UUID]:
    asked = list(files)
    found: set[UUID] = set()
    for model in (one for one in apps.get_models() if issubclass(one, KeptFile)):
        for start in range(0, len(asked), AT_ONCE):
            rows = model._base_manager.using("prover").filter(pk__in=asked[start : start + AT_ONCE])
            found.update(rows.values_list("pk", flat=True))
    return found
