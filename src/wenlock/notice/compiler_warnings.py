"""What to look at in a notice that compiles: where its words rot, contradict or fall short."""

from __future__ import annotations

import re

from wenlock.notice.compiler_draft import Check, Draft
from wenlock.notice.compiler_telling import TELLINGS
from wenlock.notice.declared import Statement

_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_OPEN_CLASS = re.compile(r"^\W*Other\b")
_CHILD_MUST = re.compile(r"\b(get|ask|obtain)\b[^.]*\b(your|a) (parent|guardian|carer)", re.IGNORECASE)
_COUNCIL_WILL = re.compile(
    r"\bwe('ll| will| shall)? (also )?(check|ask|verify|contact|confirm|seek|make)", re.IGNORECASE
)
_PERIOD = re.compile(
    r"\b(\d+|[a-z]+teen|[a-z]+ty)[- ](years?|months?)\b|\bbirthday\b|\banniversary\b", re.IGNORECASE
)
_EMPTY_LINK = re.compile(r"\]\(\s*#?\s*\)")
_CLOSES = {")": "(", "]": "[", "}": "{"}


def research_widths_disagree(draft: Draft) -> None:
    """Two statements on research that allow different things (N45, N46)."""
    widths = {use.width for use in draft.notice.research}
    if len(widths) > 1:
        wide = next(use for use in draft.notice.research if use.width == "any")
        narrow = ", ".join(use.statement for use in draft.notice.research if use.width != "any")
        draft.warn(
            "statement",
            wide.statement,
            code="research-width",
            says=f"It allows any data in research, where {narrow} allows only pseudonymised data.",
            do="The narrower is enforced; make the words agree.",
        )


def automated_decisions_contested(draft: Draft) -> None:
    """A right to contest automated decisions beside a statement that none are taken (N76, N85)."""
    if "no-automated-decisions" not in draft.notice.promises():
        return
    for right in draft.notice.rights:
        if right.law.startswith("UKGDPR art.22"):
            do = (
                "Every answer must say both, as its answer does."
                if right.answer
                else "Give it an answer that says both."
            )
            draft.warn(
                "right",
                right.code,
                code="automated-decisions",
                says=f"{', '.join(right.statements)} describes decisions that the notice says never happen.",
                do=do,
            )


def recipients_too_wide(draft: Draft) -> None:
    """Classes of recipient that name nobody, or that cannot exist in this area (N53, N55, N62, N63)."""
    for recipient in draft.notice.recipients:
        says = _words(draft, recipient.statement)
        if (recipient.kind == "open-class" or _OPEN_CLASS.match(says)) and not recipient.bodies:
            draft.warn(
                "recipient",
                recipient.code,
                code="open-class",
                says=f"{recipient.statement} (“{_short(says)}”) is open-ended and names no body.",
                do="Name the body under bodies before anything is first shared.",
            )
        if recipient.kind == "district-councils" and draft.notice.controller.tier != "county":
            draft.warn(
                "recipient",
                recipient.code,
                code="no-districts",
                says=f"{recipient.statement} speaks of district councils; a {draft.notice.controller.tier} "
                "council has none in its area.",
                do="Say which others are meant, or mark it not_here.",
            )


def programmes_ended(draft: Draft) -> None:
    """Purposes that have ended but that the notice still names (N32, N62)."""
    for purpose in draft.notice.purposes:
        if purpose.until is None or purpose.until > draft.on:
            continue
        naming = [s.code for s in draft.notice.statements if _plain(purpose.name) in _plain(s.says or "")]
        if naming:
            after = f"; its successor is {purpose.successor}" if purpose.successor else ""
            draft.warn(
                "purpose",
                purpose.code,
                "until",
                code="programme-ended",
                says=f"{', '.join(naming)} still names it; it ended on {purpose.until}{after}.",
                do="Nothing new can be recorded under it; change the words.",
            )


def contacts_stale(draft: Draft) -> None:
    """Contacts past their review, or not in use on the day (N3, N91, N94)."""
    for contact in draft.notice.contacts:
        if contact.review_on <= draft.on or not contact.in_force(draft.on):
            draft.warn(
                "contact",
                contact.code,
                "review_on",
                code="contact-stale",
                says=f"{contact.statement}: its review was due on {contact.review_on}.",
                do=f"Let the {contact.owner.replace('-', ' ')} check it, and date it again.",
            )


