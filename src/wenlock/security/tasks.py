"""What the worker does by itself for security: seal the trail each minute, and each night check it and clear old sessions."""

from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app

from wenlock.security import sealer, sealing, verifying
from wenlock.security.keys import sealing_key, trusted_keys


class TrailUnsound(Exception):
    """The nightly check found faults; the sentences name seals and events, and nobody."""


@app.periodic(cron="* * * * *")
@app.task(name="security.seal", queueing_lock="security.seal")
def seal(timestamp: int) -> None:
    """Seal what came since the last minute. The job fails with SealingStopped or CopyDisagrees."""
    with sealer.connected() as connection:
        sealing.seal(connection, key=sealing_key(sealer.home()), places=sealer.places(), at=timezone.now())


@app.periodic(cron="0 3 * * *")
@app.task(name="security.verify", queueing_lock="security.verify")
def verify(timestamp: int) -> None:
    """Check the whole trail. Raises TrailUnsound, and the job is failed."""
    with sealer.connected() as connection:
        report = verifying.verify(
            connection, keys=trusted_keys(sealer.home()), places=sealer.places(), at=timezone.now()
        )
    if report.problems:
        raise TrailUnsound("\n".join(report.problems))


@app.periodic(cron="15 3 * * *")
@app.task(name="security.clear-sessions", queueing_lock="security.clear-sessions")
def clear_sessions(timestamp: int) -> None:
    """Remove the sessions that are over, and with them what was typed in them and set aside."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
