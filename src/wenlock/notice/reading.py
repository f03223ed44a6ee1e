"""The notice as it is read: its sections and blocks in order, and as plain text.

The words are the statements'; the headings, bullets and breaks between them are put in here, and nowhere
else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenlock.notice.declared import Notice, Section, Statement


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph, list item or contact block. Fields: kind ("paragraph", "item" or "contact"), statements
    (those it is made of, in order; the second and later run on from the first)."""

    kind: str
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        return " ".join(s.says or "" for s in self.statements)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A section as it is read. Fields: section, heading (its words), heading_statement (the code of the
    statement that is the heading, or None), blocks."""

    section: Section
    heading: str
    heading_statement: str | None
    blocks: tuple[Block, ...]


def passages(notice: Notice) -> tuple[Passage, ...]:
    """Every section with something to say here, in the notice's order."""
    made = (_passage(notice, section) for section in notice.sections)
    nested = {section.within for section in notice.sections}
    return tuple(p for p in made if p.blocks or p.heading_statement or p.section.code in nested)


def _passage(notice: Notice, section: Section) -> Passage:
    said = [s for s in notice.statements if s.section == section.code and s.applies]
    lettered = next((s for s in said if s.kind in ("title", "heading")), None)
    return Passage(
        section=section,
        heading=(lettered.says if lettered else section.heading) or "",
        heading_statement=lettered.code if lettered else None,
        blocks=tuple(_blocks(s for s in said if s is not lettered)),
    )


def _blocks(statements: Iterator[Statement]) -> Iterator[Block]:
    gathered: list[Statement] = []
    for statement in statements:
        if gathered and statement.kind != "continues":
            yield _block(gathered)
            gathered = []
        gathered.append(statement)
    if gathered:
        yield _block(gathered)


def _block(statements: list[Statement]) -> Block:
    kind = statements[0].kind
    return Block(kind="paragraph" if kind == "continues" else kind, statements=tuple(statements))


def as_text(notice: Notice) -> str:
    """The whole notice in plain text, headings and all, as it was or would be published."""
    paragraphs: list[str] = []
    for passage in passages(notice):
        paragraphs.append(passage.heading)
        for block in passage.blocks:
            paragraphs.append(f"- {block.text}" if block.kind == "item" else block.text)
    return "\n\n".join(paragraphs) + "\n"


def words(notice: Notice) -> tuple[str, ...]:
    """Every word of the plain text, in order."""
    return tuple(as_text(notice).split())
