"""References people can say on the telephone: eight letters and figures with no two alike to the ear or eye."""

import secrets

ALPHABET = "BCDFGHJKMNPQRTVWXY346789"


def new_reference() -> str:
    """A random reference, such as K7QM-4PXD: it counts nothing and gives nothing away."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
