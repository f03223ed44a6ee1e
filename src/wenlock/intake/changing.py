"""Acts on a change that somebody tells of: checking who they are, putting the record right, and saying what came of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from wenlock.base.identifiers import new_id
from wenlock.intake import actions
from wenlock.intake.codes import CHANGE_OUTCOMES, FACTS, WAYS_TO_KNOW
from wenlock.intake.models import Change, Contact, Feedback, IdentityCheck
from wenlock.people.changing import Fact, Writing
from wenlock.security.models import Actor


def check_identity(
    *,
    contact: Contact,
    how: str,
    words: str,
    satisfied: bool,
    by: Actor,
    at: datetime,
    number: UUID | None = None,
) -> IdentityCheck:
    """Record how `by` came to know who told of a change, or did not. `how` is a code of WAYS_TO_KNOW.

    The database refuses a contact matched with nobody, and a `number` that was not held before the contact came.
    """
    check = IdentityCheck(
        id=new_id(), contact=contact, how=how, number_id=number, words=words, satisfied=satisfied,
        checked_by=by, checked_at=at,
    )  # fmt: skip
    check.save(force_insert=True)
    return check


def put_right(*, contact: Contact, fact: Fact, reason: str, by: Actor, at: datetime) -> Change:
    """Put one fact of a record right as a contact tells, in the transaction now open; its source is the contact's.

    The database refuses a change that rests on no check of who told it, or on one that was not satisfied.
    """
    change = Change(
        id=new_id(), contact=contact, person_id=fact.person, fact=fact.code, outcome="applied", says=fact.says,
        reason=reason, identity=latest_check(contact), decided_by=by, decided_at=at,
    )  # fmt: skip
    change.save(
        force_insert=True
    )  # before the fact: it opens the record for as long as the fact takes to write
    why = f"Contact {contact.reference}: {reason}"[:500]
    fact.put_right(Writing(by=by, at=at, provenance=contact.provenance, reason=why))
    return change


def decline(*, contact: Contact, reason: str, by: Actor, at: datetime, fact: str = "") -> Change:
    """Leave the record as it was, and say why."""
    change = Change(
        id=new_id(), contact=contact, fact=fact, outcome="declined", reason=reason,
        identity=latest_check(contact), decided_by=by, decided_at=at,
    )  # fmt: skip
    change.save(force_insert=True)
    return change


def report_back(
    *, contact: Contact, how: str, by: Actor, at: datetime, words: str = "", why_not: str = ""
) -> Feedback:
    """Settle a change and record what whoever told of it was told. The database refuses it while nothing came of it."""
    checks, changes = contact.identity_checks.order_by("checked_at"), contact.changes.order_by("decided_at")
    seen = _lines(WAYS_TO_KNOW[check.how] + _satisfied(check) for check in checks)
    why = _lines(_in_words(change) for change in changes)
    actions.decide(
        contact=contact, outcome="settled", seen=seen or "Nobody was checked", reason=why or "Nothing came of it",
        by=by, at=at,
    )  # fmt: skip
    return actions.tell(contact=contact, how=how, words=words, why_not=why_not, by=by, at=at)


def latest_check(contact: Contact) -> IdentityCheck | None:
    """The check that stands: the latest."""
    return contact.identity_checks.order_by("-checked_at", "-id").first()


def _satisfied(check: IdentityCheck) -> str:
    return "" if check.satisfied else " (not satisfied)"


def _in_words(change: Change) -> str:
    fact = FACTS.get(change.fact, "")
    about = f"{CHANGE_OUTCOMES[change.outcome]}: {fact}" if fact else CHANGE_OUTCOMES[change.outcome]
    return f"{about}. {change.reason}"


def _lines(said: Iterable[str]) -> str:
    return "\n".join(said)[:4000]
