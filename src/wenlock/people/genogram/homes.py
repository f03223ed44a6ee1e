"""Who lives with whom, from the places people live and from relationships recorded as of one household."""

from wenlock.people.genogram.facts import Family, Member, Tie


def households(family: Family) -> tuple[frozenset[str], ...]:
    """The groups of two or more who live together on the day, the subject's first, then the eldest's. A child of two
    homes is in both.

    A place somebody lives at is believed before a remark that two are of one household; the remark adds to a home
    only somebody whose own is not known.
    """
    homes = _sharing_a_place(family)
    for tie in _said_together(family):
        _bring_together(homes, family, tie)
    order = {one.key: at for at, one in enumerate(family.members)}
    kept = {frozenset(home) for home in homes if len(home) > 1}
    return tuple(
        sorted(kept, key=lambda home: (family.subject not in home, sorted(order[key] for key in home)))
    )


def living_with(family: Family, key: str) -> frozenset[str]:
    """Everybody of the homes somebody is of, without themself."""
    homes = [home for home in households(family) if key in home]
    return frozenset[str]().union(*homes) - {key}


def apart(family: Family) -> tuple[Tie, ...]:
    """Ties recorded as of one household whose two people live at different places: one of the two facts is wrong."""
    homes = households(family)
    return tuple(
        tie for tie in _said_together(family) if not any({tie.person, tie.other} <= home for home in homes)
    )


def _sharing_a_place(family: Family) -> list[set[str]]:
    places: dict[str, set[str]] = {}
    for member in family.members:
        for place in _places(family, member):
            places.setdefault(place, set()).add(member.key)
    return list(places.values())


def _places(family: Family, member: Member) -> tuple[str, ...]:
    """Where somebody lives: nowhere once dead, and before birth where their mother does."""
    if member.died_on:
        return ()
    if not member.unborn:
        return member.places
    mothers = [tie.other for tie in family.parents.get(member.key, ()) if tie.kind == "mother"]
    return family.by_key[mothers[0]].places if mothers else member.places


def _said_together(family: Family) -> list[Tie]:
    """Ties of one household still, between two who live."""
    dead = {member.key for member in family.members if member.died_on}
    return [
        tie
        for tie in family.ties
        if tie.same_household and not tie.ended and not dead & {tie.person, tie.other}
    ]


def _bring_together(homes: list[set[str]], family: Family, tie: Tie) -> None:
    pair = {tie.person, tie.other}
    unplaced = {key for key in pair if not _places(family, family.by_key[key])}
    if not unplaced or any(pair <= home for home in homes):
        return
    theirs = [home for home in homes if home & pair]
    if len(unplaced) == 2:
        homes[:] = [home for home in homes if home not in theirs]
        homes.append(pair.union(*theirs))
        return
    for home in theirs:
        home |= pair
