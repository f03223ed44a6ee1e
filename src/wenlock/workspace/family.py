"""What the family page says beside the drawing: a row for each person, the brothers and sisters, and the home."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wenlock.people import codes
from wenlock.people.genogram import (
    Family,
    Layout,
    Member,
    Sibling,
    Tie,
    apart,
    lay_out,
    living_with,
    relation_to,
    sibling_group,
)

# Kinds of whom it is worth saying that nobody recorded whether they have parental responsibility.
ASKED = ("mother", "father", "parent", "step-parent", "carer")


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the family as the table tells of them. `from_on` and `until_on` are of the relationship to the child."""

    id: UUID
    member: Member
    relation: str
    age: int | None
    homes: tuple[str, ...]
    main_carer: bool
    responsibility: str
    dated: bool
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True)
class Telling:
    """A family told beside its drawing."""

    layout: Layout
    relatives: tuple[Relative, ...]
    siblings: tuple[tuple[Relative, Sibling], ...]
    home: tuple[Relative, ...]
    undrawn: tuple[str, ...]

    @property
    def dated(self) -> bool:
        """Whether any of the relationships has a beginning or an end to tell."""
        return any(one.dated for one in self.relatives)


def told(family: Family) -> Telling:
    """The family laid out, and everything the drawing says in words too."""
    layout = lay_out(family)
    homes = {
        member.key: tuple(home.name for home in layout.homes if member.key in home.keys)
        for member in family.members
    }
    relatives = {member.key: _relative(family, member, homes[member.key]) for member in family.members}
    together = living_with(family, family.subject)
    return Telling(
        layout=layout,
        relatives=tuple(sorted(relatives.values(), key=lambda one: one.member.key != family.subject)),
        siblings=tuple((relatives[one.key], one) for one in sibling_group(family, family.subject)),
        home=tuple(relatives[member.key] for member in family.members if member.key in together),
        undrawn=tuple(_undrawn(layout)),
    )


def _relative(family: Family, member: Member, homes: tuple[str, ...]) -> Relative:
    ties = [tie for tie in family.between(family.subject, member.key) if tie.person == family.subject]
    held = next((tie for tie in ties if tie.responsibility is not None), ties[0] if ties else None)
    return Relative(
        id=UUID(member.key),
        member=member,
        relation=relation_to(family, member.key),
        age=member.age(on=family.on),
        homes=homes,
        main_carer=any(tie.main_carer and not tie.ended for tie in ties),
        responsibility=_responsibility(held),
        dated=any(tie.from_on or tie.until_on for tie in ties),
        from_on=next((tie.from_on for tie in ties if tie.from_on), None),
        until_on=next((tie.until_on for tie in ties if tie.until_on), None),
    )


def _responsibility(tie: Tie | None) -> str:
    if tie is None or (tie.responsibility is None and tie.kind not in ASKED):
        return "–"
    if tie.responsibility is None:
        return ""
    return codes.RESPONSIBILITY_BASES[tie.basis] if tie.responsibility else "No"


def _undrawn(layout: Layout) -> list[str]:
    """What the lines do not tell, a sentence each."""
    family = layout.family
    name = {member.key: member.name for member in family.members}
    lines = [
        f"{name[tie.other]} is recorded as {codes.RELATIONSHIPS[tie.kind][0].lower()} of {name[tie.person]}."
        for tie in layout.undrawn
    ]
    return lines + [
        f"{name[tie.person]} and {name[tie.other]} are recorded as living together, and also at different addresses."
        for tie in apart(family)
    ]
