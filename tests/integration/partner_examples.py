"""A school's key and a force's, and what their systems send."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from tests.cast import PURPOSE, Cast
from wenlock.agencies.actions import record_agency
from wenlock.law.calendars import LONDON
from wenlock.partners import actions
from wenlock.partners.codes import READ_OWN, SEND
from wenlock.partners.models import Key
from wenlock.partners.secret import Secret
from wenlock.security.context import acting

ISSUING, APPROVING = "statutory-returns", "information-rights"  # what Femi and Gwen work for
MIA = {"first_name": "Mia", "surname": "Ashdown", "date_of_birth": "2015-03-14", "relationship": "pupil"}
BODY: dict[str, Any] = {
    "words": "Mia came to school without a coat, and said she was hungry.",
    "danger": "today",
    "agreed": "told",
    "sent_by": {"name": "Pat Rowe", "role": "Designated safeguarding lead", "reach": "01632 960123"},
    "children": [MIA, {"first_name": "Jay", "surname": "Ashdown"}],
    "adults": [{"first_name": "Dawn", "surname": "Ashdown", "relationship": "mother"}],
}


def today() -> date:
    return timezone.now().astimezone(LONDON).date()


def an_agency(the: Cast, name: str = "Wenbrook Primary School", source: str = "schools") -> UUID:
    with acting(actor=the.dilys.pk, purpose=PURPOSE):
        return record_agency(source=source, name=name, by=the.dilys, at=timezone.now()).pk


def issued(the: Cast, agency: UUID, **changes: Any) -> Secret:
    """A key that Femi issued and nobody has approved."""
    asked = {
        "called": "Wenbrook's own system", "purpose": "safeguarding", "medium": "app", "scopes": [SEND, READ_OWN],
        "from_on": today(), "until_on": today() + timedelta(days=90),
    } | changes  # fmt: skip
    with acting(actor=the.femi.pk, purpose=ISSUING):
        return actions.issue(agency=agency, by=the.femi, at=timezone.now(), **asked)


def approved(the: Cast, secret: Secret) -> Secret:
    """The key, approved by Gwen."""
    with acting(actor=the.gwen.pk, purpose=APPROVING):
        actions.approve(prefix=secret.prefix, by=the.gwen, at=timezone.now())
    return secret


def revoked(the: Cast, secret: Secret) -> None:
    with acting(actor=the.gwen.pk, purpose=APPROVING):
        actions.revoke(prefix=secret.prefix, why="It was found in an email.", by=the.gwen, at=timezone.now())


def row_of(the: Cast, secret: Secret) -> Key:
    with acting(actor=the.gwen.pk, purpose=APPROVING):
        return Key.objects.get(prefix=secret.prefix)


@dataclass
class Partner:
    """A partner's system, with a key: it sends and asks."""

    secret: str
    client: Client

    def post(self, body: Any = None, *, repeat: str | None = "", **how: Any) -> Any:
        """What is answered to a contact. `repeat` is the Idempotency-Key: "" for a new one, None for none at all."""
        headers = self.headers | ({} if repeat is None else {"Idempotency-Key": repeat or str(uuid4())})
        said = body if isinstance(body, bytes | str) else json.dumps(BODY if body is None else body)
        return self.client.post(
            "/api/v1/contacts", said, **{"content_type": "application/json", "headers": headers, **how}
        )

    def get(self, contact: object, **how: Any) -> Any:
        return self.client.get(f"/api/v1/contacts/{contact}", headers=self.headers, **how)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


def a_partner(the: Cast, agency: UUID | None = None, **changes: Any) -> Partner:
    """A partner's system with a key in force."""
    secret = approved(the, issued(the, agency or an_agency(the), **changes))
    return Partner(secret.text, Client(raise_request_exception=False))
