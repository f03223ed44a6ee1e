"""Numbers that pass their checks and belong to nobody."""

from random import Random

from wenlock.people.checkdigits import upn_check_letter, wrong_with_nhs_number

_UPN_AUTHORITY = "893"
_TEMPORARY = "ABCDEFGHJKLMNPQRTUVWXYZ"


class Numbers:
    """Gives out numbers, each once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given: set[str] = set()
        self._children = iter(range(100_001, 999_999))

    def nhs(self) -> str:
        """An NHS number from the range that begins 999, which is kept for testing."""
        while True:
            stem = f"999{self._random.randrange(1_000_000):06}"
            for digit in "0123456789":
                if stem + digit not in self._given and wrong_with_nhs_number(stem + digit) is None:
                    self._given.add(stem + digit)
                    return stem + digit

    def upn(self, *, year: int, temporary: bool = False) -> str:
        """A pupil number given in a year, from a school's number in the 9900s, which no school has.

        That they are not is knowledge not yet checked. Mark: K.
        """
        while True:
            last = self._random.choice(_TEMPORARY) if temporary else str(self._random.randrange(10))
            school = 9900 + self._random.randrange(40)
            rest = f"{_UPN_AUTHORITY}{school}{year % 100:02}{self._random.randrange(100):02}{last}"
            if rest not in self._given:
                self._given.add(rest)
                return upn_check_letter(rest) + rest

    def child(self) -> str:
        """The council's own number for a child: letters and digits only, as the census asks."""
        return f"W{next(self._children)}"

    def earlier_system(self) -> str:
        """A number in the system the records came from."""
        while True:
            number = f"CS{self._random.randrange(10_000_000):07}"
            if number not in self._given:
                self._given.add(number)
                return number
