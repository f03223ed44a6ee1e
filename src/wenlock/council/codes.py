"""The roles of a children's service: what kind of thing each may do, and how far its whole-service reach goes.

A role never says which child: grants do, and work writes them. Level 0 is no whole-service reach at all.
"""

from dataclasses import dataclass

CAPABILITIES = {
    "receive": "Pass on what comes in by a way of its own, and see nothing",
    "take-contact": "Record a contact somebody makes",
    "screen": "See every contact not closed to one, match it with records and decide what follows",
    "search": "Find people within one's reach",
    "record": "Record facts about a person one may see in full",
    "record-person": "Begin a record for somebody not yet known",
    "merge-people": "Say that two records are one person's and merge them, and undo it",
    "keep-clocks": "Reckon every clock anew, and see of a matter its dates alone",
    "allocate": "Give a worker or team a child's case",
    "open-in-emergency": "Open a record without a relationship, when a child may be at risk",
    "reveal-address": "See a protected address, with a reason",
    "review-access": "Review emergency access and conflicts of interest",
    "restrict": "Close a record to all but named workers",
    "link-partners": "Issue, approve and revoke the keys by which partners' systems send information",
    "manage-teams": "Put workers into teams, oneself excepted",
    "import": "Bring records in from a file",
    "approve-return": "Approve a statutory return for release",
    "share": "Propose sharing from a record one may see in full, and send what another approved",
    "approve-sharing": "Approve what another proposes to share",
    "keep-recipients": "Keep where and under what agreement information may be sent, and verify what another wrote",
    "read-audit": "Read the audit trail",
    "govern-notice": "Prepare and publish the privacy notice",
}


@dataclass(frozen=True)
class RoleKind:
    """One role: its code, its name, a sentence for staff, its whole-service level (0–3) and its capabilities."""

    code: str
    name: str
    says: str
    whole_service_level: int
    capabilities: tuple[str, ...]


ROLES = (
    RoleKind(
        "social-worker",
        "Social worker",
        "Works with the children allocated to them or their team.",
        0,
        (
            "search",
            "record",
            "record-person",
            "take-contact",
            "open-in-emergency",
            "reveal-address",
            "share",
        ),
    ),
    RoleKind(
        "team-manager",
        "Team manager",
        "Leads a team, allocates its children and reviews access.",
        0,
        (
            "search",
            "record",
            "record-person",
            "take-contact",
            "screen",
            "merge-people",
            "allocate",
            "open-in-emergency",
            "reveal-address",
            "review-access",
            "restrict",
            "share",
            "approve-sharing",
        ),
    ),
    RoleKind(
        "front-door",
        "Front door worker",
        "Finds whether a child is known, and records what comes in.",
        1,
        ("search", "record", "record-person", "take-contact", "screen", "merge-people", "open-in-emergency"),
    ),
    RoleKind(
        "conference-chair",
        "Conference chair",
        "Chairs conferences and reviews for the children given to them.",
        0,
        ("search", "record", "open-in-emergency"),
    ),
    RoleKind(
        "service-manager",
        "Service manager",
        "Answers for the whole service and may read any record not restricted.",
        3,
        (
            "search",
            "record",
            "record-person",
            "take-contact",
            "screen",
            "merge-people",
            "allocate",
            "review-access",
            "restrict",
            "reveal-address",
            "approve-return",
            "share",
            "approve-sharing",
            "keep-recipients",
        ),
    ),
    RoleKind(
        "data-officer",
        "Performance and data officer",
        "Brings records in, keeps them sound and prepares the statutory returns.",
        3,
        (
            "search",
            "record",
            "record-person",
            "merge-people",
            "import",
            "approve-return",
            "link-partners",
        ),
    ),
    RoleKind(
        "data-protection-officer",
        "Data protection officer",
        "Proves the privacy notice and reads the audit trail; sees no record.",
        0,
        ("read-audit", "govern-notice", "link-partners", "keep-recipients"),
    ),
    RoleKind(
        "administrator",
        "System administrator",
        "Keeps teams and accounts; sees no record.",
        0,
        ("manage-teams",),
    ),
    RoleKind(
        "way-in",
        "A way in",
        "The account of a form, a mailbox or a partner's link: passes on what comes in, and sees nothing.",
        0,
        ("receive",),
    ),
    RoleKind(
        "clock-keeper",
        "Keeper of clocks",
        "The account that reckons every clock anew when the law or a setting changes; sees dates, and no words.",
        0,
        ("keep-clocks",),
    ),
)


def role(code: str) -> RoleKind:
    """The role with a code. Raises KeyError if there is none."""
    return {kind.code: kind for kind in ROLES}[code]
