"""The proofs of sharing as such (N47–N49) and of each recipient (N50–N67): what is unlawful is tried, and refused."""

from collections.abc import Callable

from wenlock.notice.models import Ground, Recipient, SharingRule
from wenlock.notice.proof.registry import REGISTRY, Census, Probe, Proof
from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Function, of_model
from wenlock.sharing.models import (
    Agreement,
    Answer,
    Consent,
    Destination,
    Disclosure,
    Item,
    Outgoing,
    Proposal,
    Receipt,
    Shareable,
    Weighing,
)
from wenlock.sharing.proofs.stage import approve, ready, send

PROPOSED = (Proposal, Item, Answer, Weighing, Shareable)
DOOR = (
    *(refuser for model in (Disclosure, Outgoing, Receipt, *PROPOSED) for refuser in of_model(model)),
    Function("door", "send_v1"),
    Function("door", "items_that_stand_v1"),
    Function("door", "rule_that_stands_v1"),
    Function("guard", "items_v1"),
)
PLACES = (
    *of_model(Destination),
    *of_model(Agreement),
    Function("door", "destination_that_stands_v1"),
    Function("door", "agreement_that_stands_v1"),
)
RULES = (*of_model(Recipient), *of_model(SharingRule))
CONSENTS = (
    *of_model(Consent),
    Function("door", "consent_that_stands_v1"),
    Function("guard", "may_consent_v1"),
)

Attempt = Callable[[Stage], None]


def without_a_rule(recipient: str) -> Attempt:
    """Share with it by a rule the notice does not have."""
    return lambda stage: send(stage, ready(stage, recipient, rule="a-newspaper"))


def a_field_more(recipient: str) -> Attempt:
    """Share a column with it that was never declared to be one that may leave."""
    return lambda stage: send(stage, ready(stage, recipient, field="provenance_id"))


def unverified(recipient: str) -> Attempt:
    """Share with it at an address that was changed after it was verified."""

    def attempt(stage: Stage) -> None:
        made = ready(stage, recipient)
        stage.act(actor=made.keeper, purpose="information-rights")
        stage.run("UPDATE sharing_destination SET value = 'elsewhere' WHERE id = %s", [made.destination])
        send(stage, made)

    return attempt


def agreement_over(recipient: str) -> Attempt:
    """Share with it under an agreement that has ended."""

    def attempt(stage: Stage) -> None:
        made = ready(stage, recipient)
        stage.act(actor=made.keeper, purpose="information-rights")
        stage.run("UPDATE sharing_agreement SET ended_on = guard.today() WHERE id = %s", [made.agreement])
        send(stage, made)

    return attempt


def without_consent(stage: Stage) -> None:
    send(stage, ready(stage, "dwp", consents=False))


def consent_withdrawn(stage: Stage) -> None:
    made = ready(stage, "dwp")
    stage.act(actor=made.actor, purpose=made.purpose)
    stage.run(
        "UPDATE sharing_consent SET withdrawn_at = now(), withdrawn_by = 'child', withdrawal_recorded_by_id = %s "
        "WHERE person_id = %s",
        [made.actor, made.child],
    )
    send(stage, made)


def law_lapsed(stage: Stage) -> None:
    made = ready(stage, "police")
    stage.become("wenlock_owner")
    stage.run("ALTER TABLE notice_ground DISABLE TRIGGER notice_ground_never_changed")
    stage.run("UPDATE notice_ground SET in_force_until = guard.today()")
    send(stage, made)


def to_nobody_listed(stage: Stage) -> None:
    actor = stage.worker("service-manager")
    stage.act(actor=actor)
    stage.insert(
        "sharing_destination",
        {"id": actor, "recipient": "a-newspaper", "body": "x", "post": "x", "route": "file", "value": "x",
         "changed_by_id": actor, "changed_at": stage.now(), "verified_how": ""},
    )  # fmt: skip


def approved_by_oneself(stage: Stage) -> None:
    made = ready(stage, "police", approved=False)
    approve(stage, made.proposal, made.actor, made.purpose)


ADDS_UP = (
    Census(
        "entries of the ledger that the outbox does not answer for, or that left before they were entered",
        "SELECT count(*) FROM sharing_disclosure",
        "SELECT count(*) FROM sharing_disclosure d LEFT JOIN sharing_outgoing o ON o.disclosure_id = d.id "
        "WHERE o.id IS NULL OR o.left_at < o.put_out_at",
    ),
    Census(
        "receipts of what is not in the ledger",
        "SELECT count(*) FROM sharing_receipt",
        "SELECT count(*) FROM sharing_receipt r LEFT JOIN sharing_disclosure d ON d.id = r.disclosure_id "
        "WHERE d.proposal_id IS NULL",
    ),
)
BY_THEIR_RULE = Census(
    "disclosures outside the rule they name, or to somebody their version does not name",
    "SELECT count(*) FROM sharing_disclosure",
    "SELECT count(*) FROM sharing_disclosure d JOIN notice_sharingrule r ON r.id = d.rule_id "
    "JOIN notice_recipient t ON t.id = d.recipient_id "
    "WHERE (r.recipient_id, r.purpose_id, r.ground_id) <> (d.recipient_id, d.purpose_id, d.ground_id) "
    "OR t.version_id <> d.version_id",
)


