"""What journeys of sharing need: workers for the purposes of it, bodies verified, agreements, and Wren among them."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.utils import timezone

from tests.cast import PURPOSE
from tests.journeys.browsing import family
from tests.journeys.family import Family
from wenlock.council.actions import join_team, make_team
from wenlock.practice.case import actions as case
from wenlock.security.context import acting
from wenlock.security.models import Actor
from wenlock.sharing import consenting, proposing, recipients
from wenlock.sharing.models import Destination
from wenlock.sharing.proposing import Picked

HELP, HARM = "early-help", "safeguarding"
POLICE, SCHOOL = "West Mercia Police", "Marshfield Primary School"


@dataclass(frozen=True)
class Settled:
    """The bodies, and whoever verifies: Rhys is the data protection officer. Ines proposes and Orla approves."""

    family: Family
    rhys: Actor
    police: Destination
    school: Destination


@cache
def settled() -> Settled:
    """Commit it all, once in a run."""
    home, at = family(), timezone.now()
    help_team = make_team(code="family-help", name="Family help", purposes=[HELP, HARM], using="owner")
    governance = make_team(
        code="privacy", name="Information governance", purposes=["information-rights"], using="owner"
    )
    roles = ((home.ines, "social-worker"), (home.orla, "team-manager"), (home.thea, "service-manager"))
    for worker, role in roles:
        join_team(actor=worker, team=help_team, role=role, at=at, by=None, using="owner")
    rhys = Actor(name="Rhys Cole", email="rhys@journeys.example")
    rhys.set_unusable_password()
    rhys.save()
    join_team(actor=rhys, team=governance, role="data-protection-officer", at=at, by=None, using="owner")
    with acting(actor=home.thea.pk, purpose=PURPOSE):
        for purpose in (HELP, HARM):
            case.allocate(
                person=home.wren.pk, role="team", purpose=purpose, by=home.thea.pk, at=at, team=help_team.pk
            )
    return Settled(
        home, rhys, _body(home, rhys, "police", POLICE), _body(home, rhys, "education-providers", SCHOOL)
    )


def _body(home: Family, rhys: Actor, recipient: str, name: str) -> Destination:
    at = timezone.now()
    with acting(actor=home.thea.pk, purpose=PURPOSE):
        place = recipients.write_destination(
            recipient=recipient, body=name, post="Safeguarding desk", route="file", value="01743 555 0100",
            by=home.thea, at=at,
        )  # fmt: skip
        recipients.write_agreement(
            recipient=recipient, reference=f"ISA {name}", kind="protocol", by=home.thea, at=at,
            from_on=at.date() - timedelta(days=30), until_on=at.date() + timedelta(days=335),
        )  # fmt: skip
    with acting(actor=rhys.pk, purpose="information-rights"):
        recipients.verify_destination(destination=place, how="Rang their switchboard", by=rhys, at=at)
    return place


def consent_of_kerry(stage: Settled, **changes: Any) -> Any:
    """Kerry, who has parental responsibility, consents to the school being told for early help."""
    at, home = timezone.now(), stage.family
    with acting(actor=home.ines.pk, purpose=HELP):
        return consenting.give_consent(
            **{
                "person": home.wren.pk, "given_by": home.kerry.pk, "capacity": "responsible", "how": "spoken",
                "recipient": "education-providers", "body": SCHOOL, "purpose": HELP, "by": home.ines, "at": at,
                "categories": ["identity"], "given_on": at.date(),
            } | changes
        )  # fmt: skip


def proposal_to_the_school(stage: Settled, *, approved: bool = True) -> UUID:
    """Ines proposes that the school is told Wren's name, and Orla approves it."""
    at, home = timezone.now(), stage.family
    with acting(actor=home.ines.pk, purpose=HELP):
        name = home.wren.names.get(kind="legal")
        made = proposing.propose(
            person=home.wren.pk, destination=stage.school.pk, rule="education-early-help", on=at.date(),
            why="They run the breakfast club.", items=[Picked("people_name", name.pk, ("given", "family"))],
            by=home.ines, at=at,
        )  # fmt: skip
    if approved:
        with acting(actor=home.orla.pk, purpose=HELP):
            proposing.answer(
                proposal=made,
                outcome="approved",
                because="Her mother agreed.",
                on=at.date(),
                by=home.orla,
                at=at,
            )
    return made.pk


def sharing_papers(home: Family, at: Any) -> dict[str, object]:
    """The ids that pages of sharing are filled with: a body not yet verified, and a proposal not yet decided on."""
    stage = settled()
    with acting(actor=stage.rhys.pk, purpose="information-rights"):
        written = recipients.write_destination(
            recipient="internal-departments", body="Benefits team", post="Team inbox", route="file",
            value="benefits@council.example", by=stage.rhys, at=at,
        )  # fmt: skip
        agreed = recipients.write_agreement(
            recipient="internal-departments", reference="Duty 17", kind="duty", by=stage.rhys, at=at,
            from_on=at.date(), until_on=at.date() + timedelta(days=365),
        )  # fmt: skip
    consent = consent_of_kerry(stage)
    with acting(actor=home.ines.pk, purpose=PURPOSE):
        name = home.wren.names.get(kind="legal")
        made = proposing.propose(
            person=home.wren.pk, destination=written.pk, rule="internal-children-in-need", on=at.date(), by=home.ines,
            why="They help with the rent arrears.", items=[Picked("people_name", name.pk, ("given", "family"))], at=at,
        )  # fmt: skip
    return {
        "destination": written.pk, "agreement": agreed.pk, "consent": consent.pk, "proposal": made.pk,
        "rule": "internal-children-in-need",
    }  # fmt: skip
