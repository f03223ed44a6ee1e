"""Acts upon where information may be sent, and the agreements it is sent under."""

from datetime import date, datetime

from wenlock.base.identifiers import new_id
from wenlock.security.models import Actor
from wenlock.sharing.models import Agreement, Destination


def write_destination(
    *, recipient: str, body: str, post: str, route: str, value: str, by: Actor, at: datetime
) -> Destination:
    """Write down where a body of a recipient is reached. Nothing goes there until somebody else has verified it."""
    destination = Destination(
        id=new_id(),
        recipient=recipient,
        body=body,
        post=post,
        route=route,
        value=value,
        changed_by=by,
        changed_at=at,
    )
    destination.save(force_insert=True)
    return destination


def change_destination(*, destination: Destination, post: str, value: str) -> Destination:
    """Change where a body is reached; the database takes the verification away."""
    destination.post, destination.value = post, value
    destination.save(update_fields=["post", "value"])
    destination.refresh_from_db()
    return destination


def verify_destination(*, destination: Destination, how: str, by: Actor, at: datetime) -> Destination:
    """Say how one made sure that a destination is right. The database refuses whoever wrote it last."""
    destination.verified_by, destination.verified_at, destination.verified_how = by, at, how
    destination.save(update_fields=["verified_by", "verified_at", "verified_how"])
    return destination


def end_destination(*, destination: Destination, at: datetime) -> Destination:
    """Nothing is sent there any more."""
    destination.ended_at = at
    destination.save(update_fields=["ended_at"])
    return destination


def write_agreement(
    *,
    recipient: str,
    reference: str,
    kind: str,
    from_on: date,
    until_on: date,
    by: Actor,
    at: datetime,
    body: str = "",
    never_sold: bool = True,
) -> Agreement:
    """Write down an agreement, in force [from_on, until_on), for one body of a recipient or for all ("").

    `never_sold` says somebody found the clause in it that nothing is sold or rented on; without it, it is refused.
    """
    agreement = Agreement(
        id=new_id(),
        recipient=recipient,
        body=body,
        reference=reference,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        never_sold=never_sold,
        written_by=by,
        written_at=at,
    )
    agreement.save(force_insert=True)
    return agreement


def end_agreement(*, agreement: Agreement, on: date) -> Agreement:
    """End an agreement early: from `on` nothing is sent under it."""
    agreement.ended_on = on
    agreement.save(update_fields=["ended_on"])
    return agreement
