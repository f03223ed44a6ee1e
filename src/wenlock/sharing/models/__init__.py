"""What sharing keeps: where things may go, under what agreement, by whose consent, what was proposed, and the ledger."""

from wenlock.sharing.models.agreement import Agreement
from wenlock.sharing.models.consent import Consent
from wenlock.sharing.models.definition import Definition, Shareable
from wenlock.sharing.models.destination import Destination
from wenlock.sharing.models.ledger import Disclosure, Outgoing, Receipt
from wenlock.sharing.models.proposal import Answer, Item, Proposal, Weighing

__all__ = [
    "Agreement",
    "Answer",
    "Consent",
    "Definition",
    "Destination",
    "Disclosure",
    "Item",
    "Outgoing",
    "Proposal",
    "Receipt",
    "Shareable",
    "Weighing",
]
