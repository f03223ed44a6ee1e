"""Words the worker's pages share: what a search found somebody by, by what relationship somebody looked, and at what."""

from collections.abc import Mapping

from wenlock.practice.case.codes import ALLOCATION_ROLES
from wenlock.security.queries import Look

FOUND_BY = {
    "number": "Number matches",
    "name": "Name matches",
    "sound": "Name sounds alike",
    "likeness": "Name is similar",
    "part": "Part of the name matches",
    "birth": "Date of birth matches",
    "birth-swapped": "Date of birth matches with day and month the other way round",
}

RELATIONSHIPS = {
    **ALLOCATION_ROLES,
    "team": "Works in the child’s team",
    "family": "Works with their family",
    "whole service": "Answers for the whole service",
    "emergency access": "Emergency access",
    "began the record": "Began the record",
    "screening": "Screened a contact about them",
    "referral": "Decided on a contact about them",
}

PARTS = {
    "record": "Record",
    "timeline": "Timeline",
    "family": "Family",
    "looked": "Who has looked",
    "notes": "Notes",
    "note": "A note",
    "documents": "Documents",
    "document": "A document",
    "contact": "A contact",
    "address": "Where a protected address is",
    "conflict": "Conflict of interest",
    "restriction": "Closing the record",
}

LEVELS = {"index": "Name, birth and team only", "summary": "Summary"}


def found_by(reasons: tuple[str, ...]) -> str:
    """Why somebody is in a list of results."""
    return ". ".join(FOUND_BY[reason] for reason in reasons) + "."


def looked_at(look: Look) -> str:
    """What a look showed, or would have."""
    if look.kind == "emergency-access":
        return "Opened by emergency access"
    if look.kind == "created":
        return "Protected address shown"
    if look.kind in ("exported", "printed"):
        return {"exported": "Shared outside the council", "printed": "Printed"}[look.kind]
    part = str(look.detail.get("part" if look.kind == "read" else "wanted", ""))
    words = PARTS.get(part, "Record")
    if look.kind == "denied":
        return f"Refused: {words[:1].lower()}{words[1:]}"
    level = LEVELS.get(str(look.detail.get("level", "")), "")
    return level if part == "record" and level else words


def unusual(look: Look) -> str:
    """Why a look stands out, in a sentence; empty for an ordinary one."""
    if look.kind == "denied":
        return "They tried to open it and were refused."
    if look.kind == "created":
        return "A protected address was shown, with a reason."
    if look.kind == "emergency-access" or look.detail.get("relationship") == "emergency access":
        return "Opened without working with them; a manager reviews it."
    return ""


def by_what(detail: Mapping[str, object]) -> str:
    """The relationship that let somebody look."""
    return RELATIONSHIPS.get(str(detail.get("relationship", "")), "")
