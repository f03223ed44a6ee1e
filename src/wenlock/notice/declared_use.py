"""Information and its use: ways in, sources, categories, conditions, grounds, purposes, research."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wenlock.law import catalogue
from wenlock.law.instruments import NoSuchProvision, Provision
from wenlock.notice.declared_fields import Dated, may, needed

CATEGORY_KINDS = ("ordinary", "special", "criminal")
ARTICLE_6 = ("6(1)(a)", "6(1)(c)", "6(1)(d)", "6(1)(e)")
ARTICLES_9_AND_10 = ("9(2)(b)", "9(2)(g)", "9(2)(h)", "9(2)(j)", "10")  # those that lean on Schedule 1
HANDLING = (
    "health",
    "education",
    "criminal",
    "originator",
    "council",
    "family",
    "confidence",
    "child-authored",
)
# Who gives something from a source: a body that must be named, people who may be known or not, or an application.
GIVERS = ("body", "people", "application")
# What follows anything from a source, wherever it goes: how it is to be handled, and why.
TAGS = (
    "health",  # Data Protection Act 2018, Schedule 3, Part 2
    "education",  # the same, Part 4
    "criminal",  # UK GDPR, Article 10
    "special",  # UK GDPR, Article 9
    "ask-originator",
    "third-party",
    "confidence",
    "child-authored",
)
CONSENT = "6(1)(a)"


@dataclass(frozen=True, kw_only=True)
class Channel(Dated):
    """A way in. Fields: code, name, statement, permitted (its only means, if listed), since, until."""

    code: str
    name: str = needed()
    statement: str = needed(refers="statement")
    permitted: tuple[str, ...] = may(())


@dataclass(frozen=True, kw_only=True)
class Source(Dated):
    """Where information comes from. Fields: code, name, statement, handling (how its data is tagged, one of
    HANDLING, or None), giver (one of GIVERS, or None), tags (each one of TAGS: what follows all that comes from it),
    category (what its data is taken to be at first, or None), since, until."""

    code: str
    name: str = needed()
    statement: str = needed(refers="statement")
    handling: str | None = may(one_of=HANDLING)
    giver: str | None = may(one_of=GIVERS)
    tags: tuple[str, ...] = may((), one_of=TAGS)
    category: str | None = may(refers="category")


@dataclass(frozen=True, kw_only=True)
class PolicyDocument(Dated):
    """An appropriate policy document. Fields: code, title, owner (role), review_by (it lapses that day),
    since, until."""

    code: str
    title: str = needed()
    owner: str = needed()
    review_by: date = needed()

    def in_force(self, on: date) -> bool:
        """Say whether it stands on the day: begun, not ended and not past review."""
        return super().in_force(on) and on < self.review_by


@dataclass(frozen=True, kw_only=True)
class Condition(Dated):
    """Why sensitive data may be used. Fields: code, article ("9(2)(g)" or "10"), schedule1 (paragraph
    of Schedule 1 to the Data Protection Act 2018), policy (the policy document that covers it), since,
    until."""

    code: str
    article: str = needed(one_of=ARTICLES_9_AND_10)
    schedule1: str = needed()
    policy: str = needed(refers="policy_document")


@dataclass(frozen=True, kw_only=True)
class Category:
    """A kind of information. Fields: code, name, kind (ordinary, special or criminal), statement,
    conditions (any one in force lets sensitive data be held)."""

    code: str
    name: str = needed()
    kind: str = needed(one_of=CATEGORY_KINDS)
    statement: str = needed(refers="statement")
    conditions: tuple[str, ...] = may((), refers="condition")


@dataclass(frozen=True, kw_only=True)
class Ground(Dated):
    """Why something is lawful. Fields: code, article6 ("6(1)(e)"), law ("CA1989 s.17", or None for
    consent), since, until. What the provision gives and its own dates come from the law catalogue."""

    code: str
    article6: str = needed(one_of=ARTICLE_6)
    law: str | None = may()

    @property
    def is_consent(self) -> bool:
        return self.article6 == CONSENT

    @property
    def instrument(self) -> str | None:
        return self.law.partition(" ")[0] if self.law else None

    @property
    def provision(self) -> Provision | None:
        """The provision, or None where there is none or the catalogue has no such provision."""
        try:
            return catalogue.find(self.law) if self.law else None
        except NoSuchProvision:
            return None

    @property
    def gives(self) -> str | None:
        """What the provision gives: "duty", "power"..."""
        return self.provision.gives if self.provision else None

    def in_force(self, on: date) -> bool:
        """Say whether the ground and its provision both stand on the day."""
        return super().in_force(on) and (
            self.law is None or bool(self.provision and self.provision.in_force(on))
        )

    @property
    def in_force_from(self) -> date | None:
        """The later of the ground's own start and its provision's; None if neither is dated.

        A provision not yet brought into force gives the last day there is, so that no comparison lets it
        through.
        """
        if self.provision and self.provision.in_force_from is None:
            return date.max
        begun = self.provision.in_force_from if self.provision else None
        return max((day for day in (self.since, begun) if day), default=None)

    @property
    def in_force_until(self) -> date | None:
        """The earlier of the ground's own end and its provision's; None if neither is known."""
        ended = self.provision.in_force_until if self.provision else None
        return min((day for day in (self.until, ended) if day), default=None)


@dataclass(frozen=True, kw_only=True)
class Purpose(Dated):
    """A use of information. Fields: code, name, service (the part of practice it serves, or None),
    statements, grounds, categories (all that may be written under it), employer_data (may hold what an
    employer said), needs_consent, successor (the purpose after it, or None), since, until."""

    code: str
    name: str = needed()
    service: str | None = may()
    statements: tuple[str, ...] = needed(refers="statement")
    grounds: tuple[str, ...] = may((), refers="ground")
    categories: tuple[str, ...] = may((), refers="category")
    employer_data: bool = may(False)
    needs_consent: bool = may(False)
    successor: str | None = may(refers="purpose")


@dataclass(frozen=True, kw_only=True)
class ResearchUse:
    """A use in research. Fields: code, statement, width ("pseudonymised" or "any"); the narrowest is
    enforced."""

    code: str
    statement: str = needed(refers="statement")
    width: str = needed(one_of=("pseudonymised", "any"))
