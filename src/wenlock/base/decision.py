"""A decision that can be explained years later: it keeps every finding it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's view of a proposal.

    `code` names the rule, `sentence` is for the person at the screen, `law` cites the provision or is empty.
    """

    code: str
    sentence: str
    allows: bool
    law: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be done, and all the findings."""

    allowed: bool
    findings: tuple[Finding, ...]

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that stand in the way; empty when there are none or nothing was found at all."""
        return tuple(finding for finding in self.findings if not finding.allows)


def permit(code: str, sentence: str, *, law: str = "") -> Finding:
    """A finding in favour."""
    return Finding(code, sentence, allows=True, law=law)


def refuse(code: str, sentence: str, *, law: str = "") -> Finding:
    """A finding against."""
    return Finding(code, sentence, allows=False, law=law)


def decide_on(findings: Iterable[Finding | None]) -> Decision:
    """The decision the findings make: one refusal outweighs every permission, and nothing found means no."""
    found = tuple(finding for finding in findings if finding)
    return Decision(bool(found) and all(finding.allows for finding in found), found)
