"""A pull: what is new in a mailbox is put in the register, filed or rejected one by one, and then moved on the server.

The register comes first, so that an e-mail which was once there and has gone is missed. Each is filed in a transaction of
its own, and moved only when that is kept: a pull that is killed at any point is made good by the next.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
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
        self.there: tuple[int, set[int]] | None = (
            None  # the numbers of now and what lies under them, once seen
        )

    def take_all(self, account: server.Account) -> None:
        """Register what is new, move what an earlier pull had filed, file the rest, and what is wanted after all."""
        folder = account.folder(self.mailbox.folder)
        if folder is None:
            raise MailboxFaulty(f"There is no folder {self.mailbox.folder}.")
        there = folder.uids()
        self.there = (folder.uidvalidity, there)
        self._register(folder, there)
        read, waiting = self._known(folder.uidvalidity)
        self._move(folder, [email for email in read if email.uid in there])
        for email in waiting:
            if email.uid in there:
                self._take(folder, email)
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
            filed, received, missing = (
                every.filter(contact__isnull=False).count(),
                every.count(),
                self._missing(unread),
            )
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
            Email.objects.bulk_create((  # another pull at the same time may have been first
                Email(
                    id=new_id(), mailbox=self.mailbox.name, uidvalidity=folder.uidvalidity, uid=one.uid, size=one.size,
                    arrived_at=one.arrived_at, recorded_by=self.by, recorded_at=at,
                )
                for one in found
            ), ignore_conflicts=True)  # fmt: skip
        self.came = len(found)

    def _known(self, uidvalidity: int) -> tuple[list[Email], list[Email]]:
        """What has been read under the numbers of now, and what waits."""
        with acting(actor=self.by.pk, purpose=PURPOSE):
            rows = Email.objects.filter(mailbox=self.mailbox.name, uidvalidity=uidvalidity).order_by("uid")
            return list(rows.filter(read_at__isnull=False)), list(rows.filter(read_at__isnull=True))

    def _take(self, folder: server.Folder, email: Email) -> None:
        try:
            taken = self._read(folder, email)
        except (*server.BROKEN, NoNoticeInForce, NotInTheNotice):
            raise
        except (
            Exception
        ) as error:  # whatever is wrong with one e-mail, the others are not kept waiting for it
            self.failed("not-filed", error)
        else:
            self._move(folder, [taken] if taken else [])

    def _read(self, folder: server.Folder, email: Email) -> Email | None:
        if email.size > self.mailbox.most_bytes:
            head, digest = folder.head(email.uid), folder.digest(email.uid)
            return (
                None
                if head is None
                else filing.reject_unread(
                    head, digest=digest, email=email, mailbox=self.mailbox, by=self.by, at=self.clock()
                )
            )
        raw = folder.whole(email.uid)
        return None if raw is None else self._take_in(raw, email)

    def _take_in(self, raw: bytes, email: Email) -> Email | None:
        return filing.take_in(
            raw, email=email, mailbox=self.mailbox, by=self.by, at=self.clock(), home=self.home
        )

    def _move(self, folder: server.Folder, emails: Iterable[Email]) -> None:
        """Out of the inbox, into the folder of what is filed or of what is rejected."""
        by_place: dict[str, list[int]] = {self.mailbox.filed: [], self.mailbox.rejected: []}
        for email in emails:
            filed = email.contact_id or email.reason == "renumbered"
            by_place[self.mailbox.filed if filed else self.mailbox.rejected].append(email.uid)
        for place, uids in by_place.items():
            folder.move(uids, place)

    def _take_wanted(self, account: server.Account) -> None:
        """File what was rejected and a worker wants after all; it is found by its bytes, whatever its number is now."""
        with acting(actor=self.by.pk, purpose=PURPOSE):
            wanted = list(
                Email.objects.filter(mailbox=self.mailbox.name, wanted_at__isnull=False, contact__isnull=True)
            )
        folder = account.folder(self.mailbox.rejected) if wanted else None
        if folder is None:
            return
        there = folder.seen(folder.uids())
        for email in wanted:
            for uid in (one.uid for one in there if one.size == email.size):
                raw = folder.whole(uid)
                if raw is not None and sha256(raw).hexdigest() == email.sha256:
                    self._take_in(raw, email)
                    folder.move([uid], self.mailbox.filed)
                    break
