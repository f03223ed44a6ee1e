"""What the worker does by itself for the front door: read the council's mailboxes every five minutes."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from wenlock.intake.mailbox.declared import declared
from wenlock.intake.mailbox.pulling import pull


class MailboxNotRead(Exception):
    """A mailbox was not read to its end; the sentence names it, and the pull has the fault."""


@app.periodic(cron="*/5 * * * *")
@app.task(name="intake.pull", queueing_lock="intake.pull", lock="intake.pull")
def pull_mailboxes(timestamp: int) -> None:
    """Take in what has come to each mailbox. Raises MailboxNotRead, and the job is failed; the others were read."""
    pulls = [pull(mailbox, home=settings.HOME, clock=timezone.now) for mailbox in declared().values()]
    if faulty := [one.mailbox for one in pulls if one.fault]:
        raise MailboxNotRead(", ".join(faulty))
