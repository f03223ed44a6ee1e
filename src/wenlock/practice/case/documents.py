"""Acts upon documents: keeping one, adding a version, opening a version.

A file is safe on the disk before anything in the database says that it exists.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection

from wenlock.base.home import Home
from wenlock.base.identifiers import new_id
from wenlock.files.arriving import Arrived, arriving
from wenlock.files.kept import Opened, note_kept, open_kept
from wenlock.notice.models import Provenance
from wenlock.practice.case.models import Document, DocumentSubject, DocumentVersion
from wenlock.security.actions import record_event
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound

TABLE = "case_documentversion"


class AboutNobody(Exception):
    """A document is about somebody."""

    advice = "Select at least one person the document is about."


class SameAsBefore(Exception):
    """The file is the newest version already, byte for byte."""

    advice = "This file is the same as the newest version. Choose the file you changed."


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
    with arriving(stream, file_name, home=home or settings.HOME) as arrived:
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
    with arriving(stream, file_name, home=home or settings.HOME) as arrived:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [document.int >> 65])
        newest = DocumentVersion.objects.filter(document=document).order_by("-number").first()
        if newest and newest.sha256 == arrived.sha256:
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
    opened = open_kept(row, home=home)
    for person in subjects:
        detail: dict[str, object] = {"part": "document", "number": row.number}
        record_event("read", person=person, table=TABLE, row=version, detail=detail)
    return opened


def _record(arrived: Arrived, *, document: UUID, number: int, by: Actor, at: datetime) -> DocumentVersion:
    version = DocumentVersion(
        document_id=document, number=number, recorded_by=by, recorded_at=at, **arrived.columns()
    )
    version.save(force_insert=True)
    note_kept(version, arrived, number=number)
    return version
