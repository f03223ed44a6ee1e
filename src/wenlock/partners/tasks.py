"""What the worker does by itself for partners: forget, each night, what tells a repeat from a new request."""

from django.utils import timezone
from procrastinate.contrib.django import app

from wenlock.partners.actions import forget


@app.periodic(cron="30 3 * * *")
@app.task(name="partners.forget", queueing_lock="partners.forget")
def forget_repeats(timestamp: int) -> None:
    """Forget the marks of requests that are a week old. That a contact came by a key is kept with the contact."""
    forget(at=timezone.now())
