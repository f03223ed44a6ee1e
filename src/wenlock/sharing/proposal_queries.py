"""What has been proposed, decided and shared about a person, as far as whoever asks may see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wenlock.people.queries import briefs
from wenlock.people.record import relatives_of
from wenlock.security.actions import record_event
from wenlock.security.queries import NotFound
from wenlock.sharing.choosing import Choice, shown
from wenlock.sharing.codes import ANSWERS, RECEIPTS
from wenlock.sharing.models import Disclosure, Proposal, Weighing
from wenlock.sharing.weighing import rule_in_force


@dataclass(frozen=True, slots=True)
class InShort:
    """A proposal in a list: with whom, what for, by whom and when, and how it stands."""

    id: UUID
    body: str
    post: str
    why: str
    proposed_by: str
    proposed_at: datetime
    answer: str
    because: str
    answered_by: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says went about a person. `receipt` is "" while nobody has said what became of it."""

    id: UUID
    proposal: UUID
    body: str
    recipient: str
    purpose: str
    ground: str
    why: str
    sent_by: str
    approved_by: str
    left_at: datetime | None
    sha256: str
    receipt: str
    receipt_says: str


def proposal_about(*, person: UUID, proposal: UUID) -> Proposal:
    """One proposal about a person. Raises NotFound, and writes that down, for none that the actor may see."""
    found = (
        Proposal.objects.filter(pk=proposal, person=person)
        .select_related("destination", "proposed_by", "answer__answered_by")
        .first()
    )
    if found is None:
        detail: dict[str, object] = {"wanted": "proposal", "why": "no such proposal"}
        record_event("denied", person=person, table="sharing_proposal", row=proposal, detail=detail)
        raise NotFound
    return found


def proposals_about(*, person: UUID) -> list[InShort]:
    """The proposals about a person, the newest first."""
    rows = Proposal.objects.filter(person=person).order_by("-proposed_at")
    return [
        _in_short(row)
        for row in rows.select_related("destination", "proposed_by", "answer__answered_by", "disclosure")
    ]


def shared_about(*, person: UUID) -> list[Entry]:
    """What went about a person, the newest first: the ledger."""
    rows = Disclosure.objects.filter(person_id=person).exclude(proposal=None).order_by("-approved_at")
    joined = (
        "recipient",
        "purpose",
        "ground",
        "proposal__destination",
        "sent_by",
        "approved_by",
        "outgoing",
        "receipt",
    )
    return [_entry(row) for row in rows.select_related(*joined)]


def chosen_in(proposal: Proposal) -> list[Choice]:
    """What a proposal would share, in words, as far as the actor may see it."""
    known = relatives_of(proposal.person_id) | briefs([proposal.person_id])
    rows = proposal.items.order_by("table_name", "row_id").values("table_name", "row_id", "columns")
    return [choice for row in rows if (choice := shown(row, known=known))]


def documents_in(proposal: Proposal) -> list[UUID]:
    """The document versions a proposal would share."""
    rows = proposal.items.filter(table_name="case_documentversion").order_by("row_id")
    return list(rows.values_list("row_id", flat=True))


def weighings_of(proposal: Proposal) -> list[Weighing]:
    """What was found each time the proposal was weighed, the first first."""
    return list(proposal.weighings.select_related("weighed_by").order_by("weighed_at"))


def _in_short(row: Proposal) -> InShort:
    answer = getattr(row, "answer", None)
    return InShort(
        id=row.pk,
        body=row.destination.body,
        post=row.destination.post,
        why=row.why,
        proposed_by=row.proposed_by.name,
        proposed_at=row.proposed_at,
        answer=ANSWERS[answer.outcome] if answer else "",
        because=answer.because if answer else "",
        answered_by=answer.answered_by.name if answer else "",
        sent=hasattr(row, "disclosure"),
    )


def _entry(row: Disclosure) -> Entry:
    ground, receipt = row.ground, getattr(row, "receipt", None)
    assert row.proposal is not None
    cited = f"{ground.instrument} {ground.provision}".strip() or "Consent"
    return Entry(
        id=row.pk,
        proposal=row.proposal.pk,
        body=row.proposal.destination.body,
        recipient=row.recipient.name,
        purpose=row.purpose.name,
        ground=f"{cited}; UK GDPR Article {ground.article_6}",
        why=row.proposal.why,
        sent_by=row.sent_by.name,
        approved_by=row.approved_by.name,
        left_at=row.outgoing.left_at,
        sha256=row.content_sha256,
        receipt=RECEIPTS[receipt.outcome] if receipt else "",
        receipt_says=receipt.says if receipt else "",
    )


def purpose_of(rule: str, *, on: date) -> str:
    """What a rule shares for, in the notice's words; "" for a rule that is not in force any more."""
    found = rule_in_force(rule, on=on)
    return found.purpose_name if found else ""
