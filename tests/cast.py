"""The cast of every test: the Ashdown family, their workers, and Noel, who may see nothing.

Amara   social worker, allocated to Mia and Jay Ashdown
Bashir  social worker in the other team: no relationship with the Ashdowns
Carys   manager of Amara's team, which holds Mia and Jay
Dilys   front door worker: may find that a child is known, to the index and no further
Esme    service manager: the whole service, less restricted records; Mia's aunt's neighbour, and in conflict with Jay
Femi    data officer: brings records in, approves returns
Gwen    data protection officer
Harriet system administrator
Noel    has an account and no team

Mia Ashdown (2015) and Jay (2011) live with Dawn, their mother, whose own flat is a protected address; Lee, their
father, lives elsewhere. Tom Birch (2013) is Bashir's. Rhea Stone (2012) is restricted to Carys.
"""

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from wenlock.council.actions import join_team, make_team
from wenlock.notice.provenance import obtained
from wenlock.people import actions as people
from wenlock.people.models import Ethnicity, Name, Person
from wenlock.practice.case import actions as case
from wenlock.security import actions as security
from wenlock.security.context import acting
from wenlock.security.models import Actor

PURPOSE = "children-in-need"
WORKERS = {
    "amara": ("Amara Lewis", "social-worker", "east"),
    "bashir": ("Bashir Khan", "social-worker", "west"),
    "carys": ("Carys Morgan", "team-manager", "east"),
    "dilys": ("Dilys Owen", "front-door", "door"),
    "esme": ("Esme Clarke", "service-manager", "service"),
    "femi": ("Femi Adeyemi", "data-officer", "data"),
    "gwen": ("Gwen Price", "data-protection-officer", "governance"),
    "harriet": ("Harriet Sands", "administrator", "systems"),
    "noel": ("Noel Frost", "", ""),
}
TEAMS = {
    "east": ("Assessment team East", [PURPOSE, "safeguarding"]),
    "west": ("Assessment team West", [PURPOSE, "safeguarding"]),
    "door": ("Front door", [PURPOSE, "safeguarding"]),
    "service": ("Service management", [PURPOSE, "safeguarding", "statutory-returns"]),
    "data": ("Performance and data", [PURPOSE, "statutory-returns"]),
    "governance": ("Information governance", ["information-rights"]),
    "systems": ("Systems", ["security"]),
}


@dataclass
class Cast:
    """Workers by first name, people of the family, and teams by code."""

    amara: Actor
    bashir: Actor
    carys: Actor
    dilys: Actor
    esme: Actor
    femi: Actor
    gwen: Actor
    harriet: Actor
    noel: Actor
    teams: dict[str, Any]
    people: SimpleNamespace


_CAST: list[Cast] = []


def recall() -> Cast:
    """The cast assembled for this run."""
    return _CAST[0]


def assemble() -> None:
    """Make the teams, the workers and the family: committed once, seen by every test, changed by none."""
    at = timezone.now()
    workers = {key: _worker(key, name) for key, (name, _, _) in WORKERS.items()}
    teams = {
        code: make_team(code=code, name=name, purposes=purposes, using="owner")
        for code, (name, purposes) in TEAMS.items()
    }
    for key, (_, role, team) in WORKERS.items():
        if role:
            join_team(actor=workers[key], team=teams[team], role=role, at=at, by=None, using="owner")
    cast = Cast(**workers, teams=teams, people=SimpleNamespace())
    with acting(actor=cast.esme.pk, purpose=PURPOSE):
        _family(cast, at)
    _CAST.append(cast)


def _worker(key: str, name: str) -> Actor:
    actor = Actor(name=name, email=f"{key}@wenlock.example")
    actor.set_unusable_password()
    actor.save()
    return actor


def _family(cast: Cast, at: datetime) -> None:
    by = cast.esme
    provenance = obtained(channel="telephone", source="family", purpose=PURPOSE, by=by, at=at)
    common = {"by": by, "at": at, "provenance": provenance}

    def somebody(given: str, family: str, born: str, sex: str) -> Person:
        return people.record_person(
            given=given, family=family, born_on=date.fromisoformat(born), sex=sex, **common
        )

    folk = cast.people
    folk.mia = somebody("Mia", "Ashdown", "2015-03-14", "F")
    folk.jay = somebody("Jay", "Ashdown", "2011-09-02", "M")
    folk.dawn = somebody("Dawn", "Ashdown", "1988-06-30", "F")
    folk.lee = somebody("Lee", "Marsh", "1986-01-19", "M")
    folk.tom = somebody("Tom", "Birch", "2013-11-23", "M")
    folk.rhea = somebody("Rhea", "Stone", "2012-04-05", "F")
    people.record(
        Name, person=folk.mia, kind="known-as", given="Mimi", family="Ashdown", position=1, **common
    )
    people.record(Ethnicity, person=folk.mia, code="WBRI", **common)
    people.identify(person=folk.mia, scheme="NHS", value="9434765919", **common)
    people.identify(person=folk.mia, scheme="LA-child-id", value="W000001", **common)
    for child in (folk.mia, folk.jay):
        people.relate(
            person=child,
            other=folk.dawn,
            kind="mother",
            parental_responsibility=True,
            responsibility_basis="birth-mother",
            main_carer=True,
            same_household=True,
            **common,
        )
        people.relate(person=child, other=folk.lee, kind="father", **common)
    people.relate(person=folk.mia, other=folk.jay, kind="sibling", **common)
    folk.refuge = people.record_address(
        people=[folk.dawn, folk.mia, folk.jay],
        lines=["Flat 4, 12 Larkrise Court", "Ludlow"],
        postcode="SY8 1ZZ",
        confidential=True,
        **common,
    )
    folk.lees = people.record_address(
        people=[folk.lee], lines=["3 Mill Street", "Wem"], postcode="SY4 5ZZ", **common
    )
    for child, team, worker in (
        (folk.mia, "east", cast.amara),
        (folk.jay, "east", cast.amara),
        (folk.tom, "west", cast.bashir),
    ):
        case.allocate(
            person=child.pk, role="team", purpose=PURPOSE, by=by.pk, at=at, team=cast.teams[team].pk
        )
        case.allocate(person=child.pk, role="case-worker", purpose=PURPOSE, by=by.pk, at=at, worker=worker.pk)
    case.allocate(
        person=folk.rhea.pk, role="team", purpose=PURPOSE, by=by.pk, at=at, team=cast.teams["east"].pk
    )
    _restrict(cast, at)
    security.declare_conflict(actor=cast.esme, person=folk.jay.pk, kind="neighbour", by=cast.esme, at=at)


def _restrict(cast: Cast, at: datetime) -> None:
    security.restrict(
        person=cast.people.rhea.pk,
        reason="A member of staff's family",
        names=[cast.carys],
        review_on=date(2027, 6, 1),
        by=cast.esme,
        at=at,
    )
