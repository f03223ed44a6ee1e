"""What has come in with files, as those who may bring them in can read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wenlock.returns.cin.report import COUNTED
from wenlock.returns.models import ImportBatch

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Batch:
    """A file brought in: counts with what they count, and differences as (line, person, element, given)."""

    id: UUID
    file_name: str
    sha256: str
    years: tuple[int, ...]
    children: int
    imported_by: str
    imported_at: datetime
    told: tuple[tuple[int, str], ...] = ()
    questions: tuple[tuple[int, str], ...] = ()
    remarks: tuple[tuple[int, str, str], ...] = ()
    remarks_left_off: int = 0
    differences: tuple[tuple[int, UUID, str, str], ...] = ()


def batches() -> list[Batch]:
    """The files brought in, newest first."""
    rows = ImportBatch.objects.select_related("provenance", "imported_by").order_by("-imported_at", "id")
    return [_batch(row) for row in rows[:MOST_LISTED]]


def batch(pk: UUID) -> Batch | None:
    """One file brought in, with all that was said of it; None if none is open to whoever asks."""
    row = ImportBatch.objects.select_related("provenance", "imported_by").filter(pk=pk).first()
    if row is None:
        return None
    differences = row.differences.order_by("line", "element").values_list(
        "line", "person_id", "element", "given"
    )
    kept = row.report
    return _batch(
        row,
        told=tuple(
            (kept["counts"][name], words) for name, words in COUNTED.items() if name in kept["counts"]
        ),
        questions=tuple((line, says) for line, says in kept["questions"]),
        remarks=tuple((line, path, says) for line, path, says in kept["remarks"]),
        remarks_left_off=kept["remarks_left_off"],
        differences=tuple(differences[:MOST_LISTED]),
    )


def _batch(row: ImportBatch, **more: Any) -> Batch:
    return Batch(
        id=row.pk,
        file_name=row.provenance.file_name,
        sha256=row.provenance.file_sha256,
        years=tuple(row.years),
        children=row.children,
        imported_by=row.imported_by.name,
        imported_at=row.imported_at,
        **more,
    )
