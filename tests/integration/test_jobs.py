"""Jobs: kept or lost with the transaction that asks for them, and naming nobody."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from wenlock.base.server import Server
from wenlock.security import sealer
from wenlock.security.jobs import NotAnId, defer, work


def test_a_job_is_lost_with_the_transaction_that_asked_for_it(db: None) -> None:
    with transaction.atomic():
        job = defer("security.seal", timestamp=0)
        assert ProcrastinateJob.objects.get(id=job).args == {"timestamp": 0}
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(id=job).exists()


def test_a_job_carries_ids_and_codes(db: None) -> None:
    person = uuid4()
    job = defer("letters.write", person=person, kind="annual-review", version=3)
    assert ProcrastinateJob.objects.get(id=job).args == {
        "person": str(person),
        "kind": "annual-review",
        "version": 3,
    }


@pytest.mark.parametrize("value", ["Mia Ashdown", "SY8 1ZZ", "", "a" * 61, 1.5, None, {"name": "Mia"}, ["x"]])
def test_a_job_carries_nothing_that_is_said_of_a_family(db: None, value: object) -> None:
    with pytest.raises(NotAnId, match="about is neither"):
        defer("letters.write", about=value)  # type: ignore[arg-type]
    assert not ProcrastinateJob.objects.exists()


def test_the_worker_runs_what_was_put_off(
    server: Server, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with transaction.atomic():
            job = defer("security.seal", timestamp=0)
        work(once=True)
        assert ProcrastinateJob.objects.get(id=job).status == "succeeded"
        with sealer.connected() as sealing:
            assert sealing.execute("SELECT count(*) > 0 FROM security_seal").fetchone() == (True,)
        connection.close()
