"""Everything a privacy notice declares, as values.

A field named as its kind (`statement`, `categories`) holds codes declared elsewhere in the same notice.
Periods are [since, until): `since` None means since the notice took effect, `until` None means no end is
known. The field metadata is what the compiler checks by: `refers` the kind a code must name, `one_of` the
words allowed, `needed` that it may not be left out or empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenlock.notice.declared_fields import Dated, Pairs, may, needed
from wenlock.notice.declared_use import (
    Category,
    Channel,
    Condition,
    Ground,
    PolicyDocument,
    Purpose,
    ResearchUse,
    Source,
)
from wenlock.notice.declared_words import (
    CODES,
    Contact,
    Controller,
    Cookie,
    Edition,
    LinkTarget,
    OnlineConsentAge,
    Section,
    Statement,
)

__all__ = [
    "CODES",
    "KINDS",
    "Category",
    "Channel",
    "Condition",
    "Contact",
    "Controller",
    "Cookie",
    "Dated",
    "Edition",
    "Ground",
    "LinkTarget",
    "Notice",
    "OnlineConsentAge",
    "PolicyDocument",
    "Purpose",
    "Recipient",
    "ResearchUse",
    "RetentionTerm",
    "Right",
    "Section",
    "SharingRule",
    "Source",
    "Statement",
    "cited",
]

RECIPIENT_KINDS = (
    "internal",
    "public-body",
    "health",
    "police",
    "court",
    "inspectorate",
    "government",
    "education",
    "provider",
    "voluntary",
    "district-councils",
    "open-class",
)


@dataclass(frozen=True, kw_only=True)
class Recipient(Dated):
    """Who may be told. Fields: code, name, kind (of RECIPIENT_KINDS), statement, bodies (those an open
    class has named), uses (code to words in the statement, if it limits what the recipient may do), since,
    until."""

    code: str
    name: str = needed()
    kind: str = needed(one_of=RECIPIENT_KINDS)
    statement: str = needed(refers="statement")
    bodies: tuple[str, ...] = may(())
    uses: Pairs = may(())


@dataclass(frozen=True, kw_only=True)
class SharingRule(Dated):
    """What may go to whom. Fields: code, recipient, purpose, categories, ground, uses (which of the
    recipient's stated uses), return_ (the statutory return it is, in the file `return`, or None), since,
    until."""

    code: str
    recipient: str = needed(refers="recipient")
    purpose: str = needed(refers="purpose")
    categories: tuple[str, ...] = needed(refers="category")
    ground: str = needed(refers="ground")
    uses: tuple[str, ...] = may(())
    return_: str | None = may()


@dataclass(frozen=True, kw_only=True)
class Right:
    """A right and how it is met. Fields: code, name, statements, law (the provision), answer (words every
    answer must carry, or None)."""

    code: str
    name: str = needed()
    statements: tuple[str, ...] = needed(refers="statement")
    law: str = needed()
    answer: str | None = may()


@dataclass(frozen=True, kw_only=True)
class RetentionTerm:
    """How long one class of record is kept. Fields: code (the class), name, statement, term (its code in
    retention.toml)."""

    code: str
    name: str = needed()
    statement: str = needed(refers="statement")
    term: str = needed()


# How each kind is headed in notice.toml, and the field of Notice that holds it, in the order they are read.
KINDS: dict[str, tuple[str, type]] = {
    "section": ("sections", Section),
    "statement": ("statements", Statement),
    "channel": ("channels", Channel),
    "category": ("categories", Category),
    "condition": ("conditions", Condition),
    "policy_document": ("policy_documents", PolicyDocument),
    "source": ("sources", Source),
    "ground": ("grounds", Ground),
    "purpose": ("purposes", Purpose),
    "research": ("research", ResearchUse),
    "recipient": ("recipients", Recipient),
    "sharing": ("sharing", SharingRule),
    "right": ("rights", Right),
    "retention": ("retention", RetentionTerm),
    "contact": ("contacts", Contact),
    "cookie": ("cookies", Cookie),
    "link": ("links", LinkTarget),
    "online_consent_age": ("online_consent_ages", OnlineConsentAge),
}


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A whole notice, in its own order. Fields: controller, edition, one tuple for each kind of KINDS, and
    tells (what Articles 13 and 14 ask, to the statements that say it)."""

    controller: Controller
    edition: Edition
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    channels: tuple[Channel, ...] = ()
    categories: tuple[Category, ...] = ()
    conditions: tuple[Condition, ...] = ()
    policy_documents: tuple[PolicyDocument, ...] = ()
    sources: tuple[Source, ...] = ()
    grounds: tuple[Ground, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    research: tuple[ResearchUse, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    sharing: tuple[SharingRule, ...] = ()
    rights: tuple[Right, ...] = ()
    retention: tuple[RetentionTerm, ...] = ()
    contacts: tuple[Contact, ...] = ()
    cookies: tuple[Cookie, ...] = ()
    links: tuple[LinkTarget, ...] = ()
    online_consent_ages: tuple[OnlineConsentAge, ...] = ()
    tells: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def statement(self, code: str) -> Statement:
        """The statement of that code; "N29a" gives N29. Raises KeyError."""
        return self.find("statement", code.rstrip("abcdefghijklmnopqrstuvwxyz"))

    def purpose(self, code: str) -> Purpose:
        """The purpose of that code. Raises KeyError."""
        return self.find("purpose", code)

    def ground(self, code: str) -> Ground:
        """The ground of that code. Raises KeyError."""
        return self.find("ground", code)

    def recipient(self, code: str) -> Recipient:
        """The recipient of that code. Raises KeyError."""
        return self.find("recipient", code)

    def category(self, code: str) -> Category:
        """The category of that code. Raises KeyError."""
        return self.find("category", code)

    def find(self, kind: str, code: str) -> Any:
        """The declaration of that kind (a key of KINDS) and code. Raises KeyError."""
        for item in self.all(kind):
            if item.code == code:
                return item
        raise KeyError(f"{kind}:{code}")

    def all(self, kind: str) -> tuple[Any, ...]:
        """Every declaration of a kind, in the notice's order."""
        declared: tuple[Any, ...] = getattr(self, KINDS[kind][0])
        return declared

    def everything(self) -> Iterator[tuple[str, Any]]:
        """Each (kind, declaration)."""
        return ((kind, item) for kind in KINDS for item in self.all(kind))

    def rules_for(self, recipient: str) -> tuple[SharingRule, ...]:
        """The sharing rules of one recipient."""
        return tuple(rule for rule in self.sharing if rule.recipient == recipient)

    def promises(self) -> frozenset[str]:
        """The promises (of PROMISES) that statements in force here bind."""
        bound = (bind for s in self.statements if s.applies for bind in s.binds)
        return frozenset(b.removeprefix("promise:") for b in bound if b.startswith("promise:"))

    def online_consent_age(self, on: date) -> OnlineConsentAge | None:
        """The age of online consent in force on the day, or None if none is declared for it."""
        return next((age for age in self.online_consent_ages if age.in_force(on)), None)


def cited(item: Any) -> tuple[str, ...]:
    """The statement codes that a declaration cites, with letters ("N29a")."""
    single = getattr(item, "statement", None)
    return (single,) if single else getattr(item, "statements", ())
