"""What the worker does by itself for the notice: prove it each night, and keep the signed report."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from wenlock.notice.proof.commands import make
from wenlock.notice.proof.report import keep
from wenlock.notice.queries import statements, version_in_force


@app.periodic(cron="0 2 * * *")
@app.task(name="notice.prove", queueing_lock="notice.prove")
def prove(timestamp: int) -> None:
    """Prove every statement of the version in force, and keep the report."""
    version = version_in_force(on=timezone.localdate())
    every = [statement.code for statement in statements(version)]
    keep(make(settings.HOME, version=version, wanted=every, show=False), home=settings.HOME)
