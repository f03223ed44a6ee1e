"""References people can say on the telephone: eight letters and figures with no two alike to the ear or eye."""

import secrets
from collections.abc import Iterator
from itertools import islice

ALPHABET = "BCDFGHJKMNPQRTVWXY346789"


def new_reference() -> str:
    """A random reference, such as K7QM-4PXD: it counts nothing and gives nothing away."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def reference_from(digest: bytes) -> str:
    """The reference that a keyed digest of at least eight bytes gives: the same for the same, and as hard to guess."""
    number = int.from_bytes(digest, "big")
    drawn = "".join(islice(_letters(number), 8))
    return f"{drawn[:4]}-{drawn[4:]}"


def _letters(number: int) -> Iterator[str]:
    while True:
        number, place = divmod(number, len(ALPHABET))
        yield ALPHABET[place]
