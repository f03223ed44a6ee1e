"""Case notes: what workers wrote of the children they visited, with slips and second thoughts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from wenlock.demo import cast, words
from wenlock.demo.courses import after
from wenlock.demo.people import new_uuid
from wenlock.demo.places import SCHOOLS
from wenlock.demo.story import Involvement, Person, Written
from wenlock.law.calendars import LONDON

_NAMES = {each.slug: each.name for each in cast.EVERYONE}
_MANAGERS = {each.team: each.slug for each in cast.EVERYONE if each.role == "team-manager"}


def moment(random: Random, day: date, *, earliest: int = 9, latest: int = 17) -> datetime:
    """A time of the working day."""
    return datetime.combine(
        day, time(random.randint(earliest, latest - 1), random.choice(range(0, 60, 5))), LONDON
    )


class Notebook:
    """Writes the notes of one involvement."""

    def __init__(self, random: Random, on: date, involvement: Involvement) -> None:
        self.random, self.on, self.involvement = random, on, involvement
        self.children = [episode.child for episode in involvement.episodes]
        self.school = random.choice(SCHOOLS)

    def all(self, *, most: int) -> Iterator[Written]:
        """The latest visits, at most `most`, and the calls, meetings and letters between them."""
        visited: dict[date, None] = {}
        for episode in self.involvement.episodes:
            visited |= {
                visit.on: None for visit in episode.visits if visit.on < self.on and self._worker_on(visit.on)
            }
        for day in sorted(visited)[-most:]:
            yield self.visit(day)
        for day in sorted(visited)[-most::3]:
            yield from self._between_visits(day)

    def visit(self, day: date) -> Written:
        """The note of a visit, about every child of the visit, each seen or not."""
        about = []
        for episode in self.involvement.episodes:
            seen = next((visit for visit in episode.visits if visit.on == day), None)
            if seen:
                about.append((episode.child, seen.seen, seen.alone))
        if not any(seen for _, seen, _ in about) and all(child.age(day) >= 0 for child, _, _ in about):
            text = self._fill("Nobody was in at {place}. I left a card and sent a text to {carer}.")
            return self._write(day, "visit", "Visit tried, nobody in", text, about)
        return self._write(day, "visit", self._title(about), self._account(day, about), about)

    def _account(self, day: date, about: list[tuple[Person, bool, bool]]) -> str:
        if all(child.age(day) < 0 for child, _, _ in about):
            return self._fill(" ".join(self.random.sample(words.UNBORN, 2)))
        lines = [self._fill(self.random.choice(words.ARRIVALS))]
        for child, seen, _ in about:
            if seen:
                lines.append(self._fill(self.random.choice(self._of_age(child.age(day))), child))
        lines += [
            self._fill(line) for line in self.random.sample(words.OBSERVATIONS, self.random.choice([1, 1, 2]))
        ]
        lines.append(self._fill(self.random.choice(self._fit(words.PLANS, self.children[0], day))))
        return "\n\n".join(dict.fromkeys(lines))

    @staticmethod
    def _of_age(age: int) -> tuple[str, ...]:
        return words.BABIES if age < 2 else words.TODDLERS if age < 4 else words.CHILDREN_SAID

    @staticmethod
    def _fit(pool: Sequence[Any], child: Person, day: date) -> list[Any]:
        """What may be said of a child of that age: nothing about school before there is one."""
        return [words for words in pool if child.age(day) >= 4 or "school" not in str(words)]

    def _title(self, about: list[tuple[Person, bool, bool]]) -> str:
        names = [child.given for child, seen, _ in about if seen] or ["the family"]
        return (
            f"Visit to {' and '.join(names)}"
            if len(names) < 3
            else f"Visit to {', '.join(names[:-1])} and {names[-1]}"
        )

    def _between_visits(self, day: date) -> Iterator[Written]:
        child = self.random.choice(self.children)
        kind, pool = self.random.choice(
            [
                ("telephone", words.CALLS),
                ("telephone", words.CALLS),
                ("meeting", words.MEETINGS),
                ("management", words.OVERSIGHT),
                ("letter", words.LETTERS),
            ]
        )
        when = after(day, self.random.randint(1, 3))
        if when >= self.on or child.age(day) < 0 or not self._worker_on(when):
            return
        title, text = self.random.choice(self._fit(pool, child, when))
        author = self._manager_on(when) if kind == "management" else None
        whom = self.children if kind in ("meeting", "management") else [child]
        about = [(person, None, None) for person in whom]
        yield self._write(
            when,
            kind,
            self._fill(title, child),
            self._fill(text, child),
            about,
            author=author,
            significant=kind == "meeting",
            third_party="grandmother" in text or "police" in title.lower(),
        )

    def _write(
        self,
        day: date,
        kind: str,
        title: str,
        text: str,
        about: list,
        *,
        author: str | None = None,
        significant: bool = False,
        third_party: bool = False,
    ) -> Written:
        happened_at = moment(self.random, day, latest=16)
        days_later = self.random.choices([0, 1, 2, 3, 6], [50, 28, 12, 7, 3])[0]
        recorded_at = happened_at + timedelta(days=days_later, minutes=self.random.randint(15, 90))
        return Written(
            id=new_uuid(self.random),
            author=author or self._worker_on(day),
            kind=kind,
            title=title,
            text=text,
            happened_at=happened_at,
            recorded_at=recorded_at,
            about=tuple(about),
            significant=significant,
            third_party=third_party,
        )

    def _worker_on(self, day: date) -> str:
        for given in self.involvement.given:
            if (
                given.role == "case-worker"
                and given.from_on <= day
                and (given.until_on is None or day < given.until_on)
            ):
                return given.to
        return ""

    def _manager_on(self, day: date) -> str:
        for given in self.involvement.given:
            ended = given.until_on is not None and given.until_on <= day
            if given.role == "team" and given.to in _MANAGERS and given.from_on <= day and not ended:
                return _MANAGERS[given.to]
        return ""

    def _fill(self, text: str, child: Person | None = None) -> str:
        child = child or self.children[0]
        worker = self.involvement.workers("case-worker")[-1]
        names = [one.given for one in self.children]
        return text.format(
            child=child.given,
            children=" and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names),
            carer=self._carer(child),
            place=self.involvement.place,
            school=self.school,
            worker=_NAMES[worker],
        )

    def _carer(self, child: Person) -> str:
        for tie in self.involvement.family.ties:
            if tie.person is child and tie.main_carer:
                return tie.other.given
        return "The carer"


def second_thoughts(random: Random, notes: list[Written]) -> list[Written]:
    """The notes with what became of a few: four corrected, two retracted, and four that are still drafts."""
    visits = [note for note in notes if note.kind == "visit" and note.about]
    chosen = random.sample(visits, 6)
    told = dict(zip((note.id for note in chosen[4:]), words.RETRACTED, strict=True))
    notes = [replace(note, retracted_because=told.get(note.id, "")) for note in notes]
    same = {note.id: note for note in notes}
    corrections = [
        _correction(random, same[note.id], why) for note, why in zip(chosen[:4], words.CORRECTED, strict=True)
    ]
    return [*notes, *corrections, *_drafts(random, notes)]


def _correction(random: Random, note: Written, why: str) -> Written:
    return replace(
        note,
        id=new_uuid(random),
        text=f"{note.text}\n\n{why}",
        corrects=note,
        recorded_at=note.recorded_at + timedelta(hours=random.randint(2, 30)),
    )


def _drafts(random: Random, notes: list[Written]) -> Iterator[Written]:
    """Unfinished notes of the last days, two of them Amara's: a draft is seen by its author alone."""
    latest = sorted(
        (note for note in notes if note.kind == "visit"), key=lambda note: note.recorded_at, reverse=True
    )
    own = [note for note in latest if note.author == "amara"][:2]
    others = [note for note in latest if note.author != "amara"][:2]
    for note, text in zip(own + others, words.UNFINISHED, strict=True):
        yield replace(
            note,
            id=new_uuid(random),
            kind="telephone",
            title="Call after the visit",
            text=text,
            final=False,
            happened_at=note.happened_at + timedelta(hours=1),
            recorded_at=note.recorded_at + timedelta(hours=1),
            about=tuple((child, None, None) for child, _, _ in note.about),
        )
