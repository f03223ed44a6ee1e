"""Acts of security: noting a read, a search or a refusal; opening a record in an emergency; ending a session."""

import json
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from wenlock.base.identifiers import new_id
from wenlock.law.calendars import ENGLAND, LONDON
from wenlock.security.models import Actor, Conflict, EmergencyAccess, Restriction, RestrictionName
from wenlock.security.queries import NotFound

EMERGENCY = timedelta(hours=4)


def record_event(
    kind: str,
    *,
    person: UUID | None = None,
    table: str | None = None,
    row: UUID | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    """Write one event to the audit trail, in the transaction now open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT guard.record_event_v1(%s, %s, %s, %s, %s)",
            [kind, person, table, row, json.dumps(detail or {})],
        )


def record_denial(*, person: UUID, wanted: str) -> None:
    """Write that somebody was refused a record; the database adds why, which nobody at a screen is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.record_denial_v1(%s, %s)", [person, wanted])


def open_in_emergency(
    *, person: UUID, reason_code: str, reason: str, live_risk: bool, purpose: str, by: Actor, at: datetime
) -> EmergencyAccess:
    """Open a record to `by` for four hours; their manager sees it at once and reviews it within two working days.

    The database refuses a conflict of interest, a role that may not, and a reason not given.
    """
    access = EmergencyAccess(
        id=new_id(),
        actor=by,
        person_id=person,
        reason_code=reason_code,
        reason=reason,
        live_risk=live_risk,
        purpose=purpose,
        opened_at=at,
        until_at=at + EMERGENCY,
        review_due_on=ENGLAND.working_day_after(at.astimezone(LONDON).date(), 2),
    )
    access.save(force_insert=True)
    return access


def end_emergency_access(*, person: UUID) -> None:
    """Give a record back before its four hours are over. Raises NotFound when whoever acts has none of it open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.end_emergency_v1(%s)", [person])
        if not cursor.fetchone()[0]:
            raise NotFound


def review_emergency_access(
    *, access: EmergencyAccess, justified: bool, review: str, by: Actor, at: datetime
) -> EmergencyAccess:
    """Record a manager's review. The database refuses a review by whoever opened the record."""
    access.reviewed_by, access.reviewed_at, access.review, access.justified = by, at, review, justified
    access.save(update_fields=["reviewed_by", "reviewed_at", "review", "justified"])
    return access


def declare_conflict(*, actor: Actor, person: UUID, kind: str, by: Actor, at: datetime) -> Conflict:
    """Declare that `actor` has a conflict of interest with a person: from now they may see nothing of them."""
    conflict = Conflict(id=new_id(), actor=actor, person_id=person, kind=kind, declared_by=by, declared_at=at)
    conflict.save(force_insert=True)
    return conflict


def restrict(
    *, person: UUID, reason: str, names: list[Actor], review_on: date, by: Actor, at: datetime
) -> Restriction:
    """Close a record to all but the actors named. Nobody names themself: another manager does."""
    restriction = Restriction(
        id=new_id(), person_id=person, reason=reason, placed_by=by, placed_at=at, review_on=review_on
    )
    restriction.save(force_insert=True)
    for actor in names:
        RestrictionName(id=new_id(), restriction=restriction, actor=actor).save(force_insert=True)
    return restriction


def end_restriction(*, restriction: Restriction, at: datetime) -> Restriction:
    """End a restriction: from `at` the record is open again to whoever's work reaches it."""
    restriction.ended_at = at
    restriction.save(update_fields=["ended_at"])
    return restriction
