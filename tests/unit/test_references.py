"""References that people say on the telephone."""

import hashlib
import re

from wenlock.intake.references import ALPHABET, new_reference, reference_from

SHAPE = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def digest(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()


def test_a_reference_can_be_said_whether_it_was_drawn_or_made_of_a_digest() -> None:
    assert SHAPE.fullmatch(new_reference())
    assert all(SHAPE.fullmatch(reference_from(digest(number))) for number in range(100))


def test_the_same_digest_gives_the_same_reference_and_others_give_others() -> None:
    made = {reference_from(digest(number)) for number in range(1000)}
    assert len(made) == 1000
    assert reference_from(digest(7)) in made
