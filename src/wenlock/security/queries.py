"""What is so of access: emergency access open and to review, restrictions in force, and who looked at what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.expressions import RawSQL

from wenlock.law.calendars import LONDON
from wenlock.security.models import Actor, AuditEvent, EmergencyAccess, Restriction

MONTH = timedelta(days=30)
OFTEN = 5  # more emergency accesses than this in a month is for a manager to ask about (abuse test 6)
LOOKS = ("read", "denied", "emergency-access", "exported", "printed")


class NotFound(Exception):
    """There is nothing to show whoever asked: it is not there, or is not theirs to know of. Nobody is told which."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One emergency access: whose, to whom, why, and what a manager made of it (`justified` is None until then)."""

    id: UUID
    worker_id: UUID
    worker: str
    person: UUID
    reason: str
    words: str
    live_risk: bool
    opened_at: datetime
    until_at: datetime
    due_on: date
    overdue: bool
    in_a_month: int

    @property
    def often(self) -> bool:
        """Whether its worker has used emergency access more in the month than is ordinary."""
        return self.in_a_month > OFTEN


@dataclass(frozen=True, slots=True)
class Closed:
    """A restriction in force, with the names of those it lets in."""

    id: UUID
    person: UUID
    reason: str
    placed_by: str
    placed_at: datetime
    review_on: date
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody's look at a record, or an attempt that was refused."""

    at: datetime
    worker_id: UUID | None
    worker: str
    purpose: str
    kind: str
    table: str
    detail: dict[str, object]


def open_in_emergency_now(*, actor: Actor, at: datetime) -> list[tuple[UUID, datetime]]:
    """The people an actor's emergency access is open to, each with when it ends, the soonest first."""
    rows = EmergencyAccess.objects.filter(actor=actor.pk, opened_at__lte=at, until_at__gt=at).order_by(
        "until_at"
    )
    return list(rows.values_list("person_id", "until_at"))


def emergency_to_review(*, by: Actor, at: datetime) -> list[Opening]:
    """What waits for a manager other than whoever opened it, the longest due first."""
    rows = EmergencyAccess.objects.filter(reviewed_at__isnull=True).exclude(actor=by.pk)
    return _openings(rows.order_by("review_due_on", "opened_at"), at=at)


def emergency_access(*, access: UUID, by: Actor, at: datetime) -> tuple[EmergencyAccess, Opening]:
    """One emergency access that waits for review by somebody else. Raises NotFound."""
    rows = EmergencyAccess.objects.filter(pk=access, reviewed_at__isnull=True).exclude(actor=by.pk)
    found = _openings(rows, at=at)
    if not found:
        raise NotFound
    return rows.get(), found[0]


def emergency_often(*, at: datetime) -> list[tuple[str, int]]:
    """Workers who have used emergency access more than five times in thirty days, with how often."""
    rows = (
        EmergencyAccess.objects.filter(opened_at__gt=at - MONTH)
        .values(name=F("actor__name"))
        .annotate(times=Count("id"))
        .filter(times__gt=OFTEN)
        .order_by("-times", "name")
    )
    return [(row["name"], row["times"]) for row in rows]


def restrictions_in_force(*, at: datetime) -> list[Closed]:
    """Every restriction a manager may see, the first to be reviewed first; none on a person they are in conflict with."""
    rows = (
        Restriction.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at))
        .exclude(person_id__in=RawSQL("SELECT unnest(guard.conflicts())", []))
        .select_related("placed_by")
        .prefetch_related("names__actor")
        .order_by("review_on")
    )
    return [
        Closed(
            id=row.pk,
            person=row.person_id,
            reason=row.reason,
            placed_by=row.placed_by.name,
            placed_at=row.placed_at,
            review_on=row.review_on,
            names=tuple(sorted(name.actor.name for name in row.names.all())),
        )
        for row in rows
    ]


def restriction(*, restriction: UUID, at: datetime) -> tuple[Restriction, Closed]:
    """One restriction in force. Raises NotFound."""
    found = next((closed for closed in restrictions_in_force(at=at) if closed.id == restriction), None)
    if found is None:
        raise NotFound
    return Restriction.objects.get(pk=restriction), found


def looks(*, person: UUID, since: int = 0, count: int = 50) -> tuple[list[Look], int]:
    """Who looked at a record, newest first, from the `since`th, and how many looks there are in all."""
    rows = AuditEvent.objects.filter(
        Q(kind__in=LOOKS) | Q(kind="created", table_name="people_addressreveal"), person_id=person
    )
    page = rows.select_related("actor").order_by("-at", "-id")[since : since + count]
    return [_look(row) for row in page], rows.count()


def recently_read(*, actor: Actor, at: datetime, limit: int = 8) -> list[tuple[UUID, datetime]]:
    """The people whose records an actor read in the last month, the latest first, each once, with when."""
    rows = (
        AuditEvent.objects.filter(actor=actor.pk, at__gt=at - MONTH, kind="read", person_id__isnull=False)
        .values("person_id")
        .annotate(last=Max("at"))
        .order_by("-last")[:limit]
    )
    return [(row["person_id"], row["last"]) for row in rows if row["person_id"]]


def _openings(rows: "QuerySet[EmergencyAccess]", *, at: datetime) -> list[Opening]:
    today = at.astimezone(LONDON).date()
    found = list(rows.select_related("actor"))
    counts = dict(
        EmergencyAccess.objects.filter(actor__in={row.actor_id for row in found}, opened_at__gt=at - MONTH)
        .values_list("actor")
        .annotate(times=Count("id"))
    )
    return [
        Opening(
            id=row.pk,
            worker_id=row.actor_id,
            worker=row.actor.name,
            person=row.person_id,
            reason=EmergencyAccess.REASONS[row.reason_code],
            words=row.reason,
            live_risk=row.live_risk,
            opened_at=row.opened_at,
            until_at=row.until_at,
            due_on=row.review_due_on,
            overdue=row.review_due_on < today,
            in_a_month=counts.get(row.actor_id, 0),
        )
        for row in found
    ]


def _look(row: AuditEvent) -> Look:
    return Look(
        at=row.at,
        worker_id=row.actor_id,
        worker=row.actor.name if row.actor else "Wenlock itself",
        purpose=row.purpose or "",
        kind=row.kind,
        table=row.table_name or "",
        detail=row.detail,
    )