def telling_missing(draft: Draft) -> None:
    """What Articles 13 and 14 and their neighbours ask to be told, and the notice does not tell."""
    told = dict(draft.notice.tells)
    for item in TELLINGS:
        if item.since and draft.on < item.since:
            continue
        statements = [
            s for code in told.get(item.code, ()) if (s := draft.find("statement", code)) and s.applies
        ]
        if not statements:
            draft.warn(
                "tells",
                item.code,
                code=f"not-told-{item.code}",
                says=f"{item.says} is not told ({item.law}).",
                do="Say it in a statement, and name the statement here.",
            )
        elif item.code == "retention-period" and not any(_PERIOD.search(s.says or "") for s in statements):
            draft.warn(
                "tells",
                item.code,
                code="only-a-pointer",
                says=f"{', '.join(s.code for s in statements)} names no period of keeping ({item.law}).",
                do="Give the periods, or how they are set.",
            )


def duty_put_on_the_child(draft: Draft) -> None:
    """Parental permission asked of the child, where Article 8(2) asks it of the council (N86)."""
    for code in dict.fromkeys(age.statement for age in draft.notice.online_consent_ages):
        says = _words(draft, code)
        if _CHILD_MUST.search(says) and not _COUNCIL_WILL.search(says):
            draft.warn(
                "statement",
                code,
                "says",
                code="duty-on-child",
                says="It asks the child to get permission; Article 8(2) asks the council to make sure of it.",
                do="Say what the council will check. A child who asks for help is never turned away.",
            )


def empty_links_in_the_words(draft: Draft) -> None:
    """Linked words whose own target is empty, so that only the declared one holds (N65)."""
    for statement in draft.notice.statements:
        if _EMPTY_LINK.search(statement.says or ""):
            draft.warn(
                "statement",
                statement.code,
                "says",
                code="empty-link",
                says="Its words hold a link that leads nowhere.",
                do="The declared target is used; write it in the words too.",
            )


def heading_without_words(draft: Draft) -> None:
    """A heading that names something no statement speaks of (N90)."""
    body = " ".join(s.says or "" for s in draft.notice.statements if s.kind not in ("title", "heading"))
    headings = [("statement", s.code, s.says or "") for s in draft.notice.statements if s.kind == "heading"]
    headings += [("section", s.code, s.heading or "") for s in draft.notice.sections]
    for kind, code, heading in headings:
        for word in dict.fromkeys(_ACRONYM.findall(heading)):
            if not re.search(rf"\b{word}\b", body):
                draft.warn(
                    kind,
                    code,
                    code="heading-without-words",
                    says=f"The heading “{heading}” names {word}, and no statement says anything of it.",
                    do=f"Say what is done with {word}, for what purpose and how long.",
                )


def brackets_unbalanced(draft: Draft) -> None:
    """Brackets that do not pair (N95)."""
    for statement in draft.notice.statements:
        if not _balanced(statement.says or ""):
            draft.warn(
                "statement",
                statement.code,
                "says",
                code="brackets",
                says="Its brackets do not pair.",
                do="Put the punctuation right.",
            )


def terms_unchecked(draft: Draft) -> None:
    """Terms of keeping that could not be checked."""
    if draft.terms is None and draft.notice.retention:
        draft.warn(
            "retention",
            draft.notice.retention[0].code,
            code="terms-unchecked",
            says="There is no retention.toml, so no term of keeping was checked.",
            do="Write retention.toml.",
        )


def _balanced(words: str) -> bool:
    waiting: list[str] = []
    for character in words:
        if character in _CLOSES.values():
            waiting.append(character)
        elif character in _CLOSES and (not waiting or waiting.pop() != _CLOSES[character]):
            return False
    return not waiting


def _words(draft: Draft, code: str) -> str:
    statement: Statement | None = draft.find("statement", code)
    return (statement.says or "") if statement else ""


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"


CHECKS: tuple[Check, ...] = (
    research_widths_disagree,
    automated_decisions_contested,
    recipients_too_wide,
    programmes_ended,
    contacts_stale,
    telling_missing,
    duty_put_on_the_child,
    empty_links_in_the_words,
    heading_without_words,
    brackets_unbalanced,
    terms_unchecked,
)
