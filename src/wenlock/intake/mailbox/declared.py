"""The mailboxes a council declares, in the tables [mailbox.NAME] of authority.toml; their passwords are in the home."""

import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings

from wenlock.base.home import Home
from wenlock.files.sniffing.formats import MOST_OF_AN_EMAIL

TLS_PORT = 993
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


class MailboxFaulty(Exception):
    """A mailbox cannot be read as it is declared; the sentence says what to do."""


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """One mailbox: where it is, what it is called by, and where on its server things go once they are read.

    `addresses` are those it receives at. `authserv_id` is what the council's own mail server calls itself in
    Authentication-Results (RFC 8601), "" where nothing is to be trusted, and `hops` how many lines of Received the
    council's servers put above that. `most_bytes` is the largest e-mail it files unasked.
    """

    name: str
    host: str
    user: str
    addresses: tuple[str, ...]
    port: int = TLS_PORT
    folder: str = "INBOX"
    filed: str = "Filed"
    rejected: str = "Rejected"
    authserv_id: str = ""
    hops: int = 1
    most_bytes: int = MOST_OF_AN_EMAIL
    tls: bool = True

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise MailboxFaulty(f"[mailbox.{self.name}]: a name is small letters, digits and hyphens.")
        if not self.tls and not _is_loopback(self.host):
            raise MailboxFaulty(f"[mailbox.{self.name}]: without TLS only this machine itself may be asked.")
        if len({self.folder, self.filed, self.rejected}) < 3:
            raise MailboxFaulty(
                f"[mailbox.{self.name}]: what is filed and what is rejected need a folder each."
            )

    @property
    def secret(self) -> str:
        """The name of its password in the home's secrets."""
        return f"mailbox-{self.name}"

    def password(self, home: Home) -> str:
        """Its password. Raises MailboxFaulty where none was given."""
        if not home.has_secret(self.secret):
            raise MailboxFaulty(
                f"There is no password yet. Give it with: wenlock mailbox password {self.name}"
            )
        return home.secret(self.secret).rstrip("\r\n")


def declared() -> Mapping[str, Mailbox]:
    """The council's mailboxes by name. Raises MailboxFaulty for one that cannot be used as it is declared."""
    file = Path(settings.AUTHORITIES) / settings.AUTHORITY / "authority.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8")).get("mailbox", {})
    return {name: _mailbox(name, table) for name, table in tables.items()}


def _mailbox(name: str, table: Mapping[str, Any]) -> Mailbox:
    known = {field.name: field for field in fields(Mailbox)} | {"most_megabytes": None}
    if unknown := sorted(table.keys() - known.keys() | table.keys() & {"name", "most_bytes"}):
        raise MailboxFaulty(f"[mailbox.{name}] does not take {', '.join(unknown)}.")
    if missing := sorted({"host", "user", "addresses"} - table.keys()):
        raise MailboxFaulty(f"[mailbox.{name}] lacks {', '.join(missing)}.")
    said = dict(table)
    if "most_megabytes" in said:
        said["most_bytes"] = int(said.pop("most_megabytes")) * 1024 * 1024
    said["addresses"] = tuple(address.lower() for address in said["addresses"])
    return Mailbox(name=name, **said)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
