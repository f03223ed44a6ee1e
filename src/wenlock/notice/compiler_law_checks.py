"""Checks of lawfulness: grounds, sensitive categories, purposes and the age of consent."""

from __future__ import annotations

from wenlock.law import catalogue
from wenlock.law.instruments import NoSuchProvision
from wenlock.notice.compiler_draft import Check, Draft
from wenlock.notice.declared import Category, Condition, Ground, Purpose

AGES = range(13, 17)  # Children's Wellbeing and Schools Act 2026, s. 72


def grounds(draft: Draft) -> None:
    """Each ground names a provision that gives a duty or a power, or is consent (N35, N37)."""
    for ground in draft.notice.grounds:
        if ground.law is None and not ground.is_consent:
            draft.fault(
                "ground",
                ground.code,
                code="ground-without-law",
                says="It names no provision, and is not consent (N37).",
                do="Add law = “CA1989 s.17” or the like.",
            )
        elif ground.law is not None and ground.is_consent:
            draft.fault(
                "ground",
                ground.code,
                "law",
                code="consent-with-law",
                says="Consent rests on no provision.",
                do="Take the law out, or choose 6(1)(c) or 6(1)(e).",
            )
        elif ground.law is not None:
            _provision_of(draft, ground)


def _provision_of(draft: Draft, ground: Ground) -> None:
    try:
        provision = catalogue.find(ground.law or "")
    except NoSuchProvision as error:
        near = (
            f"Did you mean {' or '.join(error.near)}?" if error.near else "Add it to the law catalogue first."
        )
        draft.fault("ground", ground.code, "law", code="no-such-law", says=str(error), do=near)
        return
    if provision.gives not in ("duty", "power"):
        draft.fault(
            "ground",
            ground.code,
            "law",
            code="gives-no-task",
            says=f"{provision} gives neither a duty nor a power.",
            do="Cite the provision that does.",
        )
    elif ground.article6 == "6(1)(c)" and provision.gives != "duty":
        draft.fault(
            "ground",
            ground.code,
            "article6",
            code="no-obligation",
            says=f"{provision} gives a power, which is no legal obligation.",
            do="Use 6(1)(e), or cite a duty.",
        )


def purposes(draft: Draft) -> None:
    """Each purpose in force has grounds, all of them law on the day (N35, N36)."""
    for purpose in draft.notice.purposes:
        if not purpose.grounds:
            draft.fault(
                "purpose",
                purpose.code,
                code="no-ground",
                says="It has no ground (N35).",
                do="Add grounds = […] naming a duty, a power or consent.",
            )
        if purpose.in_force(draft.on):
            _grounds_in_force(draft, purpose)
        if purpose.needs_consent and not any(g.is_consent for g in _grounds_of(draft, purpose)):
            draft.fault(
                "purpose",
                purpose.code,
                "needs_consent",
                code="no-consent-ground",
                says="It needs consent and no ground of it is consent (N36).",
                do="Add a ground with article6 = “6(1)(a)”.",
            )


def _grounds_of(draft: Draft, purpose: Purpose) -> list[Ground]:
    return [found for code in purpose.grounds if (found := draft.find("ground", code))]


def _grounds_in_force(draft: Draft, purpose: Purpose) -> None:
    for position, code in enumerate(purpose.grounds):
        ground = draft.find("ground", code)
        if ground and (ground.law is None or ground.provision) and not ground.in_force(draft.on):
            draft.fault(
                "purpose",
                purpose.code,
                "grounds",
                position,
                code="ground-not-in-force",
                says=f"Its ground {code} ({ground.law or 'consent'}) is not in force on {draft.on}.",
                do="Take the ground out, or end the purpose.",
            )


def sensitive_categories(draft: Draft) -> None:
    """Special and criminal categories have a condition, and a policy document, in force (N13)."""
    used = {code for p in draft.notice.purposes if p.in_force(draft.on) for code in p.categories}
    for category in draft.notice.categories:
        if category.kind == "ordinary" and category.conditions:
            says, do = "An ordinary category has no condition.", "Take it out, or change the kind."
            draft.fault("category", category.code, "conditions", code="needless-condition", says=says, do=do)
        elif category.kind != "ordinary" and not category.conditions:
            says, do = (
                "It is sensitive and has no condition (N13).",
                "Add conditions = […], of Article 9 or 10.",
            )
            draft.fault("category", category.code, code="no-condition", says=says, do=do)
        elif category.kind != "ordinary":
            _conditions_fit(draft, category)
            if category.code in used and not any(_stands(draft, code) for code in category.conditions):
                says = f"None of its conditions stands on {draft.on}, with its policy document (N13)."
                do = "Review the policy document and date it, or stop using the category."
                draft.fault(
                    "category", category.code, "conditions", code="no-condition-in-force", says=says, do=do
                )


def _conditions_fit(draft: Draft, category: Category) -> None:
    for position, code in enumerate(category.conditions):
        condition = draft.find("condition", code)
        if condition and (condition.article == "10") != (category.kind == "criminal"):
            says = f"Article {condition.article} does not govern {category.kind} data."
            do = "Article 10 is for criminal-offence data, Article 9 for special categories."
            draft.fault(
                "category", category.code, "conditions", position, code="wrong-article", says=says, do=do
            )


def _stands(draft: Draft, code: str) -> bool:
    """Whether a condition stands on the day; where something else of it is refused, it is taken to."""
    condition: Condition | None = draft.find("condition", code)
    policy = draft.find("policy_document", condition.policy) if condition else None
    if condition is None or policy is None:
        return True
    try:
        paragraph = catalogue.find(f"DPA2018 Sch.1 para.{condition.schedule1}")
    except NoSuchProvision:
        return True
    return all(each.in_force(draft.on) for each in (condition, paragraph, policy))


def conditions(draft: Draft) -> None:
    """Each condition names a paragraph of Schedule 1 that is a condition."""
    for condition in draft.notice.conditions:
        try:
            paragraph = catalogue.find(f"DPA2018 Sch.1 para.{condition.schedule1}")
        except NoSuchProvision as error:
            draft.fault(
                "condition",
                condition.code,
                "schedule1",
                code="no-such-law",
                says=str(error),
                do="Give the number of a paragraph of Schedule 1.",
            )
            continue
        if paragraph.gives != "condition":
            draft.fault(
                "condition",
                condition.code,
                "schedule1",
                code="no-such-law",
                says=f"{paragraph} sets no condition.",
                do="Paragraphs 38 to 41 are safeguards; name a condition.",
            )


def ages(draft: Draft) -> None:
    """One lawful age of online consent is in force on the day (N86)."""
    for age in draft.notice.online_consent_ages:
        if age.value not in AGES:
            draft.fault(
                "online_consent_age",
                age.code,
                "value",
                code="age",
                says=f"{age.value} is no lawful age.",
                do="The age of online consent is from 13 to 16.",
            )
    standing = [age for age in draft.notice.online_consent_ages if age.in_force(draft.on)]
    unread = len(draft.declared("online_consent_age")) > len(draft.notice.online_consent_ages)
    if len(standing) != 1 and not unread:
        item = standing[-1].code if standing else ""
        draft.fault(
            "online_consent_age",
            item,
            code="one-age",
            says=f"{len(standing)} ages of online consent are in force.",
            do="Declare one for the day, with since and until.",
        )


CHECKS: tuple[Check, ...] = (grounds, purposes, sensitive_categories, conditions, ages)
