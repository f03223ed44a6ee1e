"""How well the search copes with what people type: ten kinds of corruption, a million invented people.

Run: .venv/bin/python -m benchmarks.search [PEOPLE] [QUERIES OF EACH KIND] [SEED]

Each query is made from somebody drawn at random and typed as a worker types it: a name and what else they were told. A
misspelt common name alone identifies nobody, here as at the front door, so every kind but the last two gives the name
with the birth: the year only in half of them, but for one of the hundred commonest family names the whole date, as whoever
looks for a Smith would. The kinds:

 1 misspelt       one letter wrong, missing or added in the given or the family name; two in a name of seven or more
 2 letters        two letters changed over
 3 sound          respelt as it sounds: Phillips as Filips, Knight as Nite
 4 another form   a pet name or another spelling, or the name in full for one recorded by its pet name
 5 turned         the family name first, without a comma
 6 double         half of a double-barrelled name, its halves the other way round, or a space for the hyphen
 7 other writing  a middle name added or left out, an accent or apostrophe dropped or added, a known-as or former name
 8 birth          the name as recorded, and the day and month changed over, or a day, a month or a year out
 9 postcode       the name, in a third of them with a letter wrong, and the sector, or for a rarer name the district
10 number         a number with spaces, hyphens or small letters; or its first eight figures

recall@5 is the share whose person is among the first five. The time is one statement's, as its client waits for it, for a
manager of the whole service; the first of each kind is left out, since it fills the caches. Beside it stands the
processor's time alone (Linux), which a busy machine does not lengthen.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.council import Body, Council, council, quantile
from benchmarks.names import COMMON, given_names
from wenlock.people.folding import folded

PURPOSE = "children-in-need"
ON = date(2026, 11, 22)
SEED = 7
LETTERS = "abcdefghijklmnopqrstuvwxyz"
RESPELT = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("ee", "ea"), ("ea", "ee"), ("ie", "y"), ("y", "i"), ("ai", "ay"), ("ow", "o"),
    ("ou", "oo"), ("kn", "n"), ("wr", "r"), ("wh", "w"), ("ll", "l"), ("tt", "t"), ("nn", "n"), ("ss", "s"), ("rr", "r"),
    ("dd", "d"), ("x", "ks"), ("ce", "se"), ("gh", ""), ("mb", "m"), ("c", "k"), ("k", "c"), ("z", "s"), ("i", "y"),
    ("or", "er"), ("er", "ar"), ("l", "ll"), ("n", "nn"),
)  # fmt: skip


class Typist:
    """Types what somebody is known by, wrongly: each kind gives what was typed, or None if this person cannot have it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def birth(self, body: Body) -> str:
        """The whole date, in one of the ways it is written; or the year alone, for half of the rarer names."""
        if folded(body.family) not in {folded(name) for name in COMMON[:100]} and self.chance.random() < 0.5:
            return str(body.born.year)
        return self.written(body.born)

    def written(self, day: date) -> str:
        forms = (
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d.%m.%y}",
            f"{day.day} {day:%B} {day.year}",
            f"{day:%d-%m-%Y}",
        )
        return self.chance.choice(forms)

    def either(self, body: Body, change: Callable[[str], str | None]) -> str | None:
        """The first given name and the family name, one of the two changed."""
        first, family = body.given.split()[0], body.family
        in_family = self.chance.random() < 0.6
        changed = change(family if in_family else first)
        if changed is None:
            return None
        return f"{first} {changed}" if in_family else f"{changed} {family}"

    def wrong(self, name: str, letters: int = 1) -> str | None:
        if len(name) < 4:
            return None
        for _ in range(letters):
            at = self.chance.randrange(1, len(name))
            letter = self.chance.choice(LETTERS)
            new = (letter + name[at], letter, "")[self.chance.randrange(3)]
            name = name[:at] + new + name[at + 1 :]
        return name

    def misspelt(self, body: Body) -> str | None:
        def change(name: str) -> str | None:
            return self.wrong(name, 2 if len(name) >= 7 and self.chance.random() < 0.5 else 1)

        typed = self.either(body, change)
        return typed and f"{typed} {self.birth(body)}"

    def letters(self, body: Body) -> str | None:
        def change(name: str) -> str | None:
            places = [at for at in range(len(name) - 1) if name[at].lower() != name[at + 1].lower()]
            if len(name) < 4 or not places:
                return None
            at = self.chance.choice(places)
            return (name[:at] + name[at + 1] + name[at] + name[at + 2 :]).title()

        typed = self.either(body, change)
        return typed and f"{typed} {self.birth(body)}"

    def sound(self, body: Body) -> str | None:
        def change(name: str) -> str | None:
            able = [
                (old, new)
                for old, new in RESPELT
                if old in name[1:].lower() or (len(old) > 1 and old in name.lower())
            ]
            for old, new in self.chance.sample(able, min(len(able), 1 + (len(name) > 6))):
                name = name.lower().replace(old, new, 1)
            return name.title() if able else None

        typed = self.either(body, change)
        return typed and f"{typed} {self.birth(body)}"

    def another_form(self, body: Body) -> str | None:
        from wenlock.people.nicknames import forms_of

        forms = forms_of(body.given.split()[0], on=ON)
        return f"{self.chance.choice(forms).title()} {body.family} {self.birth(body)}" if forms else None

    def turned(self, body: Body) -> str | None:
        return f"{body.family} {body.given.split()[0]} {self.birth(body)}"

    def double(self, body: Body) -> str | None:
        halves = body.family.split("-")
        if len(halves) != 2:
            return None
        family = self.chance.choice([halves[0], halves[1], "-".join(halves[::-1]), " ".join(halves)])
        return f"{body.given.split()[0]} {family} {self.birth(body)}"

    def other_writing(self, body: Body) -> str | None:
        given, family = body.given, body.family
        if body.other and self.chance.random() < 0.8:
            _, given, family = body.other
        elif folded(given) != given.upper() or "'" in family:
            family = family.replace("'", self.chance.choice(["", " ", "’"]))
            given = folded(given).title()
        elif " " in given:
            given = given.split()[0]
        else:
            given = f"{given} {self.chance.choice(given_names())}"
        return f"{given} {family} {self.birth(body)}"

    def birth_out(self, body: Body) -> str | None:
        day = body.born
        ways = [day + timedelta(1), day - timedelta(1)]
        if day.day <= 12 and day.day != day.month:
            ways += [date(day.year, day.day, day.month)] * 2
        if day.day <= 28:
            ways += [day.replace(month=day.month + 1) if day.month < 12 else day.replace(month=11)]
            ways += [day.replace(year=day.year - 1), day.replace(year=day.year + 1)]
        return f"{body.given.split()[0]} {body.family} {self.written(self.chance.choice(ways))}"

    def postcode(self, body: Body) -> str | None:
        if not body.postcode:
            return None
        rare = folded(body.family) not in {folded(name) for name in COMMON}
        wrong = rare and self.chance.random() < 0.45
        typed = self.either(body, self.wrong) if wrong else f"{body.given.split()[0]} {body.family}"
        place = (
            body.postcode.split()[0]
            if rare and not wrong and self.chance.random() < 0.5
            else body.postcode[:-2]
        )
        if not rare:
            place = body.postcode
        return typed and f"{typed} {place.lower() if self.chance.random() < 0.3 else place}"

    def number(self, body: Body) -> str | None:
        nhs, own = body.nhs, body.council_number
        return self.chance.choice([
            f"{nhs[:3]} {nhs[3:6]} {nhs[6:]}", f"{nhs[:3]}-{nhs[3:6]}-{nhs[6:]}", nhs[:8], own.lower(), f"{own[0]} {own[1:]}",
        ])  # fmt: skip

    def kinds(self) -> Iterator[tuple[str, Callable[[Body], str | None]]]:
        yield "misspelt", self.misspelt
        yield "letters", self.letters
        yield "sound", self.sound
        yield "another form", self.another_form
        yield "turned", self.turned
        yield "double", self.double
        yield "other writing", self.other_writing
        yield "birth", self.birth_out
        yield "postcode", self.postcode
        yield "number", self.number


