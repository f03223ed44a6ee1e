"""What changed in the rules that two notices declare, in plain words: purposes, grounds, recipients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from wenlock.base.pages.dates import plain_date
from wenlock.notice.declared import KINDS, Ground, Notice, SharingRule, cited
from wenlock.notice.declared_use import Condition

# What each kind of declaration is called; sections and statements are the page's words, and compared as such.
KIND_WORDS = {
    "channel": "Way information comes in",
    "category": "Kind of information",
    "condition": "Condition for sensitive information",
    "policy_document": "Policy document",
    "source": "Source of information",
    "ground": "Legal ground",
    "purpose": "Purpose",
    "research": "Use in research",
    "recipient": "Recipient",
    "sharing": "Sharing rule",
    "right": "Right",
    "retention": "Time of keeping",
    "contact": "Contact",
    "cookie": "Cookie",
    "link": "Link",
    "online_consent_age": "Age of consent online",
}
# A declaration's field in words, as in "Its … was …".
FIELD_WORDS = {
    "article": "article of the UK GDPR",
    "article6": "article of the UK GDPR",
    "bodies": "named bodies",
    "categories": "kinds of information",
    "category": "usual kind of information",
    "class_": "class",
    "conditions": "conditions",
    "dfe_number": "Department for Education number",
    "giver": "kind of giver",
    "grounds": "legal grounds",
    "ground": "legal ground",
    "handling": "handling mark",
    "kind": "kind",
    "lasts": "time it lasts",
    "law": "law",
    "lines": "words",
    "ons_code": "area code",
    "owner": "keeper",
    "permitted": "permitted means",
    "policy": "policy document",
    "purpose": "purpose",
    "recipient": "recipient",
    "return_": "statutory return",
    "review_by": "last day before review",
    "review_on": "day it must be looked at again",
    "schedule1": "paragraph of Schedule 1 to the Data Protection Act 2018",
    "since": "first day",
    "tags": "marks",
    "statement": "statement",
    "statements": "statements",
    "successor": "successor",
    "target": "address",
    "term": "term of keeping",
    "until": "end",
    "uses": "uses",
    "value": "age",
    "verified_on": "day it was last checked",
    "width": "width",
}
NOT_SET = "not set"
YES_OR_NO = {
    "employer_data": {
        True: "It may hold what an employer said.",
        False: "It may not hold what an employer said.",
    },
    "needs_consent": {True: "It needs consent.", False: "It does not need consent."},
}


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """One declaration that is new, gone or changed. `kind` is in words; `change` is added, removed or
    changed; `statements` are those it cites; `says` are sentences."""

    kind: str
    name: str
    change: str
    statements: tuple[str, ...]
    says: tuple[str, ...]


def rule_changes(before: Notice, after: Notice) -> Iterator[RuleChange]:
    """Every declaration that changed, kind by kind."""
    said = tuple(_field_changes(before.controller, after.controller, before, after))
    if said:
        yield RuleChange(
            kind="The council", name=after.controller.name, change="changed", statements=(), says=said
        )
    for kind in KIND_WORDS:
        yield from _of_kind(kind, before, after)


def _of_kind(kind: str, before: Notice, after: Notice) -> Iterator[RuleChange]:
    was = {item.code: item for item in before.all(kind)}
    now = {item.code: item for item in after.all(kind)}
    for code, item in now.items():
        if code not in was:
            yield _change(kind, item, after, "added", _facts(item, after))
        elif said := tuple(_field_changes(was[code], item, before, after)):
            yield _change(kind, item, after, "changed", said)
    for code, item in was.items():
        if code not in now:
            yield _change(kind, item, before, "removed", ("It is no longer declared.",))


def _change(kind: str, item: Any, notice: Notice, change: str, says: tuple[str, ...]) -> RuleChange:
    return RuleChange(
        kind=KIND_WORDS[kind],
        name=name_of(item, notice),
        change=change,
        statements=tuple(cited(item)),
        says=says,
    )


def name_of(item: Any, notice: Notice) -> str:
    """What a declaration is called where it stands among others."""
    if isinstance(item, Ground):
        return str(item.provision or item.law) if item.law else f"Consent ({item.code})"
    if isinstance(item, SharingRule):
        return f"{notice.recipient(item.recipient).name}, for {notice.purpose(item.purpose).name}"
    if isinstance(item, Condition):
        return f"Article {item.article}, Schedule 1 paragraph {item.schedule1}"
    for field in ("name", "title", "text", "value"):
        if getattr(item, field, None):
            return str(getattr(item, field))
    return str(item.lines[0]) if getattr(item, "lines", ()) else str(item.code)


def _facts(item: Any, notice: Notice) -> tuple[str, ...]:
    """What a new declaration holds."""
    told = (
        (f, getattr(item, f.name))
        for f in fields(item)
        if f.name not in ("code", "name", "statement", "statements")
    )
    return ("It is new.", *(_fact(f, value, notice) for f, value in told if value))


def _fact(field: Any, value: Any, notice: Notice) -> str:
    if field.name in YES_OR_NO:
        return YES_OR_NO[field.name][value]
    return f"Its {_words(field.name)}: {_value(field, value, notice)}."


def _field_changes(old: Any, new: Any, before: Notice, after: Notice) -> Iterator[str]:
    for field in fields(new):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was == now or field.name == "code":
            continue
        if field.name in YES_OR_NO:
            yield YES_OR_NO[field.name][now]
        elif isinstance(was, tuple) and isinstance(now, tuple):
            yield from _list_changes(field, was, now, before, after)
        else:
            words = (
                _words(field.name),
                _quoted(_value(field, was, before)),
                _quoted(_value(field, now, after)),
            )
            yield "Its {} was {} and is now {}.".format(*words)


def _list_changes(
    field: Any, was: tuple[Any, ...], now: tuple[Any, ...], before: Notice, after: Notice
) -> Iterator[str]:
    added, removed = tuple(x for x in now if x not in was), tuple(x for x in was if x not in now)
    if added:
        yield f"Added to its {_words(field.name)}: {_value(field, added, after)}."
    if removed:
        yield f"Taken from its {_words(field.name)}: {_value(field, removed, before)}."
    if not added and not removed:
        yield f"The order of its {_words(field.name)} changed."


def _words(name: str) -> str:
    return FIELD_WORDS.get(name, name.rstrip("_").replace("_", " "))


def _value(field: Any, value: Any, notice: Notice) -> str:
    """A field's value in words: a code as the name it stands for, and nothing as "not set"."""
    refers = field.metadata.get("refers", "")
    if isinstance(value, tuple):
        pairs = (": ".join(one) if isinstance(one, tuple) else _value(field, one, notice) for one in value)
        return "; ".join(pairs)
    if value is None or value == "":
        return NOT_SET
    if isinstance(value, date):
        return plain_date(value)
    if refers in KINDS and refers != "statement":
        return _named(refers, value, notice)
    return str(value)


def _quoted(words: str) -> str:
    return words if words == NOT_SET else f"“{words}”"


def _named(kind: str, code: str, notice: Notice) -> str:
    try:
        return name_of(notice.find(kind, code), notice)
    except KeyError:
        return code
