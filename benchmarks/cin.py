"""Bring a large census in and build it again, on a server of its own, and print how long it took and in how
much memory.

Run: .venv/bin/python -m benchmarks.cin [--children 10000] [--folder DIR]

Everybody in the file is invented. The server keeps its promises to the disk, as an installation's does.
Memory is the most this process ever held, without the server's. The census built is compared with the one
brought in; the program ends with 1 if they differ.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

YEAR = 2026
FIRST = date(2025, 4, 1)
ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "AIND", "APKN", "BAFR", "NOBT")
FACTORS = ("1A", "2B", "3A", "3B", "4A", "4B", "6A", "10A", "15A", "16A", "17A", "18C", "20")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--children", type=int, default=10_000)
    parser.add_argument(
        "--folder", type=Path, default=None, help="where the files are left; thrown away by default"
    )
    return parser.parse_args()


def children(number: int, seed: int = 20260331) -> Iterator[object]:
    """Invented children with the modules and codes a council's file has, in about its proportions."""
    from wenlock.returns.cin.census import Assessment, Child, CinPlan, Episode, ProtectionPlan, Section47

    rng = random.Random(seed)

    def after(day: date, least: int, most: int) -> date:
        return day + timedelta(days=rng.randint(least, most))

    def episode() -> Episode:
        referred = FIRST + timedelta(days=rng.randint(0, 200))
        began = after(referred, 1, 3)
        assessment = Assessment(
            began, None, after(began, 20, 45), tuple(rng.sample(FACTORS, rng.randint(1, 4)))
        )
        enquiries, plans = (), ()
        if rng.random() < 0.25:
            held = after(began, 10, 20)
            enquiries = (Section47(began, after(began, 21, 21), held, False),)
            reviews = (after(held, 80, 92),)
            plans = (
                ProtectionPlan(held, None, "NEG", rng.choice(("NEG", "EMO")), rng.randint(0, 2), reviews),
            )
        closed = after(referred, 60, 150) if rng.random() < 0.6 and not plans else None
        return Episode(
            referred, rng.choice(("1A", "2A", "3A", "6")), rng.choice(("N1", "N4", "N5")), closed,
            "RC8" if closed else None, None, False, (assessment,),
            () if plans else (CinPlan(after(began, 30, 40), closed),), enquiries, plans,
        )  # fmt: skip

    for count in range(number):
        born = date(2008, 4, 1) + timedelta(days=rng.randint(0, 6200))
        yield Child(
            child_id=f"WEN{count:07}", upn_unknown="UN2", born_on=born, sex=rng.choice("MF"),
            ethnicity=rng.choice(ETHNICITIES), disabilities=("NONE",) if rng.random() < 0.9 else ("LD",),
            episodes=tuple(episode() for _ in range(rng.choice((1, 1, 1, 2)))),
        )  # fmt: skip


def write(path: Path, number: int) -> None:
    """An invented census file."""
    from django.utils import timezone

    from wenlock.returns.cin.census import header_for
    from wenlock.returns.cin.writing import write_census

    header = header_for(
        year=YEAR, authority="893", software="Wenlock", release="0", serial="001", made_at=timezone.now()
    )
    with path.open("wb") as stream:
        write_census(stream, header=header, children=children(number), year=YEAR)  # type: ignore[arg-type]


@contextmanager
def installation() -> Iterator[object]:
    """An installation that is thrown away, with one data officer; gives the officer."""
    from wenlock.base import server as servers

    with servers.throwaway(durable=True) as server:
        server.home.keep(mode="demo")
        os.environ["WENLOCK_HOME"] = str(server.home.root)
        os.environ["DJANGO_SETTINGS_MODULE"] = "wenlock.web.settings"
        import django

        django.setup()
        from django.utils import timezone

        from wenlock.council.actions import join_team, make_team
        from wenlock.security.models import Actor
        from wenlock.web.setup import make_ready

        make_ready(home=server.home, server=server, say=lambda line: None)
        officer = Actor(name="Femi Adeyemi", email="femi@wenlock.example")
        officer.set_unusable_password()
        officer.save()
        purposes = ["children-in-need", "statutory-returns"]
        team = make_team(code="data", name="Performance and data", purposes=purposes, using="owner")
        join_team(actor=officer, team=team, role="data-officer", at=timezone.now(), by=None, using="owner")
        yield officer


def timed(rows: list[tuple[str, float, int]], name: str, act: Callable[[], object]) -> object:
    """Do something, and note how long it took and the most memory held so far, in megabytes."""
    began = time.perf_counter()
    made = act()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows.append(
        (name, time.perf_counter() - began, peak // (1 << 20 if sys.platform == "darwin" else 1 << 10))
    )
    return made


def measure(officer: object, folder: Path, number: int) -> bool:
    """Bring in, bring in again, build, compare, and print the table. True if both say the same."""
    from django.utils import timezone

    from wenlock.returns.cin.actions import import_census
    from wenlock.returns.cin.comparing import differences
    from wenlock.returns.cin.reading import read_whole
    from wenlock.returns.cin.releasing import release_census

    given, made = folder / "given.xml", folder / "built.xml"
    write(given, number)
    rows: list[tuple[str, float, int]] = []

    def bring_in() -> object:
        with given.open("rb") as stream:
            return import_census(stream=stream, file_name=given.name, by=officer, at=timezone.now())  # type: ignore[arg-type]

    first = timed(rows, "bring in", bring_in)
    again = timed(rows, "bring in again", bring_in)
    timed(
        rows, "build and release", lambda: release_census(year=YEAR, out=made, by=officer, at=timezone.now())
    )  # type: ignore[arg-type]
    size, things = given.stat().st_size / 2**20, sum(first.counts.values())  # type: ignore[attr-defined]
    print(f"{number} children, {size:.1f} MB, {things} things counted")
    print(f"{'':<20}{'seconds':>10}{'children/s':>12}{'peak MB':>10}")
    for name, seconds, peak in rows:
        print(f"{name:<20}{seconds:>10.1f}{number / seconds:>12.0f}{peak:>10}")
    with given.open("rb") as one, made.open("rb") as other:
        left = differences(read_whole(one), read_whole(other))
    same = again.changed_nothing  # type: ignore[attr-defined]
    print(f"differences: {len(left)}; added the second time: {'nothing' if same else 'something'}")
    return same and not left


def main() -> int:
    asked = parse()
    with tempfile.TemporaryDirectory() as thrown_away, installation() as officer:
        return 0 if measure(officer, asked.folder or Path(thrown_away), asked.children) else 1


if __name__ == "__main__":
    sys.exit(main())
