"""No audit, no data: when the trail cannot be written, nothing is shown and nothing is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from tests.cast import PURPOSE, Cast, recall
from wenlock.base.server import Server
from wenlock.notice.provenance import obtained
from wenlock.people import actions, queries
from wenlock.people.models import Ethnicity, Name
from wenlock.security.actions import open_in_emergency, record_denial, record_event
from wenlock.security.context import acting, enter
from wenlock.security.middleware import Acting
from wenlock.security.queries import NotFound
from wenlock.web.database import DATABASE

FULL_DISK = "ALTER TABLE security_auditevent ADD CONSTRAINT security_auditevent_full CHECK (false) NOT VALID"
WAYS = {
    "the right to write it is gone": (
        "REVOKE INSERT ON security_auditevent FROM wenlock_guard",
        "GRANT INSERT ON security_auditevent TO wenlock_guard",
    ),
    "the table is gone": (
        "ALTER TABLE security_auditevent RENAME TO elsewhere",
        "ALTER TABLE elsewhere RENAME TO security_auditevent",
    ),
    "it takes no more rows": (
        FULL_DISK,
        "ALTER TABLE security_auditevent DROP CONSTRAINT security_auditevent_full",
    ),
}


@pytest.fixture(params=WAYS)
def without_audit(
    request: pytest.FixtureRequest,
    server: Server,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[Cast]:
    """The cast, in an installation whose trail cannot be written. It can again afterwards."""
    breaks, mends = WAYS[request.param]
    with (
        psycopg.connect(server.dsn(dbname=DATABASE), autocommit=True) as superuser,
        django_db_blocker.unblock(),
    ):  # type: ignore[attr-defined]
        connection.close()
        superuser.execute(breaks)
        try:
            yield recall()
        finally:
            connection.close()
            superuser.execute(mends)


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(DatabaseError, match="security_auditevent"):
        yield


def page(request: HttpRequest) -> HttpResponse:
    """The least a page about a child does."""
    cast = recall()
    opened = queries.person_for(cast.amara, cast.people.mia.pk, wanted="full")
    return HttpResponse(opened.name)


def ask(handler: Any) -> HttpResponse:
    request = RequestFactory().get("/work/people/")
    request.user = recall().amara
    request.session = {"purpose": PURPOSE}  # type: ignore[assignment]
    return Acting(handler)(request)


def test_with_the_trail_in_order_the_page_is_shown(the: Cast) -> None:
    assert b"Ashdown" in ask(page).content


def test_no_page_about_a_child_is_shown(without_audit: Cast) -> None:
    with refused():
        ask(page)


def test_no_record_is_opened(without_audit: Cast) -> None:
    with refused(), acting(actor=without_audit.amara.pk, purpose=PURPOSE):
        queries.person_for(without_audit.amara, without_audit.people.mia.pk)


def test_not_even_a_refusal_is_given_without_its_mark(without_audit: Cast) -> None:
    with refused(), acting(actor=without_audit.amara.pk, purpose=PURPOSE):
        queries.person_for(without_audit.amara, without_audit.people.tom.pk)


@pytest.mark.parametrize(
    "mark",
    [lambda: record_event("read"), lambda: record_denial(person=recall().people.tom.pk, wanted="full")],
)
def test_noting_a_look_fails_and_takes_the_transaction_with_it(without_audit: Cast, mark: Any) -> None:
    with transaction.atomic():
        enter(actor=without_audit.amara.pk, purpose=PURPOSE)
        assert Name.objects.exists()
        with refused():
            mark()
        with pytest.raises(DatabaseError, match="aborted"):
            Name.objects.exists()  # nothing more is read in a transaction that could not be noted
        transaction.set_rollback(True)


def test_nothing_is_recorded_or_changed(without_audit: Cast) -> None:
    at = timezone.now()
    with refused(), acting(actor=without_audit.amara.pk, purpose=PURPOSE):
        obtained(channel="telephone", source="family", purpose=PURPOSE, by=without_audit.amara, at=at)
    with refused(), acting(actor=without_audit.esme.pk, purpose=PURPOSE):
        ethnicity = Ethnicity.objects.get(person=without_audit.people.mia)
        actions.correct(ethnicity, reason="Told by her mother", code="MWBC")


def test_no_record_is_opened_in_an_emergency(without_audit: Cast) -> None:
    with refused(), acting(actor=without_audit.amara.pk, purpose=PURPOSE):
        open_in_emergency(
            person=without_audit.people.tom.pk,
            reason_code="immediate-risk",
            reason="Neighbour heard screaming",
            live_risk=True,
            purpose=PURPOSE,
            by=without_audit.amara,
            at=timezone.now(),
        )


def test_a_stranger_is_refused_as_ever_when_the_trail_is_in_order(the: Cast) -> None:
    with pytest.raises(NotFound), acting(actor=the.amara.pk, purpose=PURPOSE):
        queries.person_for(the.amara, the.people.tom.pk)
