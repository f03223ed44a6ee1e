"""Who works at the invented council: ten whom a visitor may be, their colleagues, and their teams."""

from dataclasses import dataclass

NEED, SAFEGUARDING = "children-in-need", "safeguarding"


@dataclass(frozen=True)
class DemoTeam:
    """A team, and the purposes of the notice it works for, first the one it opens with."""

    code: str
    name: str
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class DemoWorker:
    """Somebody who works there. `role` and `team` are empty for the one who belongs nowhere."""

    slug: str
    name: str
    role: str
    team: str
    says: str = ""

    @property
    def email(self) -> str:
        """Their address at work, at a domain kept for examples (RFC 2606)."""
        return f"{self.slug}@council.example"


TEAMS = (
    DemoTeam("front-door", "Front door", (NEED, SAFEGUARDING)),
    DemoTeam("assessment-east", "Assessment team East", (NEED, SAFEGUARDING)),
    DemoTeam("assessment-west", "Assessment team West", (NEED, SAFEGUARDING)),
    DemoTeam("family-north", "Family safeguarding North", (NEED, SAFEGUARDING)),
    DemoTeam("family-south", "Family safeguarding South", (NEED, SAFEGUARDING)),
    DemoTeam("conferences", "Conferences and reviews", (NEED, SAFEGUARDING)),
    DemoTeam("emergency-duty", "Emergency duty team", (NEED, SAFEGUARDING)),
    DemoTeam("service-management", "Service management", (NEED, SAFEGUARDING, "statutory-returns")),
    DemoTeam("performance", "Performance and data", (NEED, "statutory-returns")),
    DemoTeam("information-governance", "Information governance", ("information-rights",)),
    DemoTeam("digital-systems", "Digital systems", ("security",)),
)

# The ten a visitor may sign in as. The sentence tells what to look for.
WORKERS = (
    DemoWorker(
        "amara",
        "Amara Lewis",
        "social-worker",
        "assessment-east",
        "Social worker. Sees the children given to her and to her team, and nobody else's.",
    ),
    DemoWorker(
        "carys",
        "Carys Morgan",
        "team-manager",
        "assessment-east",
        "Manager of Amara's team. Allocates, reviews emergency access, and may see the restricted record.",
    ),
    DemoWorker(
        "dilys",
        "Dilys Owen",
        "front-door",
        "front-door",
        "Front door. Finds out whether a child is known, and takes what comes in.",
    ),
    DemoWorker(
        "idris",
        "Idris Bell",
        "conference-chair",
        "conferences",
        "Conference chair. Sees the children whose conferences he chairs.",
    ),
    DemoWorker(
        "esme",
        "Esme Clarke",
        "service-manager",
        "service-management",
        "Service manager. Sees the whole service, but not her neighbour's child or a restricted record.",
    ),
    DemoWorker(
        "femi",
        "Femi Adeyemi",
        "data-officer",
        "performance",
        "Data officer. Brings records in, keeps them sound and prepares the census.",
    ),
    DemoWorker(
        "gwen",
        "Gwen Price",
        "data-protection-officer",
        "information-governance",
        "Data protection officer. Proves the notice and reads the audit trail, and sees no record.",
    ),
    DemoWorker(
        "harriet",
        "Harriet Sands",
        "administrator",
        "digital-systems",
        "Administrator. Keeps teams and accounts, and sees no record.",
    ),
    DemoWorker(
        "joan",
        "Joan Tilley",
        "social-worker",
        "emergency-duty",
        "Emergency duty. Has no children of her own: opens a record at night with a reason, which is"
        " reviewed.",
    ),
    DemoWorker("noel", "Noel Frost", "", "", "Has an account and no team, so sees nothing."),
)

# Those who do the rest of the work. Nobody signs in as them.
COLLEAGUES = tuple(
    DemoWorker(name.split(" ")[0].lower() + "." + name.split(" ")[1].lower(), name, role, team)
    for role, team, names in (
        ("front-door", "front-door", "Ottilie Marsh, Ravi Sandhu"),
        (
            "social-worker",
            "assessment-east",
            "Tobias Wren, Shanice Rowe, Piotr Lis, Meera Nair, Callum Fairley",
        ),
        ("team-manager", "assessment-west", "Winifred Locke"),
        (
            "social-worker",
            "assessment-west",
            "Bashir Khan, Leonie Hart, Grace Okafor, Dylan Pugh, Anouk Ferris",
        ),
        ("team-manager", "family-north", "Samuel Thorne"),
        ("social-worker", "family-north", "Nadia Rahman, Kit Hollis, Efua Danso, Rory Blake, Bethan Vaughan"),
        ("team-manager", "family-south", "Yvonne Castle"),
        ("social-worker", "family-south", "Hal Brook, Zainab Iqbal, Nia Powell, Marek Zielny, Imogen Dale"),
        ("conference-chair", "conferences", "Constance Adair"),
    )
    for name in names.split(", ")
)

EVERYONE = WORKERS + COLLEAGUES


def worker(slug: str) -> DemoWorker:
    """The one of the ten with a slug. Raises KeyError if there is none."""
    return {each.slug: each for each in WORKERS}[slug]


# Whom the command acts for in the demonstration, unless it is told otherwise.
OPERATOR = "femi@council.example"
