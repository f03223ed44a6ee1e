"""Whom to complain to about the use of information: the contacts that the notice in force gives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from wenlock.notice.declared import Contact, Notice

COUNCIL = ("N91", "N92", "N93")  # the council's Data Protection Officer, by post, phone and e-mail
OFFICER = ("N4",)  # where the officer is first named: used if the notice gives no other way to complain
REGULATOR = ("N94", "N95", "N96")  # the Information Commissioner
_SUREST_FIRST = ("phone", "email", "web", "post")


@dataclass(frozen=True)
class Way:
    """One way to reach somebody: its kind, its lines as (words, href or ""), and if it is past its review."""

    kind: str
    lines: tuple[tuple[str, str], ...]
    unsure: bool


def to_the_council(notice: Notice, *, on: date) -> tuple[Way, ...]:
    """The ways to complain to the council."""
    return _ways(notice, COUNCIL, on=on) or _ways(notice, OFFICER, on=on)


def to_the_regulator(notice: Notice, *, on: date) -> tuple[Way, ...]:
    """The ways to reach the regulator."""
    return _ways(notice, REGULATOR, on=on)


def _ways(notice: Notice, statements: tuple[str, ...], *, on: date) -> tuple[Way, ...]:
    found = [
        contact for contact in notice.contacts if contact.statement in statements and contact.in_force(on)
    ]
    found.sort(key=lambda contact: _SUREST_FIRST.index(contact.kind))
    return tuple(_way(contact, notice, on=on) for contact in found)


def _way(contact: Contact, notice: Notice, *, on: date) -> Way:
    lines = tuple((line, _link(contact, line, notice)) for line in contact.lines)
    return Way(contact.kind, lines, unsure=contact.review_on <= on)


def _link(contact: Contact, line: str, notice: Notice) -> str:
    if contact.kind == "phone":
        return "tel:" + re.sub(r"[^\d+]", "", line)
    if contact.kind == "email":
        return f"mailto:{line}"
    if contact.kind == "web":
        return next((link.target for link in notice.links if link.text == line), f"https://{line}")
    return ""
