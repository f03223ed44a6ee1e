"""Warnings, closed records, conflicts, emergencies and corrections, through the acts of screens."""

from collections.abc import Iterator
from contextlib import contextmanager

from wenlock.demo.loading import Desk, Office
from wenlock.demo.story import Council
from wenlock.people import actions as people
from wenlock.people.models import Person, Warning
from wenlock.security import actions as security
from wenlock.security.context import acting
from wenlock.security.models import Actor


def load_warnings(office: Office, council: Council) -> None:
    """Every warning, agreed by a manager and recorded by the service manager."""
    desk = Desk(office, "esme")
    for person in council.people:
        for caution in person.cautions:
            at = office.stamp(caution.began_on, hour=16)
            how = desk.obtained(
                person, channel="other-electronic", source="internal-departments", recorded_at=at
            )
            desk.record(
                Warning,
                of=person.id,
                how=how,
                at=at,
                kind=caution.kind,
                detail=caution.detail,
                began_on=caution.began_on,
                review_on=caution.review_on,
                ended_on=caution.ended_on,
                disclosed=caution.disclosed,
                not_disclosed_because=caution.silence,
                agreed_by=office.actors["carys"],
            )
    desk.write()


def load_corrections(office: Office, council: Council) -> None:
    """Births put right by the data officer, which keeps what was written before."""
    with _as(office, "femi"):
        for child, _, reason in council.corrected:
            people.correct(Person.objects.get(pk=child.id), reason=reason, born_on=child.born_on)


def load_closures(office: Office, council: Council) -> None:
    """Records closed by the service manager to all but those named."""
    with _as(office, "esme") as esme:
        for closed in council.closed:
            for person in closed.people:
                security.restrict(
                    person=person.id,
                    reason=closed.reason,
                    names=[office.actors[slug] for slug in closed.names],
                    review_on=closed.review_on,
                    by=esme,
                    at=office.at,
                )


def load_conflicts(office: Office, council: Council) -> None:
    """Conflicts that workers declared of themselves; one of them has since been ended by a manager."""
    for told in council.conflicts:
        with _as(office, told.worker) as worker:
            conflict = security.declare_conflict(
                actor=worker, person=told.person.id, kind=told.kind, by=worker, at=office.at
            )
        if told.ended_by:
            with _as(office, told.ended_by) as manager:
                conflict.ended_by, conflict.ended_at = manager, office.at
                conflict.save(update_fields=["ended_by", "ended_at"])


def load_emergencies(office: Office, council: Council) -> None:
    """Records opened in an emergency just now, since the database takes no other time."""
    for child, slug, reviewed in council.emergencies:
        with _as(office, slug) as worker:
            access = security.open_in_emergency(
                person=child.id,
                reason_code="out-of-hours",
                live_risk=True,
                purpose=office.purpose,
                by=worker,
                at=office.now(),
                reason="Police rang: the child is next door, and they ask who may have her tonight.",
            )
        if reviewed:
            with _as(office, "carys") as manager:
                security.review_emergency_access(
                    access=access,
                    justified=True,
                    review="Right to look. The family was told the next morning.",
                    by=manager,
                    at=office.now(),
                )


@contextmanager
def _as(office: Office, slug: str) -> Iterator[Actor]:
    with acting(actor=office.actors[slug].pk, purpose=office.purpose):
        yield office.actors[slug]
