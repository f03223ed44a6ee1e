"""A family of the journeys' own, with its workers: what a journey changes stays changed for the rest of the run.

Wren Hollis (2016) is on a protection plan, and lives with her mother Kerry at a protected address. Finn (2019) is her
brother. Their father Leon lives with Suki and their small sister Iris; Kerry is expecting. Kerry's mother Brenda and
sister Gail are known, and her father Stan, who has died. Otis Vale (2014) is another team's. Ines works with Wren and
Finn; Orla manages her team; Piers is in the other team, with Otis. Vera is the data officer and Thea manages the
service; Asa is another worker of the other team, with no children of theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.cast import PURPOSE
from wenlock.council.actions import join_team, make_team
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.models import (
    CommunicationNeed,
    ContactPoint,
    Disability,
    Ethnicity,
    Language,
    Name,
    Person,
    Warning,
)
from wenlock.practice.case import actions as case
from wenlock.practice.child_in_need import actions as need
from wenlock.practice.protection import actions as protection
from wenlock.security.context import acting
from wenlock.security.models import Actor


@dataclass
class Family:
    """Everybody in it, and the address that must not be found."""

    ines: Actor
    orla: Actor
    piers: Actor
    vera: Actor
    thea: Actor
    asa: Actor
    wren: Person
    finn: Person
    kerry: Person
    otis: Person
    refuge: UUID


def move_in() -> Family:
    """Commit the family, as a service manager made for the purpose."""
    at = timezone.now()
    south = make_team(
        code="south", name="Assessment team South", purposes=[PURPOSE, "safeguarding"], using="owner"
    )
    north = make_team(code="north", name="Assessment team North", purposes=[PURPOSE], using="owner")
    ines = _worker("Ines Duarte", "social-worker", south, at)
    orla = _worker("Orla Byrne", "team-manager", south, at)
    piers = _worker("Piers Lund", "social-worker", north, at)
    returns = make_team(
        code="returns", name="Performance", purposes=[PURPOSE, "statutory-returns"], using="owner"
    )
    vera = _worker("Vera Holm", "data-officer", returns, at)
    asa = _worker("Asa Finch", "social-worker", north, at)
    by = _worker("Thea Marsh", "service-manager", south, at)
    with acting(actor=by.pk, purpose=PURPOSE):
        wren, finn, kerry, otis, refuge = _people(by, at)
        for child, team, worker in ((wren, south, ines), (finn, south, ines), (otis, north, piers)):
            given = {"person": child.pk, "purpose": PURPOSE, "by": by.pk, "at": at}
            case.allocate(**given, role="team", team=team.pk)
            case.allocate(**given, role="case-worker", worker=worker.pk)
        _care(wren, ines, by, at)
    return Family(ines, orla, piers, vera, by, asa, wren, finn, kerry, otis, refuge)


def weeks_before(at: datetime, count: int) -> date:
    """The day so many weeks before an instant."""
    return timezone.localdate(at) - timedelta(weeks=count)


def _worker(name: str, role: str, team: Any, at: datetime) -> Actor:
    actor = Actor(name=name, email=f"{name.split()[0].lower()}@journeys.example")
    actor.set_unusable_password()
    actor.save()
    join_team(actor=actor, team=team, role=role, at=at, by=None, using="owner")
    return actor


def _people(by: Actor, at: datetime) -> tuple[Person, Person, Person, Person, UUID]:
    provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=by, at=at)
    common: dict[str, Any] = {"by": by, "at": at, "provenance": provenance}

    def somebody(given: str, family: str, born: str, sex: str) -> Person:
        return people.record_person(
            given=given, family=family, born_on=date.fromisoformat(born), sex=sex, **common
        )

    wren, finn = somebody("Wren", "Hollis", "2016-05-21", "F"), somebody("Finn", "Hollis", "2019-10-08", "M")
    kerry, otis = somebody("Kerry", "Hollis", "1991-02-17", "F"), somebody("Otis", "Vale", "2014-07-30", "M")
    people.record(Name, person=wren, kind="known-as", given="Birdie", family="Hollis", position=1, **common)
    people.record(Ethnicity, person=wren, code="MWBC", **common)
    people.record(Disability, person=wren, code="HEAR", **common)
    people.record(Language, person=kerry, name="Portuguese", interpreter_needed=True, **common)
    people.record(Language, person=wren, name="English", **common)
    people.record(
        CommunicationNeed, person=wren, need="Hearing aid", what_helps="Face her when speaking", **common
    )
    people.record(
        ContactPoint, person=kerry, kind="mobile", value="07700 900123", safe_to_use=False, **common
    )
    people.record(ContactPoint, person=kerry, kind="email", value="kerry@family.example", **common)
    people.identify(person=wren, scheme="LA-child-id", value="S000417", **common)
    people.record(
        Warning, person=wren, kind="do-not-disclose", detail="Her father must not learn where she lives",
        began_on=weeks_before(at, 20), review_on=weeks_before(at, -4), disclosed=True, agreed_by=by, **common,
    )  # fmt: skip
    for child in (wren, finn):
        people.relate(
            person=child, other=kerry, kind="mother", parental_responsibility=True,
            responsibility_basis="birth-mother", main_carer=True, same_household=True, **common,
        )  # fmt: skip
    people.relate(person=wren, other=finn, kind="sibling", same_household=True, **common)
    refuge = people.record_address(
        people=[kerry, wren, finn], lines=["Flat 2, 9 Quillet Lane", "Oswestry"], postcode="SY11 9ZZ",
        from_on=weeks_before(at, 30), confidential=True, **common,
    )  # fmt: skip
    _wider_family(wren, finn, kerry, common)
    people.correct(wren, reason="Her mother gave the birth certificate", born_on=date(2016, 5, 22))
    return wren, finn, kerry, otis, refuge.pk


def _wider_family(wren: Person, finn: Person, kerry: Person, common: dict[str, Any]) -> None:
    """Three generations, told from the children's records so that their worker sees each."""

    def somebody(given: str, family: str, born: str | None, sex: str, **more: Any) -> Person:
        day = date.fromisoformat(born) if born else None
        return people.record_person(given=given, family=family, born_on=day, sex=sex, **more, **common)

    leon, suki = somebody("Leon", "Price", "1988-11-05", "M"), somebody("Suki", "Tran", "1992-03-09", "F")
    iris, gail = somebody("Iris", "Price", "2023-01-30", "F"), somebody("Gail", "Hollis", "1994-08-12", "F")
    brenda, stan = (
        somebody("Brenda", "Hollis", "1966-04-01", "F"),
        somebody("Stan", "Hollis", "1961-12-25", "M"),
    )
    unborn = somebody(
        "",
        "",
        None,
        "U",
        expected_on=date(2027, 3, 1),
        names=[{"kind": "known-as", "given": "Baby", "family": "Hollis"}],
    )
    stan.died_on = date(2020, 6, 2)
    stan.save(update_fields=["died_on"])
    for child, other, kind in (
        (kerry, brenda, "mother"), (kerry, stan, "father"), (gail, brenda, "mother"), (gail, stan, "father"),
        (brenda, stan, "spouse"), (wren, leon, "father"), (finn, leon, "father"), (iris, leon, "father"),
        (iris, suki, "mother"), (leon, suki, "partner"), (kerry, leon, "former-partner"), (unborn, kerry, "mother"),
        (wren, brenda, "grandparent"), (wren, stan, "grandparent"), (wren, gail, "aunt-or-uncle"),
        (wren, suki, "step-parent"), (wren, iris, "half-sibling"), (wren, unborn, "sibling"),
    ):  # fmt: skip
        people.relate(person=child, other=other, kind=kind, **common)
    people.record_address(
        people=[leon, suki, iris], lines=["31 Tannery Row", "Whitchurch"], postcode="SY13 9ZZ", **common
    )


