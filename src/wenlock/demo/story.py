"""What an invented council is made of: people, homes, and what happened. Values, with no rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Reach:
    """A way to reach somebody; `safe` is False where using it could do harm."""

    kind: str
    value: str
    safe: bool = True


@dataclass(frozen=True)
class Tongue:
    """A language somebody speaks."""

    name: str
    first: bool
    interpreter: bool


@dataclass(frozen=True)
class Caution:
    """A warning on a record. `disclosed` says whether the person was told; if not, `silence` says why."""

    kind: str
    detail: str
    began_on: date
    review_on: date
    disclosed: bool
    silence: str = ""
    ended_on: date | None = None


@dataclass(eq=False)
class Person:
    """Somebody invented. `born_on` is None for a child not yet born, who has `expected_on` instead."""

    id: UUID
    given: str
    family: str
    sex: str
    born_on: date | None
    heritage: str
    ethnicity: str
    is_child: bool
    expected_on: date | None = None
    died_on: date | None = None
    mother: "Person | None" = None
    father: "Person | None" = None
    other_names: list[tuple[str, str, str]] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    no_upn_because: str = ""
    reached_by: list[Reach] = field(default_factory=list)
    speaks: list[Tongue] = field(default_factory=list)
    disabilities: list[str] = field(default_factory=list)
    needs: list[tuple[str, str]] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)

    def age(self, on: date) -> int:
        """Whole years on a day; -1 before birth."""
        if self.born_on is None or self.born_on > on:
            return -1
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))


@dataclass(frozen=True, eq=False)
class Tie:
    """`other` is the `kind` of `person`. A `basis` gives `other` parental responsibility."""

    person: Person
    other: Person
    kind: str
    basis: str = ""
    main_carer: bool | None = None
    together: bool | None = None
    until_on: date | None = None


@dataclass(frozen=True, eq=False)
class Stay:
    """Somebody's time at an address: `from_on` and `until_on` are None where nobody said."""

    person: Person
    kind: str = "home"
    from_on: date | None = None
    until_on: date | None = None


@dataclass(eq=False)
class Home:
    """An address, and who lives or lived there."""

    id: UUID
    lines: tuple[str, ...]
    postcode: str
    uprn: str
    stays: list[Stay]
    confidential: bool = False


@dataclass(eq=False)
class Family:
    """People who belong together, if not under one roof. `side` of the county is East or West."""

    shape: str
    side: str
    people: list[Person] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    fled: bool = False

    @property
    def children(self) -> list[Person]:
        """Those under eighteen, born or expected."""
        return [person for person in self.people if person.is_child]


@dataclass(frozen=True)
class Assessed:
    """A child and family assessment; unfinished while `authorised_on` is None."""

    began_on: date
    review_on: date | None
    authorised_on: date | None
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A child in need plan. `as_received` marks one kept as a file gave it, faults and all."""

    began_on: date
    ended_on: date | None
    as_received: bool = False


@dataclass(frozen=True)
class Visited:
    """A visit, for a duty of the code set."""

    on: date
    duty: str
    seen: bool = True
    alone: bool = False
    bedroom: bool | None = None
    place: str = ""


@dataclass(frozen=True)
class Reviewed:
    """A review conference: when it was due and held, and whether the plan goes on."""

    due_on: date
    held_on: date
    continues: bool
    participation: str = ""


@dataclass(frozen=True)
class Protected:
    """A child protection plan, with its categories (code, since) in order and its reviews."""

    began_on: date
    ended_on: date | None
    categories: tuple[tuple[str, date], ...]
    reviews: tuple[Reviewed, ...]
    previous: int = 0


@dataclass(frozen=True)
class Enquired:
    """A section 47 enquiry, the conference it led to (None if none yet, or none needed) and its plan."""

    began_on: date
    target_on: date
    ended_on: date | None
    outcome: str
    conference_on: date | None
    plan: Protected | None

    @property
    def conference_not_required(self) -> bool:
        """Whether the enquiry ended without need of a conference."""
        return self.outcome in ("not-substantiated", "substantiated-no-risk")


@dataclass(frozen=True)
class Discussed:
    """A strategy discussion, what it decided, and the enquiry it began, if it began one."""

    on: date
    decided: str
    agencies: tuple[str, ...]
    enquiry: Enquired | None


@dataclass(frozen=True, eq=False)
class Episode:
    """One child's social care episode. `no_further_action` is None until it is decided."""

    id: UUID
    child: Person
    referred_on: date
    source: str
    referrer: str
    need: str
    no_further_action: bool | None
    closed_on: date | None
    reason: str
    assessments: tuple[Assessed, ...] = ()
    plans: tuple[Planned, ...] = ()
    visits: tuple[Visited, ...] = ()
    discussions: tuple[Discussed, ...] = ()


@dataclass(frozen=True)
class Given:
    """A case given to a worker (by slug) or, with role "team", to a team (by code) for a time."""

    to: str
    role: str
    from_on: date
    until_on: date | None
    by: str


@dataclass(eq=False)
class Involvement:
    """The council's work with one family from one referral on: each child's episode, and who worked."""

    family: Family
    episodes: list[Episode]
    given: list[Given]
    meeting: UUID
    place: str

    @property
    def is_open(self) -> bool:
        """Whether any child's episode is open."""
        return any(episode.closed_on is None for episode in self.episodes)

    def workers(self, role: str) -> list[str]:
        """Who has held a role, in order."""
        return [given.to for given in self.given if given.role == role]


@dataclass(frozen=True, eq=False)
class Written:
    """A case note. `about` is each child, whether seen, and whether alone; `final` is False for a draft."""

    id: UUID
    author: str
    kind: str
    title: str
    text: str
    happened_at: datetime
    recorded_at: datetime
    about: tuple[tuple[Person, bool | None, bool | None], ...]
    final: bool = True
    significant: bool = False
    third_party: bool = False
    corrects: "Written | None" = None
    retracted_because: str = ""


@dataclass(frozen=True, eq=False)
class Closed:
    """People whose record is closed to all but those named."""

    people: tuple[Person, ...]
    reason: str
    names: tuple[str, ...]
    review_on: date


@dataclass(frozen=True, eq=False)
class Conflicted:
    """A worker's conflict of interest with somebody; `ended_by` is who ended it, or empty."""

    worker: str
    person: Person
    kind: str
    ended_by: str = ""


@dataclass(eq=False)
class Council:
    """The whole invention, as it stands on a day."""

    on: date
    families: list[Family]
    involvements: list[Involvement]
    notes: list[Written] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    conflicts: list[Conflicted] = field(default_factory=list)
    emergencies: list[tuple[Person, str, bool]] = field(default_factory=list)
    corrected: list[tuple[Person, date, str]] = field(default_factory=list)
    mistaken: dict[str, list[UUID]] = field(default_factory=dict)

    @property
    def people(self) -> list[Person]:
        """Everybody."""
        return [person for family in self.families for person in family.people]

    @property
    def episodes(self) -> list[Episode]:
        """Every child's every episode."""
        return [episode for involvement in self.involvements for episode in involvement.episodes]
