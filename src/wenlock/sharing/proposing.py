"""Acts upon a proposal: making it, deciding on it, sending what was approved, and saying what became of that."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from wenlock.base.decision import Decision
from wenlock.base.identifiers import new_id
from wenlock.security.models import Actor
from wenlock.sharing.actions import has_left, refusals
from wenlock.sharing.models import Answer, Item, Proposal, Receipt, Weighing
from wenlock.sharing.weighing import weigh


@dataclass(frozen=True, slots=True)
class Picked:
    """A row of a record, the columns of it to be shared, and who at the body it came from agreed, if they must."""

    table: str
    row: UUID
    columns: tuple[str, ...]
    originator_agreed: str = ""
    originator_agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What the door let out: the ledger's entry, and the content, exactly as its hash was taken."""

    entry: UUID
    content: str


@transaction.atomic
def propose(
    *,
    person: UUID,
    destination: UUID,
    rule: str,
    why: str,
    items: Sequence[Picked],
    on: date,
    by: Actor,
    at: datetime,
    asked_in: str = "",
    regime: str = "",
) -> Proposal:
    """Propose to share rows of a record, and keep what was found; a proposal that may not go is kept too.

    Raises a database error for a record that is not open in full to whoever acts.
    """
    proposal = Proposal(
        id=new_id(),
        person_id=person,
        destination_id=destination,
        rule=rule,
        why=why,
        asked_in=asked_in,
        regime=regime,
        proposed_by=by,
        proposed_at=at,
    )
    proposal.save(force_insert=True)
    for picked in items:
        Item(
            id=new_id(),
            proposal=proposal,
            table_name=picked.table,
            row_id=picked.row,
            columns=list(picked.columns),
            originator_agreed=picked.originator_agreed,
            originator_agreed_on=picked.originator_agreed_on,
        ).save(force_insert=True)
    _keep(weigh(proposal=proposal, on=on), proposal, stage="proposed", by=by, at=at)
    return proposal


@transaction.atomic
def answer(*, proposal: Proposal, outcome: str, because: str, on: date, by: Actor, at: datetime) -> Answer:
    """Decide on a proposal, with the reason; what was found at that moment is kept with it.

    A decision not to share is kept just as an approval is. The database refuses an approval by whoever proposed it, by
    a role that does not approve, and a second answer.
    """
    made = Answer(
        id=new_id(), proposal=proposal, outcome=outcome, because=because, answered_by=by, answered_at=at
    )
    made.save(force_insert=True)
    _keep(weigh(proposal=proposal, on=on), proposal, stage="answered", by=by, at=at)
    return made


def send(*, proposal: UUID) -> Sent:
    """Let out what was approved, by the one door, which asks everything again.

    Nothing may leave before the transaction that holds this is committed. Raises SharingRefused, with its code.
    """
    with refusals(), connection.cursor() as cursor:
        cursor.execute("SELECT entry, content FROM door.send_v1(%s)", [proposal])
        sent = Sent(*cursor.fetchone())
    has_left(disclosure=sent.entry)
    return sent


def say_what_became(
    *, disclosure: UUID, outcome: str, says: str, happened_on: date, by: Actor, at: datetime
) -> Receipt:
    """Record that what was sent was handed over, to whom and when; or that it never was, and why."""
    receipt = Receipt(
        id=new_id(),
        disclosure_id=disclosure,
        outcome=outcome,
        says=says,
        happened_on=happened_on,
        recorded_by=by,
        recorded_at=at,
    )
    receipt.save(force_insert=True)
    return receipt


def _keep(decision: Decision, proposal: Proposal, *, stage: str, by: Actor, at: datetime) -> None:
    Weighing(
        id=new_id(),
        proposal=proposal,
        stage=stage,
        allowed=decision.allowed,
        findings=[asdict(finding) for finding in decision.findings],
        weighed_by=by,
        weighed_at=at,
    ).save(force_insert=True)
