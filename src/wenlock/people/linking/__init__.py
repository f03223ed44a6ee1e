"""Records of one person found in bulk by likeness, with a probability. What is found is proposed; a person decides."""

from wenlock.people.linking.pairs import Pair, link
from wenlock.people.linking.table import Told

__all__ = ["Pair", "Told", "link"]
