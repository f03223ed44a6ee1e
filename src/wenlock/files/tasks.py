"""What the worker does by itself for files: sets aside those no row answers for."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from wenlock.files.kept import sweep_orphans

log = logging.getLogger("wenlock.documents")


@app.periodic(cron="30 3 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:
    """Sweep the store; what it did is in the log, which names no file."""
    swept = sweep_orphans(at=timezone.now())
    log.info("Files set aside: %d, put back: %d, removed: %d", swept.set_aside, swept.put_back, swept.removed)
