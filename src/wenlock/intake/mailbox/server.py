"""A mailbox on its server: what lies in a folder, one e-mail whole, and moving it. Nothing is ever deleted."""

import ssl
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from imapclient import IMAPClient
from imapclient.exceptions import CapabilityError, IMAPClientAbortError, IMAPClientError

from wenlock.base.home import Home
from wenlock.intake.mailbox.declared import Mailbox

PATIENCE = 60  # seconds for each answer
AT_ONCE = 500  # e-mails asked after in one command
PIECE = 4 * 1024 * 1024
BROKEN = (IMAPClientError, OSError)  # what a server that is away, or does not agree, raises


def refused(error: Exception) -> bool:
    """Whether the server answered, and said no."""
    return isinstance(error, IMAPClientError) and not isinstance(error, IMAPClientAbortError)


@dataclass(frozen=True, slots=True)
class Seen:
    """An e-mail in a folder: its number, its size in bytes, and when the server took it."""

    uid: int
    size: int
    arrived_at: datetime


class Folder:
    """A folder that is open. `uidvalidity` stays while its numbers do."""

    def __init__(self, client: IMAPClient, name: str) -> None:
        self._client = client
        self.uidvalidity = int(client.select_folder(name)[b"UIDVALIDITY"])

    def uids(self) -> set[int]:
        """The numbers of everything in it."""
        return {int(uid) for uid in self._client.search("ALL")}

    def seen(self, uids: Collection[int]) -> list[Seen]:
        """What can be said of e-mails without reading them, in the order they came."""
        asked, found = sorted(uids), []
        for start in range(0, len(asked), AT_ONCE):
            answer = self._client.fetch(asked[start : start + AT_ONCE], ["RFC822.SIZE", "INTERNALDATE"])
            found += [
                Seen(int(uid), int(said[b"RFC822.SIZE"]), said[b"INTERNALDATE"])
                for uid, said in answer.items()
            ]
        return sorted(found, key=lambda one: one.uid)

    def whole(self, uid: int) -> bytes | None:
        """An e-mail byte for byte, its marks untouched; None when it is not there any more."""
        return self._part(uid, "BODY.PEEK[]", b"BODY[]")

    def head(self, uid: int) -> bytes | None:
        """The headers of an e-mail; None when it is not there any more."""
        return self._part(uid, "BODY.PEEK[HEADER]", b"BODY[HEADER]")

    def digest(self, uid: int) -> str:
        """The SHA-256 of a whole e-mail, in hex, a piece of it at a time."""
        hashed, start = sha256(), 0
        while piece := self._part(uid, f"BODY.PEEK[]<{start}.{PIECE}>", b"BODY[]<%d>" % start):
            hashed.update(piece)
            start += len(piece)
        return hashed.hexdigest()

    def move(self, uids: Collection[int], to: str) -> None:
        """Move e-mails to another folder, which is made if it is not there. Raises IMAPClientError."""
        if not uids:
            return
        if not self._client.has_capability("MOVE"):
            raise CapabilityError("The server cannot move e-mails (RFC 6851).")
        if not self._client.folder_exists(to):
            self._client.create_folder(to)
        self._client.move(sorted(uids), to)

    def _part(self, uid: int, wanted: str, key: bytes) -> bytes | None:
        said: Mapping[bytes, bytes] = self._client.fetch([uid], [wanted]).get(uid, {})
        return said.get(key)


class Account:
    """A mailbox one is let into."""

    def __init__(self, client: IMAPClient) -> None:
        self._client = client

    def folder(self, name: str) -> Folder | None:
        """A folder, open; None where there is none of that name."""
        return Folder(self._client, name) if self._client.folder_exists(name) else None


@contextmanager
def opened(mailbox: Mailbox, *, home: Home) -> Iterator[Account]:
    """The mailbox, for as long as the block lasts. Raises MailboxFaulty, and one of BROKEN for a server that is away."""
    password = mailbox.password(home)
    client = IMAPClient(
        mailbox.host,
        port=mailbox.port,
        ssl=mailbox.tls,
        ssl_context=ssl.create_default_context() if mailbox.tls else None,
        timeout=PATIENCE,
    )
    client.normalise_times = False  # instants come with their zone
    with client:
        client.login(mailbox.user, password)
        yield Account(client)
