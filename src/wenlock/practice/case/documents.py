"""Acts upon documents: keeping one, adding a version, opening a version, sweeping up what was never finished.

A file is safe on the disk before anything in the database says that it exists.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import BufferedReader
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection

from wenlock.base.home import Home
from wenlock.base.identifiers import new_id
from wenlock.notice.models import Provenance
from wenlock.practice.case import scanning, sniffing, store
from wenlock.practice.case.envelope import Damaged
from wenlock.practice.case.models import Document, DocumentSubject, DocumentVersion
from wenlock.security.actions import record_event
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound

TABLE = "case_documentversion"
AT_ONCE = 5000  # versions asked for in one query


class AboutNobody(Exception):
    """A document is about somebody."""

    advice = "Select at least one person the document is about."


class SameAsBefore(Exception):
    """The file is the newest version already, byte for byte."""

    advice = "This file is the same as the newest version. Choose the file you changed."


@dataclass(frozen=True, slots=True)
class Opened:
    """A version in the clear: its bytes, to read and to seek in, and what to call them. Close the stream."""

    stream: BufferedReader
    file_name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A file that was looked through and is on the disk, and what checked it for viruses."""

    version: UUID
    recognised: sniffing.Recognised
    kept: store.Kept
    checked_by: str


def keep_document(
    *,
    about: Collection[UUID],
    title: str,
    document_class: str,
    stream: BinaryIO,
    file_name: str,
    dated_on: date | None,
    provenance: Provenance,
    by: Actor,
    at: datetime,
    third_party: bool = False,
    irreplaceable: bool = False,
    home: Home | None = None,
) -> Document:
    """Keep a file about one person or several, as a document with its first version.

    `stream` is read from its beginning and must be able to seek; `dated_on` is the day on the paper, None if
    it has none. Raises AboutNobody, sniffing.Refused for a file that is not kept, scanning.CheckerSilent,
    store.NotStored and envelope.KeyMissing; and a database error for a person whose record is not open to
    whoever acts.
    """
    if not about:
        raise AboutNobody
    with _arrived(stream, file_name, home=home or settings.HOME) as arrived:
        document = Document(
            id=new_id(),
            title=title,
            document_class=document_class,
            dated_on=dated_on,
            third_party=third_party,
            irreplaceable=irreplaceable,
            provenance=provenance,
            recorded_by=by,
            recorded_at=at,
        )
        document.save(force_insert=True)
        for person in dict.fromkeys(about):
            DocumentSubject(id=new_id(), document=document, person_id=person).save(force_insert=True)
        _record(arrived, document=document.pk, number=1, by=by, at=at)
    return document


def add_version(
    *,
    document: UUID,
    stream: BinaryIO,
    file_name: str,
    by: Actor,
    at: datetime,
    home: Home | None = None,
) -> DocumentVersion:
    """Keep a file as the next version of a document; those before it stay as they are.

    Two workers adding at once both keep theirs, one after the other. Raises NotFound, SameAsBefore, and what
    `keep_document` does.
    """
    if not DocumentSubject.objects.filter(document=document).exists():
        raise NotFound
    with _arrived(stream, file_name, home=home or settings.HOME) as arrived:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [document.int >> 65])
        newest = DocumentVersion.objects.filter(document=document).order_by("-number").first()
        if newest and newest.sha256 == arrived.kept.sha256:
            raise SameAsBefore
        number = newest.number + 1 if newest else 1
        return _record(arrived, document=document, number=number, by=by, at=at)


def open_version(*, version: UUID, home: Home | None = None) -> Opened:
    """A version to be read, once all of it is found to be as it was kept; the look is written down.

    It is written for everybody the document is about whom the actor may see, in the transaction now open,
    which must carry who acts. Raises NotFound for what is not there or not theirs, envelope.KeyMissing, and
    Damaged, which is written down too and must not be rolled back.
    """
    row = DocumentVersion.objects.filter(pk=version).first()
    # Whoever recorded a document keeps sight of its row; only work with somebody it is about opens the file.
    subjects = list(
        DocumentSubject.objects.filter(document__versions=version).values_list("person", flat=True)
    )
    if row is None or not subjects:
        raise NotFound
    try:
        stream = store.opened(version=version, size=row.size, digest=row.sha256, home=home or settings.HOME)
    except Damaged:
        record_event("document-damaged", table=TABLE, row=version)
        raise
    for person in subjects:
        detail: dict[str, object] = {"part": "document", "number": row.number}
        record_event("read", person=person, table=TABLE, row=version, detail=detail)
    return Opened(stream, row.file_name, row.media_type, row.size)


def sweep_orphans(*, at: datetime, home: Home | None = None) -> store.Swept:
    """Set aside the files that no version answers for. Asks as the prover, who sees the key of every row."""
    return store.sweep(home=home or settings.HOME, known=_known, at=at)


@contextmanager
def _arrived(stream: BinaryIO, file_name: str, *, home: Home) -> Iterator[_Arrived]:
    """Look through a file and keep it, and remove it again when the rows that say so cannot be written."""
    recognised = sniffing.recognise(stream, offered=file_name)
    checker = scanning.checker()
    if checker and checker.scan(stream):
        raise sniffing.Refused("virus")
    stream.seek(0)
    version = new_id()
    kept = store.keep(stream, version=version, home=home)
    try:
        yield _Arrived(version, recognised, kept, checker.name if checker else scanning.NONE)
    except BaseException:
        store.discard(version=version, home=home)
        raise


def _record(arrived: _Arrived, *, document: UUID, number: int, by: Actor, at: datetime) -> DocumentVersion:
    version = DocumentVersion(
        id=arrived.version,
        document_id=document,
        number=number,
        file_name=arrived.recognised.file_name,
        media_type=arrived.recognised.format.media_type,
        size=arrived.kept.size,
        sha256=arrived.kept.sha256,
        stored_as=arrived.kept.stored_as,
        recorded_by=by,
        recorded_at=at,
    )
    version.save(force_insert=True)
    detail: dict[str, object] = {"checked_for_viruses_by": arrived.checked_by, "number": number}
    record_event("document-kept", table=TABLE, row=version.pk, detail=detail)
    return version


def _known(versions: Collection[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    asked = list(versions)
    for start in range(0, len(asked), AT_ONCE):
        rows = DocumentVersion.objects.using("prover").filter(pk__in=asked[start : start + AT_ONCE])
        found.update(rows.values_list("pk", flat=True))
    return found
