"""Words the worker's pages share: what a search found somebody by, by what relationship somebody looked, and at what."""

from collections.abc import Mapping
from datetime import timedelta

from wenlock.practice.case.codes import ALLOCATION_ROLES
from wenlock.security.queries import Look

# Why somebody is in a list. `{}` is the recorded name that answered.
FOUND_BY = {
    "number": "Number matches",
    "number-start": "Their number begins with the number you typed",
    "name": "Name matches",
    "half": "Half of a double-barrelled name matches",
    "nickname": "Nickname of {}",
    "form": "{} is another form of the name you typed",
    "spelling": "{} is another spelling of the name you typed",
    "sound": "Sounds like the name you typed",
    "letters": "Name matches with two letters changed over",
    "likeness": "Spelt nearly like the name you typed",
    "start": "Begins with what you typed",
    "initial": "Initial matches",
    "turned": "Family name first",
    "part": "Part of the name matches",
    "as-birth": "Name at birth: {}",
    "as-known-as": "Known as {}",
    "as-alias": "Also known as {}",
    "as-former": "Used to be called {}",
    "birth": "Date of birth matches",
    "birth-swapped": "Date of birth matches with day and month the other way round",
    "birth-day-later": "Born a day later",
    "birth-day-earlier": "Born a day earlier",
    "birth-month-later": "Born a month later",
    "birth-month-earlier": "Born a month earlier",
    "birth-year-later": "Born a year later",
    "birth-year-earlier": "Born a year earlier",
    "birth-same-month": "Born in the same month",
    "birth-other-month": "Born on that day of another month that year",
    "birth-same-year": "Born in the same year",
    "birth-other-year": "Born on that day of another year",
    "birth-near": "Born within a year of that",
    "postcode": "Lives or has lived in that postcode",
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
    "change": "Put right what somebody told us had changed",
}

PARTS = {
    "record": "Record",
    "timeline": "Timeline",
    "family": "Family",
    "looked": "Who has looked",
    "own words": "Own words",
    "notes": "Notes",
    "note": "A note",
    "documents": "Documents",
    "document": "A document",
    "contact": "A contact",
    "address": "Where a protected address is",
    "conflict": "Conflict of interest",
    "restriction": "Closing the record",
    "merges": "Merges of the record",
}

LEVELS = {"index": "Name, birth and team only", "summary": "Summary"}


def found_by(reasons: tuple[str, ...], matched: str = "") -> str:
    """Why somebody is in a list of results, in sentences; `matched` is the recorded name that answered."""
    return ". ".join(FOUND_BY[reason].format(matched) for reason in reasons) + "."


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


def span(time: timedelta) -> str:
    """A length of time as people say it: whole days, or whole hours within the first two days."""
    hours = time // timedelta(hours=1)
    if hours < 1:
        return "an hour"
    if hours < 48:
        return f"{hours + 1} hours"
    return f"{time // timedelta(days=1) + 1} days"