def _care(wren: Person, ines: Actor, by: Actor, at: datetime) -> None:
    """Two years of it: a first referral that ended, and a second that led to a protection plan."""
    source = obtained(channel="email", source="schools", purpose=PURPOSE, by=by, at=at).pk
    how: dict[str, Any] = {"by": by.pk, "at": at, "provenance": source}
    first = need.record_referral(
        person=wren.pk, referred_on=weeks_before(at, 104), source="2A", need="N4", **how
    )
    need.record_assessment(
        episode=first,
        began_on=weeks_before(at, 103),
        authorised_on=weeks_before(at, 96),
        factors=["3B"],
        **how,
    )
    need.record_plan(episode=first, began_on=weeks_before(at, 95), ended_on=weeks_before(at, 70), **how)
    need.close_episode(episode=first, closed_on=weeks_before(at, 70), reason="RC7")
    second = need.record_referral(
        person=wren.pk, referred_on=weeks_before(at, 26), source="6", need="N1", **how
    )
    need.record_assessment(
        episode=second,
        began_on=weeks_before(at, 26),
        authorised_on=weeks_before(at, 20),
        factors=["3B", "17A", "16A"],
        **how,
    )
    talked = protection.record_strategy_discussion(
        person=wren.pk, episode=second.pk, held_on=weeks_before(at, 24), agencies=["Police", "Health", "School"],
        decided="section-47", chair=by.pk, **how,
    )  # fmt: skip
    enquiry = protection.record_enquiry(
        discussion=talked, ended_on=weeks_before(at, 22), outcome="substantiated-conference", **how
    )
    conference = protection.record_initial_conference(
        person=wren.pk, episode=second.pk, held_on=weeks_before(at, 21), enquiry=enquiry, chair=by.pk, **how
    )
    plan = protection.record_protection_plan(conference=conference, category="EMO", previous_plans=0, **how)
    protection.record_review(
        plan=plan, held_on=weeks_before(at, 9), continues=True, participation="PN1", **how
    )
    protection.change_category(plan=plan, code="NEG", since_on=weeks_before(at, 9), **how)
    for weeks in (19, 17, 15, 13, 11, 8, 5, 2):
        need.record_visit(
            episode=second, visited_on=weeks_before(at, weeks), duty="cp", seen=weeks != 13, seen_alone=weeks not in (13, 5),
            visitor=ines.pk, place="home", bedroom_seen=weeks == 8 or None, **how,
        )  # fmt: skip
