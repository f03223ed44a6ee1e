"""What changed between two notices: the words, statement by statement, and the rules behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from wenlock.notice.comparing_rules import RuleChange, rule_changes
from wenlock.notice.declared import Notice
from wenlock.notice.reading import passages
from wenlock.notice.rendering import plain

SAME, ADDED, REMOVED = "same", "added", "removed"
CHANGED, MOVED = "changed", "moved"


@dataclass(frozen=True)
class Piece:
    """A run of words: its `kind` is same (in both), added (only in the later) or removed (the earlier)."""

    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class WordChange:
    """A statement, or a heading between statements, whose words or place changed.

    `code` is the statement's, or "" for a heading; `kind` is added, removed, changed or moved; `before` and
    `after` are the words, "" where there were none; `note` says what the words cannot.
    """

    code: str
    kind: str
    before: str
    after: str
    pieces: tuple[Piece, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Every change, in the later notice's order; `unchanged` counts statements said alike in both."""

    words: tuple[WordChange, ...]
    rules: tuple[RuleChange, ...]
    unchanged: int

    @property
    def nothing(self) -> bool:
        """Say whether the two are alike."""
        return not self.words and not self.rules


def compare(before: Notice, after: Notice) -> Comparison:
    """What changed from one notice to another."""
    words = (*_statements(before, after), *_headings(before, after))
    spoken = [s.code for s in after.statements if s.applies]
    touched = {change.code for change in words}
    return Comparison(
        words=words,
        rules=tuple(rule_changes(before, after)),
        unchanged=sum(code not in touched for code in spoken),
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, in order, each run marked as the same, removed or added."""
    was, now = before.split(), after.split()
    made: list[Piece] = []
    for change, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if change == "equal":
            made.append(Piece(SAME, " ".join(was[i1:i2])))
            continue
        if i1 < i2:
            made.append(Piece(REMOVED, " ".join(was[i1:i2])))
        if j1 < j2:
            made.append(Piece(ADDED, " ".join(now[j1:j2])))
    return tuple(made)


def _statements(before: Notice, after: Notice) -> Iterator[WordChange]:
    was = {s.code: s for s in before.statements}
    now = {s.code: s for s in after.statements}
    moved = _moved(before, after)
    for code in [*now, *(code for code in was if code not in now)]:
        old, new = was.get(code), now.get(code)
        said, says = plain((old and old.says) or ""), plain((new and new.says) or "")
        note = f"It does not apply here: {new.not_here}" if new and new.not_here and said else ""
        if said != says:
            yield _changed(code, said, says, note)
        elif code in moved and says:
            yield WordChange(
                code=code,
                kind=MOVED,
                before=said,
                after=says,
                pieces=(Piece(SAME, says),),
                note="It stands elsewhere now.",
            )


def _headings(before: Notice, after: Notice) -> Iterator[WordChange]:
    """Headings that are no statement, by their section: they are words of the page too."""
    was, now = _own_headings(before), _own_headings(after)
    for section in [*now, *(code for code in was if code not in now)]:
        if was.get(section, "") != now.get(section, ""):
            yield _changed("", was.get(section, ""), now.get(section, ""), "")


def _own_headings(notice: Notice) -> dict[str, str]:
    return {p.section.code: p.heading for p in passages(notice) if p.heading_statement is None}


def _changed(code: str, before: str, after: str, note: str) -> WordChange:
    kind = CHANGED if before and after else ADDED if after else REMOVED
    return WordChange(
        code=code, kind=kind, before=before, after=after, pieces=pieces(before, after), note=note
    )


def _moved(before: Notice, after: Notice) -> frozenset[str]:
    """Statements of both that no longer stand in the same order among the rest."""
    said = {s.code for s in before.statements if s.applies} & {s.code for s in after.statements if s.applies}
    was = [s.code for s in before.statements if s.code in said]
    now = [s.code for s in after.statements if s.code in said]
    kept = {code for found in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
            for code in was[found.a : found.a + found.size]}  # fmt: skip
    return frozenset(said - kept)
