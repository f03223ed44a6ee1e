"""Who refers, why, and what an assessment finds: codes of the census, about as common as they are."""

from random import Random

from wenlock.demo.places import SCHOOLS, SURGERIES

SOURCES = {
    "6": 280,
    "2A": 200,
    "1A": 55,
    "1B": 15,
    "1C": 12,
    "1D": 20,
    "2B": 20,
    "3A": 25,
    "3B": 35,
    "3C": 15,
    "3D": 10,
    "3E": 45,
    "3F": 40,
    "4": 20,
    "5A": 35,
    "5B": 20,
    "5C": 25,
    "5D": 40,
    "7": 30,
    "8": 45,
    "9": 25,
    "10": 8,
}
NEEDS = {"N1": 560, "N5": 150, "N4": 95, "N2": 80, "N3": 45, "N6": 45, "N8": 15, "N7": 10}
_FACTORS = {
    "3B": 44,
    "3A": 9,
    "4B": 32,
    "4A": 14,
    "1B": 16,
    "2B": 17,
    "16A": 20,
    "17A": 19,
    "18C": 10,
    "19C": 4,
    "5A": 6,
    "5B": 3,
    "6A": 5,
    "6B": 6,
    "7A": 4,
    "20": 5,
    "3C": 3,
    "1C": 2,
}
_FACTORS_OF_TEENS = {
    "10A": 8,
    "11A": 6,
    "13A": 4,
    "24A": 8,
    "14A": 9,
    "15A": 8,
    "2A": 7,
    "1A": 5,
    "18B": 2,
    "19B": 2,
}
_WHO = {
    "1A": ("Maternal grandmother", "Paternal aunt", "Father", "Older sister"),
    "1B": ("A friend of the family",),
    "1C": ("The child",),
    "1D": ("A neighbour",),
    "2B": ("Education welfare officer",),
    "3B": ("Health visitor",),
    "3C": ("School nurse",),
    "3D": ("Community midwife",),
    "3E": ("Emergency department, Marl End Hospital",),
    "3F": ("Child and adolescent mental health service", "Perinatal mental health service"),
    "4": ("Wenvale Homes, tenancy officer",),
    "5A": ("Duty social worker",),
    "5B": ("Licensing team",),
    "5C": ("Another council",),
    "5D": ("Early help practitioner",),
    "6": ("Police, public protection notice",),
    "7": ("Probation officer", "Cafcass"),
    "8": ("Women's refuge worker", "Home-Start volunteer"),
}
# Which source of the notice each source of a referral is.
_NOTICE = {
    "1": "family",
    "2": "schools",
    "3": "health",
    "4": "housing",
    "5": "internal-departments",
    "6": "police",
    "7": "probation",
    "8": "friends",
    "9": "friends",
}
CHANNELS = {
    "telephone": 30,
    "email": 25,
    "other-electronic": 35,
    "letter": 2,
    "face-to-face": 4,
    "website": 4,
}


def choose(random: Random, weights: dict[str, int]) -> str:
    """One of the keys, as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def referrer(random: Random, source: str) -> str:
    """Who made a referral, in words; empty where nobody gave a name."""
    if source == "2A":
        return f"Designated safeguarding lead, {random.choice(SCHOOLS)}"
    if source == "3A":
        return f"GP, {random.choice(SURGERIES)}"
    return random.choice(_WHO.get(source, ("",)))


def notice_source(source: str) -> str:
    """The notice's source for a source of referral, in the notice's code."""
    return {
        "1B": "friends",
        "1C": "self",
        "1D": "friends",
        "5C": "other-local-authorities",
        "10": "self",
    }.get(source, _NOTICE[source[0]])


def factors(random: Random, *, age: int, need: str) -> tuple[str, ...]:
    """One to four factors, no code twice, with those of the teenage years for a child of twelve or more."""
    weights = _FACTORS | (_FACTORS_OF_TEENS if age >= 12 else {})
    if need == "N2":
        weights = weights | {"5A": 60, "6A": 60}
    found: list[str] = []
    for _ in range(random.choice([1, 2, 2, 3, 3, 4])):
        code = choose(random, weights)
        if code not in found:
            found.append(code)
    return tuple(found)
