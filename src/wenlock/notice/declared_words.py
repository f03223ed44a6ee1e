"""What the published page is made of: the council, the words in their order, and the contacts, links and
cookies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wenlock.notice.declared_fields import Dated, Pairs, may, needed

CODES = tuple(f"N{number}" for number in range(1, 97))
STATEMENT_KINDS = ("title", "heading", "paragraph", "continues", "item", "contact")
CONTACT_KINDS = ("post", "phone", "email", "web")


@dataclass(frozen=True, kw_only=True)
class Controller:
    """The council. Fields: code (its folder), name, short_name, dfe_number (three digits), ons_code (nine
    characters, or None if not known), area, tier ("unitary", "county", "metropolitan", "london"), languages
    (the notice's, first is the original), colour (of the brand), contact_page (address on the web),
    officers (role, post title)."""

    code: str = needed()
    name: str = needed()
    short_name: str = needed()
    dfe_number: str = needed()
    ons_code: str | None = may()
    area: str = needed()
    tier: str = needed(one_of=("unitary", "county", "metropolitan", "london"))
    languages: tuple[str, ...] = needed()
    colour: str = may("#1d70b8")
    contact_page: str | None = may()
    officers: Pairs = may(())


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which text this is. Fields: edition (its name), since (first day it speaks), owner (the role that
    answers for it)."""

    edition: str = needed()
    since: date = needed()
    owner: str = needed()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it. Fields: code, heading (None when a statement of kind "heading" is
    the heading), level (2 or 3), within (the section this is a part of, or None)."""

    code: str
    heading: str | None = may()
    level: int = may(2)
    within: str | None = may(refers="section")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One thing the notice says. Fields: code (N1 to N96), section, kind (one of STATEMENT_KINDS;
    "continues" runs on in the block before), says (the words; blank lines part blocks; None if it does not
    apply here), not_here (why it does not apply), parts (letter to the words within `says`, so N29 has
    N29a), binds ("kind:code" of all it governs)."""

    code: str
    section: str = needed(refers="section")
    kind: str = may("paragraph", one_of=STATEMENT_KINDS)
    says: str | None = may()
    not_here: str | None = may()
    parts: Pairs = may(())
    binds: tuple[str, ...] = may(())

    @property
    def applies(self) -> bool:
        """Say whether the council says this."""
        return self.not_here is None


@dataclass(frozen=True, kw_only=True)
class Contact(Dated):
    """A way to reach someone. Fields: code, statement, kind (post, phone, email, web), lines, owner (the
    role that keeps it true), verified_on (None if never), review_on (stale from that day), since, until."""

    code: str
    statement: str = needed(refers="statement")
    kind: str = needed(one_of=CONTACT_KINDS)
    lines: tuple[str, ...] = needed()
    owner: str = needed()
    verified_on: date | None = may()
    review_on: date = needed()


@dataclass(frozen=True, kw_only=True)
class Cookie:
    """A cookie. Fields: code, name (as set), purpose (in words), class_ ("exempt" or "consent", in the file
    `class`), lasts (in words), statement."""

    code: str
    name: str = needed()
    purpose: str = needed()
    class_: str = needed(one_of=("exempt", "consent"))
    lasts: str = needed()
    statement: str = needed(refers="statement")


@dataclass(frozen=True, kw_only=True)
class LinkTarget:
    """A link in the text. Fields: code, statement, text (the words linked), target (https address), owner
    (role)."""

    code: str
    statement: str = needed(refers="statement")
    text: str = needed()
    target: str = needed()
    owner: str = needed()


@dataclass(frozen=True, kw_only=True)
class OnlineConsentAge(Dated):
    """The age from which a child consents online. Fields: code, statement, value (years, 13 to 16), source
    (the provision), since, until."""

    code: str
    statement: str = needed(refers="statement")
    value: int = needed()
    source: str = needed()
