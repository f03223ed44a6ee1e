"""How the council's work with a family runs: the days of each step, in the field's rhythms, never past today.

The rhythms are those of Working Together 2023: an assessment within 45 working days of the referral, a
conference within 15 working days of the strategy discussion, a first review within three months of the
conference and later ones within six. Some are late, as they are everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wenlock.demo.story import Assessed, Discussed, Enquired, Planned, Protected, Reviewed
from wenlock.law.calendars import ENGLAND

ASSESSMENT_WITHIN, CONFERENCE_WITHIN = 45, 15
LATE_ASSESSMENT, LATE_CONFERENCE, LATE_REVIEW = 0.13, 0.12, 0.08
_ALSO_CALLED: tuple[tuple[str, ...], ...] = ((), ("Education",), ("Housing",))
_CATEGORIES = {"NEG": 47, "EMO": 37, "PHY": 10, "SAB": 6}


def after(day: date, count: int) -> date:
    """The `count`th working day after `day`; for 0, the day itself."""
    return ENGLAND.working_day_after(day, count) if count else day


def on_or_before(day: date) -> date:
    """The last working day up to and including `day`."""
    while not ENGLAND.is_working_day(day):
        day -= timedelta(days=1)
    return day


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"{day} and {months} months")


@dataclass
class Course:
    """What happened after one referral, as far as it has got."""

    referred_on: date
    no_further_action: bool | None = False
    closed_on: date | None = None
    reason: str = ""
    assessments: list[Assessed] = field(default_factory=list)
    plans: list[Planned] = field(default_factory=list)
    discussions: list[Discussed] = field(default_factory=list)

    @property
    def protection(self) -> Protected | None:
        """The protection plan, if there has been one."""
        for discussion in self.discussions:
            if discussion.enquiry and discussion.enquiry.plan:
                return discussion.enquiry.plan
        return None


class Runner:
    """Runs one course, and stops where `on` has not yet come."""

    def __init__(self, random: Random, on: date, referred_on: date) -> None:
        self.random, self.on = random, on
        self.course = Course(referred_on)

    def between(self, day: date, least: int, most: int) -> date:
        """Some working day `least` to `most` working days after another."""
        return after(day, self.random.randint(least, most))

    def come(self, day: date | None) -> date | None:
        """The day if it has come, else None."""
        return day if day is not None and day <= self.on else None

    def close(self, day: date, reason: str) -> None:
        """Close the episode on a day, unless that day is still to come."""
        if self.come(day):
            self.course.closed_on, self.course.reason = day, reason

    def assess(self) -> date | None:
        """Assess the children. The day it was authorised; None if it has not been."""
        began_on = self.between(self.course.referred_on, 1, 2)
        if not self.come(began_on):
            return None
        late = self.random.random() < LATE_ASSESSMENT
        length = (
            self.random.randint(ASSESSMENT_WITHIN + 1, 68)
            if late
            else self.random.randint(11, ASSESSMENT_WITHIN)
        )
        authorised_on = self.come(after(self.course.referred_on, length))
        review_on = self.come(min(after(began_on, 10), after(self.course.referred_on, length)))
        self.course.assessments.append(Assessed(began_on, review_on, authorised_on))
        return authorised_on

    def plan(self, day: date, *, shortest: int, longest: int) -> None:
        """Help under a child in need plan, then close."""
        began_on = self.between(day, 1, 5)
        if not self.come(began_on):
            return
        last = began_on + timedelta(days=self.random.randint(shortest, longest))
        ended_on = self.come(after(last, 1)) if last < self.on else None
        self.course.plans.append(Planned(began_on, ended_on))
        if ended_on is None:
            return
        reason = self.random.choices(["RC7", "RC5", "RC3", "RC4", "RC6"], [88, 6, 3, 2, 1])[0]
        self.close(self.between(ended_on, 0, 4), reason)

    def discuss(self) -> None:
        """Meet with police and health, and go where that leads, while the assessment goes on."""
        authorised_on = self.assess()
        held_on = self.between(self.course.referred_on, 1, 3)
        if not self.come(held_on):
            return
        decided = self.random.choices(["section-47", "section-17", "no-further-action"], [78, 15, 7])[0]
        agencies = ["Children's social care", "Police", "Health", *self.random.choice(_ALSO_CALLED)]
        enquiry = self.enquire(held_on) if decided == "section-47" else None
        self.course.discussions.append(Discussed(held_on, decided, tuple(agencies), enquiry))
        self._afterwards(enquiry, authorised_on)

    def _afterwards(self, enquiry: Enquired | None, authorised_on: date | None) -> None:
        if enquiry and (
            enquiry.plan or (enquiry.outcome == "substantiated-conference" and not enquiry.conference_on)
        ):
            protected = enquiry.plan
            if protected and protected.ended_on and authorised_on:
                self.plan(max(protected.ended_on, authorised_on), shortest=40, longest=150)
        elif enquiry and not enquiry.outcome:
            return
        elif authorised_on and enquiry and enquiry.conference_on:
            self.plan(max(enquiry.conference_on, authorised_on), shortest=60, longest=200)
        elif authorised_on and self.random.random() < 0.45:
            self.plan(
                max(authorised_on, (enquiry and enquiry.ended_on) or authorised_on), shortest=70, longest=240
            )
        elif authorised_on:
            self.close(
                self.between(max(authorised_on, (enquiry and enquiry.ended_on) or authorised_on), 0, 3), "RC7"
            )

    def enquire(self, held_on: date) -> Enquired:
        """Enquire under section 47, from the day of the discussion."""
        ended_on = self.come(self.between(held_on, 6, 13))
        outcome = ""
        if ended_on:
            outcomes = ["not-substantiated", "substantiated-no-risk", "substantiated-conference"]
            outcome = self.random.choices(outcomes, [32, 14, 54])[0]
        conference_on = None
        if ended_on and outcome == "substantiated-conference":
            late = self.random.random() < LATE_CONFERENCE
            least, most = (CONFERENCE_WITHIN + 1, 24) if late else (13, CONFERENCE_WITHIN)
            conference_on = self.come(self.between(held_on, least, most))
        plan = self.protect(conference_on) if conference_on and self.random.random() < 0.86 else None
        return Enquired(held_on, after(held_on, CONFERENCE_WITHIN), ended_on, outcome, conference_on, plan)

    def protect(self, conference_on: date) -> Protected:
        """Protect the children under a plan made on the day of the conference, until a review ends it."""
        categories = [(self._category(""), conference_on)]
        reviews: list[Reviewed] = []
        due_on, ended_on = months_after(conference_on, 3), None
        while ended_on is None and (held_on := self._review_day(due_on)) is not None:
            continues = self.random.random() < (0.8 if not reviews else 0.45 if len(reviews) < 3 else 0.2)
            reviews.append(Reviewed(due_on, held_on, continues))
            if not continues:
                ended_on = held_on
            elif self.random.random() < 0.18:
                categories.append((self._category(categories[-1][0]), held_on))
            due_on = months_after(held_on, 6)
        return Protected(conference_on, ended_on, tuple(categories), tuple(reviews))

    def _review_day(self, due_on: date) -> date | None:
        if due_on - timedelta(days=12) > self.on:
            return None
        if self.random.random() < LATE_REVIEW:
            return self.come(self.between(due_on, 1, 14))
        return self.come(on_or_before(due_on - timedelta(days=self.random.randint(0, 12))))

    def _category(self, but: str) -> str:
        left = {code: weight for code, weight in _CATEGORIES.items() if code != but}
        return self.random.choices(list(left), list(left.values()))[0]


def no_further_action(run: Runner) -> None:
    """A referral that goes no further: decided within one working day, and undecided until then."""
    run.close(run.between(run.course.referred_on, 0, 1), "RC7")
    run.course.no_further_action = True if run.course.closed_on else None


def assessed_and_closed(run: Runner) -> None:
    """An assessment that finds no need of a plan."""
    authorised_on = run.assess()
    if authorised_on:
        run.close(run.between(authorised_on, 0, 3), run.random.choices(["RC8", "RC9"], [75, 25])[0])


def in_need(run: Runner) -> None:
    """An assessment, then a child in need plan."""
    authorised_on = run.assess()
    if authorised_on:
        run.plan(authorised_on, shortest=75, longest=330)


def in_need_of_protection(run: Runner) -> None:
    """A strategy discussion, and what follows from it."""
    run.discuss()


ROUTES: dict[Callable[[Runner], None], int] = {
    no_further_action: 14,
    assessed_and_closed: 34,
    in_need: 24,
    in_need_of_protection: 34,
}


def run_course(*, random: Random, on: date, referred_on: date, protected_before: bool = False) -> Course:
    """What followed a referral, as far as it had got by `on`. One protected once is likelier to be again."""
    run = Runner(random, on, referred_on)
    weights = ROUTES | (
        {in_need_of_protection: 3 * ROUTES[in_need_of_protection]} if protected_before else {}
    )
    random.choices(list(weights), list(weights.values()))[0](run)
    return run.course
