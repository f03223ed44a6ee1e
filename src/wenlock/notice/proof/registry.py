"""What each statement's proof consists of. Contexts declare theirs in a module named `proofs`; the engine runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.module_loading import autodiscover_modules

from wenlock.notice.proof.stage import Stage
from wenlock.notice.proof.structure import Refuser

GREEN, AMBER, RED = "green", "amber", "red"


@dataclass(frozen=True)
class Census:
    """A count over every row. `covered` and `exceptions` are SQL giving one number; exceptions must be nought.

    With `at_least`, fewer rows than that is an exception too: an empty register proves nothing.
    """

    says: str
    covered: str
    exceptions: str
    at_least: int = 0


@dataclass(frozen=True)
class Counted:
    """A count that SQL alone cannot make: `count` gives how many were covered and which break the rule."""

    says: str
    count: Callable[[Stage], tuple[int, list[str]]]


@dataclass(frozen=True)
class Probe:
    """A violation to attempt. It must be refused by one of `by`: a constraint's name, or an SQLSTATE.

    An attempt that is refused in silence (no rows) returns the number of rows it got instead: it must be nought.
    """

    attempt: str
    does: Callable[[Stage], int | None]
    by: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """The proof of one statement. `needs_a_person` makes it amber, with the reason, though all evidence is good."""

    code: str
    structure: tuple[Refuser, ...]
    census: tuple[Census | Counted, ...]
    probes: tuple[Probe, ...]
    needs_a_person: str = ""


@dataclass
class Registry:
    """The proofs declared, by statement."""

    proofs: dict[str, Proof] = field(default_factory=dict)

    def add(self, *proofs: Proof) -> None:
        """Declare proofs. Two of one statement are an error: they would hide each other."""
        for proof in proofs:
            if proof.code in self.proofs:
                raise ValueError(f"{proof.code} is proved twice")
            self.proofs[proof.code] = proof


REGISTRY = Registry()


def declared() -> dict[str, Proof]:
    """Every proof declared in any context."""
    autodiscover_modules("held")  # every classification first: proofs are made of them as they load
    autodiscover_modules("proofs")
    return REGISTRY.proofs