def measure(
    of: Council,
    queries: int,
    *,
    seed: int = SEED,
    missed: Callable[[str, str, Body], None] = lambda *_: None,
) -> None:
    """Type each kind so many times and print how often the person was found, and how long the database took."""
    typist = Typist(seed)
    open_to_all = [body for body in of.sample if not body.restricted]
    print(f"{'kind':<16}{'queries':>8}{'recall@5':>10}{'p50 ms':>9}{'p95 ms':>9}{'p95 cpu':>9}", flush=True)
    every: list[tuple[float, float]] = []
    found_of_all = 0
    for kind, typed_as in typist.kinds():
        times: list[tuple[float, float]] = []
        found = 0
        while len(times) < queries:
            body = typist.chance.choice(open_to_all)
            typed = typed_as(body)
            if typed is None:
                continue
            if not times:
                asked(of, typed)
            people, taken = asked(of, typed)
            times.append(taken)
            if body.person in people[:5]:
                found += 1
            else:
                missed(kind, typed, body)
        every += times
        found_of_all += found
        told(kind, times, found)
    told("overall", every, found_of_all)


def told(kind: str, times: list[tuple[float, float]], found: int) -> None:
    waited, worked = [one for one, _ in times], [one for _, one in times]
    print(
        f"{kind:<16}{len(times):>8}{found / len(times):>10.3f}{quantile(waited, 0.5):>9.1f}{quantile(waited, 0.95):>9.1f}"
        f"{quantile(worked, 0.95):>9.1f}",
        flush=True,
    )


def asked(of: Council, typed: str) -> tuple[list[object], tuple[float, float]]:
    """Whom a manager of the whole service finds, and how long the statement took and worked, in seconds."""
    from django.db import connection

    from wenlock.people.search import read, search
    from wenlock.security.context import acting

    terms = read(typed, on=ON)
    taken: list[tuple[float, float]] = []

    def timed(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if "search_people_v1" not in sql:
            return execute(sql, *rest)
        server = connection.connection.info.backend_pid
        worked, began = processor(server), time.perf_counter()
        answer = execute(sql, *rest)
        taken.append((time.perf_counter() - began, processor(server) - worked))
        return answer

    with acting(actor=of.wide, purpose=PURPOSE), connection.execute_wrapper(timed):
        matches, _ = search(terms)
    assert len(taken) == 1
    return [match.person for match in matches], taken[0]


def processor(process: int) -> float:
    """The processor time a process has had, in seconds; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/schedstat")
    return int(told.read_text("ascii").split()[0]) / 1e9 if told.exists() else 0.0


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    with council(people=numbers[0] if numbers else 1_000_000) as the_council:
        measure(
            the_council,
            numbers[1] if len(numbers) > 1 else 200,
            seed=numbers[2] if len(numbers) > 2 else SEED,
            missed=lambda kind, typed, body: print(
                "   missed", typed, "|", body.given, body.family, body.born, body.other or "", flush=True
            ),
        )
