"""What came to the invented front door's mailbox: a school's worry, a forged question, and an automatic reply."""

from datetime import datetime, timedelta
from email.message import EmailMessage

from django.conf import settings

from wenlock.base.identifiers import new_id
from wenlock.demo.loading import Office
from wenlock.demo.story import Council
from wenlock.intake.actions import MAILBOX, PURPOSE, way_in
from wenlock.intake.mailbox.declared import Mailbox
from wenlock.intake.mailbox.filing import take_in
from wenlock.intake.models import Email, Pull
from wenlock.security.context import acting
from wenlock.security.models import Actor

BORDER = "mx.demo.example"
FRONT_DOOR = Mailbox(
    name="front-door",
    host="localhost",
    user="front-door",
    addresses=("front-door@demo.example",),
    authserv_id=BORDER,
)
# Minutes ago, what the border found, the sender, the subject, the words, and whether it answers by itself.
CAME = (
    (20, "dmarc=pass header.from=longmeadow.example", "Pat Rowe <office@longmeadow.example>", "Attendance",
     "{child} has been away since Monday and nobody answers at home. The register is attached.", False),
    (70, "dmarc=fail header.from=longmeadow.example", "Pat Rowe <office@longmeadow.example>", "Address needed",
     "Please send me the new address of {child} today.", False),
    (90, "dmarc=pass header.from=wenbrook.example", "Wenbrook Surgery <desk@wenbrook.example>", "Automatic reply",
     "The surgery is closed until Monday.", True),
)  # fmt: skip


def load_emails(office: Office, council: Council) -> int:
    """Take in what came, as a pull of the mailbox does. How many there were."""
    by, began = way_in(MAILBOX), office.now()
    child = next(
        child for family in council.families for child in family.children if child.age(council.on) >= 6
    )
    for uid, (minutes, found, sender, subject, words, automatic) in enumerate(CAME, start=1):
        raw = _written(found, sender, subject, words.format(child=child.given), automatic=automatic)
        arrived = office.at - timedelta(minutes=minutes)
        email = _found(uid, size=len(raw), arrived=arrived, by=by, at=office.now())
        take_in(raw, email=email, mailbox=FRONT_DOOR, by=by, at=office.now(), home=settings.HOME)
    with acting(actor=by.pk, purpose=PURPOSE):
        Pull(
            id=new_id(), mailbox=FRONT_DOOR.name, began_at=began, ended_at=office.now(), came=len(CAME),
            received=len(CAME), filed=2, rejected=1, waiting=0, missing=0, recorded_by=by,
        ).save(force_insert=True)  # fmt: skip
    return len(CAME)


def _found(uid: int, *, size: int, arrived: datetime, by: Actor, at: datetime) -> Email:
    email = Email(
        id=new_id(), mailbox=FRONT_DOOR.name, uidvalidity=1, uid=uid, size=size, arrived_at=arrived, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    with acting(actor=by.pk, purpose=PURPOSE):
        email.save(force_insert=True)
    return email


def _written(found: str, sender: str, subject: str, words: str, *, automatic: bool) -> bytes:
    message = EmailMessage()
    message["Authentication-Results"] = f"{BORDER}; {found}"
    message["From"], message["To"], message["Subject"] = sender, FRONT_DOOR.addresses[0], subject
    if automatic:
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(words)
    if "attached" in words:
        message.add_attachment("Monday: away\nTuesday: away\n", filename="Register.txt")
    return message.as_bytes()
