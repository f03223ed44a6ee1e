"""Where information may be sent and under what agreement; the consents about a person; and whether all adds up."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q

from wenlock.notice.models import Recipient
from wenlock.people.queries import briefs
from wenlock.security.queries import NotFound
from wenlock.sharing.codes import AGREEMENT_KINDS, CAPACITIES, ROUTES
from wenlock.sharing.deciding import Rule
from wenlock.sharing.models import Agreement, Consent, Destination, Disclosure
from wenlock.sharing.weighing import stands


@dataclass(frozen=True, slots=True)
class Reached:
    """A destination. `verified_by` is "" while nobody has verified it as it stands."""

    id: UUID
    recipient: str
    recipient_name: str
    body: str
    post: str
    route: str
    value: str
    changed_by: str
    changed_at: datetime
    verified_by: str
    verified_at: datetime | None
    verified_how: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement, in force [from_on, until_on). `body` is "" for every body of the recipient."""

    id: UUID
    recipient_name: str
    body: str
    reference: str
    kind: str
    from_on: date
    until_on: date
    in_force: bool


@dataclass(frozen=True, slots=True)
class Consented:
    """A consent about a person, in a wording of codes.WORDINGS.

    `stands` is False once it is withdrawn or over, or its giver may no longer give it.
    """

    id: UUID
    given_by: str
    capacity: str
    body: str
    purpose: str
    categories: tuple[str, ...]
    wording: str
    given_on: date
    until_on: date | None
    withdrawn_at: datetime | None
    stands: bool


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Whether ledger = outbox = receipts. `astray` are entries one of the others does not answer for."""

    ledger: int
    outbox: int
    receipts: int
    waiting: int
    astray: int


def recipients(*, on: date) -> dict[str, str]:
    """The recipients the notice in force on a day names, code to name."""
    rows = Recipient.objects.filter(version__in_force_from__lte=on).filter(
        Q(version__in_force_until__isnull=True) | Q(version__in_force_until__gt=on)
    )
    return dict(rows.order_by("name").values_list("code", "name"))


def destinations(*, on: date) -> list[Reached]:
    """Every destination that has not ended, by recipient and body."""
    names = recipients(on=on)
    rows = Destination.objects.filter(ended_at=None).select_related("changed_by", "verified_by")
    return [_kept(row, names) for row in rows.order_by("recipient", "body", "post")]


def destination_row(destination: UUID) -> Destination:
    """One destination that has not ended. Raises NotFound."""
    found = Destination.objects.filter(pk=destination, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def verified_at(rule: Rule) -> list[Destination]:
    """The verified destinations at a rule's recipient."""
    rows = Destination.objects.filter(recipient=rule.recipient, ended_at=None).exclude(verified_at=None)
    return list(rows.order_by("body", "post"))


def agreements(*, on: date) -> list[Agreed]:
    """Every agreement, those that end last first."""
    names = recipients(on=on)
    return [
        Agreed(
            id=row.pk,
            recipient_name=names.get(row.recipient, row.recipient),
            body=row.body,
            reference=row.reference,
            kind=AGREEMENT_KINDS[row.kind],
            from_on=row.from_on,
            until_on=min(row.until_on, row.ended_on or row.until_on),
            in_force=row.from_on <= on < min(row.until_on, row.ended_on or row.until_on),
        )
        for row in Agreement.objects.order_by("-until_on", "recipient")
    ]


def agreement_row(agreement: UUID) -> Agreement:
    """One agreement that has not been ended early. Raises NotFound."""
    found = Agreement.objects.filter(pk=agreement, ended_on=None).first()
    if found is None:
        raise NotFound
    return found


def consents_about(*, person: UUID, on: date) -> list[Consented]:
    """The consents to share about a person, the newest first."""
    rows = list(Consent.objects.filter(person=person).order_by("-recorded_at"))
    known = briefs({row.given_by_id for row in rows})
    return [
        Consented(
            id=row.pk,
            given_by=known[row.given_by_id].name if row.given_by_id in known else "Somebody not shown to you",
            capacity=CAPACITIES[row.capacity],
            body=row.body,
            purpose=row.purpose,
            categories=tuple(row.categories),
            wording=row.wording,
            given_on=row.given_on,
            until_on=row.until_on,
            withdrawn_at=row.withdrawn_at,
            stands=row.withdrawn_at is None
            and (row.until_on is None or row.until_on > on)
            and stands(row.pk),
        )
        for row in rows
    ]


def consent_row(*, person: UUID, consent: UUID) -> Consent:
    """A consent about a person that has not been withdrawn. Raises NotFound."""
    found = Consent.objects.filter(pk=consent, person=person, withdrawn_at=None).first()
    if found is None:
        raise NotFound
    return found


def reconciled() -> Reconciliation:
    """Whether what went about people adds up, as far as whoever asks may see the ledger."""
    rows = Disclosure.objects.exclude(proposal=None)
    counted = rows.aggregate(
        ledger=Count("pk"),
        outbox=Count("outgoing"),
        receipts=Count("receipt"),
        waiting=Count("pk", filter=Q(receipt=None, outgoing__left_at__isnull=False)),
        astray=Count(
            "pk",
            filter=Q(outgoing=None)
            | Q(outgoing__left_at=None)
            | Q(outgoing__left_at__lt=F("outgoing__put_out_at")),
        ),
    )
    return Reconciliation(**counted)


def _kept(row: Destination, names: dict[str, str]) -> Reached:
    return Reached(
        id=row.pk,
        recipient=row.recipient,
        recipient_name=names.get(row.recipient, row.recipient),
        body=row.body,
        post=row.post,
        route=ROUTES[row.route],
        value=row.value,
        changed_by=row.changed_by.name,
        changed_at=row.changed_at,
        verified_by=row.verified_by.name if row.verified_by else "",
        verified_at=row.verified_at,
        verified_how=row.verified_how,
    )
