"""What has come in: what waits for a decision, one contact whole, and what came before about the same people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When
from django.utils import timezone

from wenlock.clocks import queries as clocks
from wenlock.clocks.queries import Due
from wenlock.intake import codes
from wenlock.intake.clocks import CONTACT, SCREENING
from wenlock.intake.models import Change, Contact, Draft, Extra, IdentityCheck, Mention, Paper, ScreeningNote
from wenlock.security.actions import record_event
from wenlock.security.models import Actor
from wenlock.security.queries import NotFound

SHOWN = 100
FIRST = 5  # of what waits, on a worker's home
OUTCOMES = {outcome.code: outcome.name for outcome in codes.OUTCOMES}
ORIGINATOR_CODES = {code.code: code for code in codes.ORIGINATOR_CODES}
_SOONEST_FIRST = Case(
    *(When(urgency=code, then=Value(place)) for code, place in codes.ORDER.items()),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contact in a list: enough to choose by, and no more. `due_at` is when it must be screened, in London, while it waits."""

    id: UUID
    reference: str
    kind: str
    urgency: str
    channel: str
    source: str
    teller: str
    received_at: datetime
    names: tuple[str, ...]
    outcome: str
    due_at: datetime | None
    late: bool
    handling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """What waits at the front door: (urgency, how many) with the most urgent first, and the first few contacts."""

    counts: tuple[tuple[str, int], ...]
    first: tuple[Waiting, ...]

    @property
    def waiting(self) -> int:
        """How many wait, of every urgency."""
        return sum(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class Received:
    """One contact, whole: the row, whom it is about, what the front door has made of it, and the e-mail it came in."""

    contact: Contact
    mentions: tuple[Mention, ...]
    papers: tuple[Paper, ...]
    notes: tuple[ScreeningNote, ...]
    decision: Any
    feedback: Any
    checks: tuple[IdentityCheck, ...] = ()
    changes: tuple[Change, ...] = ()
    extras: tuple[Extra, ...] = ()
    email: Any = None

    @property
    def people(self) -> tuple[UUID, ...]:
        """Those it was matched with."""
        return tuple(mention.person_id for mention in self.mentions if mention.person_id)

    @property
    def is_known(self) -> bool:
        """Whether who told of a change was checked, and the check that stands was satisfied."""
        return bool(self.checks) and self.checks[-1].satisfied


@dataclass(frozen=True, slots=True)
class ChangesTold:
    """How many changes were told and put right in a time, and how long that took from when they came.

    `half_within` is the upper median, and None like `longest` where none was put right.
    """

    told: int
    applied: int
    declined: int
    waiting: int
    half_within: timedelta | None
    longest: timedelta | None


def waiting(*, at: datetime) -> list[Waiting]:
    """The contacts not decided on that the worker may see, the most urgent first and of those the soonest due."""
    return _listed(_soonest_first()[:SHOWN], at=at)


def untold(*, at: datetime) -> list[Waiting]:
    """The contacts decided on whose teller has not been told, the oldest decision first."""
    decided = Contact.objects.filter(decided_at__isnull=False, feedback__isnull=True)
    return _listed(decided.order_by("decided_at")[:SHOWN], at=at)


def about(people: Collection[UUID], *, at: datetime, besides: UUID | None = None) -> list[Waiting]:
    """Every contact about any of the people that the worker may see, the latest first."""
    found = Contact.objects.filter(people__overlap=list(people)).order_by("-recorded_at")
    return _listed((found.exclude(pk=besides) if besides else found)[:SHOWN], at=at)


def at_the_door(*, at: datetime) -> Door:
    """What waits for a decision that the worker may see: how many of each urgency, and the most urgent few."""
    undecided = Contact.objects.filter(decided_at__isnull=True)
    counted = dict(undecided.values_list("urgency").annotate(Count("pk")).order_by())
    first = _listed(_soonest_first()[:FIRST], at=at) if counted else []
    return Door(tuple((code, counted.get(code, 0)) for code in codes.URGENCIES), tuple(first))


def waits_now() -> int:
    """How many contacts not decided on say that somebody is in danger now."""
    return Contact.objects.filter(decided_at__isnull=True, urgency="immediate").count()


def changes_told(*, since: datetime, at: datetime) -> ChangesTold:
    """What became of the changes that were told in [since, at), as far as the worker may see them."""
    contacts = Contact.objects.filter(kind="change", recorded_at__gte=since, recorded_at__lt=at)
    took: dict[UUID, timedelta] = {}
    declined = set()
    for change in Change.objects.filter(contact__in=contacts).select_related("contact__provenance"):
        if change.outcome == "applied":
            time = change.decided_at - change.contact.provenance.received_at
            took[change.contact_id] = max(time, took.get(change.contact_id, time))
        else:
            declined.add(change.contact_id)
    times = sorted(took.values())
    return ChangesTold(
        told=contacts.count(),
        applied=len(took),
        declined=len(declined - took.keys()),
        waiting=contacts.filter(decided_at__isnull=True).exclude(pk__in=took.keys() | declined).count(),
        half_within=times[len(times) // 2] if times else None,
        longest=times[-1] if times else None,
    )


def received(contact: UUID, *, part: str = "contact") -> Received:
    """A contact the worker may see; the look is written down for everybody it was matched with.

    Raises NotFound, alike for one that is not there and one that is not theirs; the refusal is written down.
    """
    row = (
        Contact.objects.filter(pk=contact)
        .select_related(
            "provenance__channel", "provenance__source", "agency", "recorded_by", "decision__decided_by"
        )
        .select_related("feedback__told_by", "email")
        .first()
    )
    if row is None:
        record_event("denied", table="intake_contact", row=contact, detail={"wanted": part})
        raise NotFound
    found = Received(
        contact=row,
        mentions=tuple(row.mentions.order_by("position")),
        papers=tuple(row.papers.select_related("recorded_by").order_by("position")),
        notes=tuple(row.screening_notes.select_related("author").order_by("kept_at")),
        decision=getattr(row, "decision", None),
        feedback=getattr(row, "feedback", None),
        checks=tuple(row.identity_checks.select_related("checked_by").order_by("checked_at", "id")),
        extras=tuple(row.extras.filter(ended_at__isnull=True).select_related("permission_by")),
        changes=tuple(row.changes.select_related("decided_by").order_by("decided_at", "id")),
        email=getattr(row, "email", None),
    )
    for person in found.people or (None,):
        record_event("read", person=person, table="intake_contact", row=row.pk, detail={"part": part})
    return found


def clocks_of(contact: UUID, *, at: datetime) -> list[Due]:
    """The time limits of a contact, in the order they began, as they stand."""
    return list(clocks.of_matters(CONTACT, [contact], at=at).get(contact, {}).values())


def references(contacts: Collection[UUID]) -> dict[UUID, str]:
    """The reference of each of the contacts that the worker may see."""
    return dict(Contact.objects.filter(pk__in=contacts).values_list("pk", "reference"))


def handling(contact: Contact) -> tuple[str, ...]:
    """How what a contact holds must be handled, in words, the most binding first: what its source says, and its code."""
    code = ORIGINATOR_CODES.get(contact.originator_code)
    binding = [code.says] if code else []
    said = (codes.TAGS[tag] for tag in codes.TAGS if tag in contact.tags and tag != "ask-originator")
    return (*binding, *said)


def begun_by(author: Actor) -> tuple[dict[str, str], datetime] | None:
    """What the worker has typed of a contact not finished, and when it was kept."""
    draft = Draft.objects.filter(author=author, finished_at__isnull=True).first()
    return (draft.typed, draft.kept_at) if draft else None


def screening_drafts(*, author: Actor) -> list[tuple[UUID, str]]:
    """The contacts the worker has begun a screening note on, and not finished: id and reference, the latest first."""
    rows = ScreeningNote.objects.filter(author=author, final_at__isnull=True).exclude(text="")
    return list(rows.order_by("-kept_at").values_list("contact", "contact__reference")[:SHOWN])


def draft_of(found: Received, *, author: Actor) -> str:
    """What the worker has begun to write about a contact; "" when nothing."""
    mine = (note.text for note in found.notes if note.author_id == author.pk and note.final_at is None)
    return next(mine, "")


def _soonest_first() -> QuerySet[Contact]:
    """Those not decided on: the most urgent, and of those the soonest due; one without a due date is not left last."""
    found = Contact.objects.filter(decided_at__isnull=True).annotate(due_at=clocks.due_at(CONTACT, SCREENING))
    return found.order_by(_SOONEST_FIRST, F("due_at").asc(nulls_first=True), "recorded_at")


def _listed(rows: QuerySet[Contact], *, at: datetime) -> list[Waiting]:
    whole = rows.select_related("provenance__channel", "provenance__source", "decision")
    return [_line(row, at) for row in whole.prefetch_related("mentions")]


def _line(row: Contact, at: datetime) -> Waiting:
    due_at = getattr(row, "due_at", None)  # asked for where a decision is waited for, and only there
    decision = getattr(row, "decision", None)
    return Waiting(
        id=row.pk,
        reference=row.reference,
        kind=codes.KINDS[row.kind],
        urgency=row.urgency,
        channel=row.provenance.channel.name,
        source=row.provenance.source.name,
        teller=row.teller_name,
        received_at=timezone.localtime(row.provenance.received_at),
        names=tuple(filter(None, (str(mention) for mention in row.mentions.all()))),
        outcome=OUTCOMES[decision.outcome] if decision else "",
        due_at=timezone.localtime(due_at) if due_at else None,
        late=due_at is not None and due_at < at,
        handling=handling(row),
    )
