"""Two hundred workers at once on a council of a million people: the home page, and contacts saved, over HTTP.

Each worker opens the page, reads for some seconds, and opens it again; now and then one of the front door saves a contact.
The site runs as it does in production (`wenlock serve`), and it, the database and the workers share this machine's cores.

Run: .venv/bin/python -m benchmarks.at_work [PEOPLE] [WORKERS] [SECONDS]
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.council import Council, council, quantile
from benchmarks.staff import PURPOSE, Staff, staff
from wenlock.law.calendars import LONDON

PORT = 8019
READS_FOR = (5.0, 15.0)  # seconds between one page and the next: a worker in a hurry
HOME, TAKE = "/work/", "/work/contacts/take/"


@dataclass
class Seen:
    """What the workers met: how long each page took, in seconds, and every answer that was not the page."""

    homes: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Worker:
    """Somebody signed in, by their session; `screens` says that they take contacts too."""

    cookie: str
    screens: bool


def signed_in(people: Staff) -> list[Worker]:
    """A session for each worker, made as signing in makes it."""
    from django.test import Client

    from wenlock.security.models import Actor

    made = []
    for place, worker in enumerate(people.workers):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(Actor.objects.get(pk=worker), backend="wenlock.security.backends.StaffBackend")
        session = client.session
        session["purpose"] = PURPOSE
        session.save()
        made.append(Worker(client.cookies["session"].value, place < people.screen))
    return made


@contextmanager
def site(of: Council) -> Iterator[None]:
    """The site, in two processes as two cores have room for, until the block ends."""
    wenlock = str(Path(sys.executable).with_name("wenlock"))
    command = [wenlock, "serve", "--port", str(PORT), "--workers", "2"]
    served = subprocess.Popen(command, env=os.environ | {"WENLOCK_HOME": str(of.server.home.root)})
    try:
        asyncio.run(_answers())
        yield
    finally:
        served.terminate()
        served.wait(timeout=30)


async def _answers() -> None:
    for _ in range(200):
        try:
            await asyncio.wait_for(fetch("", "/healthz"), timeout=1)
            return
        except (OSError, TimeoutError, ValueError):
            await asyncio.sleep(0.2)
    raise SystemExit("The site did not answer.")


async def fetch(cookie: str, path: str, *, body: bytes = b"") -> tuple[int, bytes]:
    """The status and the body of an answer, over a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nCookie: {cookie}\r\nConnection: close\r\n"
    if body:
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    writer.write(head.encode() + b"\r\n" + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    first, _, rest = answer.partition(b"\r\n")
    return int(first.split()[1]), rest


async def work(worker: Worker, seen: Seen, *, until: float, chance: random.Random) -> None:
    """Open the home page, read, and open it again; whoever screens saves a contact every third time."""
    await asyncio.sleep(chance.uniform(0, READS_FOR[1]))
    turn = 0
    while time.perf_counter() < until:
        turn += 1
        if worker.screens and turn % 3 == 0:
            await save(worker, seen)
        else:
            await look(worker, seen)
        await asyncio.sleep(chance.uniform(*READS_FOR))


async def look(worker: Worker, seen: Seen) -> None:
    """One home page, from the first byte asked to the last received."""
    began = time.perf_counter()
    status, body = await fetch(f"session={worker.cookie}", HOME)
    seen.homes.append(time.perf_counter() - began)
    if status != 200 or b"Your work" not in body:
        seen.faults.append(f"home page answered {status}")


async def save(worker: Worker, seen: Seen) -> None:
    """One contact taken, as the form sends it."""
    token = "b" * 32  # forged posts are refused by comparing the two places it stands in
    said = typed() | {"csrfmiddlewaretoken": token}
    began = time.perf_counter()
    status, _ = await fetch(f"session={worker.cookie}; csrf={token}", TAKE, body=urlencode(said).encode())
    seen.saves.append(time.perf_counter() - began)
    if status != 302:
        seen.faults.append(f"saving a contact answered {status}")


def typed() -> dict[str, str]:
    """A call from a neighbour, about two people."""
    today = datetime.now(tz=LONDON).date()
    return {
        "channel": "telephone", "teller": "public", "source": "friends", "kind": "concern", "danger": "today",
        "agreed": "not-asked", "words": "The children were out alone after dark.", "given_0": "Wren", "family_0": "Hollis",
        "mentioned_as_0": "child", "given_1": "Kerry", "family_1": "Hollis", "mentioned_as_1": "adult",
        "received_on_day": str(today.day), "received_on_month": str(today.month), "received_on_year": str(today.year),
    }  # fmt: skip


async def everybody(workers: list[Worker], *, seconds: float) -> Seen:
    """All the workers at once for that long."""
    seen, until, chance = Seen(), time.perf_counter() + seconds, random.Random(7)
    await asyncio.gather(
        *(work(each, seen, until=until, chance=random.Random(chance.random())) for each in workers)
    )
    return seen


async def no_pause(workers: list[Worker], *, seconds: float) -> Seen:
    """As many pages as the machine gives, to a tenth of the workers who never pause: what it can do at the most."""
    seen, until = Seen(), time.perf_counter() + seconds

    async def hurried(worker: Worker) -> None:
        while time.perf_counter() < until:
            await look(worker, seen)

    await asyncio.gather(*(hurried(each) for each in workers[:: max(len(workers) // 20, 1)]))
    return seen


def told(says: str, times: list[float], *, seconds: float) -> None:
    """Print how many, how often, and how long they took."""
    print(
        f"{says:<44} {len(times):6,} pages  {len(times) / seconds:6.1f} a second   "
        f"p50 {statistics.median(times) * 1000:6.0f} ms   p95 {quantile(times, 0.95):6.0f} ms   "
        f"most {max(times) * 1000:6.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    number, at_once, lasting = (given + [1_000_000, 200, 60][len(given) :])[:3]
    with council(people=number) as the_council:
        the_workers = signed_in(staff(the_council, workers=at_once))
        with site(the_council):
            asyncio.run(everybody(the_workers, seconds=10))  # until every process has its connections
            met = asyncio.run(everybody(the_workers, seconds=lasting))
            told(f"home page, {at_once} workers", met.homes, seconds=lasting)
            told("contacts saved meanwhile", met.saves, seconds=lasting)
            most = asyncio.run(no_pause(the_workers, seconds=lasting / 3))
            told("home page, as fast as it goes", most.homes, seconds=lasting / 3)
            print(
                f"answers that were not the page: {len(met.faults) + len(most.faults)}",
                *set(met.faults + most.faults),
            )
