"""Whether something may be shared, and on what findings: pure rules, each of which cites its law.

The same questions are asked again in SQL by the one door, at the moment of sending, under the same codes; what is found
here is for people to weigh, and what is found there decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wenlock.base.decision import Decision, Finding, decide_on, permit, refuse
from wenlock.sharing.codes import NEEDS_REGIME

UK_GDPR = "UK GDPR"


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground a rule rests on; in force [since, until), never when `since` is None."""

    says: str
    by_consent: bool
    since: date | None
    until: date | None

    def in_force(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since is not None and self.since <= on and (self.until is None or self.until > on)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the notice in force: recipient × purpose × categories × ground, in force [since, until)."""

    code: str
    recipient: str
    recipient_name: str
    open_class: bool
    bodies: tuple[str, ...]
    purpose: str
    purpose_name: str
    categories: frozenset[str]
    definition: str
    ground: Ground
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Where:
    """The destination: the recipient and body it is at, and whether it is verified as it stands and not ended."""

    recipient: str
    body: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A consent for this body and purpose. `stands` says its giver may still give it; `until` is None for no end."""

    given_on: date
    until: date | None
    recorded_at: datetime
    withdrawn_at: datetime | None
    categories: frozenset[str]
    stands: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """One item as the database weighs it: seen by whoever acts or not, its categories, its handling, and no values."""

    title: str
    seen: bool
    of_family: bool
    undeclared: tuple[str, ...]
    categories: frozenset[str]
    handling: str
    originator_agreed: bool
    protected: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """All that is asked about a proposal, gathered as whoever acts may see it.

    `agreements` are [from, until) of those that could cover the body. `approved_by` is None while nobody has approved;
    `to_send` asks for the approval too.
    """

    on: date
    may_share: bool
    record_open: bool
    purpose_open: str
    rule: Rule | None
    where: Where
    agreements: tuple[tuple[date, date], ...]
    consents: tuple[Given, ...]
    items: tuple[Chosen, ...]
    regime: str
    proposed_by: UUID
    approved_by: UUID | None = None
    sent_already: bool = False
    to_send: bool = False


def decide(proposed: Proposed) -> Decision:
    """Say whether it may be shared, and on what findings: one refusal outweighs, and nothing found means no."""
    return decide_on(rule(proposed) for rule in RULES)


def by_a_role_that_shares(proposed: Proposed) -> Finding | None:
    """Sharing is part of some roles and not of others."""
    if proposed.may_share:
        return None
    return refuse("share_by_a_role_that_shares", "Your role does not share information about people.")


def of_a_record_open(proposed: Proposed) -> Finding | None:
    """Nobody shares from a record closed to them, or of somebody they are in conflict with."""
    if proposed.record_open:
        return None
    return refuse("share_of_a_record_open", "This record is not open to you in full.")


def sent_once(proposed: Proposed) -> Finding | None:
    """What was sent is proposed again before it is sent again."""
    return refuse("share_once", "This has been sent already.") if proposed.sent_already else None


def has_a_rule(proposed: Proposed) -> Finding | None:
    """The notice in force has a rule (N47), which is not a statutory return's."""
    rule = proposed.rule
    if rule is None:
        return refuse(
            "disclosure_has_a_rule",
            "The privacy notice in force has no rule that allows this sharing.",
            law=f"{UK_GDPR} Art. 5(1)(a)",
        )
    if rule.definition:
        return refuse("disclosure_of_its_definition", "The rule allows a statutory return, and nothing else.")
    if rule.since > proposed.on or (rule.until and rule.until <= proposed.on):
        return refuse("disclosure_rule_in_force", "The rule that allowed this is not in force today.")
    return permit(
        "disclosure_has_a_rule",
        f"The privacy notice allows sharing with: {rule.recipient_name}. For: {rule.purpose_name}.",
    )


def ground_in_force(proposed: Proposed) -> Finding | None:
    """The law the rule rests on is in force on the day (N48)."""
    rule = proposed.rule
    if rule is None:
        return None
    if not rule.ground.in_force(proposed.on):
        return refuse(
            "disclosure_ground_in_force", "The law this rests on is not in force today.", law=rule.ground.says
        )
    return permit(
        "disclosure_ground_in_force", "The law it rests on is in force today.", law=rule.ground.says
    )


def for_its_purpose(proposed: Proposed) -> Finding | None:
    """What is shared for a purpose is shared while working for it."""
    rule = proposed.rule
    if rule is None or rule.purpose == proposed.purpose_open:
        return None
    return refuse(
        "disclosure_for_its_purpose",
        f"This is shared for another purpose than the one you work for now: {rule.purpose_name}.",
        law=f"{UK_GDPR} Art. 5(1)(b)",
    )


def says_its_regime(proposed: Proposed) -> Finding | None:
    """A youth offending team works under both Part 2 and Part 3: each sharing says which (N60)."""
    if proposed.rule is None or proposed.rule.recipient != NEEDS_REGIME or proposed.regime:
        return None
    return refuse(
        "share_says_its_regime",
        "Say whether they receive it for welfare or for law enforcement.",
        law="Data Protection Act 2018 Parts 2 and 3",
    )


def approved_by_another(proposed: Proposed) -> Finding | None:
    """Somebody other than whoever proposed it has approved it."""
    if proposed.approved_by is None:
        return refuse("share_approved", "Nobody has approved this.") if proposed.to_send else None
    if proposed.approved_by == proposed.proposed_by:
        return refuse("share_approved_by_another", "Somebody else approves what you propose.")
    return permit("share_approved", "Somebody other than whoever proposed it has approved it.")


def to_its_recipient(proposed: Proposed) -> Finding | None:
    """The destination is at the rule's recipient, and of an open class at a body the notice names (N53, N62, N63)."""
    rule, where = proposed.rule, proposed.where
    if rule is None:
        return None
    if rule.recipient != where.recipient:
        return refuse(
            "share_to_its_recipient", "The rule allows sharing with another recipient than this one."
        )
    if rule.open_class and where.body not in rule.bodies:
        return refuse("share_to_a_body_named", f"The privacy notice in force does not name {where.body}.")
    return None


def to_a_verified_destination(proposed: Proposed) -> Finding | None:
    """Somebody other than whoever wrote it last has verified where it goes."""
    if proposed.where.verified:
        return permit("share_to_a_verified_destination", f"Where it goes is verified: {proposed.where.body}.")
    return refuse(
        "share_to_a_verified_destination",
        "Nobody has verified where this would be sent since it was written down.",
        law=f"{UK_GDPR} Art. 5(1)(f)",
    )


def under_an_agreement(proposed: Proposed) -> Finding | None:
    """An agreement with the recipient is in force on the day."""
    if any(since <= proposed.on < until for since, until in proposed.agreements):
        return permit("share_under_an_agreement", "An agreement with this recipient is in force today.")
    return refuse("share_under_an_agreement", "No agreement with this recipient is in force today.")


def with_consent(proposed: Proposed) -> Finding | None:
    """Where the ground is consent, the newest stands: given by the right person, for all of it, not withdrawn (N49)."""
    if proposed.rule is None or not proposed.rule.ground.by_consent:
        return None
    law = f"{UK_GDPR} Arts. 6(1)(a) and 7"
    newest = max(proposed.consents, key=lambda given: given.recorded_at, default=None)
    if newest is None or newest.given_on > proposed.on or (newest.until and newest.until <= proposed.on):
        return refuse("share_with_consent", "This rests on consent, and there is none in force.", law=law)
    if any(given.withdrawn_at and given.withdrawn_at >= newest.recorded_at for given in proposed.consents):
        return refuse(
            "share_consent_not_withdrawn", "Consent to this was withdrawn.", law=f"{UK_GDPR} Art. 7(3)"
        )
    if not newest.stands:
        return refuse(
            "share_consent_of_the_right_person", "Whoever gave consent may no longer give it.", law=law
        )
    if not all(item.categories <= newest.categories for item in proposed.items):
        return refuse("share_consent_covers_it", "Consent was not given to all of what you chose.", law=law)
    return permit("share_with_consent", "Consent to this was given, and has not been withdrawn.", law=law)


def names_its_items(proposed: Proposed) -> Finding | None:
    """Something is shared, and all of it from a record open to whoever acts."""
    if not proposed.items:
        return refuse("share_names_its_items", "Nothing was chosen to be shared.")
    hidden = [item for item in proposed.items if not item.seen]
    if not hidden:
        return None
    return refuse("share_of_what_one_sees", "Something chosen is not part of a record open to you.")


def within_its_fields(proposed: Proposed) -> Finding | None:
    """No field leaves that was not declared to be one that may."""
    extra = [item.title for item in proposed.items if item.undeclared]
    if not extra:
        return None
    return refuse("share_within_its_fields", f"Something of this may never be shared: {', '.join(extra)}.")


def within_its_categories(proposed: Proposed) -> Finding | None:
    """No more than the rule's categories, and of the family only where the rule allows the family."""
    if proposed.rule is None or not proposed.items:
        return None
    allowed = proposed.rule.categories
    beyond = [
        item.title
        for item in proposed.items
        if not item.categories <= allowed or (item.of_family and "family" not in allowed)
    ]
    law = f"{UK_GDPR} Art. 5(1)(c)"
    if beyond:
        return refuse(
            "share_within_its_categories", f"The rule does not allow: {', '.join(beyond)}.", law=law
        )
    return permit("share_within_its_categories", "The rule allows everything you chose.", law=law)


def no_protected_address(proposed: Proposed) -> Finding | None:
    """A protected address never leaves, nor words that give it away."""
    if not any(item.protected for item in proposed.items):
        return permit("share_no_protected_address", "Nothing you chose gives away a protected address.")
    told = ", ".join(item.title for item in proposed.items if item.protected)
    return refuse("share_no_protected_address", f"This gives away a protected address: {told}.")


def as_its_originator_agreed(proposed: Proposed) -> Finding | None:
    """What its originator handles goes further only as they agreed."""
    waiting = [i.title for i in proposed.items if i.handling == "originator" and not i.originator_agreed]
    if not waiting:
        return None
    return refuse(
        "share_as_its_originator_agreed",
        f"Whoever this came from has not agreed to its going further: {', '.join(waiting)}.",
    )


RULES: tuple[Callable[[Proposed], Finding | None], ...] = (
    by_a_role_that_shares,
    of_a_record_open,
    sent_once,
    has_a_rule,
    ground_in_force,
    for_its_purpose,
    says_its_regime,
    approved_by_another,
    to_its_recipient,
    to_a_verified_destination,
    under_an_agreement,
    names_its_items,
    within_its_fields,
    within_its_categories,
    no_protected_address,
    as_its_originator_agreed,
    with_consent,
)
