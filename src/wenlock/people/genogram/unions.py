"""What the lines join: couples, parents with their children, and brothers and sisters whose parents are not recorded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wenlock.people.genogram.facts import ABOVE, COUPLES, SIBLINGS, Family, Tie

Pair = frozenset[str]
# A couple's line, the strongest first: two ties between the same two people are drawn as the first of these.
MARRIED, TOGETHER, DIVORCED, SEPARATED, PARENTS_ONLY = (
    "married",
    "together",
    "divorced",
    "separated",
    "parents only",
)
# A child's line.
BIRTH, CARE, RECORDED = "birth", "care", "recorded"


@dataclass(frozen=True, slots=True)
class Sibship:
    """Children of the same parents, in order of birth: `parents` are two, one, or none when nobody recorded them.

    `look` is BIRTH, CARE for adopted, step- and foster children, or RECORDED for brothers and sisters only said to be so.
    """

    parents: tuple[str, ...]
    children: tuple[str, ...]
    look: str


@dataclass(frozen=True)
class Unions:
    """Everything to be joined by lines, and the ties no line tells of."""

    couples: Mapping[Pair, str]
    sibships: tuple[Sibship, ...]
    undrawn: tuple[Tie, ...]

    def partners(self, key: str) -> list[str]:
        """Whoever is joined to somebody by a couple's line."""
        return sorted(other for pair in self.couples if key in pair for other in pair - {key})


def unions(family: Family, row: Mapping[str, int]) -> Unions:
    """The lines of the people who stand in `row`; a parent is joined to children of the next row only."""
    gathering = _Gathering(family, row)
    gathering.couples_recorded()
    for member in family.members:
        if member.key in row:
            gathering.parents_of(member.key)
    gathering.said_to_be_siblings()
    couples, sibships = gathering.couples, tuple(gathering.sibships())
    ties = [tie for tie in family.ties if tie.key not in gathering.told]
    return Unions(couples, sibships, tuple(tie for tie in ties if not _follows(tie, couples, sibships)))


