"""Gathering what a decision on a proposal is made of, as whoever acts may see it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from wenlock.base.decision import Decision
from wenlock.notice.models import SharingRule
from wenlock.sharing.deciding import Chosen, Given, Ground, Proposed, Rule, Where, decide
from wenlock.sharing.models import Agreement, Consent, Proposal
from wenlock.sharing.shareable import by_table

ITEMS = (
    "SELECT i.item, i.seen, i.undeclared, i.categories, i.handling, i.protected, i.agreed, i.of_family "
    "FROM guard.items_weighed_v1(%s) i"
)


def weigh(*, proposal: Proposal, on: date, to_send: bool = False) -> Decision:
    """What is found of a proposal today; with `to_send`, whether it could be sent now, approval and all."""
    return decide(gather(proposal=proposal, on=on, to_send=to_send))


def gather(*, proposal: Proposal, on: date, to_send: bool = False) -> Proposed:
    """All that is asked about a proposal, from the rows whoever acts may see."""
    rule = rule_in_force(proposal.rule, on=on)
    destination = proposal.destination
    answer = getattr(proposal, "answer", None)
    may_share, purpose = _asked("SELECT guard.may('share'), guard.purpose()")
    return Proposed(
        on=on,
        may_share=may_share,
        record_open=Proposal.objects.filter(pk=proposal.pk).exists(),
        purpose_open=purpose or "",
        rule=rule,
        where=Where(
            recipient=destination.recipient,
            body=destination.body,
            verified=destination.verified_at is not None and destination.ended_at is None,
        ),
        agreements=tuple(_agreements(destination.recipient, destination.body)),
        consents=tuple(_consents(proposal, rule)) if rule else (),
        items=tuple(_items(proposal)),
        regime=proposal.regime,
        proposed_by=proposal.proposed_by_id,
        approved_by=answer.answered_by_id if answer and answer.outcome == "approved" else None,
        sent_already=hasattr(proposal, "disclosure"),
        to_send=to_send,
    )


def rule_in_force(code: str, *, on: date) -> Rule | None:
    """The rule of that code in the notice in force on a day, whatever its own dates; None if there is none."""
    row = _rules(on).filter(code=code).first()
    return rule_of(row) if row else None


def rules_for(*, purpose: str, on: date) -> list[Rule]:
    """The rules in force on a day by which something about one person may be shared for a purpose."""
    rows = _rules(on).filter(purpose__code=purpose, definition="", in_force_from__lte=on)
    rows = rows.filter(Q(in_force_until__isnull=True) | Q(in_force_until__gt=on))
    return [rule_of(row) for row in rows.order_by("recipient__name", "code")]


def rule_of(row: SharingRule) -> Rule:
    """A rule as the decision reads it."""
    ground, cited = row.ground, f"{row.ground.instrument} {row.ground.provision}".strip()
    return Rule(
        code=row.code,
        recipient=row.recipient.code,
        recipient_name=row.recipient.name,
        open_class=row.recipient.kind == "open-class",
        bodies=tuple(row.recipient.bodies),
        purpose=row.purpose.code,
        purpose_name=row.purpose.name,
        categories=frozenset(row.categories),
        definition=row.definition,
        ground=Ground(
            says=f"{cited or 'Consent'}; UK GDPR Art. {ground.article_6}",
            by_consent=ground.article_6 == "6(1)(a)",
            since=ground.in_force_from,
            until=ground.in_force_until,
        ),
        since=row.in_force_from,
        until=row.in_force_until,
    )


def _rules(on: date) -> Any:
    rows = SharingRule.objects.select_related("recipient", "purpose", "ground")
    return rows.filter(version__in_force_from__lte=on).filter(
        Q(version__in_force_until__isnull=True) | Q(version__in_force_until__gt=on)
    )


def _agreements(recipient: str, body: str) -> list[tuple[date, date]]:
    rows = Agreement.objects.filter(recipient=recipient, body__in=["", body])
    return [(row.from_on, min(row.until_on, row.ended_on or row.until_on)) for row in rows]


def _consents(proposal: Proposal, rule: Rule) -> list[Given]:
    rows = Consent.objects.filter(
        person=proposal.person_id,
        recipient=rule.recipient,
        body=proposal.destination.body,
        purpose=rule.purpose,
    )
    return [
        Given(
            given_on=row.given_on,
            until=row.until_on,
            recorded_at=row.recorded_at,
            withdrawn_at=row.withdrawn_at,
            categories=frozenset(row.categories),
            stands=stands(row.pk),
        )
        for row in rows
    ]


def stands(consent: UUID) -> bool:
    """Whether whoever gave a consent may still give it today."""
    return bool(_asked("SELECT guard.consent_stands_v1(%s)", consent)[0])


def _items(proposal: Proposal) -> list[Chosen]:
    titles = {
        item.pk: by_table()[item.table_name].title
        for item in proposal.items.all()
        if item.table_name in by_table()
    }
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [proposal.pk])
        return [
            Chosen(
                title=titles.get(item, "Something else"),
                seen=bool(seen),
                of_family=bool(of_family),
                undeclared=tuple(undeclared),
                categories=frozenset(categories or ()),
                handling=handling,
                originator_agreed=bool(agreed),
                protected=protected,
            )
            for item, seen, undeclared, categories, handling, protected, agreed, of_family in cursor.fetchall()
        ]


def _asked(question: str, *values: UUID) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        answer: tuple[Any, ...] = cursor.fetchone()
    return answer
