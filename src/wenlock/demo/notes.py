"""Case notes: what workers wrote about the children they visited, with the slips and second thoughts that notes have."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

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
    return datetime.combine(day, time(random.randint(earliest, latest - 1), random.choice(range(0, 60, 5))), LONDON)


class Notebook:
    """Writes the notes of one involvement."""

    def __init__(self, random: Random, on: date, involvement: Involvement) -> None:
        self.random, self.on, self.involvement = random, on, involvement
        self.children = [episode.child for episode in involvement.episodes]
        self.school = random.choice(SCHOOLS)

    def all(self, *, most: int) -> Iterator[Written]:
        """Visits first, then calls, meetings and a manager's view, at most `most` visits among them, the latest."""
        visited: dict[date, None] = {}
        for episode in self.involvement.episodes:
            visited |= {visit.on: None for visit in episode.visits if visit.on < self.on and self._worker_on(visit.on)}
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
                pool = words.BABIES if child.age(day) < 2 else words.CHILDREN_SAID
                lines.append(self._fill(self.random.choice(pool), child))
        lines += [self._fill(line) for line in self.random.sample(words.OBSERVATIONS, self.random.choice([1, 1, 2]))]
        lines.append(self._fill(self.random.choice(words.PLANS)))
        return "\n\n".join(dict.fromkeys(lines))

    def _title(self, about: list[tuple[Person, bool, bool]]) -> str:
        names = [child.given for child, seen, _ in about if seen] or ["the family"]
        return f"Visit to {' and '.join(names)}" if len(names) < 3 else f"Visit to {', '.join(names[:-1])} and {names[-1]}"

    def _between_visits(self, day: date) -> Iterator[Written]:
        child = self.random.choice(self.children)
        kind, pool = self.random.choice(
            [("telephone", words.CALLS), ("telephone", words.CALLS), ("meeting", words.MEETINGS),
             ("management", words.OVERSIGHT), ("letter", words.LETTERS)]
        )
        when = after(day, self.random.randint(1, 3))
        if when >= self.on or child.age(day) < 0 or not self._worker_on(when):
            return
        title, text = self.random.choice(pool)
        author = self._manager_on(when) if kind == "management" else None
        whom = self.children if kind in ("meeting", "management") else [child]
        about = [(person, None, None) for person in whom]
        yield self._write(
            when, kind, self._fill(title, child), self._fill(text, child), about, author=author,
            significant=kind == "meeting", third_party="grandmother" in text or "police" in title.lower(),
        )

    def _write(
        self, day: date, kind: str, title: str, text: str, about: list, *, author: str | None = None,
        significant: bool = False, third_party: bool = False,
    ) -> Written:
        happened_at = moment(self.random, day, latest=16)
        days_later = self.random.choices([0, 1, 2, 3, 6], [50, 28, 12, 7, 3])[0]
        recorded_at = happened_at + timedelta(days=days_later, minutes=self.random.randint(15, 90))
        return Written(
            id=new_uuid(self.random), author=author or self._worker_on(day), kind=kind, title=title, text=text,
            happened_at=happened_at, recorded_at=recorded_at, about=tuple(about), significant=significant,
            third_party=third_party,
        )

    def _worker_on(self, day: date) -> str:
        for given in self.involvement.given:
            if given.role == "case-worker" and given.from_on <= day and (given.until_on is None or day < given.until_on):
                return given.to
        return ""

    def _manager_on(self, day: date) -> str:
        for given in self.involvement.given:
            if given.role == "team" and given.to in _MANAGERS and given.from_on <= day:
                if given.until_on is None or day < given.until_on:
                    return _MANAGERS[given.to]
        return ""

    def _fill(self, text: str, child: Person | None = None) -> str:
        child = child or self.children[0]
        worker = self.involvement.workers("case-worker")[-1]
        names = [one.given for one in self.children]
        return text.format(
            child=child.given, children=" and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names),
            carer=self._carer(child), place=self.involvement.place, school=self.school, worker=_NAMES[worker],
        )

    def _carer(self, child: Person) -> str:
        for tie in self.involvement.family.ties:
            if tie.person is child and tie.main_carer:
                return tie.other.given
        return "The carer"


def second_thoughts(random: Random, notes: list[Written], *, on: date) -> Iterator[Written]:
    """What later happened to some of the notes: corrections, each of another note."""
    for note in random.sample([note for note in notes if note.kind == "visit" and "alone" not in note.text], 4):
        wrong, right = ("four o'clock", "half past four") if "four o'clock" in note.text else ("Next visit", "My next visit")
        yield Written(
            id=new_uuid(random), author=note.author, kind=note.kind, title=note.title,
            text=f"{note.text.replace(wrong, right)}\n\nCorrection: an earlier version gave the wrong bus number for the"
            " school run; it is left out here.",
            happened_at=note.happened_at, recorded_at=note.recorded_at + timedelta(hours=20), about=note.about,
            corrects=note,
        )
