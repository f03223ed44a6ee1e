"""Jobs: kept or lost with the transaction that asks for them, and naming nobody."""

import io
import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from wenlock.base.home import Home
from wenlock.base.server import Server
from wenlock.files import store
from wenlock.files.tasks import sweep
from wenlock.security import sealer
from wenlock.security.jobs import NotAnId, defer, work
from wenlock.security.tasks import forget_sessions


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


def test_sessions_that_are_over_are_cleared_each_night_and_the_others_stay(db: None) -> None:
    now = timezone.now()
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    forget_sessions(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


@pytest.mark.django_db(databases=["default", "prover"])
def test_files_no_row_answers_for_are_set_aside_each_night(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home").prepare()
    monkeypatch.setattr(settings, "HOME", home)
    version = uuid4()
    store.keep(io.BytesIO(b"left behind"), version=version, home=home)
    [path] = (each for each in home.documents.rglob("*") if each.is_file())
    two_days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(path, (two_days_ago, two_days_ago))
    sweep(timestamp=0)
    assert [each.name for each in (home.documents / store.ASIDE).iterdir()] == [str(version)]
