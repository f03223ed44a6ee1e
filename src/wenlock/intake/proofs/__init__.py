"""The proofs of what comes in: N6 to N8, N10, N14 to N27, N84 and N86. What is common to each is in `notice`."""

from wenlock.intake.proofs import changes, extras, letters, mailbox, meeting, own_words, sources, telling
from wenlock.notice.proof.registry import REGISTRY

REGISTRY.add(
    *letters.LETTERS,
    *mailbox.MAILBOX,
    *meeting.MEETING,
    *telling.TELLING,
    *sources.SOURCES,
    *own_words.OWN_WORDS,
    *changes.CHANGES,
    *extras.EXTRAS,
)
