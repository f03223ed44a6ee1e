"""A pull: what is new in a mailbox is put in the register, filed or rejected one by one, and then moved on the server.

The register comes first, so that an e-mail which was once there and has gone is missed. Each is filed in a transaction of
its own, and moved only when that is kept: a pull that is killed at any point is made good by the next.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256

from wenlock.base.home import Home
from wenlock.base.identifiers import new_id
from wenlock.intake.actions import MAILBOX, PURPOSE, way_in
from wenlock.intake.mailbox import filing, server
from wenlock.intake.mailbox.declared import Mailbox, MailboxFaulty
from wenlock.intake.models import Email, Pull
from wenlock.notice.queries import NoNoticeInForce, NotInTheNotice
from wenlock.security.context import acting
from wenlock.security.models import Actor

log = logging.getLogger("wenlock.front_door")

Clock = Callable[[], datetime]


def pull(mailbox: Mailbox, *, home: Home, clock: Clock) -> Pull:
    """Take in what a mailbox holds, and write down how its register stands. `clock` tells the instant of each act.

    What goes wrong is the pull's `fault`, and the log has its kind: what was not taken in waits, and is counted.
    """
    by, began = way_in(MAILBOX), clock()
    taking = Taking(mailbox, by=by, home=home, clock=clock)
    try:
        with server.opened(mailbox, home=home) as account:
            taking.take_all(account)
    except MailboxFaulty as error:
        taking.failed("refused", error)
    except server.BROKEN as error:
        taking.failed("refused" if server.refused(error) else "unreachable", error)
    except (NoNoticeInForce, NotInTheNotice) as error:
        taking.failed("no-notice", error)
    return taking.write_down(began=began)


class Taking:
    """One pull on its way: what came, what is missing, and the first fault."""

    def __init__(self, mailbox: Mailbox, *, by: Actor, home: Home, clock: Clock) -> None:
        self.mailbox, self.by, self.home, self.clock = mailbox, by, home, clock
        self.came, self.fault = 0, ""
        # The numbering of now and the numbers in the mailbox, once they are seen.
        self.there: tuple[int, set[int]] | None = None

    def take_all(self, account: server.Account) -> None:
        """Register what is new, move what an earlier pull had filed, file the rest, and what is wanted after all."""
        folder = account.folder(self.mailbox.folder)
        if folder is None:
            raise MailboxFaulty(f"There is no folder {self.mailbox.folder}.")
        there = folder.uids()
        self.there = (folder.uidvalidity, there)
        self._register(folder, there)
        for email in self._known(folder.uidvalidity, there):
            if email.read_at is None:
                self._take(folder, email.uid, partial(self._read, folder, email))
            else:
                self._move(folder, email.uid, email)
        self._take_wanted(account)

    def failed(self, fault: str, error: Exception) -> None:
        """Note the first fault. The log names no family: the kind of error alone."""
        self.fault = self.fault or fault
        log.error("Mailbox %s: %s (%s)", self.mailbox.name, fault, type(error).__name__)

    def write_down(self, *, began: datetime) -> Pull:
        """The line of this pull."""
        with acting(actor=self.by.pk, purpose=PURPOSE):
            every = Email.objects.filter(mailbox=self.mailbox.name)
            unread = set(every.filter(read_at__isnull=True).values_list("uidvalidity", "uid"))
            filed, received = every.filter(contact__isnull=False).count(), every.count()
            missing = self._missing(unread)
            made = Pull(
                id=new_id(), mailbox=self.mailbox.name, began_at=began, ended_at=max(self.clock(), began),
                came=self.came, received=received, filed=filed, rejected=received - filed - len(unread),
                waiting=len(unread) - missing, missing=missing, fault=self.fault, recorded_by=self.by,
            )  # fmt: skip
            made.save(force_insert=True)
        return made

    def _missing(self, unread: set[tuple[int, int]]) -> int:
        """How many were found, never read, and are not in the mailbox any more; none while it cannot be seen."""
        if self.there is None:
            return 0
        uidvalidity, there = self.there
        return sum(validity != uidvalidity or uid not in there for validity, uid in unread)

    def _register(self, folder: server.Folder, there: set[int]) -> None:
        """Put in the register what is in the folder and not known yet, all of it or none."""
        rows = Email.objects.filter(mailbox=self.mailbox.name, uidvalidity=folder.uidvalidity)
        with acting(actor=self.by.pk, purpose=PURPOSE):
            known = set(rows.values_list("uid", flat=True))
        found, at = folder.seen(there - known), self.clock()
        with acting(actor=self.by.pk, purpose=PURPOSE):
            new = (
                Email(
                    id=new_id(), mailbox=self.mailbox.name, uidvalidity=folder.uidvalidity, uid=one.uid, size=one.size,
                    arrived_at=one.arrived_at, recorded_by=self.by, recorded_at=at,
                )
                for one in found
            )  # fmt: skip
            # Another pull at the same time may have been first.
            Email.objects.bulk_create(new, ignore_conflicts=True)
        self.came = len(found)

    def _known(self, uidvalidity: int, there: set[int]) -> list[Email]:
        """The lines of what is in the mailbox, in the order it came: read and not moved yet, or waiting."""
        with acting(actor=self.by.pk, purpose=PURPOSE):
            rows = Email.objects.filter(mailbox=self.mailbox.name, uidvalidity=uidvalidity, uid__in=there)
            return list(rows.order_by("uid").defer("headers"))

    def _take(self, folder: server.Folder, uid: int, read: Callable[[], Email | None]) -> None:
        """File or reject one, and move it. Whatever is wrong with it, the others are not kept waiting."""
        try:
            taken = read()
        except (*server.BROKEN, NoNoticeInForce, NotInTheNotice):
            raise
        except Exception as error:
            self.failed("not-filed", error)
        else:
            if taken is not None:
                self._move(folder, uid, taken)

    def _read(self, folder: server.Folder, email: Email) -> Email | None:
        if email.size > self.mailbox.most_bytes:
            return self._reject_unread(folder, email)
        raw = folder.whole(email.uid)
        return None if raw is None else self._take_in(raw, email)

    def _reject_unread(self, folder: server.Folder, email: Email) -> Email | None:
        head, digest = folder.head(email.uid), folder.digest(email.uid)
        if head is None:
            return None
        return filing.reject_unread(
            head, digest=digest, email=email, mailbox=self.mailbox, by=self.by, at=self.clock()
        )

    def _take_in(self, raw: bytes, email: Email) -> Email | None:
        return filing.take_in(
            raw, email=email, mailbox=self.mailbox, by=self.by, at=self.clock(), home=self.home
        )

    def _move(self, folder: server.Folder, uid: int, email: Email) -> None:
        """Out of the inbox, into the folder of what is filed or of what is rejected."""
        filed = email.contact_id or email.reason == "renumbered"
        folder.move([uid], self.mailbox.filed if filed else self.mailbox.rejected)

    def _take_wanted(self, account: server.Account) -> None:
        """File what was rejected and a worker wants after all; it is found by its bytes, whatever its number is now."""
        with acting(actor=self.by.pk, purpose=PURPOSE):
            rows = Email.objects.filter(
                mailbox=self.mailbox.name, wanted_at__isnull=False, contact__isnull=True
            )
            wanted = list(rows.defer("headers"))
        folder = account.folder(self.mailbox.rejected) if wanted else None
        if folder is None:
            return
        there = folder.seen(folder.uids())
        for email in wanted:
            for uid in (one.uid for one in there if one.size == email.size):
                raw = folder.whole(uid)
                if raw is not None and sha256(raw).hexdigest() == email.sha256:
                    self._take(folder, uid, partial(self._take_in, raw, email))
                    break
