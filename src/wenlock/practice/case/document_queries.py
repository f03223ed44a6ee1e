"""What documents there are about a person, with their versions, as far as whoever asks may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wenlock.practice.case import codes
from wenlock.practice.case.models import Document, DocumentSubject, DocumentVersion
from wenlock.security.actions import record_event
from wenlock.security.queries import NotFound


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document. `size` is in bytes, `sha256` that of the file in the clear."""

    id: UUID
    number: int
    file_name: str
    media_type: str
    size: int
    sha256: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: what it is, whom it is about that the actor may see, how it came, its newest version first.

    `dated_on` is the day on the paper, None when it has none.
    """

    id: UUID
    title: str
    kind: str
    dated_on: date | None
    third_party: bool
    irreplaceable: bool
    source: str
    channel: str
    about: tuple[UUID, ...]
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        return self.versions[0]


def documents_about(*, person: UUID) -> list[Paper]:
    """The documents about a person that the actor may see, the latest added first."""
    return _papers(DocumentSubject.objects.filter(person=person).values_list("document", flat=True))


def document_about(*, person: UUID, document: UUID) -> Paper:
    """One document about a person. Raises NotFound, and writes that down, for none that the actor may see."""
    about = DocumentSubject.objects.filter(person=person, document=document)
    found = _papers(about.values_list("document", flat=True))
    if not found:
        record_event(
            "denied",
            person=person,
            table="case_document",
            row=document,
            detail={"wanted": "document", "why": "no such document"},
        )
        raise NotFound
    return found[0]


def _papers(documents: Iterable[UUID]) -> list[Paper]:
    wanted = list(documents)
    rows = Document.objects.filter(pk__in=wanted).select_related("provenance__source", "provenance__channel")
    about: dict[UUID, list[UUID]] = {}
    for document, person in DocumentSubject.objects.filter(document__in=wanted).values_list(
        "document", "person"
    ):
        about.setdefault(document, []).append(person)
    versions: dict[UUID, list[Version]] = {}
    kept = DocumentVersion.objects.filter(document__in=wanted).select_related("recorded_by")
    for row in kept.order_by("-number"):
        versions.setdefault(row.document_id, []).append(_version(row))
    return [
        _paper(row, about.get(row.pk, []), versions[row.pk])
        for row in rows.order_by("-recorded_at", "title")
        if row.pk in versions
    ]


def _paper(row: Document, about: list[UUID], versions: list[Version]) -> Paper:
    return Paper(
        id=row.pk,
        title=row.title,
        kind=codes.DOCUMENT_CLASSES[row.document_class],
        dated_on=row.dated_on,
        third_party=row.third_party,
        irreplaceable=row.irreplaceable,
        source=row.provenance.source.name,
        channel=row.provenance.channel.name,
        about=tuple(about),
        versions=tuple(versions),
    )


def _version(row: DocumentVersion) -> Version:
    return Version(
        id=row.pk,
        number=row.number,
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        recorded_by=row.recorded_by.name,
        recorded_at=row.recorded_at,
    )
