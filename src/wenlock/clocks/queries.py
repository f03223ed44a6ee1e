"""What is due: the clocks somebody may see, soonest first, those of one matter, and how many are late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from wenlock.clocks import codes
from wenlock.clocks.models import Breach, Clock, Former
from wenlock.clocks.storing import moment
from wenlock.law.calendars import LONDON
from wenlock.law.clock_catalogue import BY_CODE
from wenlock.law.events import Event
from wenlock.law.explaining import about
from wenlock.law.reckoning import Moment, lateness
from wenlock.law.recomputing import Change, changed
from wenlock.law.running import Reading
from wenlock.security.queries import NotFound

SHOWN = 100
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One clock as it stands at the time it was asked of.

    `due` is a day in London or an instant on London's clock, None while it stands still. `late_by` is how late it is or
    was, in words, "" if in time. `warned`: it is time to see to it. `because` tells each step to the date. `explained`
    says whether somebody has said why it is late, and `owed` that it was finished late and nobody has.
    """

    id: UUID
    code: str
    name: str
    matter_table: str
    matter_id: UUID
    people: tuple[UUID, ...]
    state: str
    due: Moment | None
    due_at: datetime | None
    is_timed: bool
    late_by: str
    warned: bool
    because: tuple[str, ...]
    explained: bool
    owed: bool

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state == codes.OPEN

    @property
    def is_late(self) -> bool:
        """Whether its time limit has passed, or had when it was finished."""
        return bool(self.late_by)

    @property
    def says(self) -> str:
        """Its state in words."""
        return "Late" if self.is_open and self.is_late else codes.STATES[self.state]


@dataclass(frozen=True, slots=True)
class Given:
    """A reason for having been late, in words, by whom and when."""

    reason: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Replaced:
    """A due date a clock had before: how it moved and why, when, and by whose act."""

    change: Change
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of the clocks somebody may see are late, are due by the end of today, or of the six days after it, and
    how many were finished late without a reason. None is counted twice."""

    late: int
    today: int
    this_week: int
    owed: int


def due(
    *,
    at: datetime,
    people: Collection[UUID] | None = None,
    besides: Collection[str] = (),
    limit: int = SHOWN,
) -> list[Due]:
    """The open clocks the worker may see, the longest late first, then the soonest due, then those standing still.

    `people` keeps it to matters about any of them, such as a team's children; `besides` leaves clocks of those codes
    out. One query.
    """
    found = Clock.objects.filter(state=codes.OPEN).exclude(code__in=list(besides))
    if people is not None:
        found = found.filter(people__overlap=list(people))
    return _told(found.order_by("due_at", "pk"), at=at, limit=limit)


def owed(*, at: datetime, limit: int = SHOWN) -> list[Due]:
    """The clocks the worker may see that were finished late and nobody has said why, the longest ago first."""
    return _told(Clock.objects.filter(reason_owed=True).order_by("finished_at", "pk"), at=at, limit=limit)


def of_matters(table: str, ids: Collection[UUID], *, at: datetime) -> dict[UUID, dict[str, Due]]:
    """The clocks of each of the matters, by code, in the order they began. One query."""
    rows = Clock.objects.filter(matter_table=table, matter_id__in=ids).exclude(state=codes.NOT_STARTED)
    found: dict[UUID, dict[str, Due]] = {}
    for each in _told(rows.order_by("recorded_at", "code"), at=at, limit=None):
        found.setdefault(each.matter_id, {})[each.code] = each
    return found


def due_at(table: str, code: str) -> Subquery:
    """For ordering a list of matters by when one of their clocks is due: the instant, null when it is not open."""
    rows = Clock.objects.filter(matter_id=OuterRef("pk"), matter_table=table, code=code, state=codes.OPEN)
    return Subquery(rows.values("due_at")[:1])


def clock(clock: UUID, *, at: datetime) -> Due:
    """One clock the worker may see. Raises NotFound."""
    found = _told(Clock.objects.filter(pk=clock), at=at, limit=1)
    if not found:
        raise NotFound
    return found[0]


def reasons(clock: UUID) -> list[Given]:
    """The reasons given for a clock's having been late, the first first."""
    rows = Breach.objects.filter(clock=clock).select_related("given_by").order_by("given_at")
    return [Given(codes.BREACHES[row.reason], row.words, row.given_by.name, row.given_at) for row in rows]


def replaced(clock: UUID) -> list[Replaced]:
    """Each due date a clock had before, the first first, with what replaced it and the sentences that differ."""
    formers = Former.objects.filter(clock=clock).select_related("replaced_by").order_by("position")
    rows: list[Former | Clock] = [*formers, *Clock.objects.filter(pk=clock)]
    found = []
    for row, after in pairwise(rows):
        change = changed(_as_read(row), _as_read(after))
        if change and isinstance(row, Former):
            found.append(Replaced(change, row.replaced_at, row.replaced_by.name if row.replaced_by else ""))
    return found


def summary(*, at: datetime) -> Summary:
    """How many are late, due today and due this week, for the worker's home. One query."""
    tonight = datetime.combine(at.astimezone(LONDON).date(), time.max, LONDON)
    now = Q(state=codes.OPEN)
    counted = Clock.objects.filter(now | Q(reason_owed=True)).aggregate(
        late=Count("pk", filter=now & Q(due_at__lt=at)),
        today=Count("pk", filter=now & Q(due_at__gte=at, due_at__lte=tonight)),
        this_week=Count("pk", filter=now & Q(due_at__gt=tonight, due_at__lt=tonight + WEEK)),
        owed=Count("pk", filter=Q(reason_owed=True)),
    )
    return Summary(**counted)


def _as_read(row: Clock | Former) -> Reading:
    found = moment(row.due_at, is_timed=row.is_timed)
    return Reading(clock="", state="running", due=found, because=tuple(row.because))


def _told(rows: QuerySet[Clock], *, at: datetime, limit: int | None) -> list[Due]:
    explained = Exists(Breach.objects.filter(clock=OuterRef("pk")))
    return [_due(row, at) for row in rows.annotate(explained=explained)[:limit]]


def _due(row: Clock, at: datetime) -> Due:
    declared = BY_CODE.get(row.code)
    when = moment(row.due_at, is_timed=row.is_timed)
    is_open = row.state == codes.OPEN
    late = lateness(Event(id="", kind="", at=at if is_open else row.finished_at or at), when)
    return Due(
        id=row.pk,
        code=row.code,
        name=declared.name if declared else row.code,
        matter_table=row.matter_table,
        matter_id=row.matter_id,
        people=tuple(row.people),
        state=row.state,
        due=when,
        due_at=row.due_at,
        is_timed=row.is_timed,
        late_by=about(late) if late else "",
        warned=is_open and row.warn_at is not None and row.warn_at <= at,
        because=tuple(row.because),
        explained=row.explained,  # type: ignore[attr-defined]
        owed=row.reason_owed,
    )
