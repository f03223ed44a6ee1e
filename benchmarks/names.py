"""Invented people's names and where they live, as unevenly shared as in life: a few Smiths to a hundred, many rarities."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from wenlock.people.nicknames import FAMILIES

COMMON = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Patel",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
    "Roberts",
    "Green",
    "Hall",
    "Wood",
    "Khan",
    "Clarke",
    "Jackson",
    "Hughes",
    "Lewis",
    "Harris",
    "Edwards",
    "Begum",
    "Turner",
    "Cooper",
    "Ward",
    "Morris",
    "Hill",
    "Moore",
    "Lee",
    "King",
    "Baker",
    "Harrison",
    "Morgan",
    "Allen",
    "Scott",
    "Watson",
    "Phillips",
    "James",
    "Bennett",
    "Griffiths",
    "Ali",
    "Ahmed",
    "Hussain",
    "Singh",
    "Kaur",
    "Price",
    "Shaw",
    "Young",
    "Mitchell",
    "Carter",
    "Collins",
    "Kelly",
    "Murphy",
    "Parker",
    "Cook",
    "Bailey",
    "Richardson",
    "Cox",
    "Marshall",
    "Bell",
    "Davis",
    "Miller",
    "Simpson",
    "Gray",
    "Rogers",
    "Mason",
    "Owen",
    "Ellis",
    "Foster",
    "Powell",
    "Webb",
    "Hunt",
    "Murray",
    "Stevens",
    "Palmer",
    "Lloyd",
    "Pearce",
    "Jenkins",
    "Begley",
    "Rowlands",
    "Preece",
    "Kowalski",
    "Nowak",
    "Wisniewski",
    "Okafor",
    "Adeyemi",
    "Okonkwo",
    "Mensah",
    "Chen",
    "Wang",
    "Nguyen",
    "Novak",
    "Ionescu",
    "Popescu",
    "Silva",
    "Santos",
    "Costa",
]
BEGINS = [
    "Ash",
    "Beck",
    "Black",
    "Brad",
    "Bran",
    "Bred",
    "Broad",
    "Brook",
    "Burn",
    "Cald",
    "Carl",
    "Chad",
    "Chat",
    "Clif",
    "Cold",
    "Crow",
    "Dal",
    "Den",
    "Dun",
    "East",
    "Ed",
    "Ever",
    "Fair",
    "Far",
    "Fern",
    "Gar",
    "Gold",
    "Grim",
    "Hal",
    "Ham",
    "Hart",
    "Hazel",
    "Heath",
    "High",
    "Holm",
    "Horn",
    "Hux",
    "Kel",
    "Kirk",
    "Lang",
    "Lin",
    "Lock",
    "Marl",
    "May",
    "Mil",
    "Mor",
    "New",
    "Nor",
    "Oak",
    "Old",
    "Pem",
    "Pen",
    "Red",
    "Rother",
    "Rush",
    "Sand",
    "Sel",
    "Shel",
    "Sher",
    "Stan",
    "Stock",
    "Sud",
    "Sut",
    "Thorn",
    "Thorpe",
    "Tren",
    "Up",
    "Wal",
    "Ware",
    "West",
    "Whit",
    "Win",
    "Wood",
    "Wool",
    "Wrex",
    "Yar",
]
ENDS = [
    "bank",
    "berry",
    "bourne",
    "bridge",
    "brook",
    "burn",
    "bury",
    "by",
    "combe",
    "croft",
    "den",
    "dale",
    "field",
    "ford",
    "gate",
    "ham",
    "hill",
    "house",
    "hurst",
    "ingham",
    "land",
    "ley",
    "low",
    "man",
    "more",
    "ridge",
    "shaw",
    "stead",
    "stock",
    "stone",
    "thorpe",
    "ton",
    "ward",
    "water",
    "well",
    "wick",
    "win",
    "wood",
    "worth",
]
CLANS = [
    "Allister",
    "Arthur",
    "Bride",
    "Cabe",
    "Call",
    "Carthy",
    "Cormack",
    "Cready",
    "Culloch",
    "Dermott",
    "Donald",
    "Dougall",
    "Elroy",
    "Ewan",
    "Fadden",
    "Fee",
    "Gann",
    "Garry",
    "Gill",
    "Ginley",
    "Gowan",
    "Grath",
    "Gregor",
    "Guinness",
    "Hugh",
    "Innes",
    "Intosh",
    "Intyre",
    "Kay",
    "Kenna",
    "Kenzie",
    "Kinley",
    "Lachlan",
    "Laren",
    "Laughlin",
    "Lean",
    "Leod",
    "Mahon",
    "Manus",
    "Millan",
    "Nab",
    "Namara",
    "Neil",
    "Nulty",
    "Phail",
    "Pherson",
    "Quaid",
    "Quarrie",
    "Rae",
    "Shane",
    "Taggart",
    "Vey",
    "Whirter",
]
DISTRICTS = (
    [f"SY{n}" for n in range(1, 24)] + [f"TF{n}" for n in range(1, 14)] + ["WV15", "WV16", "DY12", "DY14"]
)
NHS, COUNCIL = "NHS", "LA-child-id"


@cache
def family_names() -> tuple[str, ...]:
    """About three thousand family names, the commonest first."""
    composed = [begin + end for begin in BEGINS for end in ENDS if begin[-1] != end[0]]
    clans = [before + clan for clan in CLANS for before in ("Mc", "Mac", "O'")]
    random.Random(1).shuffle(composed)
    return tuple(dict.fromkeys([*COMMON, *clans, *composed]))


@cache
def given_names() -> tuple[str, ...]:
    """Over four hundred given names of several traditions, in an order of commonness of our own."""
    names = [
        name
        for family in FAMILIES
        for name in (family.full, *family.forms[: 3 * (family.kind == "spelling")])
    ]
    names += [
        "Zoë",
        "Chloé",
        "Siân",
        "Łucja",
        "Renée",
        "Anaïs",
        "Seán",
        "José",
        "Anne-Marie",
        "Mary-Jane",
        "Abdul-Rahman",
        "Chidi",
        "Ngozi",
        "Priya",
        "Arjun",
    ]
    names = sorted(name for name in dict.fromkeys(names) if len(name) > 2)
    random.Random(2).shuffle(names)
    return tuple(names)


def shares(count: int, *, steep: float, flat: float) -> list[float]:
    """Running totals of how often each of `count` names is borne: the n-th as 1 / (n + flat) ** steep."""
    return list(accumulate(1 / (n + flat) ** steep for n in range(count)))


class Folk:
    """Draws people, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._families = shares(len(family_names()), steep=1.0, flat=8)
        self._givens = shares(len(given_names()), steep=0.9, flat=15)

    def names(self, count: int) -> list[tuple[str, str]]:
        """That many (given, family): half have a middle name, and one in twenty-five a family name of two halves."""
        chance = self.chance
        first = chance.choices(given_names(), cum_weights=self._givens, k=count)
        middle = chance.choices(given_names(), cum_weights=self._givens, k=count)
        family = chance.choices(family_names(), cum_weights=self._families, k=count)
        other = chance.choices(family_names(), cum_weights=self._families, k=count)
        rolls = [chance.random() for _ in range(count)]
        return [
            (
                f"{first[n]} {middle[n]}" if rolls[n] < 0.5 else first[n],
                f"{family[n]}-{other[n]}" if rolls[n] % 0.1 < 0.004 and family[n] != other[n] else family[n],
            )
            for n in range(count)
        ]

    def born(self) -> date:
        """Half are children and young people, the rest the adults about them."""
        if self.chance.random() < 0.5:
            return date(2001, 1, 1) + timedelta(days=self.chance.randrange(9400))
        return date(1940, 1, 1) + timedelta(days=self.chance.randrange(22281))

    def postcode(self) -> str:
        """A postcode whose last letters no real place has."""
        chance = self.chance
        return f"{chance.choice(DISTRICTS)} {chance.randrange(1, 9)}{chance.choice('ABDEFGHJ')}Z"

    def nhs(self, n: int) -> str:
        """Ten figures that no two people share."""
        return f"9{(n * 7_919_993) % 900_000_007 + 10_000_000:09d}"
