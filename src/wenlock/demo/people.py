"""Inventing one person at a time: their names, numbers, languages and needs."""

from collections.abc import Collection
from datetime import date, timedelta
from random import Random
from uuid import UUID

from wenlock.demo.names import HERITAGES, of_mixed
from wenlock.demo.numbers import Numbers
from wenlock.demo.places import Places
from wenlock.demo.story import Person, Reach, Tongue

_IMPAIRMENTS = ("LD", "AUT", "BEH", "COMM", "MOB", "HEAR", "VIS", "PC", "HAND", "INC", "CON", "DDA")
_NEEDS = (
    ("British Sign Language", "Book an interpreter a week ahead; text to confirm."),
    ("Reads large print only", "Letters in 18 point, or read over the telephone."),
    ("Finds letters hard to follow", "Ring first and say what the letter will ask."),
    ("Uses pictures to choose", "Bring the symbol cards kept at school."),
    ("Hearing aids", "Sit where lips can be seen; no speakerphone."),
)
_DISABLED_ADULT, _DISABLED_CHILD = 0.03, 0.12


def new_uuid(random: Random) -> UUID:
    """An identifier of the usual shape that is the same whenever the invention is."""
    return UUID(int=random.getrandbits(128), version=4)


class Inventor:
    """Invents people, never twice alike in name and birth. `on` is the day the council is seen."""

    def __init__(self, *, random: Random, on: date) -> None:
        self.random, self.on = random, on
        self.places, self.numbers = Places(random), Numbers(random)
        self._known: set[tuple[str, str, date | None]] = set()
        self._e_mails = 0

    def heritage(self) -> str:
        """A heritage, as common here as its share says."""
        weights = [heritage.per_thousand for heritage in HERITAGES.values()]
        return self.random.choices(list(HERITAGES), weights)[0]

    def adult(
        self, *, heritage: str, sex: str, born_on: date, family: str = "", but: Collection[str] = ()
    ) -> Person:
        """A grown man or woman, reachable, with the languages they speak. `but` are names to avoid."""
        person = self._person(
            heritage=heritage, sex=sex, born_on=born_on, family=family, is_child=False, but=but
        )
        person.ethnicity = HERITAGES[heritage].ethnicity
        self._reach(person)
        if HERITAGES[heritage].language != "English" and self.random.random() < 0.7:
            person.speaks = [Tongue(HERITAGES[heritage].language, True, self.random.random() < 0.4)]
        if sex == "F" and self.random.random() < 0.2:
            born = self.random.choice(HERITAGES[heritage].families)
            if born != person.family:
                person.other_names.append(("birth", person.given, born))
        if self.random.random() < 0.35:
            person.numbers.append(("NHS", self.numbers.nhs()))
        if self.random.random() < _DISABLED_ADULT:
            person.needs = [self.random.choice(_NEEDS)]
        return person

    def child(
        self, *, mother: Person, father: Person | None, born_on: date, family: str, but: Collection[str] = ()
    ) -> Person:
        """A child already born, with the numbers a child of that age has. `but` are given names to avoid."""
        heritage = mother.heritage if father is None or self.random.random() < 0.5 else father.heritage
        person = self._person(
            heritage=heritage,
            sex=self.random.choice("FM"),
            born_on=born_on,
            family=family,
            is_child=True,
            but=but,
        )
        person.mother, person.father = mother, father
        person.ethnicity = self._childs_group(mother, father)
        person.numbers.append(("LA-child-id", self.numbers.child()))
        if self.random.random() < 0.97:
            person.numbers.append(("NHS", self.numbers.nhs()))
        self._schooling(person)
        self._characteristics(person)
        return person

    def unborn(self, *, mother: Person, father: Person | None, family: str) -> Person:
        """A child expected within seven months of the day: no name, no number but the council's."""
        person = Person(
            id=new_uuid(self.random),
            given="Baby",
            family=family,
            sex="U",
            born_on=None,
            heritage=mother.heritage,
            ethnicity="NOBT",
            is_child=True,
            expected_on=self.on + timedelta(days=self.random.randint(12, 200)),
            mother=mother,
            father=father,
            no_upn_because="UN1",
        )
        person.numbers.append(("LA-child-id", self.numbers.child()))
        return person

    def born_between(self, oldest: int, youngest: int) -> date:
        """A birth day of somebody between two ages, both included, on the day."""
        return self.on - timedelta(
            days=self.random.randint(int(youngest * 365.25), int((oldest + 1) * 365.25) - 2)
        )

    def _person(
        self,
        *,
        heritage: str,
        sex: str,
        born_on: date,
        family: str,
        is_child: bool,
        but: Collection[str] = (),
    ) -> Person:
        pool = HERITAGES[heritage]
        while True:
            given = self.random.choice(pool.girls if sex == "F" else pool.boys)
            surname = family or self.random.choice(pool.families)
            if given not in but and given != surname and (given, surname, born_on) not in self._known:
                self._known.add((given, surname, born_on))
                return Person(
                    id=new_uuid(self.random),
                    given=given,
                    family=surname,
                    sex=sex,
                    born_on=born_on,
                    heritage=heritage,
                    ethnicity="",
                    is_child=is_child,
                )

    def _reach(self, person: Person) -> None:
        if self.random.random() < 0.62 and (mobile := self.places.mobile()):
            person.reached_by.append(Reach("mobile", mobile))
        if self.random.random() < 0.25 and (landline := self.places.landline()):
            person.reached_by.append(Reach("phone", landline))
        if self.random.random() < 0.35:
            self._e_mails += 1
            name = f"{person.given}.{person.family}".lower().replace(" ", "")
            person.reached_by.append(Reach("email", f"{name}{self._e_mails}@example.org"))

    def _childs_group(self, mother: Person, father: Person | None) -> str:
        if self.random.random() < 0.05:
            return self.random.choice(["NOBT", "NOBT", "REFU"])
        return of_mixed(mother.heritage, (father or mother).heritage)

    def _schooling(self, person: Person) -> None:
        age = person.age(self.on)
        if age < 5:
            person.no_upn_because = "UN1"
        elif self.random.random() < 0.94:
            assert person.born_on is not None
            began = person.born_on.year + 4
            person.numbers.append(
                ("UPN", self.numbers.upn(year=began, temporary=self.random.random() < 0.02))
            )
            if self.random.random() < 0.03:
                person.numbers.append(("former-UPN", self.numbers.upn(year=began, temporary=True)))
        else:
            person.no_upn_because = self.random.choice(["UN2", "UN3", "UN5", "UN6"])

    def _characteristics(self, person: Person) -> None:
        person.disabilities = ["NONE"]
        if self.random.random() < _DISABLED_CHILD:
            person.disabilities = self.random.sample(_IMPAIRMENTS, self.random.choice([1, 1, 2, 3]))
            if self.random.random() < 0.3:
                person.needs = [self.random.choice(_NEEDS)]
        language = HERITAGES[person.heritage].language
        if language != "English" and self.random.random() < 0.5:
            first = self.random.random() < 0.4
            person.speaks = [Tongue(language, first, first and self.random.random() < 0.15)]
            person.speaks.append(Tongue("English", not first, False))
        if person.age(self.on) > 2 and self.random.random() < 0.08:
            person.other_names.append(
                ("known-as", person.given[: max(3, len(person.given) // 2)], person.family)
            )
        if self.random.random() < 0.2:
            person.numbers.append(("supplier", self.numbers.earlier_system()))