class _Gathering:
    def __init__(self, family: Family, row: Mapping[str, int]) -> None:
        self.family, self.row = family, row
        self.couples: dict[Pair, str] = {}
        self.children: dict[tuple[tuple[str, ...], str], list[str]] = {}
        self.told: set[str] = set()

    def couples_recorded(self) -> None:
        ranks = (MARRIED, TOGETHER, DIVORCED, SEPARATED)
        for tie in self._present(COUPLES):
            if self.row[tie.person] == self.row[tie.other]:
                pair, look = frozenset((tie.person, tie.other)), self._couple_look(tie)
                was = self.couples.get(pair, look)
                self.couples[pair] = min(was, look, key=ranks.index)
                self.told.add(tie.key)

    def parents_of(self, child: str) -> None:
        """Join a child to the parents by birth, then to those by adoption, step-parents and carers."""
        told = [tie for tie in self.family.parents.get(child, ()) if self._is_above(tie)]
        # Somebody recorded twice as a parent is drawn once.
        parents = list({tie.other: tie for tie in reversed(told)}.values())[::-1]
        self.told.update(tie.key for tie in told)
        self._pair_off(child, [tie for tie in parents if tie.of_birth], BIRTH)
        self._pair_off(child, [tie for tie in parents if tie.by_adoption], CARE)
        known = {tie.other for tie in parents}
        for tie in self._present(("step-parent",)):
            if tie.person == child and self._is_above(tie) and tie.other not in known:
                beside = [one for one in sorted(known) if frozenset((one, tie.other)) in self.couples]
                self._join(child, (tie.other, *beside[:1]), CARE, [tie])
                known.add(tie.other)
        carers = [tie for tie in self._present(("carer",)) if tie.person == child and self._is_above(tie)]
        carers = [tie for tie in carers if len(self.family.between(tie.person, tie.other)) == 1]
        together = len(carers) == 2 and frozenset(tie.other for tie in carers) in self.couples
        for some in [carers] if together else [[tie] for tie in carers]:
            self._join(child, tuple(tie.other for tie in some), CARE, some)

    def said_to_be_siblings(self) -> None:
        """Gather those recorded as brothers and sisters whom no parent in the drawing shares."""
        groups: list[set[str]] = []
        for tie in self._present(SIBLINGS):
            pair = {tie.person, tie.other}
            if _share_a_parent(pair, tuple(self.sibships())) or self._step(tie):
                self.told.add(tie.key)
            elif self.row[tie.person] == self.row[tie.other]:
                met = [group for group in groups if group & pair]
                groups = [group for group in groups if group not in met] + [pair.union(*met)]
                self.told.add(tie.key)
        for group in groups:
            self.children[((), f"{RECORDED} {min(group)}")] = sorted(group)

    def sibships(self) -> Iterable[Sibship]:
        order = {member.key: at for at, member in enumerate(self.family.members)}
        for (parents, look), children in self.children.items():
            yield Sibship(parents, tuple(sorted(children, key=order.__getitem__)), look.split()[0])

    def _pair_off(self, child: str, ties: list[Tie], look: str) -> None:
        for some in ([ties[:2]] if ties else []) + [[tie] for tie in ties[2:]]:
            self._join(child, tuple(tie.other for tie in some), look, some)

    def _join(self, child: str, parents: tuple[str, ...], look: str, ties: Iterable[Tie]) -> None:
        parents = tuple(sorted(dict.fromkeys(parents)))
        children = self.children.setdefault((parents, look), [])
        if child not in children:
            children.append(child)
        if len(parents) == 2:
            self.couples.setdefault(frozenset(parents), PARENTS_ONLY)
        self.told.update(tie.key for tie in ties)

    def _present(self, kinds: Iterable[str]) -> list[Tie]:
        return [
            tie for tie in self.family.ties if tie.kind in kinds and {tie.person, tie.other} <= set(self.row)
        ]

    def _is_above(self, tie: Tie) -> bool:
        return tie.other in self.row and self.row[tie.other] == self.row[tie.person] - 1

    def _couple_look(self, tie: Tie) -> str:
        if tie.kind == "former-spouse":
            return DIVORCED
        if tie.kind == "former-partner" or tie.ended:
            return SEPARATED
        return MARRIED if tie.kind == "spouse" or self._married_at_a_birth(tie) else TOGETHER

    def _married_at_a_birth(self, tie: Tie) -> bool:
        """Whether a child of the two has a father recorded as married to the mother at the birth."""
        pair = {tie.person, tie.other}
        return any(
            parent.basis == "married-father" and pair <= {one.other for one in parents}
            for parents in self.family.parents.values()
            for parent in parents
            if parent.other in pair
        )

    def _step(self, tie: Tie) -> bool:
        """Whether a couple's line already makes two children step-brothers or step-sisters."""
        one, two = self.family.parents_of(tie.person), self.family.parents_of(tie.other)
        return tie.kind == "step-sibling" and any(pair & one and pair & two for pair in self.couples)


def _share_a_parent(pair: set[str], sibships: Sequence[Sibship]) -> bool:
    one, two = (
        {parent for each in sibships if key in each.children for parent in each.parents} for key in pair
    )
    return bool(one & two)


def _follows(tie: Tie, couples: Mapping[Pair, str], sibships: tuple[Sibship, ...]) -> bool:
    """Whether lines drawn for other ties tell of this one: a grandparent's, an aunt's, a cousin's."""
    above: dict[str, set[str]] = {}
    for each in sibships:
        if each.look != RECORDED:
            for child in each.children:
                above.setdefault(child, set()).update(each.parents)
    parents = above.get(tie.person, set())
    elders = {elder for parent in parents for elder in above.get(parent, set())}
    if tie.kind == "grandparent":
        return tie.other in elders
    aunts = {one for each in sibships if parents & set(each.children) for one in each.children} - parents
    if tie.kind == "aunt-or-uncle":
        return tie.other in aunts or any(frozenset((tie.other, aunt)) in couples for aunt in aunts)
    return tie.kind == "cousin" and bool(above.get(tie.other, set()) & aunts)


def kin_of(family: Family) -> set[str]:
    """Everybody connected with the subject by ties a genogram draws; the rest are not of the family."""
    reached, waiting = {family.subject}, [family.subject]
    while waiting:
        here = waiting.pop()
        for tie in family.ties:
            if tie.kind in ABOVE and here in (tie.person, tie.other):
                there = tie.other if tie.person == here else tie.person
                if there not in reached:
                    reached.add(there)
                    waiting.append(there)
    return reached
