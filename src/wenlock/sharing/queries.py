"""What has been shared: the ledger, as those accountable for it may read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wenlock.sharing.models import Disclosure


@dataclass(frozen=True, slots=True)
class Released:
    """One return in the ledger. `left_at` is None for one that was approved and never left."""

    id: UUID
    definition: str
    reference: str
    recipient: str
    purpose: str
    ground: str
    approved_by: str
    approved_at: datetime
    left_at: datetime | None
    fields: tuple[str, ...]
    children: int
    sha256: str
    file_name: str


def returns_released(*, definition: str = "") -> list[Released]:
    """The statutory returns in the ledger, newest first; of one definition if it is named."""
    rows = Disclosure.objects.exclude(definition="").order_by("-approved_at", "id")
    if definition:
        rows = rows.filter(definition=definition)
    return [
        _released(row)
        for row in rows.select_related("recipient", "purpose", "ground", "approved_by", "outgoing")
    ]


def return_released(disclosure: UUID) -> Released:
    """One return in the ledger. Raises Disclosure.DoesNotExist if none is open to whoever asks."""
    rows = Disclosure.objects.select_related("recipient", "purpose", "ground", "approved_by", "outgoing")
    return _released(rows.get(pk=disclosure))


def times_released(*, definition: str, beginning: str) -> int:
    """How often a return was released whose reference begins so."""
    return Disclosure.objects.filter(definition=definition, reference__startswith=beginning).count()


def _released(row: Disclosure) -> Released:
    ground = row.ground
    return Released(
        id=row.pk,
        definition=row.definition,
        reference=row.reference,
        recipient=row.recipient.name,
        purpose=row.purpose.name,
        ground=f"{ground.name} ({ground.instrument} {ground.provision}; UK GDPR Article {ground.article_6})",
        approved_by=row.approved_by.name,
        approved_at=row.approved_at,
        left_at=row.outgoing.left_at,
        fields=tuple(row.fields),
        children=row.people,
        sha256=row.content_sha256,
        file_name=row.outgoing.file_name,
    )
