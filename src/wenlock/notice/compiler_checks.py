"""Checks of the 96 statements and of what refers to what: codes, bindings, periods, terms and law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from difflib import get_close_matches
from typing import Any

from wenlock.law import catalogue
from wenlock.law.instruments import NoSuchProvision
from wenlock.notice.compiler_draft import Check, Draft
from wenlock.notice.declared import CODES, KINDS, Dated, Statement
from wenlock.notice.declared_promises import PROMISES

_PART = re.compile(r"^(N\d+)([a-z])$")


def all_statements(draft: Draft) -> None:
    """N1 to N96, each once and no others."""
    declared = draft.declared("statement")
    for code in CODES:
        if code not in declared:
            draft.fault(
                "statement",
                code,
                code="statement-not-made",
                says="The notice does not say it.",
                do=f"Add [statement.{code}] with says, or with not_here = the reason it does not apply.",
            )
    for code in declared:
        if code not in CODES:
            draft.fault(
                "statement",
                code,
                code="unknown-statement",
                says="There is no such statement.",
                do="The statements are N1 to N96.",
            )


def said_or_not_here(draft: Draft) -> None:
    """Each statement has words, or a reason for having none."""
    for statement in draft.notice.statements:
        if bool(statement.says) == bool(statement.not_here):
            draft.fault(
                "statement",
                statement.code,
                code="says-or-not-here",
                says="It needs words or a reason for having none, and not both.",
                do="Give says or not_here.",
            )
        for letter, words in statement.parts:
            if words not in (statement.says or "") or not re.fullmatch("[a-z]", letter):
                draft.fault(
                    "statement",
                    statement.code,
                    "parts",
                    letter,
                    code="part-not-said",
                    says=f"Part {letter} (“{words}”) is not in what it says.",
                    do="Quote its words exactly.",
                )


def references(draft: Draft) -> None:
    """Every code that names something else names something declared, and a statement that applies here."""
    for kind, item in draft.notice.everything():
        for key, refers, code in _references(item):
            trouble = _trouble_with_statement(draft, code) if refers == "statement" else None
            if refers != "statement" and code not in draft.declared(refers):
                says = f"It names {refers} “{code}”, which is not declared."
                trouble = ("dangling", says, _advice(code, draft.declared(refers), refers))
            if trouble:
                draft.fault(kind, item.code, *key, code=trouble[0], says=trouble[1], do=trouble[2])


def _references(item: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Each (key, kind referred to, code)."""
    for each in fields(item):
        value = getattr(item, each.name)
        refers = each.metadata.get("refers")
        if not refers or value is None:
            continue
        if isinstance(value, str):
            yield (each.name,), refers, value
        else:
            yield from (((each.name, place), refers, code) for place, code in enumerate(value))


def _trouble_with_statement(draft: Draft, cites: str) -> tuple[str, str, str] | None:
    part = _PART.match(cites)
    code = part[1] if part else cites
    statement: Statement | None = draft.find("statement", code)
    if statement is None:
        if code in draft.declared("statement"):
            return None  # it could not be read, and that is reported already
        return "dangling", f"It cites {code}, which is not said.", "Cite a statement that this notice makes."
    if not statement.applies:
        return (
            "cites-not-here",
            f"It rests on {code}, which does not apply here.",
            "Take it out, or say it after all.",
        )
    if part and part[2] not in dict(statement.parts):
        return "dangling", f"{code} has no part {part[2]}.", f"Add it under [statement.{code}.parts]."
    return None


def bindings(draft: Draft) -> None:
    """Every binding names something that exists, and every statement made binds something."""
    for statement in draft.notice.statements:
        own = draft.file.table("statement")[statement.code].get("binds", ())
        for position, bind in enumerate(own):
            kind, _, code = bind.partition(":")
            known = _bindable(draft, kind)
            if code not in known:
                draft.fault(
                    "statement",
                    statement.code,
                    "binds",
                    position,
                    code="dangling",
                    says=f"It binds “{bind}”, which does not exist.",
                    do=_advice(code, tuple(known), kind),
                )
        if statement.applies and not statement.binds:
            draft.fault(
                "statement",
                statement.code,
                code="binds-nothing",
                says="Nothing in this notice is bound to it, so nothing would keep it.",
                do="Let something cite it, or add binds = [“promise:…”].",
            )


def _bindable(draft: Draft, kind: str) -> tuple[str, ...]:
    if kind == "promise":
        return tuple(PROMISES)
    if kind == "instrument":
        return tuple(i.code for i in catalogue.INSTRUMENTS)
    return draft.declared(kind) if kind in KINDS else ()


def periods(draft: Draft) -> None:
    """No period ends before it begins."""
    for kind, item in draft.notice.everything():
        if isinstance(item, Dated) and item.since and item.until and item.until <= item.since:
            draft.fault(
                kind,
                getattr(item, "code", ""),
                "until",
                code="period",
                says=f"It ends on {item.until}, before it has begun.",
                do="until is the day after the last day, and comes after since.",
            )


def retention_terms(draft: Draft) -> None:
    """Every class of record points to a term of keeping."""
    for term in draft.notice.retention:
        if draft.terms is not None and term.term not in draft.terms:
            draft.fault(
                "retention",
                term.code,
                "term",
                code="dangling",
                says=f"retention.toml has no term “{term.term}”.",
                do=_advice(term.term, tuple(draft.terms), "term"),
            )


def law_cited(draft: Draft) -> None:
    """Every right and every age of consent cites law in force on the day."""
    cites: list[tuple[str, Any, str, str]] = [
        ("right", right, "law", right.law) for right in draft.notice.rights
    ]
    cites += [("online_consent_age", age, "source", age.source) for age in draft.notice.online_consent_ages]
    for kind, item, key, reference in cites:
        try:
            provision = catalogue.find(reference)
        except NoSuchProvision as error:
            draft.fault(kind, item.code, key, code="no-such-law", says=str(error), do=_near(error.near))
            continue
        if not provision.in_force(draft.on):
            draft.fault(
                kind,
                item.code,
                key,
                code="law-not-in-force",
                says=f"{provision} is not law on {draft.on}.",
                do="Cite what stands in its place.",
            )


def _advice(code: str, declared: tuple[str, ...], kind: str) -> str:
    near = get_close_matches(code, declared, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Declare it as a {kind}, or take it out."


def _near(near: tuple[str, ...]) -> str:
    return f"Did you mean {' or '.join(near)}?" if near else "Cite a provision of the law catalogue."


def with_bindings(draft: Draft) -> tuple[Statement, ...]:
    """The statements, each with all it binds: what it names itself, then everything that cites it.

    What cites is taken from the file, so that a table refused for something else leaves its statement bound.
    """
    citing: dict[str, list[str]] = {}
    for kind in KINDS:
        for code, table in draft.file.table(kind).items():
            for cites in _cited_in(table):
                citing.setdefault(_PART.sub(r"\1", cites), []).append(f"{kind}:{code}")
    return tuple(
        replace(s, binds=tuple(dict.fromkeys((*s.binds, *citing.get(s.code, ())))))
        for s in draft.notice.statements
    )


def _cited_in(table: Any) -> Iterator[str]:
    for key in ("statement", "statements"):
        cites = table.get(key) if isinstance(table, dict) else None
        several = cites if isinstance(cites, list) else [cites]
        yield from (each for each in several if isinstance(each, str))


CHECKS: tuple[Check, ...] = (
    all_statements,
    said_or_not_here,
    references,
    bindings,
    periods,
    retention_terms,
    law_cited,
)
