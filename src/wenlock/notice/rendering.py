"""The notice as a web page has it: HTML made from a version's own data, and nothing else.

The same version gives the same HTML on any machine and any day, so its hash can stand in a proof. The words
are the notice's; what is added is headings' levels, paragraphs, lists, links, and an anchor for each
statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from django.template.loader import render_to_string
from markupsafe import Markup, escape

from wenlock.notice.declared import Notice, Statement
from wenlock.notice.models import Version
from wenlock.notice.reading import Block, Passage, passages
from wenlock.notice.restoring import notice_of

HEAD, BODY = "notice/head.html", "notice/body.html"
_WRITTEN_LINK = r"\[(?P<words>[^\]]+)\]\([^)]*\)|<(?P<address>https?://[^>\s]+)>"


@dataclass(frozen=True)
class Page:
    """A rendered notice: its title (`head`), the rest (`body`), and its headings as (anchor, words)."""

    head: str
    body: str
    contents: tuple[tuple[str, str], ...]

    @property
    def fragment(self) -> str:
        """The whole of it, as it is hashed."""
        return self.head + self.body

    @property
    def sha256(self) -> str:
        """The SHA-256 of the fragment in UTF-8, in hexadecimal."""
        return sha256(self.fragment.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Part:
    """A section to be drawn: its anchor, the level of its heading, the heading, and (kind, blocks) in order.

    A block is its paragraphs.
    """

    anchor: str
    level: int
    heading: Markup
    groups: tuple[tuple[str, tuple[tuple[Markup, ...], ...]], ...]


def page_hash(version: Version) -> str:
    """The hash of the page that a version is shown as; `wenlock prove` puts it in its report."""
    return rendered(notice_of(bytes(version.canonical))).sha256


def rendered(notice: Notice) -> Page:
    """The notice as HTML. Its first heading is the page's title."""
    parts = [_part(notice, passage, first=place == 0) for place, passage in enumerate(passages(notice))]
    contents = tuple((part.anchor, part.heading.striptags()) for part in parts[1:] if part.level == 2)
    title = {"title": parts[0], "language": next(iter(notice.controller.languages), "en")} if parts else {}
    return Page(
        head=render_to_string(HEAD, title) if parts else "",
        body=render_to_string(BODY, {"parts": parts}),
        contents=contents,
    )


def plain(says: str) -> str:
    """A statement's words as they are read, without the marks of links."""
    return re.sub(_WRITTEN_LINK, lambda found: found["words"] or found["address"], says)


def _part(notice: Notice, passage: Passage, *, first: bool) -> Part:
    heading = escape(passage.heading)
    if passage.heading_statement:
        heading = Markup('<span id="{}">{}</span>').format(passage.heading_statement, heading)
    groups = tuple(
        (kind, tuple(_paragraphs(notice, block) for block in blocks))
        for kind, blocks in groupby(passage.blocks, key=lambda block: block.kind)
    )
    return Part(passage.section.code, 1 if first else passage.section.level, heading, groups)


def _paragraphs(notice: Notice, block: Block) -> tuple[Markup, ...]:
    """The paragraphs of a block: statements run on in one, and a blank line begins another."""
    made: list[Markup] = []
    for statement in block.statements:
        chunks = [chunk.strip() for chunk in re.split(r"\n\s*\n", (statement.says or "").strip())]
        for place, chunk in enumerate(chunks):
            words = _marked(notice, statement, chunk, lines=block.kind == "contact")
            if place == 0:
                words = Markup('<span id="{}">{}</span>').format(statement.code, words)
            if place == 0 and made:
                words = made.pop() + " " + words
            made.append(words)
    return tuple(made)


def _marked(notice: Notice, statement: Statement, chunk: str, *, lines: bool) -> Markup:
    """The words with their links and lettered parts marked, and nothing else changed."""
    marks = dict(_marks(notice, statement))
    if not marks:
        return _lines(chunk, lines)
    known = "|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in sorted(marks, key=len, reverse=True))
    made, done = Markup(), 0
    for found in re.finditer(f"{_WRITTEN_LINK}|(?P<known>{known})", chunk):
        words = found["words"] or found["address"] or found["known"]
        made += _lines(chunk[done : found.start()], lines) + marks.get(words, Markup("{}")).format(words)
        done = found.end()
    return made + _lines(chunk[done:], lines)


def _marks(notice: Notice, statement: Statement) -> Iterator[tuple[str, Markup]]:
    """What stands for certain words of a statement: a link, or the anchor of a lettered part."""
    link = Markup('<a class="govuk-link" href="{}">{{}}</a>')
    for letter, words in statement.parts:
        yield words, Markup('<span id="{}">{{}}</span>').format(f"{statement.code}{letter}")
    for contact in notice.contacts:
        for line in contact.lines if contact.statement == statement.code else ():
            if contact.kind == "email":
                yield line, link.format(f"mailto:{line}")
            elif contact.kind == "phone":
                yield line, link.format("tel:" + re.sub(r"[^\d+]", "", line))
    for target in notice.links:
        if target.statement == statement.code:
            yield target.text, link.format(target.target)


def _lines(words: str, lines: bool) -> Markup:
    return Markup("<br>\n").join(words.split("\n")) if lines else escape(words)
