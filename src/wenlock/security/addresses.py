"""Where people connect from: what is kept of it, and for how long. No address is kept whole, and none is in a log.

Law: UK GDPR, Article 5(1)(c) and (e): an address is personal data, kept no finer and no longer than security needs.
"""

import ipaddress
import logging
import re
from dataclasses import dataclass

UNKNOWN = "unknown"
CUT = r"^(unknown|[0-9.]+/24|[0-9a-f:]+/48)$"  # what the audit trail takes, as PostgreSQL and Python both read it
HIDDEN = "(an address)"
_FOUR = r"\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)"
_SIX = r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f.]{0,15}){2,8}(?![\w:])"
_LIKELY = re.compile(rf"(?<![\w.:])(?:{_FOUR}|{_SIX})")


@dataclass(frozen=True)
class Keeping:
    """Where an address is kept: what for, how much of it, and until when."""

    where: str
    why: str
    how: str
    until: str


KEEPING = (
    Keeping(
        "When a member of staff signs in, or cannot",
        "To find out who tried to break in",
        "Without its last part, so that it names a network and no device",
        "As long as the record of what staff did",
    ),
    Keeping(
        "While a member of staff is signed in",
        "To show them a session that is not theirs",
        "Without its last part",
        "Until the night after the session ends",
    ),
    Keeping(
        "When a page where you tell us something is sent, or a sign-in is tried",
        "To stop a flood of messages or tries",
        "Whole, in memory, and never written down",
        "Ten minutes",
    ),
)


def network(address: str) -> str:
    """The network an address is in, such as 203.0.113.0/24 or 2001:db8::/48; "unknown" for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((mapped, 24 if mapped.version == 4 else 48), strict=False))


def first_of(address: str) -> str:
    """The first address of the network an address is in, where only an address can be kept."""
    return network(address).partition("/")[0].replace(UNKNOWN, "0.0.0.0")


class WithoutAddresses(logging.Formatter):
    """Log lines with every address taken out, those in a traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        return _LIKELY.sub(_hidden, super().format(record))


def _hidden(found: "re.Match[str]") -> str:
    try:
        ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    return HIDDEN
