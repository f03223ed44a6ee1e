"""Checks of the page: the council's numbers, the headings, and that links and contacts are what the words
say."""

from __future__ import annotations

import re

from wenlock.notice.compiler_draft import Check, Draft

LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)|<(https?://[^>]+)>")


def controller(draft: Draft) -> None:
    """The council's numbers have the form of such numbers."""
    council = draft.notice.controller
    for key, form, example in (("dfe_number", r"\d{3}", "893"), ("ons_code", r"[A-Z]\d{8}", "E06000051")):
        value = getattr(council, key)
        if value and not re.fullmatch(form, value):
            draft.authority.fault(
                ("authority", key),
                "not-a-code",
                "authority",
                f"“{value}” is no {key}.",
                f"Write it like {example}.",
            )


def headings(draft: Draft) -> None:
    """Each section has one heading: its own, or the statement that is one."""
    for section in draft.notice.sections:
        lettered = [s for s in draft.notice.statements if s.section == section.code and s.kind == "heading"]
        if len(lettered) + bool(section.heading) != 1:
            draft.fault(
                "section",
                section.code,
                code="heading",
                says="A section needs one heading.",
                do="Give it a heading, or a single statement with kind = “heading”.",
            )


def links(draft: Draft) -> None:
    """Every link leads somewhere, and every linked word has a link."""
    linked = {(link.statement, link.text) for link in draft.notice.links}
    for link in draft.notice.links:
        statement = draft.find("statement", link.statement)
        if not link.target.startswith("https://") or len(link.target) < 12:
            draft.fault(
                "link",
                link.code,
                "target",
                code="link-target",
                says=f"“{link.target}” is no address.",
                do="Give the whole address, beginning https://.",
            )
        if statement and statement.says and link.text not in statement.says:
            draft.fault(
                "link",
                link.code,
                "text",
                code="link-text",
                says=f"{link.statement} does not say “{link.text}”.",
                do="Quote the linked words exactly.",
            )
    for statement in draft.notice.statements:
        for found in LINK.finditer(statement.says or ""):
            if (statement.code, found[1] or found[2]) not in linked:
                draft.fault(
                    "statement",
                    statement.code,
                    "says",
                    code="link-undeclared",
                    says=f"“{found[1] or found[2]}” is a link with no target declared.",
                    do="Add a [link.…] with this statement, the text and the target.",
                )


def contacts(draft: Draft) -> None:
    """A contact is what the page says, and an e-mail address is one."""
    for contact in draft.notice.contacts:
        statement = draft.find("statement", contact.statement)
        for position, line in enumerate(contact.lines):
            if statement and statement.says and _bare(line) not in _bare(statement.says):
                draft.fault(
                    "contact",
                    contact.code,
                    "lines",
                    position,
                    code="contact-not-said",
                    says=f"{contact.statement} does not say “{line}”.",
                    do="Make the two agree.",
                )
            if contact.kind == "email" and "@" not in line:
                draft.fault(
                    "contact",
                    contact.code,
                    "lines",
                    position,
                    code="contact-email",
                    says=f"“{line}” is no e-mail address.",
                    do="Give the whole address.",
                )


def _bare(words: str) -> str:
    return " ".join(words.replace(",", " ").split())


CHECKS: tuple[Check, ...] = (controller, headings, links, contacts)
