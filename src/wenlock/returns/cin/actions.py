"""Acts of the children in need census: bringing a file in. Letting one out is in `releasing`."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import PurePath
from typing import BinaryIO
from uuid import UUID

from django.db import DatabaseError

from wenlock.base.identifiers import new_id
from wenlock.law.calendars import LONDON
from wenlock.notice import published
from wenlock.notice.models import Provenance
from wenlock.notice.provenance import obtained
from wenlock.people.receiving import NotOpenToYou, Receipt
from wenlock.returns.cin.faults import CensusRefused, Fault, Remark
from wenlock.returns.cin.importing import Importing
from wenlock.returns.cin.numbers import NumberNotOpen
from wenlock.returns.cin.reading import Reading, read_census
from wenlock.returns.cin.report import Report
from wenlock.returns.models import ImportBatch
from wenlock.returns.operators import may
from wenlock.security.context import acting
from wenlock.security.models import Actor

PURPOSE = "children-in-need"
CHANNEL, SOURCE = "other-electronic", "internal-departments"  # the council's own returns of earlier years
COLLECTION = "CIN"
LARGEST = 100 * 1024 * 1024
SECONDS, BYTES_A_SECOND = 900, 20_000  # how long an import may act: a floor, and the slowest it may go


class ImportNotAllowed(Exception):
    """Whoever is acting may not bring files in, or may not write to a record the file tells of."""


class _Hashing:
    """A file being read, and the hash of what has been read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.hash = stream, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self.hash.update(data)
        return data


def import_census(
    *,
    stream: BinaryIO,
    file_name: str,
    by: Actor,
    at: datetime,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Bring a census file into the record, whole or not at all, and say what was done.

    `stream` can be read twice. Values are held just as the file gives them. A child known by the council's
    number is recognised; any other likeness is proposed for a person to decide. A file brought in again
    adds nothing.
    Raises CensusRefused with the faults of the file, and ImportNotAllowed; nothing is kept then.
    """
    sha256, size = _hash_of(stream)
    try:
        with acting(actor=by.pk, purpose=PURPOSE, seconds=SECONDS + size // BYTES_A_SECOND):
            if not may("import"):
                raise ImportNotAllowed("Only somebody whose role brings records in may do this.")
            return _bring_in(stream, file_name, sha256, by=by, at=at, progress=progress)
    except NumberNotOpen as error:
        raise CensusRefused([_not_open(error.line)], cut_short=True) from error
    except NotOpenToYou as error:
        raise ImportNotAllowed(str(error)) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) == "42501":
            raise ImportNotAllowed("The file tells of a record that is not open to you.") from error
        raise


def _bring_in(
    stream: BinaryIO,
    file_name: str,
    sha256: str,
    *,
    by: Actor,
    at: datetime,
    progress: Callable[[int], None] | None,
) -> Report:
    hashing = _Hashing(stream)
    reading = read_census(hashing, progress=progress)  # type: ignore[arg-type]
    years = _years(reading)
    before = ImportBatch.objects.filter(provenance__file_sha256=sha256).select_related("provenance").first()
    provenance = before.provenance if before else _obtained(file_name, sha256, by=by, at=at)
    batch = before.pk if before else new_id()
    report = Report(batch, file_name, sha256, years, again=before is not None)
    importing = Importing(report, Receipt(by, at, provenance), date(min(years), 3, 31))
    importing.children(reading)
    if hashing.hash.hexdigest() != sha256:
        raise CensusRefused(
            [Fault(1, "", "", "The file changed while it was being read. Try again.")], cut_short=True
        )
    report.remarks = (*_whose(reading, on=at.astimezone(LONDON).date()), *reading.remarks)
    report.remarks_left_off = reading.remarks_left_off
    if before is None:
        _keep(report, reading, provenance=provenance.pk, by=by, at=at)
    return report


def _whose(reading: Reading, *, on: date) -> list[Remark]:
    """A remark when the file is another council's, or does not say whose it is."""
    ours, theirs = published.in_force(on=on).notice.controller.dfe_number, reading.header.authority
    if theirs == ours:
        return []
    says = (
        f"The file does not say that it is of this council, whose number is {ours}. It was read all the same."
    )
    return [Remark(reading.header.line, "Message/Header/Source/LEA", theirs or "", says)]


def _obtained(file_name: str, sha256: str, *, by: Actor, at: datetime) -> Provenance:
    return obtained(
        channel=CHANNEL,
        source=SOURCE,
        purpose=PURPOSE,
        by=by,
        at=at,
        file_name=PurePath(file_name).name[:255] or "census.xml",
        file_sha256=sha256,
    )


def _keep(report: Report, reading: Reading, *, provenance: UUID, by: Actor, at: datetime) -> None:
    """Keep the account of the batch. Its rows name it already: their link is checked when all is done."""
    ImportBatch(
        id=report.batch,
        provenance_id=provenance,
        collection=COLLECTION,
        years=list(report.years),
        authority=reading.header.authority or "",
        children=report.children,
        report=report.to_keep(),
        imported_by=by,
        imported_at=at,
    ).save(force_insert=True)


def _years(reading: Reading) -> tuple[int, ...]:
    """The years whose census the file is. Raises CensusRefused when it is no census of any year."""
    header = reading.header
    if header.collection and header.collection.upper() != COLLECTION:
        raise _refused(
            header.line, "Collection", header.collection, "This is a file of another collection, not CIN."
        )
    years = {header.year, header.reference_on.year if header.reference_on else None} - {None}
    if not years:
        reason = "The header gives neither Year nor ReferenceDate: it does not say which census this is."
        raise _refused(header.line, "Year", "", reason)
    return tuple(sorted(year for year in years if year))


def _refused(line: int, element: str, value: str, reason: str) -> CensusRefused:
    return CensusRefused(
        [Fault(line, f"Message/Header/CollectionDetails/{element}", value, reason)], cut_short=True
    )


def _not_open(line: int) -> Fault:
    reason = (
        "This child's number belongs to a record that is not open to you. Ask somebody to whom it is open to"
        " bring the file in."
    )
    return Fault(line, "Message/Children/Child", "", reason)


def _hash_of(stream: BinaryIO) -> tuple[str, int]:
    """The file's hash and its size in bytes, with the stream back at its beginning."""
    stream.seek(0)
    whole = hashlib.sha256()
    while data := stream.read(1 << 20):
        whole.update(data)
    size = stream.tell()
    stream.seek(0)
    return whole.hexdigest(), size
