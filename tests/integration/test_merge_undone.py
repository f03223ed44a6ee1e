"""Whatever two records hold, merged however somebody chooses: undone, every row is as it was."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import PURPOSE, Cast, recall
from tests.integration.merge_examples import (
    begun,
    differing,
    every_row,
    everything_seen,
    how,
    merged,
    passing,
    unmerged,
)
from wenlock.base.server import Server
from wenlock.intake import actions as intake
from wenlock.intake.actions import Named, Telling
from wenlock.people import actions as people
from wenlock.people.models import (
    CommunicationNeed,
    ContactPoint,
    Disability,
    Ethnicity,
    Identifier,
    IdentifierAbsence,
    Language,
    Name,
    Person,
    Residence,
)
from wenlock.people.models import Warning as Caution
from wenlock.practice.case import actions as case
from wenlock.practice.case.actions import About
from wenlock.practice.child_in_need import actions as child_in_need

CHOSEN_ONE_BY_ONE = (Name, Identifier, Residence, ContactPoint)
KINDS = (
    *(
        "name",
        "identifier",
        "absence",
        "address",
        "shared",
        "phone",
        "ethnicity",
        "disability",
        "language",
        "need",
    ),
    *(
        "warning",
        "mother",
        "sibling",
        "cousin-ended",
        "note",
        "draft",
        "contact",
        "both-in-a-contact",
        "episode",
    ),
    *("plan", "allocation", "genogram", "correction"),
)
words = st.sampled_from(["Kit", "Christopher", "Ada", "Vale", "O'Neill", "Ødegård"])
days = st.dates(date(2005, 1, 1), date(2025, 12, 31))
which = st.sampled_from([0, 1])
# Somebody's facts: what kind, in which of the two records, and what it says.
facts = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        which,
        st.integers(0, 3),
    ),
    max_size=12,
)
person = st.fixed_dictionaries(
    {"born_on": st.none() | days, "sex": st.sampled_from("FMU"), "given": words, "family": words}
)


@pytest.fixture
def seen(server: Server, django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock(), everything_seen(server):
        yield recall()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(both=st.tuples(person, person), held=facts, choices=st.randoms(use_true_random=False))
def test_undoing_a_merge_puts_back_every_row(
    seen: Cast, both: tuple[dict[str, Any], dict[str, Any]], held: list[Any], choices: Any
) -> None:
    with passing(seen.esme):
        two = [people.record_person(**one, **how(seen.esme)) for one in both]
        family = [begun(seen.esme, given=f"Relative {number}") for number in range(3)]
        once: set[Any] = set()
        for fact in held:
            record_fact(seen, two, family, once, *fact)
        before = every_row()
        made = merged(seen.esme, *two, fields=chosen(two, choices), aside=set_aside(two, choices))
        during = every_row()
        unmerged(seen.esme, made)
        assert differing(before, during), "a merge changes something"
        assert differing(before, every_row()) == {}


def chosen(two: list[Person], choices: Any) -> dict[str, UUID]:
    """For every fact there is one of, either record."""
    names = ("born_on", "died_on", "sex", "gender", "professional", "ethnicity")
    return {name: choices.choice(two).pk for name in names}


def set_aside(two: list[Person], choices: Any) -> list[UUID]:
    """Some of what may be left out, and not the last name."""
    rows = [row.pk for model in CHOSEN_ONE_BY_ONE for row in model.objects.filter(person__in=two)]
    kept = Name.objects.filter(person__in=two).values_list("pk", flat=True)[0]
    return [row for row in rows if row != kept and choices.random() < 0.4]


def record_fact(
    seen: Cast, two: list[Person], family: list[Person], once: set[Any], kind: str, whose: int, number: int
) -> None:
    """Record one fact of a kind in one of the two; what may be recorded once is left out the second time."""
    by, child, relative = seen.esme, two[whose], family[number % 3]
    number = {"ethnicity": 0, "genogram": 0, "mother": number % 3, "sibling": number % 3}.get(kind, number)
    # A plan or a worker's place open in both records is refused, and has a test of its own.
    key = (kind, number) if kind in ("plan", "allocation", "identifier") else (kind, whose, number)
    if kind == "plan":
        key = (kind,)
    if key in once:
        return
    once.add(key)
    recorded = {"person": child, **how(by)}
    at = recorded["at"]
    match kind:
        case "name":
            people.record(Name, kind="alias", given="Kit", family=f"Vale {number}", position=1, **recorded)
        case "identifier":
            people.identify(scheme="LA-child-id", value=f"W9100{number}", **recorded)
        case "absence":
            people.record(IdentifierAbsence, scheme=("UPN", "NHS")[number % 2], reason="UN4", **recorded) if (
                number < 2
            ) else None
        case "address":
            people.record_address(
                people=[child], lines=[f"{number} Corve Street"], postcode="SY8 1ZZ", confidential=number > 1,
                **how(by),
            )  # fmt: skip
        case "shared":
            people.record_address(people=[*two, relative], lines=["9 Mill Lane"], postcode="", **how(by))
        case "phone":
            people.record(ContactPoint, kind="phone", value=f"01743 00000{number}", **recorded)
        case "ethnicity":
            people.record(Ethnicity, code=("WBRI", "MWBC")[whose], **recorded)
        case "disability":
            people.record(Disability, code=("HAND", "NONE", "MOB", "BEH")[number], **recorded)
        case "language":
            people.record(Language, name=("Welsh", "Polish", "Urdu", "English")[number], **recorded)
        case "need":
            people.record(CommunicationNeed, need="Makaton", **recorded)
        case "warning":
            people.record(
                Caution, kind="adult-posing-risk", detail="A dog", began_on=at.date(), review_on=at.date(),
                disclosed=True, agreed_by=by, **recorded,
            )  # fmt: skip
        case "mother":
            people.relate(other=relative, kind=("mother", "parent")[whose], **recorded)
        case "sibling":
            people.relate(other=relative, kind="sibling", same_household=True, **recorded)
        case "cousin-ended":
            people.relate(other=relative, kind="cousin", until_on=at.date(), **recorded)
        case "note" | "draft":
            about = [About(child.pk, True, False), *([About(two[1 - whose].pk)] if number == 1 else [])]
            case.write_note(
                about=about, kind="visit", title="Home visit", text="Seen.", happened_at=at, by=by.pk, at=at,
                provenance=recorded["provenance"].pk, final=kind == "note",
            )  # fmt: skip
        case "contact" | "both-in-a-contact":
            told = intake.take_contact(
                telling=Telling(kind="concern", words="Hungry."), about=[Named(given="Kit"), Named(given="Kit")],
                channel="telephone", source="family", purpose=PURPOSE, by=by, at=at,
            )  # fmt: skip
            mentions = list(told.mentions.order_by("position"))
            intake.match(mention=mentions[0], person=child.pk, by=by, at=at)
            if kind == "both-in-a-contact":
                intake.match(mention=mentions[1], person=two[1 - whose].pk, by=by, at=at)
        case "episode" | "plan":
            episode = child_in_need.record_referral(
                person=child.pk, referred_on=at.date(), source="6", need="N1", by=by.pk, at=at,
                provenance=recorded["provenance"].pk,
            )  # fmt: skip
            if kind == "plan":
                child_in_need.record_plan(
                    episode=episode, began_on=at.date(), by=by.pk, at=at, provenance=recorded["provenance"].pk
                )
        case "allocation":
            workers = (seen.amara, seen.bashir, seen.carys, seen.dilys)
            case.allocate(
                person=child.pk,
                role="case-worker",
                purpose=PURPOSE,
                by=by.pk,
                at=at,
                worker=workers[number].pk,
            )
        case "genogram":
            people.keep_genogram(
                person=child.pk, on=at.date(), occasion="court", why="A hearing", by=by, at=timezone.now()
            )
        case "correction":
            people.correct(
                Name.objects.filter(person=child).first(), reason="Misheard", title="Mx" + "x" * number
            )
        case _:
            raise AssertionError(kind)


def test_a_merge_of_everything_at_once_is_undone(seen: Cast) -> None:
    """Every kind of fact in each record: what a run of chance might leave out."""
    with passing(seen.esme):
        two = [begun(seen.esme), begun(seen.esme, given="Christopher", born="2016-01-02", sex="M")]
        family = [begun(seen.esme, given=f"Relative {number}") for number in range(3)]
        once: set[Any] = set()
        for kind, (whose, number) in product(KINDS, ((0, 0), (0, 2), (1, 1), (1, 2))):
            record_fact(seen, two, family, once, kind, whose, number)
        before = every_row()
        made = merged(seen.esme, *two, fields=chosen(two, Random(1)), aside=set_aside(two, Random(2)))
        changed = differing(before, every_row())
        unmerged(seen.esme, made)
        assert differing(before, every_row()) == {}
        assert {
            "case_notesubject",
            "intake_mention",
            "people_ethnicity",
            "security_grant",
            "people_findable",
        } <= set(changed)
