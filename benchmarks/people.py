"""The record page and the search at a million people, beside a bare view; and what row security and the trail cost.

Run: .venv/bin/python -m benchmarks.people [PEOPLE]
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from benchmarks.council import Council, council, quantile
from benchmarks.names import family_names, given_names

ROUNDS = 200
PURPOSE = "children-in-need"


def measured(says: str, act: Callable[[], object], *, rounds: int = ROUNDS) -> None:
    """Print the median and the 95th percentile of an act, after a warm-up."""
    for _ in range(10):
        act()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    print(
        f"{says:<58} p50 {statistics.median(times) * 1000:7.2f} ms   p95 {quantile(times, 0.95):7.2f} ms",
        flush=True,
    )


def pages(of: Council) -> None:
    """The record page through the whole application, and the same rows through a view with no rule at all."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from wenlock.security.models import Actor

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Actor.objects.get(pk=of.worker), backend="wenlock.security.backends.StaffBackend")
    session = client.session
    session["purpose"] = PURPOSE
    session.save()
    address = f"/work/people/{of.child}/"
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    measured(f"record page ({len(queries)} queries)", lambda: client.get(address))
    measured("timeline page", lambda: client.get(address + "timeline/"))
    bare(of)


def bare(of: Council) -> None:
    """The same person through a plain Django view as a superuser: no rules, no sign-in, no trail, no frame."""
    from django.db import connections
    from django.http import HttpRequest, HttpResponse
    from django.test import Client, override_settings
    from django.urls import path

    from wenlock.people.models import ContactPoint, Identifier, Name, Person, Residence
    from wenlock.practice.child_in_need.models import Episode

    connections.databases["bare"] = connections.databases["default"] | of.superuser
    tables = (Name, Identifier, Residence, ContactPoint, Episode)

    def view(request: HttpRequest) -> HttpResponse:
        lines = [Person.objects.using("bare").filter(pk=of.child).values_list()]
        lines += [table.objects.using("bare").filter(person_id=of.child).values_list() for table in tables]
        return HttpResponse("<br>".join(str(list(rows)) for rows in lines))

    class Addresses:
        urlpatterns = [path("bare/", view)]

    with override_settings(ROOT_URLCONF=Addresses, MIDDLEWARE=[]):
        client = Client(SERVER_NAME="127.0.0.1")
        measured("bare Django view of the same person (6 queries)", lambda: client.get("/bare/"))


def searches(of: Council) -> None:
    """Searches as a worker with twenty children and as a manager of the whole service."""
    from wenlock.people.search import read, search
    from wenlock.security.context import acting

    chance = random.Random(7)

    def words(kind: str) -> str:
        given, family = chance.choice(given_names()[:50]), chance.choice(family_names()[:50])
        if kind == "misspelt":
            place = chance.randrange(1, len(family))
            return f"{given} {family[:place]}{family[place + 1 :]}"
        if kind == "number":
            return f"B{chance.randrange(100_000):07d}"
        return f"{given} {family}"

    for actor, who in ((of.worker, "worker"), (of.wide, "whole service")):
        for kind in ("name", "misspelt", "number"):

            def act(actor: object = actor, kind: str = kind) -> object:
                with acting(actor=actor, purpose=PURPOSE):  # type: ignore[arg-type]
                    return search(read(words(kind), on=date(2026, 9, 1)))

            measured(f"search by {kind}, {who}", act, rounds=60)


def rules(of: Council) -> None:
    """The cost of row security on one record and on a list, and of the trail on a write."""
    from django.db import connection

    from wenlock.security.context import acting

    one = "SELECT * FROM people_person p JOIN people_name n ON n.person_id = p.id WHERE p.id = %s"
    fifty = "SELECT id FROM people_person ORDER BY recorded_at DESC, id DESC LIMIT 50"

    def ruled(query: str, values: list[object]) -> None:
        with acting(actor=of.wide, purpose=PURPOSE), connection.cursor() as cursor:
            cursor.execute(query, values)
            cursor.fetchall()

    measured("one person: row security off", lambda: of.admin.execute(one, [of.child]).fetchall())
    measured("one person: row security, signed context, transaction", lambda: ruled(one, [of.child]))
    measured("fifty newest: row security off", lambda: of.admin.execute(fifty).fetchall())
    measured("fifty newest: row security, whole service", lambda: ruled(fifty, []))
    shape(of, one, [of.child])
    writes(of)


def writes(of: Council) -> None:
    """One row recorded: with every rule and the trail, with the trail alone left out, and with no rule at all."""
    from django.db import connection

    from wenlock.security.context import acting

    row = (
        "INSERT INTO people_contactpoint (id, person_id, kind, value, safe_to_use, provenance_id, recorded_by_id, "
        "recorded_at, position, as_received) VALUES (gen_random_uuid(), %s, 'phone', '01743 000000', true, %s, %s, now(), "
        "0, false)"
    )
    values = [of.child, of.provenance, of.worker]

    def ruled() -> None:
        with acting(actor=of.worker, purpose=PURPOSE), connection.cursor() as cursor:
            cursor.execute(row, values)

    trail = "ALTER TABLE people_contactpoint {} TRIGGER people_contactpoint_audited_insert"
    measured("write of one row: every rule, audited", ruled)
    of.admin.execute(trail.format("DISABLE"))
    measured("write of one row: every rule, not audited", ruled)
    of.admin.execute(trail.format("ENABLE"))
    of.admin.execute("SET session_replication_role = replica")
    measured("write of one row: no rule, no trail", lambda: of.admin.execute(row, values))
    of.admin.execute("DELETE FROM people_contactpoint")
    of.admin.execute("SET session_replication_role = origin")


def shape(of: Council, query: str, values: list[object]) -> None:
    """The plan under row security: its nodes, to see that indexes are used."""
    import json

    from django.db import connection

    from wenlock.security.context import acting

    with acting(actor=of.worker, purpose=PURPOSE), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + query, values)
        plan = cursor.fetchone()[0]
    text = json.dumps(plan if not isinstance(plan, str) else json.loads(plan))
    scans = sorted({part.split('"')[0] for part in text.split('"Index Name": "')[1:]})
    print(
        "plan of one person:",
        "sequential scan!"
        if '"Seq Scan", "Parallel Aware": false, "Async Capable": false, "Relation Name": "people_' in text
        else "indexes only;",
        ", ".join(scans),
        flush=True,
    )


if __name__ == "__main__":
    with council(people=int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000) as the_council:
        rules(the_council)
        searches(the_council)
        pages(the_council)
