"""An invented county: where people live and how they are reached. It leads to no real door or telephone.

Postcodes are in an area XW: no postcode area in the United Kingdom begins with X. Telephone numbers are those
Ofcom keeps for drama, e-mail addresses are at a domain kept for examples, and property numbers begin 9999.
"""

from collections.abc import Iterator
from random import Random

EAST = {
    "Harrowmere": 1,
    "Nether Larkley": 1,
    "Stokebourne": 2,
    "Much Ferning": 3,
    "Tallowbridge": 3,
    "Eastry Cross": 4,
    "Quarrington Bank": 5,
    "Sedgewick": 5,
    "Hollin St Mary": 6,
}
WEST = {
    "Caerhollow": 7,
    "Wenfield": 7,
    "Ashwick Green": 8,
    "Upper Thornley": 8,
    "Pensworth": 9,
    "Birchmoor": 10,
    "Coldwater": 10,
    "Long Yarbury": 11,
    "Marl End": 12,
}
SIDES = {"East": EAST, "West": WEST}

_STREETS = (
    "Larkrise Court",
    "Tannery Lane",
    "Quarry Bank",
    "Coronation Terrace",
    "Wharf Road",
    "Beech Drive",
    "Cobbler's Row",
    "Mill Street",
    "Station Approach",
    "Old Priory Close",
    "Sheepfold",
    "Foundry Way",
    "Chapel Hill",
    "Orchard Mead",
    "Windmill Rise",
    "Brickfield Avenue",
    "Jubilee Gardens",
    "Poplar Crescent",
    "Canal Side",
    "Maltings Yard",
    "Hawthorn Way",
    "Bellringers Lane",
    "Meadow View",
    "Pound Lane",
    "Rectory Road",
    "Limekiln Lane",
    "Swallow Close",
)
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
SCHOOLS = (
    "Harrowmere Primary",
    "Larkley Church of England Primary",
    "Stokebourne Academy",
    "Much Ferning School",
    "Wenfield High",
    "Pensworth Community School",
    "Birchmoor Juniors",
    "Yarbury Infants",
    "Quarrington College",
    "St Milburgh's",
)
SURGERIES = ("Priory Surgery", "Tallowbridge Health Centre", "Wharf Road Practice", "The Maltings Surgery")


class Places:
    """Gives out addresses and numbers, each once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[tuple[str, str]] = set()
        self._uprns = iter(range(999_900_000_001, 999_999_999_999))
        self._mobiles = self._shuffled("07700 900", 1000)
        self._landlines = self._shuffled("01632 960", 1000)
        self._leeds = self._shuffled("0113 496 0", 1000)

    def _shuffled(self, stem: str, count: int) -> Iterator[str]:
        numbers = list(range(count))
        self._random.shuffle(numbers)
        return iter([f"{stem}{number:03}" for number in numbers])

    def address(self, side: str) -> tuple[tuple[str, ...], str, str]:
        """Lines, postcode and property number of a home in one part of the county."""
        while True:
            town = self._random.choice(list(SIDES[side]))
            door = f"{self._random.randint(1, 96)} {self._random.choice(_STREETS)}"
            if self._random.random() < 0.12:
                door = f"Flat {self._random.randint(1, 9)}, {door}"
            if (door, town) not in self._taken:
                self._taken.add((door, town))
                return (door, town), self._postcode(SIDES[side][town]), str(next(self._uprns))

    def _postcode(self, district: int) -> str:
        letters = self._random.choice(_INWARD) + self._random.choice(_INWARD)
        return f"XW{district} {self._random.randint(0, 9)}{letters}"

    def mobile(self) -> str | None:
        """A mobile number nobody else has been given; None when there are no more."""
        return next(self._mobiles, None)

    def landline(self) -> str | None:
        """A number of a house, in an area code that is nowhere or in Leeds; None when there are no more."""
        return next(self._landlines if self._random.random() < 0.6 else self._leeds, None)
