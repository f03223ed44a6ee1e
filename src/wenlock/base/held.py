"""What is held: the classification of every column that could say something of a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

REGISTRY: dict[str, "Held"] = {}


@dataclass(frozen=True)
class Held:
    """The classification of one model's columns.

    `model` is "app.Model"; `about` whom it tells of; `category` the notice's category of the `ordinary` columns;
    `special` and `criminal` give each such column its own category code; `guarded` columns leave only by a
    disclosure decision; `plumbing` columns (keys, instants, links) tell nothing of themselves; `kept` is the code
    of a term of keeping in `law.keeping`; `statements` are those of the notice that cover it. `named_by` is the
    column that leads to the person, or None for a table about no one person.
    """

    model: str
    about: str
    category: str
    kept: str
    statements: tuple[str, ...]
    ordinary: frozenset[str] | set[str] = frozenset()
    special: Mapping[str, str] = field(default_factory=dict)
    criminal: Mapping[str, str] = field(default_factory=dict)
    guarded: frozenset[str] | set[str] = frozenset()
    plumbing: frozenset[str] | set[str] = frozenset()

    def __post_init__(self) -> None:
        if self.model in REGISTRY:
            raise ValueError(f"{self.model} is classified twice")
        REGISTRY[self.model] = self

    @property
    def columns(self) -> frozenset[str]:
        """Every column the declaration answers for."""
        return (
            frozenset(self.ordinary)
            | set(self.special)
            | set(self.criminal)
            | set(self.guarded)
            | set(self.plumbing)
        )

    def categories(self) -> Iterator[tuple[str, str]]:
        """Each (column, category) that needs the purpose's leave before it is written."""
        for column in sorted(
            (set(self.ordinary) | set(self.guarded)) - set(self.special) - set(self.criminal)
        ):
            yield column, self.category
        yield from sorted(self.special.items())
        yield from sorted(self.criminal.items())
