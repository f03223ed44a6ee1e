"""The proofs of where information comes from: N7, N10, N14 to N27. What is common to every source is in `notice`."""

from wenlock.intake.proofs import meeting, own_words, sources, telling
from wenlock.notice.proof.registry import REGISTRY

REGISTRY.add(*meeting.MEETING, *telling.TELLING, *sources.SOURCES, *own_words.OWN_WORDS)
