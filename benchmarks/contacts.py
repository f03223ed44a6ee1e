"""The lists of a front door: contacts that wait, and what is due, with so many contacts open.

Run: .venv/bin/python -m benchmarks.contacts [CONTACTS]
"""

import sys
import time
from datetime import timedelta
from functools import partial

from benchmarks.council import Council, council
from benchmarks.people import PURPOSE, measured


def taken(of: Council, contacts: int) -> None:
    """Take the contacts as a service manager would, each come an hour before the last; every other is decided on."""
    from django.utils import timezone

    from wenlock.intake import actions
    from wenlock.intake.actions import Named, Telling
    from wenlock.security.context import acting
    from wenlock.security.models import Actor

    by, began = Actor.objects.get(pk=of.wide), time.perf_counter()
    for number in range(contacts):
        at = timezone.now()
        with acting(actor=of.wide, purpose=PURPOSE):
            contact = actions.take_contact(
                telling=Telling(kind="concern", words="A worry.", teller="professional", danger="today"),
                about=[Named(given="Some", family="Body")], channel="telephone", source="schools",
                purpose=PURPOSE, by=by, at=at, received_at=at - timedelta(hours=number % 60),
            )  # fmt: skip
            if number % 2:
                actions.decide(
                    contact=contact, outcome="information", seen="The call", reason="Advice", by=by, at=at
                )
    each = (time.perf_counter() - began) / contacts * 1000
    print(f"{contacts:,} contacts taken, half decided on: {each:.1f} ms each", flush=True)
    of.admin.execute("VACUUM ANALYZE")


def lists(of: Council) -> None:
    """Each list through the whole application, and the question behind it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from wenlock.clocks import queries as clocks
    from wenlock.intake import queries as intake
    from wenlock.security.context import acting
    from wenlock.security.models import Actor

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Actor.objects.get(pk=of.wide), backend="wenlock.security.backends.StaffBackend")
    session = client.session
    session["purpose"] = PURPOSE
    session.save()
    with acting(actor=of.wide, purpose=PURPOSE, seconds=3000):
        at = timezone.now()
        measured("contacts that wait, a hundred", lambda: intake.waiting(at=at))
        measured("what is due, a hundred", lambda: clocks.due(at=at))
        measured("how many are due", lambda: clocks.summary(at=at))
    for name, address in (("contacts", "/work/contacts/"), ("what is due", "/work/due/")):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        measured(f"page of {name} ({len(asked)} queries)", partial(client.get, address), rounds=50)


if __name__ == "__main__":
    with council(people=1000) as the_council:
        taken(the_council, int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
        lists(the_council)