def recipient(statement: str, code: str, *, ruled: bool, says: str) -> Proof:
    """The proof of a recipient: named, and told nothing but by rule, under agreement, where it is verified to be."""
    probes: tuple[Probe, ...] = (
        Probe(
            "write down a place at somebody the notice does not name",
            to_nobody_listed,
            ("sharing_recipient_is_listed",),
        ),
    )
    if ruled:
        probes += (
            Probe("share without a rule", without_a_rule(code), ("disclosure_has_a_rule",)),
            Probe("share a field more than may leave", a_field_more(code), ("share_within_its_fields",)),
            Probe(
                "share at an address changed since", unverified(code), ("share_to_a_verified_destination",)
            ),
            Probe(
                "share under an agreement that is over", agreement_over(code), ("share_under_an_agreement",)
            ),
        )
    named = Census(
        "the recipient, in the version in force",
        f"SELECT count(*) FROM notice_recipient WHERE code = '{code}' "
        "AND version_id = guard.notice_in_force(guard.today())",
        "SELECT 0",
        at_least=1,
    )
    return Proof(
        code=statement,
        structure=(*DOOR, *PLACES, *RULES),
        census=(named, BY_THEIR_RULE, *ADDS_UP),
        probes=probes,
        needs_a_person=says,
    )


NOT_NAMED = (
    "The notice names no body of this class yet. Until it does, with a rule, every sharing is refused."
)
# What is still asked of a person, by statement; nothing where all that the statement says is enforced.
RECIPIENTS = (
    ("N50", "internal-departments", True, ""),
    ("N51", "education-providers", True, "That the child is on the school's roll, or applying, is for whoever approves to see."),
    ("N52", "ofsted", True, "Extracts are shared by this door. An inspector's own view of a file is not built."),
    ("N53", "other-public-bodies", False, NOT_NAMED),
    ("N54", "nhs", True, "That the NHS number is the right child's is for whoever approves to see."),
    ("N55", "district-councils", False, "Never used: a unitary council has no district councils in its area, and the rule is empty."),
    ("N56", "voluntary-agencies", True, ""),
    ("N57", "police", True, ""),
    ("N58", "courts", True, "Extracts are shared by this door. A court bundle is still made by hand."),
    ("N59", "probation", True, ""),
    ("N60", "youth-offending-team", True, ""),
    ("N61", "housing", True, ""),
    ("N62", "central-government", False, NOT_NAMED),
    ("N63", "other-public-authorities", False, NOT_NAMED),
    ("N66", "dwp", True, ""),
    ("N67", "mind-of-my-own", True, "Whether they are a processor or a controller is for the contract to state and somebody to check."),
)  # fmt: skip

REGISTRY.add(
    Proof(
        code="N47",
        structure=(*DOOR, *RULES),
        census=(BY_THEIR_RULE, *ADDS_UP),
        probes=(
            Probe("share without a rule", without_a_rule("police"), ("disclosure_has_a_rule",)),
            Probe("approve what one proposed oneself", approved_by_oneself, ("share_approved_by_another",)),
        ),
    ),
    Proof(
        code="N48",
        structure=(*DOOR, *RULES, *of_model(Ground)),
        census=(
            Census(
                "disclosures on a ground that was not in force when they were approved",
                "SELECT count(*) FROM sharing_disclosure",
                "SELECT count(*) FROM sharing_disclosure d JOIN notice_ground g ON g.id = d.ground_id "
                "WHERE g.in_force_from IS NULL OR g.in_force_from > d.approved_at::date "
                "OR g.in_force_until <= d.approved_at::date",
            ),
        ),
        probes=(
            Probe("share after the law it rests on has lapsed", law_lapsed, ("disclosure_ground_in_force",)),
        ),
    ),
    Proof(
        code="N49",
        structure=(*DOOR, *CONSENTS),
        census=(
            Census(
                "disclosures on a ground of consent without a consent, or after it was withdrawn",
                "SELECT count(*) FROM sharing_disclosure",
                "SELECT count(*) FROM sharing_disclosure d JOIN notice_ground g ON g.id = d.ground_id "
                "LEFT JOIN sharing_consent c ON c.id = d.consent_id AND c.person_id = d.person_id "
                "WHERE g.article_6 = '6(1)(a)' AND (c.id IS NULL OR c.withdrawn_at < d.approved_at)",
            ),
        ),
        probes=(
            Probe("share without the consent it rests on", without_consent, ("share_with_consent",)),
            Probe("share after consent was withdrawn", consent_withdrawn, ("share_consent_not_withdrawn",)),
        ),
    ),
    *(recipient(code, name, ruled=ruled, says=says) for code, name, ruled, says in RECIPIENTS),
)
