"""The proofs of what comes in: N7, N10, N14 to N27, N84 and N86. What is common to every source is in `notice`."""

from wenlock.intake.proofs import changes, extras, meeting, own_words, sources, telling
from wenlock.notice.proof.registry import REGISTRY

REGISTRY.add(
    *meeting.MEETING,
    *telling.TELLING,
    *sources.SOURCES,
    *own_words.OWN_WORDS,
    *changes.CHANGES,
    *extras.EXTRAS,
)
