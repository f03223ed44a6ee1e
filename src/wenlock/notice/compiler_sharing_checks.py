"""Checks of sharing: each rule within its purpose, its recipient's stated uses and the law, and none for
sale."""

from __future__ import annotations

import re

from wenlock.notice.compiler_draft import Check, Draft
from wenlock.notice.declared import Purpose, SharingRule

_MARKETING = re.compile(r"market|advertis", re.IGNORECASE)
_BUYING = re.compile(r"purchas|buyer|broker|seller", re.IGNORECASE)


def sharing(draft: Draft) -> None:
    """Each rule stays within its purpose, its recipient and the law of the day (N47, N48)."""
    for rule in draft.notice.sharing:
        purpose = draft.find("purpose", rule.purpose)
        if purpose:
            _within_purpose(draft, rule, purpose)
        _stated_uses(draft, rule)
        if rule.in_force(draft.on):
            _rule_stands(draft, rule)


def _within_purpose(draft: Draft, rule: SharingRule, purpose: Purpose) -> None:
    for position, code in enumerate(rule.categories):
        if code not in purpose.categories:
            draft.fault(
                "sharing",
                rule.code,
                "categories",
                position,
                code="outside-purpose",
                says=f"Purpose {purpose.code} does not allow {code}.",
                do="Take it out of the rule (N11, N47).",
            )
    if rule.ground not in purpose.grounds:
        draft.fault(
            "sharing",
            rule.code,
            "ground",
            code="outside-purpose",
            says=f"{rule.ground} is no ground of purpose {purpose.code}.",
            do="Choose one of its grounds (N48).",
        )


def _stated_uses(draft: Draft, rule: SharingRule) -> None:
    recipient = draft.find("recipient", rule.recipient)
    if recipient is None:
        return
    stated = dict(recipient.uses)
    if stated and not rule.uses:
        draft.fault(
            "sharing",
            rule.code,
            code="no-stated-use",
            says=f"{recipient.statement} limits {recipient.code} to stated uses, and the rule names none.",
            do=f"Add uses, of: {', '.join(stated)}.",
        )
    for position, use in enumerate(rule.uses):
        if use not in stated:
            draft.fault(
                "sharing",
                rule.code,
                "uses",
                position,
                code="use-not-stated",
                says=f"{recipient.statement} states no use “{use}”.",
                do=f"Use: {', '.join(stated) or 'none'}.",
            )


def _rule_stands(draft: Draft, rule: SharingRule) -> None:
    for kind, code in (("recipient", rule.recipient), ("purpose", rule.purpose), ("ground", rule.ground)):
        found = draft.find(kind, code)
        known = found and not (kind == "ground" and found.law and not found.provision)
        if found and known and not found.in_force(draft.on):
            draft.fault(
                "sharing",
                rule.code,
                kind,
                code=f"{kind}-not-in-force",
                says=f"Its {kind} {code} is not in force on {draft.on} (N48).",
                do="End the rule that day.",
            )


def stated_uses_are_said(draft: Draft) -> None:
    """A recipient's stated uses are in the words of its statement (N64)."""
    for recipient in draft.notice.recipients:
        statement = draft.find("statement", recipient.statement)
        for use, words in recipient.uses:
            if statement and statement.says and words not in statement.says:
                draft.fault(
                    "recipient",
                    recipient.code,
                    "uses",
                    use,
                    code="use-not-said",
                    says=f"{recipient.statement} does not say “{words}”.",
                    do="Quote its words exactly.",
                )


def no_marketing_and_no_sale(draft: Draft) -> None:
    """While the notice refuses marketing and sale, nothing of the kind can be declared (N68, N69)."""
    refused = {"no-third-party-marketing": ("marketing", _MARKETING), "no-sale-or-rent": ("sale", _BUYING)}
    for promise, (code, words) in refused.items():
        if promise not in draft.notice.promises():
            continue
        holder = next(s.code for s in draft.notice.statements if f"promise:{promise}" in s.binds)
        for kind in ("purpose", "recipient", "sharing"):
            for item in draft.notice.all(kind):
                if words.search(f"{item.code} {getattr(item, 'name', '')}"):
                    draft.fault(
                        kind,
                        item.code,
                        code=code,
                        says=f"{holder} says this is never done.",
                        do=f"Take it out while {holder} stands.",
                    )


CHECKS: tuple[Check, ...] = (sharing, stated_uses_are_said, no_marketing_and_no_sale)
