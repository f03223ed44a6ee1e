"""Publishing: a compiled notice becomes an immutable version in the database, in force from its day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connections, models, transaction
from django.db.models import Max

from wenlock.base.identifiers import new_id
from wenlock.notice.compiler import Compiled, canonical
from wenlock.notice.declared import Notice, cited
from wenlock.notice.declared import Purpose as DeclaredPurpose
from wenlock.notice.models import (
    Category,
    Channel,
    Condition,
    Contact,
    Cookie,
    Ground,
    OnlineConsentAge,
    Purpose,
    PurposeGround,
    Recipient,
    Right,
    SharingRule,
    Source,
    Statement,
    Version,
)

# The notice and its grounds began long before Wenlock: a date not declared is one we never compare against.
BEGINNING = date(1900, 1, 1)


class PublishedOutOfOrder(Exception):
    """A version would begin before one already published: versions follow each other, so choose a later day."""


def publish(*, compiled: Compiled, in_force_from: date, by: str, at: datetime, using: str) -> Version:
    """Publish a version in force from a day, and end the one before it on that day.

    `using` is the owner's connection, the only one that may write policy; `by` names the person accountable.
    Publishing the text already last published gives that version back. Raises PublishedOutOfOrder.
    """
    notice = compiled.notice
    with transaction.atomic(using=using):
        last = Version.objects.using(using).order_by("-number").first()
        if last and last.sha256 == compiled.sha256:
            return last
        if last and last.in_force_from >= in_force_from:
            raise PublishedOutOfOrder(last.in_force_from)
        if last:
            last.in_force_until = in_force_from
            last.save(using=using, update_fields=["in_force_until"])
        version = _version(compiled, in_force_from=in_force_from, by=by, at=at, using=using)
        for rows in _rows(notice, version):
            if rows:
                type(rows[0])._base_manager.using(using).bulk_create(rows)
        with connections[using].cursor() as cursor:
            cursor.execute(
                "SELECT guard.record_event_v1('policy-published', NULL, 'notice_version', %s, "
                "jsonb_build_object('number', %s::int, 'sha256', %s::text, 'by', %s::text))",
                [version.pk, version.number, version.sha256, by],
            )
    return version


def _version(compiled: Compiled, *, in_force_from: date, by: str, at: datetime, using: str) -> Version:
    number = (Version.objects.using(using).aggregate(last=Max("number"))["last"] or 0) + 1
    version = Version(
        id=new_id(),
        number=number,
        authority=compiled.notice.controller.code,
        controller=compiled.notice.controller.name,
        in_force_from=in_force_from,
        canonical=canonical(compiled.notice),
        sha256=compiled.sha256,
        warnings=[str(warning) for warning in compiled.warnings],
        published_at=at,
        published_by=by,
    )
    version.save(using=using, force_insert=True)
    return version


def _rows(notice: Notice, version: Version) -> Iterator[list[Any]]:
    """Each policy table's rows, in an order their keys allow."""
    yield [_statement(notice, n, said, version) for n, said in enumerate(notice.statements)]
    yield [_named(Channel, item, version, permitted=list(item.permitted)) for item in notice.channels]
    yield [_source(item, version) for item in notice.sources]
    yield [_named(Category, item, version, kind=item.kind) for item in notice.categories]
    yield list(_conditions(notice, version))
    grounds = {item.code: _ground(item, version) for item in notice.grounds}
    yield list(grounds.values())
    purposes = {item.code: _purpose(item, version) for item in notice.purposes}
    yield list(purposes.values())
    yield [
        PurposeGround(id=new_id(), version=version, purpose=purposes[item.code], ground=grounds[code])
        for item in notice.purposes
        for code in item.grounds
    ]
    recipients = {
        item.code: _named(Recipient, item, version, kind=item.kind, bodies=list(item.bodies))
        for item in notice.recipients
    }
    yield list(recipients.values())
    yield [_sharing(notice, item, version, recipients, purposes, grounds) for item in notice.sharing]
    yield [_named(Right, item, version, provision=item.law) for item in notice.rights]
    yield [
        _named(
            Contact,
            item,
            version,
            name=item.code,
            kind=item.kind,
            lines=list(item.lines),
            owner=item.owner,
            review_on=item.review_on,
        )
        for item in notice.contacts
    ]
    yield [
        _named(
            Cookie,
            item,
            version,
            needs_consent=item.class_ == "consent",
            lasts=item.lasts,
            used_for=item.purpose,
        )
        for item in notice.cookies
    ]
    yield [
        OnlineConsentAge(
            id=new_id(), version=version, age=item.value, since=item.since or BEGINNING, provision=item.source
        )
        for item in notice.online_consent_ages
    ]


