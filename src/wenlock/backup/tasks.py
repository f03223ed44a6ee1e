"""What the worker does by itself for backups: one each night, when the operator has named a folder."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from wenlock.backup import installation
from wenlock.backup.faults import BackupRefused

log = logging.getLogger("wenlock.backup")


@app.periodic(cron="0 1 * * *")
@app.task(name="backup.nightly", queueing_lock="backup.nightly")
def nightly(timestamp: int) -> None:
    """Back up into WENLOCK_BACKUPS. Raises BackupRefused, and the job is failed, also when documents were missing."""
    to = installation.folder()
    if to is None:
        return
    made = installation.back_up(to=to, keep=installation.kept(), now=timezone.now, say=log.info)
    if made.missing:
        raise BackupRefused(
            f"The backup {made.manifest.name} was made, but {len(made.missing)} documents had no file."
        )
