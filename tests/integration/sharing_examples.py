"""A stage on which something is proposed, weighed and sent as the runtime role, and the world changed about it.

All of it is one transaction of a superuser's that takes the runtime role to act and is undone at the end, so that the
decision in Python and the door in SQL are asked of the same rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict

from tests.cast import PURPOSE, Cast
from wenlock.base.server import Server
from wenlock.notice.models import SharingRule
from wenlock.practice.case import actions as case
from wenlock.security.context import acting
from wenlock.security.models import Actor
from wenlock.sharing import consenting, proposing, recipients
from wenlock.sharing.models import Agreement, Answer, Consent, Destination, Disclosure, Proposal
from wenlock.sharing.proposing import Picked
from wenlock.sharing.weighing import weigh
from wenlock.web.database import DATABASE

# A rule of each recipient the notice names; "" where its notice has none yet, and the stage makes one.
RULES = {
    "internal-departments": "internal-children-in-need",
    "education-providers": "education-early-help",
    "ofsted": "ofsted-inspection",
    "other-public-bodies": "",
    "nhs": "nhs-safeguarding",
    "district-councils": "",
    "voluntary-agencies": "voluntary-early-help",
    "police": "police-safeguarding",
    "courts": "courts-proceedings",
    "probation": "probation-safeguarding",
    "youth-offending-team": "youth-offending-team",
    "housing": "housing-children-in-need",
    "central-government": "",
    "other-public-authorities": "",
    "dwp": "dwp-leaving-care",
    "mind-of-my-own": "mind-of-my-own-looked-after",
}
BY_CONSENT = ("education-providers", "voluntary-agencies", "dwp")
OPEN_CLASS = ("other-public-bodies", "central-government", "other-public-authorities")
BODY = "Larkrise Service"
LEDGER = (
    "SELECT (SELECT count(*) FROM sharing_disclosure), (SELECT count(*) FROM sharing_outgoing), "
    "(SELECT count(*) FROM security_auditevent WHERE kind = 'exported')"
)


class Sharing:
    """The stage: one recipient, a place there that is verified, an agreement, and Amara about to propose of Mia."""

    def __init__(self, the: Cast, recipient: str) -> None:
        self.the, self.recipient, self.at = the, recipient, timezone.now()
        self.today = timezone.localdate(self.at)
        self.mia = the.people.mia
        self.rule_code = RULES[recipient] or self._rule_made()
        self.rule = SharingRule.objects.select_related("purpose").get(code=self.rule_code, version=_version())
        self.purpose = self.rule.purpose.code
        self._teams_work_for_it()
        self.destination = self.place()
        self.agreement = self.agreed()

    # Who acts.

    @contextmanager
    def as_(self, actor: Actor, purpose: str = "") -> Iterator[None]:
        """Act as the runtime role, for the purpose of the rule unless another is named."""
        with acting(actor=actor.pk, purpose=purpose or self.purpose):
            self.run("SET LOCAL ROLE wenlock_app")
            yield
            self.run("RESET ROLE")

    def run(self, query: str, values: Any = None) -> list[tuple[Any, ...]]:
        """Run a statement as whoever acts now: a superuser outside `as_`."""
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def alter(self, table: str, change: str, where: str = "true") -> None:
        """Change what nobody can: what another day, or a row written past every check, would make of it."""
        self.run("SET LOCAL session_replication_role = replica")
        self.run(f"UPDATE {table} SET {change} WHERE {where}")
        self.run("SET LOCAL session_replication_role = DEFAULT")

    # What there is.

    def place(self, *, body: str = BODY, verified: bool = True, recipient: str = "") -> Destination:
        """A place at the recipient, written down by Esme and verified by Gwen."""
        with self.as_(self.the.esme, PURPOSE):
            written = recipients.write_destination(
                recipient=recipient or self.recipient, body=body, post="Duty desk", route="file",
                value="duty@larkrise.example", by=self.the.esme, at=self.at,
            )  # fmt: skip
        if verified:
            with self.as_(self.the.gwen, "information-rights"):
                how = "Rang the number on their site"
                recipients.verify_destination(destination=written, how=how, by=self.the.gwen, at=self.at)
        return written

    def agreed(self) -> Agreement:
        """An agreement in force for a year."""
        with self.as_(self.the.esme, PURPOSE):
            return recipients.write_agreement(
                recipient=self.recipient, reference="ISA 7", kind="protocol", by=self.the.esme, at=self.at,
                from_on=self.today - timedelta(days=30), until_on=self.today + timedelta(days=335),
            )  # fmt: skip

    def consented(self, **changes: Any) -> Consent:
        """Dawn, who has parental responsibility, consents for Mia to all that the rule allows."""
        given: dict[str, Any] = {
            "person": self.mia.pk, "given_by": self.the.people.dawn.pk, "capacity": "responsible",
            "recipient": self.recipient, "body": BODY, "purpose": self.purpose, "how": "spoken",
            "categories": list(self.rule.categories), "given_on": self.today, "by": self.the.amara, "at": timezone.now(),
        }  # fmt: skip
        with self.as_(self.the.amara):
            return consenting.give_consent(**(given | changes))

    def proposed(self, *, items: list[Picked] | None = None, **changes: Any) -> Proposal:
        """Amara proposes to share Mia's name, or the items given; what the rule needs is there."""
        if self.recipient in BY_CONSENT and not Consent.objects.filter(person=self.mia).exists():
            self.consented()
        asked: dict[str, Any] = {
            "person": self.mia.pk, "destination": self.destination.pk, "rule": self.rule_code, "on": self.today,
            "why": "They cannot help her without it.", "items": self.names() if items is None else items,
            "by": self.the.amara, "at": self.at, "asked_in": "REQ/1",
            "regime": "part-2" if self.recipient == "youth-offending-team" else "",
        }  # fmt: skip
        with self.as_(self.the.amara):
            return proposing.propose(**(asked | changes))

    def approved(self, proposal: Proposal, *, by: Actor | None = None) -> Answer:
        """Carys approves it."""
        approver = by or self.the.carys
        with self.as_(approver):
            return proposing.answer(
                proposal=proposal, outcome="approved", because="It is necessary, and no more than that.",
                on=self.today, by=approver, at=timezone.now(),
            )  # fmt: skip

    def names(self) -> list[Picked]:
        """Mia's legal name."""
        return [self.picked("people_name", "given", "family", where="kind = 'legal'")]

    def picked(self, table: str, *columns: str, where: str = "true", column: str = "person_id") -> Picked:
        """The first row of a table about Mia."""
        found = self.run(f"SELECT id FROM {table} WHERE {column} = %s AND {where} ORDER BY id", [self.mia.pk])
        return Picked(table, found[0][0], columns)

    # What is asked.

    def found(self, proposal: Proposal) -> set[str]:
        """The codes of the refusals that the decision finds, with the approval asked too."""
        with self.as_(self.the.amara):
            fresh = Proposal.objects.filter(pk=proposal.pk).select_related("destination").first() or proposal
            return {finding.code for finding in weigh(proposal=fresh, on=self.today, to_send=True).refusals}

    def sent(self, proposal: Proposal) -> proposing.Sent:
        """Amara sends it by the door."""
        with self.as_(self.the.amara):
            return proposing.send(proposal=proposal.pk)

    def refused(self, proposal: UUID, *, by: Actor | None = None, purpose: str = "") -> str:
        """The code with which the door itself refuses, asked by a plain query; nothing at all is written."""
        before = self.run(LEDGER)
        with (
            pytest.raises(DatabaseError) as refusal,
            transaction.atomic(),
            self.as_(by or self.the.amara, purpose),
        ):
            self.run("SELECT entry FROM door.send_v1(%s)", [proposal])
        assert self.run(LEDGER) == before
        return str(refusal.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]

    def refuses(self, proposal: Proposal, code: str) -> None:
        """The decision and the door both refuse it with a code."""
        assert code in self.found(proposal)
        assert self.refused(proposal.pk) == code

    def entries(self) -> int:
        """How many entries the ledger has of Mia."""
        return Disclosure.objects.filter(person_id=self.mia.pk).count()

    def _teams_work_for_it(self) -> None:
        """Amara's team works for the purpose, and has Mia for it."""
        self.alter(
            "council_team", f"purposes = purposes || '{{{self.purpose}}}'", "code IN ('east', 'service')"
        )
        with self.as_(self.the.esme, PURPOSE):
            case.allocate(
                person=self.mia.pk, role="co-worker", purpose=self.purpose, by=self.the.esme.pk, at=self.at,
                worker=self.the.amara.pk,
            )  # fmt: skip
        self.run(
            "INSERT INTO security_grant (id, actor_id, person_id, level, purpose, relationship, from_at, source_table, "
            "source_id) SELECT gen_random_uuid(), %s, %s, 3, %s, 'manager', now(), 'council_team', gen_random_uuid()",
            [self.the.carys.pk, self.mia.pk, self.purpose],
        )

    def _rule_made(self) -> str:
        """A rule as a later version of the notice would have it, and the body named."""
        self.run(
            "INSERT INTO notice_sharingrule (id, version_id, code, recipient_id, purpose_id, ground_id, "
            "categories, uses, definition, in_force_from) SELECT gen_random_uuid(), r.version_id, 'made', r.id, "
            "p.id, g.id, '{identity,contact-details,family}', '{}', '', current_date - 1 FROM notice_recipient r "
            "JOIN notice_purpose p ON p.version_id = r.version_id AND p.code = 'safeguarding' "
            "JOIN notice_ground g ON g.version_id = r.version_id AND g.code = 'ca1989-47' WHERE r.code = %s",
            [self.recipient],
        )
        self.alter("notice_recipient", f"bodies = '{{{BODY}}}'", f"code = '{self.recipient}'")
        return "made"


def _version() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.notice_in_force(guard.today())")
        return cursor.fetchone()[0]


@contextmanager
def staged(server: Server, the: Cast, recipient: str) -> Iterator[Sharing]:
    """The stage of one recipient, undone at the end."""
    usual = connections["default"]
    told = conninfo_to_dict(server.dsn(dbname=DATABASE))
    changes = {
        "HOST": told["host"],
        "PORT": str(told["port"]),
        "USER": told["user"],
        "PASSWORD": told["password"],
    }
    options = {key: value for key, value in usual.settings_dict["OPTIONS"].items() if key != "pool"}
    stage = usual.copy()
    stage.settings_dict = usual.settings_dict | changes | {"NAME": told["dbname"], "OPTIONS": options}
    connections["default"] = stage
    try:
        with transaction.atomic():
            yield Sharing(the, recipient)
            transaction.set_rollback(True)
    finally:
        stage.close()
        connections["default"] = usual