def _named(model: type[models.Model], item: Any, version: Version, **facts: Any) -> Any:
    facts = {"name": getattr(item, "name", item.code)} | facts
    return model(id=new_id(), version=version, code=item.code, statements=list(cited(item)), **facts)


def _source(item: Any, version: Version) -> Source:
    facts = {"handling": item.handling or "", "giver": item.giver or "", "tags": list(item.tags)}
    return _named(Source, item, version, default_category=item.category or "", **facts)  # type: ignore[no-any-return]


def _statement(notice: Notice, position: int, said: Any, version: Version) -> Statement:
    return Statement(
        id=new_id(),
        version=version,
        code=said.code,
        position=position,
        section=said.section,
        kind=said.kind,
        says=said.says or said.not_here or "",
        binds=list(said.binds),
    )


def _conditions(notice: Notice, version: Version) -> Iterator[Condition]:
    """A condition stands only as long as the policy document it leans on: the earlier end is written down."""
    declared = {item.code: item for item in notice.conditions}
    papers = {item.code: item for item in notice.policy_documents}
    for category in notice.categories:
        for code in category.conditions:
            item, paper = declared[code], papers[declared[code].policy]
            ends = [day for day in (item.until, paper.until, paper.review_by) if day]
            yield Condition(
                id=new_id(),
                version=version,
                category_code=category.code,
                article=item.article,
                schedule_1=item.schedule1,
                policy_document=paper.title,
                in_force_from=max(item.since or BEGINNING, paper.since or BEGINNING),
                in_force_until=min(ends, default=None),
            )


def _ground(item: Any, version: Version) -> Ground:
    law = item.provision
    # A provision that has never come into force has no first day, so the ground has none either.
    begun = None if law and law.in_force_from is None else (item.in_force_from or BEGINNING)
    return Ground(
        id=new_id(),
        version=version,
        code=item.code,
        name=law.says if law else "Consent",
        statements=[],
        article_6=item.article6,
        instrument=item.instrument or "",
        provision=law.number if law else "",
        gives=item.gives or "",
        in_force_from=begun,
        in_force_until=item.in_force_until,
        mark=(law.mark or "") if law else "",
    )


def _purpose(item: DeclaredPurpose, version: Version) -> Purpose:
    return _named(
        Purpose,
        item,
        version,
        service=item.service or "",
        needs_consent=item.needs_consent,
        in_force_from=item.since or BEGINNING,
        in_force_until=item.until,
        categories=list(item.categories),
    )


def _sharing(
    notice: Notice, item: Any, version: Version, recipients: Any, purposes: Any, grounds: Any
) -> SharingRule:
    uses = dict(notice.recipient(item.recipient).uses)
    return SharingRule(
        id=new_id(),
        version=version,
        code=item.code,
        recipient=recipients[item.recipient],
        purpose=purposes[item.purpose],
        ground=grounds[item.ground],
        categories=list(item.categories),
        uses=[uses.get(code, code) for code in item.uses],
        definition=item.return_ or "",
        in_force_from=item.since or BEGINNING,
        in_force_until=item.until,
    )


def first_day_possible(*, using: str, on: date) -> date:
    """The first day a new version could begin: `on`, or the day after the last published began."""
    last = Version.objects.using(using).order_by("-number").first()
    return max(on, last.in_force_from + timedelta(days=1)) if last else on
