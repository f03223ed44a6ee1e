"""Who is whose brother or sister, and what each of the family is to the child, in words."""

from collections import deque
from dataclasses import dataclass

from wenlock.people import codes
from wenlock.people.genogram.facts import SIBLINGS, Family

FULL, HALF, SHARING, STEP = "Same parents", "One parent the same", "Shares a parent", "Step"
RECORDED = "Recorded as brother or sister"
DERIVED = {
    FULL: "sibling",
    HALF: "half-sibling",
    SHARING: "sibling",
    STEP: "step-sibling",
    RECORDED: "sibling",
}


@dataclass(frozen=True, slots=True)
class Sibling:
    """A brother or sister: the key, how we know, and the names of the parents that are the same."""

    key: str
    how: str
    through: tuple[str, ...] = ()


def sibling_group(family: Family, key: str) -> tuple[Sibling, ...]:
    """The brothers and sisters of somebody, in order of birth, themself left out.

    Full or half by their parents where two of each are known; otherwise what is known is said and no more: one parent
    shared, recorded as brother or sister, or step by a parent's partner.
    """
    found = (_as_sibling(family, key, other.key) for other in family.members if other.key != key)
    return tuple(one for one in found if one)


def relation_to(family: Family, key: str) -> str:
    """What somebody is to the family's subject, in words: as recorded, else as it follows from their parents."""
    if key == family.subject:
        return "This genogram is theirs"
    return (
        _recorded(family, family.subject, key)
        or _by_parents(family, key)
        or _through_another(family, key)
        or "Not connected by what is recorded"
    )


def _as_sibling(family: Family, key: str, other: str) -> Sibling | None:
    mine, theirs = family.parents_of(key), family.parents_of(other)
    both = mine & theirs
    through = tuple(one.name for one in family.members if one.key in both)
    kinds = {tie.kind for tie in family.between(key, other) if tie.kind in SIBLINGS}
    if len(both) >= 2:
        return Sibling(other, FULL, through)
    if both and ("half-sibling" in kinds or (len(mine) > 1 and len(theirs) > 1)):
        return Sibling(other, HALF, through)
    if both:
        return Sibling(other, SHARING, through)
    if "half-sibling" in kinds:
        return Sibling(other, HALF)
    if "step-sibling" in kinds or _steps(family, key, other) or _steps(family, other, key):
        return Sibling(other, STEP)
    return Sibling(other, RECORDED) if kinds else None


def _steps(family: Family, key: str, other: str) -> bool:
    """Whether a parent of `other` is step-parent of `key`, or partner now of a parent of theirs."""
    for tie in family.ties:
        if tie.ended:
            continue
        if tie.kind == "step-parent" and tie.person == key and tie.other in family.parents_of(other):
            return True
        if tie.kind in ("spouse", "partner"):
            ends = {tie.person, tie.other}
            mine, theirs = ends & family.parents_of(key), ends & family.parents_of(other)
            if mine and theirs and mine != theirs:
                return True
    return False


def _recorded(family: Family, subject: str, key: str) -> str:
    """The relationship recorded between the two, a parent's or grandparent's before a carer's."""
    order = list(codes.RELATIONSHIPS)
    said = {
        tie.kind if tie.person == subject else codes.inverse(tie.kind) for tie in family.between(subject, key)
    }
    labels = [codes.RELATIONSHIPS[kind][0] for kind in sorted(said, key=order.index)]
    return ", ".join([labels[0], *(label.lower() for label in labels[1:])]) if labels else ""


def _by_parents(family: Family, key: str) -> str:
    """A brother or sister, grandparent, aunt or uncle, as the parents recorded make them."""
    subject = family.subject
    sibling = _as_sibling(family, subject, key)
    if sibling:
        return codes.RELATIONSHIPS[DERIVED[sibling.how]][0]
    parents = family.parents_of(subject)
    if any(key in family.parents_of(parent) for parent in parents):
        return codes.RELATIONSHIPS["grandparent"][0]
    if any(family.parents_of(key) & family.parents_of(parent) for parent in parents - {key}):
        return codes.RELATIONSHIPS["aunt-or-uncle"][0]
    return ""


def _through_another(family: Family, key: str) -> str:
    """The last step of the shortest way from the subject: `Partner of Dawn Ashdown`."""
    reached, waiting = {family.subject}, deque([family.subject])
    while waiting:
        here = waiting.popleft()
        for tie in family.ties:
            if here not in (tie.person, tie.other):
                continue
            there = tie.other if tie.person == here else tie.person
            if there == key:
                return f"{_recorded(family, here, key)} of {family.by_key[here].name}"
            if there not in reached:
                reached.add(there)
                waiting.append(there)
    return ""
