"""What the worker does by itself for security: seal the audit trail each minute; each night, check it, and forget
the sessions that have ended."""

from django.utils import timezone
from procrastinate.contrib.django import app

from wenlock.security import sealer, sealing, sessions, verifying
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


@app.periodic(cron="30 3 * * *")
@app.task(name="security.forget-sessions", queueing_lock="security.forget-sessions")
def forget_sessions(timestamp: int) -> None:
    """Delete the sessions that have ended: what was typed in them and set aside, from where, and with which browser."""
    sessions.forget_ended()
